"""How the kept answers are judged, as shares: python tests/exercises/measure.py [exercise ...].

Accepted, refused, named and located over all answers in `answers/`, with the known mistakes as they
are and with all of them switched off; then how often the located line is the right one, where that
is known: for references with one token changed at a known line.
"""

import ast
import contextlib
import inspect
import linecache
import random
import sys
import textwrap
import time

import answers
import numpy as np

from bnlib.exercises import catalogue, grade, grading, known
from bnlib.exercises.exercise import load

SECONDS = "seconds"
_TOKENS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Lt: ast.GtE,
    ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.MatMult: ast.Mult, ast.Pow: ast.Mult,
}  # fmt: skip


def kept(name, mark):
    """The right or the wrong answers to an exercise."""
    return [a for a in vars(answers.of(name)).values() if mark in getattr(a, "__dict__", {})]


@contextlib.contextmanager
def no_known_mistakes():
    """Every exercise without a single known mistake."""
    bare = {}

    def without(exercise):
        if exercise not in bare:
            bare[exercise] = known.Expectations(exercise)
            bare[exercise].__dict__.update(singles=[], pairs=[])
        return bare[exercise]

    usual, grading.expectations = grading.expectations, without
    try:
        yield
    finally:
        grading.expectations = usual


def shares(names):
    """Counts over all kept answers, and the seconds that wrong ones took."""
    counts = dict.fromkeys(("right", "accepted", "wrong", "refused", "named", "located"), 0)
    counts |= {"named or located": 0, SECONDS: []}
    for name in names:
        for answer in kept(name, answers.RIGHT):
            counts["right"] += 1
            counts["accepted"] += grade(name, answer).status == "passed"
        for answer in kept(name, answers.WRONG):
            started = time.perf_counter()
            verdict = grade(name, answer)
            counts[SECONDS].append(time.perf_counter() - started)
            counts["wrong"] += 1
            counts["refused"] += verdict.status == "failed"
            named, located = verdict.misconception is not None, verdict.line is not None
            counts["named"] += named
            counts["located"] += located
            counts["named or located"] += named or located
    return counts


def mutants(name, most=12, seed=1):
    """Right answers with one token changed: the function, and the line changed (1 is its `def`)."""
    for reference in (load(name).reference, *kept(name, answers.RIGHT)[:2]):
        source = textwrap.dedent(inspect.getsource(reference))
        tree = ast.parse(source)
        function = tree.body[0]
        if not isinstance(function, ast.FunctionDef):
            continue
        function.decorator_list = []
        spots = [n for n in ast.walk(function) if _other(n)]
        random.Random(seed).shuffle(spots)
        for number, node in enumerate(spots[: most // 3]):
            field, other = _other(node)
            usual = getattr(node, field)
            setattr(node, field, other)
            text = ast.unparse(tree)
            setattr(node, field, usual)
            before, after = ast.unparse(tree).split("\n"), text.split("\n")
            pairs = zip(before, after, strict=True)
            changed = [i for i, (a, b) in enumerate(pairs, 1) if a != b]
            if len(changed) == 1:
                title = f"<{name} {reference.__name__} {number}>"
                linecache.cache[title] = (len(text), None, [s + "\n" for s in after], title)
                scope = {**reference.__globals__, "np": np}
                exec(compile(text, title, "exec"), scope)
                yield scope[function.name], changed[0]


def _other(node):
    """A field of a node, and what a slip may have put there."""
    if isinstance(node, ast.BinOp) and type(node.op) in _TOKENS:
        return "op", _TOKENS[type(node.op)]()
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _TOKENS:
        return "ops", [_TOKENS[type(node.ops[0])]()]
    if isinstance(node, ast.Constant) and type(node.value) in (int, bool):
        return "value", not node.value if type(node.value) is bool else 1 - node.value
    if isinstance(node, ast.Attribute) and node.attr in ("mean", "sum", "var", "std", "max", "min"):
        others = {"mean": "sum", "sum": "mean", "var": "std", "std": "var", "max": "min"}
        return "attr", others.get(node.attr, "max")
    return None


def lines_right(names, show=False):
    """Wrong mutants, how many are located, how many of those at the line that was changed."""
    wrong = located = right = 0
    for name in names:
        for answer, line in mutants(name):
            verdict = grade(name, answer)
            if verdict.status != "failed":
                continue
            wrong += 1
            located += verdict.line is not None
            right += verdict.line == line
            if show and verdict.line not in (None, line):
                print(f"  {name}: line {verdict.line}, not {line}: {verdict.message}")
                print(
                    textwrap.indent(
                        "".join(linecache.getlines(answer.__code__.co_filename)), "    "
                    )
                )
    return wrong, located, right


def _table(title, counts):
    spent = sorted(counts.pop(SECONDS))
    said = [f"{key} {count}" for key, count in counts.items()]
    print(f"{title}: {', '.join(said)}")
    share = counts["named or located"] / counts["wrong"]
    middle, late = spent[len(spent) // 2], spent[int(len(spent) * 0.95)]
    print(f"  named or located {share:.1%}; seconds: median {middle:.3f}, 95 % {late:.3f}")


if __name__ == "__main__":
    chosen = sys.argv[1:] or catalogue.NAMES
    _table("known mistakes on", shares(chosen))
    with no_known_mistakes():
        _table("known mistakes off", shares(chosen))
    print("wrong mutants, located, at the right line:", lines_right(chosen, show=True))
