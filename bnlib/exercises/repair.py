"""One edit of the answer's own source that makes it right: where it is, and of what kind."""

from __future__ import annotations

import ast
import copy
import itertools
from collections.abc import Callable, Container, Iterable
from typing import Any

import numpy as np

from bnlib.exercises.compare import is_number
from bnlib.exercises.edits import Edit, edits
from bnlib.exercises.exam import Exam
from bnlib.exercises.source import Source, Spot

MOST = 4_000
"""Candidates that are tried at all."""
FEW = 120
"""Candidates that are tried where a name is known already."""
_BESIDE = 250
"""Candidates that are tried beside a name."""
Repair = tuple[int, str]
"""The position of the node among the source's nodes, and the kind of edit."""


def repairs(
    source: Source,
    exam: Exam,
    most: int = MOST,
    bounded: bool = False,
    right: Container[ast.AST] = (),
) -> list[Repair]:
    """The slightest edits after which the answer passes, all of one cost; or none.

    Edits of one cost are tried all or not at all: others of them might lead to another place.

    Args:
        source: the answer.
        exam: what it has to pass.
        most: how many edits may be tried.
        bounded: try only what cannot make the answer run longer.
        right: what is left as it is, with all below it.

    Raises:
        exam.OutOfTime: not all of them could be tried.
    """
    position = {id(node): i for i, node in enumerate(source.nodes)}
    named = most == FEW
    slightest, dropped, missing = edits(source, bounded, _numbers(source, exam), right)
    tried: list[Edit] = []
    for group, later in (slightest, [dropped, missing]), (dropped, [missing]), (missing, []):
        candidates = list(itertools.islice(group, most + 1))
        if named:  # a sum of everything may mend by chance what is told already
            candidates = [e for e in candidates if not _forgets_the_axis(e)]
        if len(candidates) > most:
            break
        most -= len(candidates)
        tried += candidates
        passed = list(passing(source, exam, candidates))
        # One that writes into an argument on the way would be another slip.
        passed = list(passing(source, exam, passed, exam.leaves_alone))
        if group is slightest and len({getattr(e.told, "lineno", 0) for e in passed}) > 1:
            passed = _left_out(source, exam, dropped) or passed
        if passed:
            found: list[Repair] = [(position[id(e.told)], e.kind) for e in passed]
            names = [e for e in passed if e.kind == "name"]
            every = itertools.chain(tried, *later)
            if not _puts_in_what_nobody_reads(source, names):
                beside = _beside_names(source, exam, found, every)
                found = beside or _where_it_is_made(source, names) or found
            return found
    return []


def _forgets_the_axis(edit: Edit) -> bool:
    nones = (n for n in ast.walk(edit.new) if isinstance(n, ast.Constant) and n.value is None)
    return edit.kind == "axis" and any(nones)


def _left_out(source: Source, exam: Exam, dropped: Iterable[Edit]) -> list[Edit]:
    """Statements that are one too many, where slighter edits point to several lines."""
    wholes = [e for e in dropped if e.kind == "extra" and isinstance(e.spot.node, ast.stmt)]
    passed = list(passing(source, exam, wholes[:FEW]))
    return list(passing(source, exam, passed, exam.leaves_alone))


