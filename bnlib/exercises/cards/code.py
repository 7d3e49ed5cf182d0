"""Python's text in pieces that are coloured alike, with Python's own tokenizer."""

from __future__ import annotations

import io
import keyword
import tokenize

Piece = tuple[str, str]
"""What it is ("" for nothing special), and its text."""

_CONSTANTS = {"True", "False", "None"}
_STRINGS = {"STRING", "FSTRING_START", "FSTRING_MIDDLE", "FSTRING_END", "TSTRING_START",
            "TSTRING_MIDDLE", "TSTRING_END"}  # fmt: skip


def pieces(source: str) -> list[list[Piece]]:
    """Every line of `source` as pieces: keyword, string, literal, comment, name, or nothing."""
    lines = source.splitlines()
    kinds = [[""] * len(line) for line in lines]
    for kind, (row, start), (last, end) in _tokens(source):
        for at in range(row, min(last, len(lines)) + 1):
            left = start if at == row else 0
            right = end if at == last else len(lines[at - 1])
            kinds[at - 1][left:right] = [kind] * (right - left)
    return [_runs(line, of) for line, of in zip(lines, kinds, strict=True)]


def _tokens(source: str) -> list[tuple[str, tuple[int, int], tuple[int, int]]]:
    found, before = [], ""
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            kind = _kind(token, before)
            before = token.string
            if kind:
                found.append((kind, token.start, token.end))
    except (tokenize.TokenError, SyntaxError):
        pass  # unfinished code keeps the colours it has so far
    return found


def _kind(token: tokenize.TokenInfo, before: str) -> str:
    name = tokenize.tok_name[token.type]
    if name in _STRINGS:
        return "string"
    if name == "NAME":
        if before in ("def", "class"):
            return "name"
        if token.string in _CONSTANTS:
            return "literal"
        return "keyword" if keyword.iskeyword(token.string) else ""
    return {"COMMENT": "comment", "NUMBER": "literal"}.get(name, "")


def _runs(line: str, kinds: list[str]) -> list[Piece]:
    runs: list[Piece] = []
    for character, kind in zip(line, kinds, strict=True):
        if runs and runs[-1][0] == kind:
            runs[-1] = (kind, runs[-1][1] + character)
        else:
            runs.append((kind, character))
    return runs
