"""The performance page: what was measured, how, and the tables. `text(results)` is all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from bnlib.benchmarks import figure, tables
from bnlib.benchmarks.targets import TARGETS

INTRODUCTION = """# How fast bnlib is

{summary}

This page is written by `make bench`; the numbers behind it are in [results.json](results.json).
All times are of one thread, where PyTorch by itself would use every core. A ratio is bnlib's time
over the other's, so below 1 bnlib is the quicker. Beside a median stand its quartiles in brackets:
half of all rounds lie between them.

{measured_on}

## Beside whom

- *textbook*: the formulas as the paper prints them, in plain NumPy ([textbook.py](textbook.py)).
- *PyTorch*: as its users write it, `F.batch_norm` and autograd, or `nn.BatchNorm1d`,
  `CrossEntropyLoss` and `SGD` in a network. *PyTorch's kernel*: the two functions in C++ below
  that, which users do not call. *torch.compile*: the whole training step, update included, as one
  graph; it needs a C++ compiler.
- *copy floor*, *matrix products*: what nobody can leave out. The floor reads z and writes an array,
  then reads two arrays and writes one. A small array's distance from it is the price of calling
  Python and NumPy at all.

bnlib's times include all its checks of arguments, and running averages where a layer keeps them.
"""

HOW = """## How it is measured

- **In turn.** All that is compared runs in one process. In a round each is timed once, in an order
  drawn anew, and a ratio is formed of two times of the same round: what else the machine is doing
  meets both. Shown are medians of these paired ratios, and their quartiles.
- **The same work.** Before anything is timed, every peer's results are compared with bnlib's. One
  that computes something else stops the run.
- **Each in its own layout.** bnlib has one row a unit, (n, m). PyTorch and JAX have one row an
  example, and get their arrays as (m, n), contiguous.
- **The state of memory.** A large block is allocated and given back before each measurement, as in
  any longer session. In a fresh process the system hands out memory page by page, and whatever
  allocates large arrays is slower.
- **A busy machine** shows in wide quartiles: measure again.
"""

LIMITS = """## What stands in the way

- **Small arrays** cost what calls cost: forward and backward are about thirty calls into NumPy of
  half a microsecond to two each, most of it spent on getting into NumPy and out again.
- **Larger ones** are gone through once for every operation, thirteen times in all. PyTorch's kernel
  does several at a time, which NumPy cannot. Of those passes one is for accuracy alone: the second
  centring, without which a large mean spoils float32.
- **The largest** wait for memory: three new arrays for the output, the cache and the gradient.

Tried, and left out again: to put the second centring into the variance as a difference (a constant
unit's variance can then come out negative); to ask first whether it is needed (on the digits in
float32 it is, in 93 % of all calls or more); `einsum` in place of a product with a column (not
quicker). Not tried, as two results would share one memory: to keep arrays from call to call.
"""

REPEAT = """## Measure it yourself

    make bench                      # everything, about 4 minutes; this page is written anew
    make bench ARGS=--quick         # does it run? Few rounds of small arrays; nothing is written
    make bench ARGS=--jax           # JAX and Flax too

One subject alone prints its table and writes nothing:

    .venv/bin/python -m bnlib.benchmarks.run --only batch_norm

The first run installs PyTorch (about 1 GB on disk), and JAX where asked, into a
folder of their own in the user's cache.
"""

BUSY = 1.0
"""Processes that ran already, on average over a minute, when measuring began."""


@dataclass(frozen=True)
class Section:
    """A subject's place on the page, and how its results become a table."""

    subject: str
    heading: str
    remark: str
    table: Callable[[dict[str, Any]], str]


