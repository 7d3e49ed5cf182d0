"""The conventions table as a reader sees it, made of the declarations."""

from __future__ import annotations

from bnlib.frameworks.conventions import Convention
from bnlib.frameworks.declarations import CONVENTIONS

HEADINGS = (
    "framework",
    "eps",
    "momentum",
    "running variance",
    "starts at",
    "axis",
    "batch of one",
    "empty batch",
    "peculiar",
)


def rows() -> list[tuple[str, ...]]:
    """One row of text a framework, in the order of `NAMES`; `HEADINGS` are the columns."""
    return [row(convention) for convention in CONVENTIONS.values()]


def row(convention: Convention) -> tuple[str, ...]:
    """A framework's row of the table."""
    c = convention
    start = "caller's" if c.started_by == "caller" else ", ".join(f"{n:.4g}" for n in c.start)
    return (
        c.framework,
        f"{c.eps:.0e}".replace("e-0", "e-"),
        f"{c.momentum:g}, weight of the {c.momentum_weighs}",
        c.running_variance,
        "nothing" if c.first_batch == "copied" else start,
        c.axis,
        c.batch_of_one,
        c.empty_batch,
        "; ".join(peculiarities(c)),
    )


def peculiarities(convention: Convention) -> list[str]:
    """What sets the framework apart from the common layer, in words."""
    c = convention
    said = (
        (c.first_batch == "copied", "the first batch is copied into the running statistics"),
        (c.training_uses == "updated running", "training normalizes with the running statistics"),
        (c.updates_in == "backward", "running statistics change in backward"),
        (c.keeps == "mean, 1/std", "averages 1/std, not the variance"),
        (c.keeps == "sums, scale factor", "keeps sums and a scale factor: start-up is corrected"),
        (c.variance_in == "one pass", "variance in one pass, NaN where it cancels"),
        (c.variance_in == "one pass, at least 0", "variance in one pass, clamped at 0"),
        (c.output == "a * z + b, fused", "a * z + b, rounded once"),
        (c.gradient == "the equations'", "no gradients"),
    )
    return [words for holds, words in said if holds]


def markdown() -> str:
    """The whole table in Markdown."""
    lines = [HEADINGS, ("---",) * len(HEADINGS), *rows()]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