def _puts_in_what_nobody_reads(source: Source, names: list[Edit]) -> bool:
    """Whether another variable mends it that was made for nothing otherwise: that is the slip."""
    read = {n.id for n in source.nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    return bool(names) and read.union(source.parameters).isdisjoint(e.new.id for e in names)


def _where_it_is_made(source: Source, names: list[Edit]) -> list[Repair]:
    """The value of the variable that was read in another's place, if nothing else reads it.

    That it was to be the other, and that the other was to be read, cannot be told apart then; and
    nobody makes a variable in order not to read it.
    """
    old = [e.spot.node.id for e in names if isinstance(e.spot.node, ast.Name)]
    made = [n.value for n in source.nodes if isinstance(n, ast.Assign) and _sets(n) & set(old)]
    kept = [n for n in source.nodes if isinstance(n, ast.Name) and n.id in old]
    alone = len(old) == len(made) == 1 and len(kept) == 2 and not isinstance(made[0], ast.Name)
    return [(source.nodes.index(made[0]), "")] if alone else []


def _beside_names(
    source: Source, exam: Exam, found: list[Repair], every: Iterable[Edit]
) -> list[Repair]:
    """What else mends an answer that another variable does, where that was made or is used.

    The other variable may only happen to hold what is missing there: then more is told than a name.
    """
    names = [source.nodes[i] for i, kind in found if kind == "name"]
    rest = [one for one in found if one[1] != "name"]
    read = {n.id for n in names if isinstance(n, ast.Name)}
    made = {n.lineno for n in source.nodes if isinstance(n, ast.Assign) and _sets(n) & read}
    used = {n.lineno for n in names if isinstance(n, ast.Name)}
    if rest:
        there = {getattr(source.nodes[i], "lineno", 0) for i, _ in rest}
        return rest if there <= made - used else []
    position = {id(node): i for i, node in enumerate(source.nodes)}
    tried = list(every)
    for lines in (made - used, used):
        near = [e for e in tried if e.kind != "name" and getattr(e.told, "lineno", 0) in lines]
        others = [(position[id(e.told)], e.kind) for e in passing(source, exam, near[:_BESIDE])]
        if others:
            by_name = [(position[id(node)], "name") for node in names] if lines is used else []
            return [*others, *by_name]
    return []


def _sets(node: ast.Assign) -> set[str]:
    return {n.id for target in node.targets for n in ast.walk(target) if isinstance(n, ast.Name)}


def unsharing(source: Source, exam: Exam) -> list[Repair]:
    """Statements that make an answer change its arguments: made anew there, nothing is wrong.

    First those that change something in place, then those that give it a second name.
    """
    position = {id(node): i for i, node in enumerate(source.nodes)}
    in_place: list[Edit] = []
    names: list[Edit] = []
    for parent in source.nodes:
        for field, value in ast.iter_fields(parent):
            for index, node in enumerate(value) if isinstance(value, list) else ():
                spot = Spot(node, parent, field, index)
                if isinstance(node, ast.AugAssign):
                    in_place.append(Edit(1, "overwritten", spot, _anew(node)))
                elif isinstance(node, ast.Assign):
                    names.append(Edit(2, "overwritten", spot, _copied(node)))
    for group in (in_place, names):
        found: list[Repair] = [
            (position[id(e.told)], e.kind) for e in passing(source, exam, group, exam.leaves_alone)
        ]
        if found:
            return found
    return []


def _anew(node: ast.AugAssign) -> ast.AST:
    old = copy.deepcopy(node.target)
    old.ctx = ast.Load()
    made = ast.Assign([node.target], ast.BinOp(old, node.op, node.value))
    return ast.fix_missing_locations(ast.copy_location(made, node))


def _copied(node: ast.Assign) -> ast.AST:
    value = ast.Call(ast.Name("_deepcopy", ast.Load()), [node.value], [])
    return ast.fix_missing_locations(ast.copy_location(ast.Assign(node.targets, value), node))


def _numbers(source: Source, exam: Exam) -> frozenset[str]:
    """The arguments that are numbers in all calls."""
    calls = [arguments for arguments, _, _ in exam.calls]
    given = [[call[k] for call in calls if len(call) > k] for k in range(len(source.parameters))]
    named = zip(source.parameters, given, strict=True)
    return frozenset(name for name, values in named if values and all(map(is_number, values)))


def passing(
    source: Source,
    exam: Exam,
    candidates: Iterable[Edit],
    test: Callable[[Callable[..., Any]], bool] | None = None,
) -> Iterable[Edit]:
    """Those candidates that pass the exam, or a harder test."""
    for edit in candidates:
        made = _made(source, edit)
        if made is not None and (test or exam.passes)(made):
            yield edit


def _made(source: Source, edit: Edit) -> Callable[..., Any] | None:
    edit.spot.put(edit.made())
    try:
        return source.compiled({"_np": np, "_deepcopy": copy.deepcopy})
    except (SyntaxError, ValueError, TypeError, NameError):
        return None
    finally:
        edit.spot.put(edit.spot.node)