SECTIONS = (
    Section(
        "batch_norm",
        "Batch norm, forward and backward",
        "The output and all three gradients, from arrays of units x examples.",
        partial(tables.timed_table, ours="bnlib", first="units x examples"),
    ),
    Section(
        "training",
        "A training step",
        "Forward, backward and update by gradient descent, in float32, with batch norm in every "
        "hidden layer.",
        partial(tables.timed_table, ours="bnlib", first="network"),
    ),
    Section(
        "softmax",
        "Softmax with cross-entropy",
        "The cost and its gradient with respect to the logits, in float32. The textbook multiplies "
        "with one-hot labels; at 50,000 classes it is left out.",
        partial(tables.timed_table, ours="bnlib", first="logits"),
    ),
    Section(
        "inference",
        "Folded inference",
        "The digits network at test time, batch norm folded into the weights, beside itself "
        "unfolded. The larger the batch, the more the matrix products hide the difference.",
        partial(tables.timed_table, ours="folded", first="64-100-100-100-10"),
    ),
    Section(
        "accuracy",
        "Accuracy in float32 beside a large mean",
        "The largest error of the output against float64's result for the same numbers, over 4096 "
        "examples of standard deviation 1. Flax is measured with `--jax` only.",
        partial(tables.plain_table, first="input"),
    ),
    Section(
        "memory",
        "Peak memory, in arrays of Z's size",
        "What forward and backward hold at most beyond their arguments, in float32: output, cache "
        "and gradients included, as tracemalloc counts NumPy's buffers, to a tenth of an array. At "
        "64 x 64, where Z has 16 KB, NumPy's own work buffers and the columns of (n, 1) count too.",
        partial(tables.plain_table, first="units x examples"),
    ),
    Section(
        "growth",
        "How cost grows",
        "The slope of log time against log size: 1 is twice the time for twice the numbers; below "
        "1, fixed costs still show.",
        tables.growth_table,
    ),
    Section(
        "imports",
        "Imports",
        "In fresh processes, bytecode cached. NumPy itself, and what the others take beyond it.",
        partial(tables.milliseconds_table, first="module"),
    ),
    Section(
        "verdicts",
        "Verdicts on exercises",
        "`grade` on every exercise's reference and known mistakes. The first of an exercise also "
        "reads its file and works out what its mistakes return.",
        partial(tables.milliseconds_table, first="verdict"),
    ),
    Section(
        "widgets",
        "Widgets",
        "From a key press to the changed picture, in headless Chromium: medians in milliseconds, "
        "measured by `make test-browser`. The aim is 20.",
        tables.widgets_table,
    ),
)


def sections(subjects: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(heading, remark, table) of every subject that was measured."""
    for section in SECTIONS:
        if section.subject in subjects:
            yield section.heading, section.remark, section.table(subjects[section.subject])


def measured_on(results: dict[str, Any]) -> str:
    """Date, versions and machine, and a warning if the machine had other things to do."""
    versions = ", ".join(f"{name} {version}" for name, version in results["versions"].items())
    machine = "; ".join(f"{name}: {fact}" for name, fact in results["machine"].items())
    said = f"Measured on {results['date']}. Versions: {versions}. Machine: {machine}.\n"
    load = results["machine"]["load at the start"]
    if load != "unknown" and float(load) > BUSY:
        said += "\n**The machine was busy: these figures are provisional. Measure again.**\n"
    return said


def summary(subjects: dict[str, Any]) -> str:
    """The answer in a few sentences, from the float32 medians."""
    float32 = {size: f for size, f in subjects["batch_norm"].items() if size.endswith("float32")}

    def medians(cases: dict[str, dict], peer: str) -> list[float]:
        return [found[peer]["ratio"]["median"] for found in cases.values()]

    def span(values: list[float]) -> str:
        return f"{tables.ratio(min(values))} to {tables.ratio(max(values))} times"

    quicker = [
        size.removesuffix(", float32")
        for size, found in float32.items()
        if found["PyTorch"]["ratio"]["median"] < 1
    ]
    steps = subjects["training"]
    return (
        "In float32, batch norm forward and backward takes "
        f"{span(medians(float32, 'textbook'))} as long as in textbook NumPy, and "
        f"{span(medians(float32, 'PyTorch'))} as long as in PyTorch on one thread; bnlib is the "
        f"quicker at {', '.join(quicker) or 'no size'}. A whole training step takes "
        f"{span(medians(steps, 'PyTorch'))} as long as PyTorch's."
    )


def text(results: dict[str, Any]) -> str:
    """The page, from nothing but `results`."""
    subjects = results["subjects"]
    parts = [
        INTRODUCTION.format(summary=summary(subjects), measured_on=measured_on(results)),
        f"![{figure.alternative_text(subjects)}](results.png)\n",
    ]
    for heading, remark, table in sections(subjects):
        parts += [f"## {heading}\n", remark + "\n", table + "\n"]
    parts += [
        "## The targets\n",
        "Set before the code was written, from what NumPy and its peers were seen to do. Ratios "
        "are of float32.\n",
        tables.targets_table(subjects) + "\n",
    ]
    return "\n".join([*parts, LIMITS, HOW, REPEAT])


def for_terminal(subjects: dict[str, Any]) -> str:
    """The tables without the explanations, and the targets of these subjects."""
    parts = [f"{heading}\n\n{table}" for heading, _, table in sections(subjects)]
    wanted = [target for target in TARGETS if not subjects.keys().isdisjoint(target.path[:1])]
    if wanted:
        parts.append("Targets\n\n" + tables.targets_table(subjects, wanted))
    return "\n\n".join(parts)
