"""Whether an answer is still the stub: a docstring, comments, `pass` or `...`, and nothing else."""

from __future__ import annotations

import ast
import dis
import inspect
import itertools
import textwrap
from collections.abc import Iterator
from types import CodeType
from typing import Any


def is_stub(answer: Any) -> bool:
    """Whether the function's body has not been begun.

    An explicit `return` or `return None` is a beginning. Runs where the answer runs, since asking a
    strange object for its attributes may run its code.
    """
    while hasattr(answer, "__wrapped__") or hasattr(answer, "func"):
        answer = answer.__wrapped__ if hasattr(answer, "__wrapped__") else answer.func
    code = getattr(answer, "__code__", None)
    if type(code) is not CodeType or not _returns_none_at_once(code):
        return False
    if code.co_name == "<lambda>":
        return False  # its None was written
    try:
        (function, *_) = ast.parse(textwrap.dedent(inspect.getsource(code))).body
    except (OSError, TypeError, SyntaxError, ValueError):
        function = None
    # Python 3.13 may give the text of `python -c`, or of a started process, for one made by exec.
    if getattr(function, "name", None) != code.co_name:
        return not _has_explicit_return(code)
    return all(isinstance(s, ast.Pass) or is_constant(s) for s in getattr(function, "body", ()))


def _empty() -> None:
    pass


def _returns_none_at_once(code: CodeType) -> bool:
    if code.co_names:  # an empty body names nothing
        return False
    both = itertools.zip_longest(_steps(code), _steps(_empty.__code__))
    return all(mine == empty for mine, empty in both)  # as a rule the first or second differs


def _steps(code: CodeType) -> Iterator[tuple[str, Any]]:
    """What a function does, in this Python's own terms, without what does nothing."""
    steps = ((step.opname, step.argval) for step in dis.get_instructions(code))
    return (step for step in steps if step[0] not in ("NOP", "CACHE", "COPY_FREE_VARS"))


def is_constant(statement: ast.stmt) -> bool:
    """A docstring, `...` or another constant that stands by itself."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _has_explicit_return(code: CodeType) -> bool:
    """Without source (a function made by exec): whether None comes from where a return has it.

    Python notes the columns of what it compiled; those of the two returns are asked for here, with
    four spaces before them, as answers have. Of another indentation nothing is known.
    """
    columns = _columns(code)
    if columns is None:
        return False
    return columns in (_columns(_return.__code__), _columns(_return_none.__code__))


def _columns(code: CodeType) -> tuple[int | None, int | None] | None:
    *_, last = dis.get_instructions(code)
    place = last.positions
    if place is None or place.col_offset is None or place.lineno == code.co_firstlineno:
        return None
    return place.col_offset, place.end_col_offset


def _return() -> None:
    return


def _return_none() -> None:
    return None
