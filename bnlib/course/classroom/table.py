"""A CSV to which rows are added one at a time, each on the disk before the next is begun.

It is its own journal. A row whose submission has come anew is appended too, and counts; when all
are there, the file is written once more without what no longer counts. So whenever the power goes,
no row is lost but one that was half written, and that is seen by its missing fingerprint.
"""

import contextlib
import csv
import io
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bnlib.course.trouble import wrapped
from bnlib.records.notebooks import NotebookError

FIRST, LAST = "submission", "fingerprint"
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "'")
BOM = b"\xef\xbb\xbf"  # Excel takes the file for Latin-1 without one


def safe(text: object) -> str:
    """A text that is harmless on a terminal and in a spreadsheet; two texts stay two.

    What cannot be printed, such as control characters or bytes that are no UTF-8, is written as in
    Python; so is a semicolon, which in half of the world begins another cell. A spreadsheet runs
    what begins like a formula; an apostrophe keeps it a text.
    """
    shown = "".join(
        c if c.isprintable() and c != "\\" else c.encode("unicode_escape").decode()
        for c in str(text)
    ).replace(";", r"\x3b")
    return f"'{shown}" if shown[:1] in FORMULA else shown


class Table:
    """The table in a file, open for more rows.

    Use it in a `with`. Nothing of a file that is there is lost: rows of this table are taken up,
    an older course's table is put aside, and anything else is refused.

    Attributes:
        known: name of a submission, as in the table, to its fingerprint.

    Raises:
        NotebookError: the file cannot be written, is in use, or is something else.
    """

    def __init__(self, path: Path, columns: list[str]) -> None:
        self.path, self.columns = path, [*columns, LAST]
        self.known: dict[str, Any] = {}
        self._stale = False
        try:
            self._put_aside()
            self._file = path.open("ab")
            try:
                self._begin()
            except BaseException:
                self._file.close()
                raise
        except OSError as error:
            raise NotebookError(
                f"{safe(path)} cannot be written: {error.strerror}. Nothing was graded. Name "
                "another file: ARGS='--csv FILE'"
            ) from None

    def _begin(self) -> None:
        _lock(self._file, self.path)
        if os.fstat(self._file.fileno()).st_size:
            self._take_up()
        else:
            self._write(BOM + _line(self.columns))
        self._size = os.fstat(self._file.fileno()).st_size

    def __enter__(self) -> "Table":
        return self

    def __exit__(self, *exception: object) -> None:
        with contextlib.suppress(OSError):  # a full disk, of which `add` has told
            self._file.close()
        if self._stale:
            # Where another program holds the file, what no longer counts stays in it a while.
            with contextlib.suppress(OSError):
                self._renew()

    def add(self, row: dict[str, object]) -> None:
        """Append a row, and have it on the disk."""
        name = safe(row[FIRST])
        self._stale = self._stale or name in self.known
        self.known[name] = str(row[LAST])
        line = _line([safe(row.get(column, "")) for column in self.columns])
        self._size += len(line)
        self._write(line)

    def changed(self) -> bool:
        """Whether the file is not as it was written here: a spreadsheet may have saved its own."""
        try:
            return self.path.stat().st_size != self._size
        except OSError:
            return True

    def _write(self, line: bytes) -> None:
        self._file.write(line)
        self._file.flush()
        with contextlib.suppress(OSError):  # not every file system can
            os.fsync(self._file.fileno())

    def _put_aside(self) -> None:
        if not self.path.exists() or not self.path.stat().st_size:
            return
        header = next(_rows(self.path), [])
        if header == self.columns:
            return
        if header[:1] != [FIRST]:
            raise NotebookError(
                f"`{self.path}` is there, and is no table of this command. Name another file: "
                "`ARGS='--csv FILE'`"
            )
        stamp = time.strftime("%Y-%m-%d-%H%M%S")
        kept = self.path.with_name(f"{self.path.stem}.{stamp}{self.path.suffix}")
        os.rename(self.path, kept)
        said = f"The table that is there has other columns. It is kept: `{kept}`"
        print(wrapped(said), file=sys.stderr)

    def _take_up(self) -> None:
        for cells in _rows(self.path):
            whole = len(cells) == len(self.columns) and (cells == self.columns or _whole(cells))
            if whole and cells != self.columns:
                self._stale = self._stale or cells[0] in self.known
                self.known[cells[0]] = cells[-1]
            self._stale = self._stale or not whole
        with self.path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                self._write(b"\n")

    def _renew(self) -> None:
        """Write the file again, with the last row of each submission."""
        last: dict[str, int] = {}
        for number, cells in enumerate(_rows(self.path)):
            if number and len(cells) == len(self.columns) and _whole(cells):
                last[cells[0]] = number
        new = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            with new.open("wb") as file:
                file.write(BOM + _line(self.columns))
                for number, cells in enumerate(_rows(self.path)):
                    if cells and last.get(cells[0]) == number:
                        file.write(_line(cells))
                file.flush()
                os.fsync(file.fileno())
            os.chmod(new, self.path.stat().st_mode & 0o777)
            os.replace(new, self.path)
        finally:
            new.unlink(missing_ok=True)


class Stream:
    """The same on a stream, with nothing to take up."""

    def __init__(self, stream: io.TextIOBase, columns: list[str]) -> None:
        self.stream, self.columns = stream, columns
        self.known: dict[str, Any] = {}
        self._write(columns)

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, *exception: object) -> None:
        """Nothing to close."""

    def add(self, row: dict[str, object]) -> None:
        """Write a row."""
        self._write([safe(row.get(column, "")) for column in self.columns])

    def _write(self, cells: list[str]) -> None:
        self.stream.write(_line(cells).decode())
        self.stream.flush()


def _whole(cells: list[str]) -> bool:
    """Whether a row was written to its end; one to be graded again has no fingerprint."""
    return len(cells[-1]) in (0, 32)


def _rows(path: Path) -> Iterator[list[str]]:
    """The rows of a file, each a line of it."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        for line in file:
            yield next(csv.reader([line]), []) if line.endswith("\n") else []


def _line(cells: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode()


def _lock(file: io.BufferedIOBase, path: Path) -> None:
    """Keep a second run off this table; it is let go of however this one ends."""
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise NotebookError(f"Another run is writing `{path}`. Nothing was graded.") from None
    except OSError:
        return  # a file system without locks
