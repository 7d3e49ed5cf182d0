"""The place of a slip in the answer's own source, and what is said of it."""

from __future__ import annotations

import ast
import dataclasses
from collections import Counter

from bnlib.exercises.nodes import has_two_limits
from bnlib.exercises.source import Source

_LOOK_AT = {
    "axis": "along which axis does it go?",
    "axes": "what happens there to the number of axes?",
    "number": "which number is due there?",
    "argument": "which argument is due in its place?",
    "surplus": "what is such a number to do there?",
    "factor": "which number is due there, if any?",
    "name": "is every variable in it the one you mean?",
    "sign": "which sign is due there?",
    "function": "is the function called there the one you mean?",
    "operator": "is the operation the one you mean?",
    "comparison": "which way does the comparison go, and what of equal numbers?",
    "extra": "is all of it needed?",
    "order": "is everything in it in the right order?",
    "brackets": "what stands inside the brackets, and what outside?",
    "transpose": "which way do its rows and columns lie?",
    "index": "which part is taken, and along which axis?",
    "power": "is it itself that is due there, or another power of it?",
    "missing": "is there something missing?",
    "indent": "how far is it indented?",
    "overwritten": "is the old value to go, or to be added to?",
    "limit": "what is it to guard against?",
    "limits": "what is each of them to guard against?",
    "reset": "is it to happen in every round?",
    "set": "is the caller's value to be lost?",
}
"""What a learner is asked, by the kind of edit."""
_OF_ITSELF = {"power", "transpose", "sign", "factor"}
"""Kinds whose question is about what was edited, not about more than that."""
_OF_NUMBERS = {"number", "argument", "surplus"}
_GOES = {"limit", "set"}
"""Kinds of something that is left out."""
_GIVE = "which value does it give, and which one is due?"
_DO = "what is it to do, and does it?"


@dataclasses.dataclass(frozen=True)
class Place:
    """Where the slip is: a line (1 is the `def`), the expression, and its kind if it is sure."""

    line: int
    expression: str | None
    kind: str | None = None
    is_statement: bool = False
    counted: int | None = None
    """The line as a message counts it, where that is another number."""
    of_factors: bool = False
    """Whether it is one of several numbers in a product, whichever."""

    @property
    def where(self) -> str:
        """Line and expression in words."""
        return f"line {self.counted or self.line}" + (
            f", `{self.expression}`" if self.expression else ""
        )

    @property
    def is_common_factor(self) -> bool:
        """Whether it is a 2 or a half in a product, which makes up for a slip elsewhere."""
        return self.of_factors or (self.kind == "factor" and self.expression in ("2", "0.5"))

    @property
    def question(self) -> str:
        """What to look at there."""
        if self.kind:
            return _LOOK_AT[self.kind]
        return _DO if self.expression is None or self.is_statement else _GIVE


def place_of(source: Source, found: list[tuple[int, str]]) -> Place | None:
    """The place on which all repairs agree, or None.

    Args:
        source: the answer.
        found: positions of the nodes that were edited, and the kinds of the edits.
    """
    found = _without_what_is_inside(source, found)
    nodes = [source.nodes[i] for i, _ in found]
    lines = {node.lineno for node in nodes if isinstance(node, (ast.expr, ast.stmt))}
    if len(lines) != 1:
        return None
    kinds = {kind for _, kind in found}
    around = _smallest_around(source, nodes)
    of_factors = kinds == {"factor"} and len(nodes) > 1 and not isinstance(around, ast.Constant)
    for node, (_, kind) in zip(nodes, found, strict=True):
        if kind in _GOES and set(map(id, nodes)) <= set(map(id, ast.walk(node))):
            kinds, around = {kind}, node  # without it all is right, whatever else may be done to it
            break
    if kinds & _OF_NUMBERS and not isinstance(around, ast.Constant):
        kinds = set()  # of more than the number, another question is asked
    if kinds & _OF_ITSELF and all(around is not node for node in nodes):
        kinds = set()
    if isinstance(around, ast.Call):  # a test that is one of several: together they are too strict
        several = [n for n in source.nodes if isinstance(n, ast.BoolOp) and around in n.values]
        around = next(iter(several), around)
    if isinstance(around, ast.BoolOp) and isinstance(around.op, ast.Or):
        kinds -= {"extra"}  # without one of them it would hold more seldom still
    if kinds == {"limit"} and has_two_limits(around):
        kinds = {"limits"}
    line = lines.pop()
    return Place(
        line=line,
        expression=source.segment(around) or None if around is not None else None,
        kind=kinds.pop() if len(kinds) == 1 else None,
        is_statement=isinstance(around, ast.stmt),
        counted=source.above + line,
        of_factors=of_factors,
    )


def _without_what_is_inside(source: Source, found: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The statement alone that may be left out, if all else that mends the answer is in it."""
    for one in found:
        whole = source.nodes[one[0]]
        if one[1] == "extra" and isinstance(whole, (ast.If, ast.For)):
            inside = set(map(id, ast.walk(whole)))
            if all(id(source.nodes[i]) in inside for i, _ in found):
                return [one]
    return found


def _smallest_around(source: Source, nodes: list[ast.AST]) -> ast.AST | None:
    """The smallest node that holds them all, begins in their line, and is there only once."""
    ids, line = {id(node) for node in nodes}, _line(nodes[0])
    in_line = [n for n in source.nodes if isinstance(n, (ast.expr, ast.stmt)) and _line(n) == line]
    holding = [(len(inside), n) for n in in_line if ids <= (inside := set(map(id, ast.walk(n))))]
    around = [node for _, node in sorted(holding, key=lambda pair: pair[0])]
    words = Counter(map(source.segment, in_line))
    once = [node for node in around if words[source.segment(node)] == 1]
    return next(iter(once or around), None)


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)
