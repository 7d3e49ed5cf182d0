"""Whether an answer is still the stub: a docstring, comments, `pass` or `...`, and nothing else."""

from __future__ import annotations

import ast
import dis
import inspect
import textwrap
from types import CodeType
from typing import Any


def _empty() -> None:
    pass


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
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(code)))
    except (OSError, TypeError, SyntaxError, ValueError):
        return not _has_explicit_return(code)
    body = getattr(tree.body[0], "body", None) if tree.body else None
    if not isinstance(body, list):
        return False  # a lambda, whose None was written
    return all(isinstance(s, ast.Pass) or _is_constant(s) for s in body)


def _returns_none_at_once(code: CodeType) -> bool:
    return _steps(code) == _steps(_empty.__code__)


def _steps(code: CodeType) -> list[tuple[str, Any]]:
    """What a function does, in this Python's own terms, without what does nothing."""
    steps = [(step.opname, step.argval) for step in dis.get_instructions(code)]
    return [step for step in steps if step[0] not in ("NOP", "CACHE", "COPY_FREE_VARS")]


def _is_constant(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _has_explicit_return(code: CodeType) -> bool:
    # Without source (a function made by exec) the columns tell: `return` is 6 wide, the None of
    # `return None` starts 7 columns right of its indentation, so at an odd one; `pass` at an even.
    last = list(dis.get_instructions(code))[-1].positions
    if last is None or last.col_offset is None or last.end_col_offset is None:
        return False
    if last.lineno == code.co_firstlineno:
        return False
    width = last.end_col_offset - last.col_offset
    return width in (6, 11) or (width == 4 and last.col_offset % 2 == 1)
