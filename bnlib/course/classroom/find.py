"""The submissions in a folder, and the notebooks of one."""

import hashlib
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

LARGEST = 64 << 20  # bytes of a notebook; a whole one of the course has less than one of these MB


def submissions(folder: Path, shard: tuple[int, int] = (0, 1)) -> Iterator[Path]:
    """Everything directly in the folder that may be a submission: a folder, or a notebook.

    shard: (k, n) gives the k-th of n parts, by name, so that it is the same wherever it is asked.
    """
    part, of = shard
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "__")) or not _may_be_one(entry):
                continue
            if zlib.crc32(os.fsencode(entry.name)) % of == part:
                yield folder / entry.name


def _may_be_one(entry: os.DirEntry) -> bool:
    try:
        a_broken_link = entry.is_symlink() and not os.path.exists(entry.path)
        return entry.name.endswith(".ipynb") or entry.is_dir() or a_broken_link
    except OSError:  # a link in a circle
        return True


def notebooks_of(submission: Path) -> list[Path]:
    """The notebooks of one submission, wherever in it they are."""
    if not submission.is_dir():
        return [submission] if submission.is_file() else []
    found = []
    for place, folders, names in os.walk(submission, onerror=_raise):
        folders[:] = [name for name in folders if name != ".ipynb_checkpoints"]
        paths = (Path(place, name) for name in names if name.endswith(".ipynb"))
        found += [path for path in paths if path.is_file()]  # and no pipe, which never ends
    return sorted(found)


def _raise(error: OSError) -> None:
    raise error


def copy_of(name: str, files: list[Path]) -> Path | None:
    """The file that is the course's notebook `name`, or else `ada_2_fitting_batch_norm (1)`."""
    stem = name.removesuffix(".ipynb")
    copies = [file for file in files if stem in file.name]
    return min(copies, key=lambda file: (len(file.name), str(file)), default=None)


def fingerprint(files: list[Path], *circumstances: object) -> str:
    """A digest of some files' names and contents, and of what else a result depends on."""
    digest = hashlib.sha256(repr(circumstances).encode())
    for file in files:
        size = file.stat().st_size
        digest.update(b"\0" + os.fsencode(file.name) + b"\0%d\0" % size)
        if size <= LARGEST:
            with file.open("rb") as opened:
                digest.update(hashlib.file_digest(opened, "sha256").digest())
    return digest.hexdigest()[:32]


def version(root: Path) -> str:
    """A digest of this copy of the library: what a verdict depends on besides the answer."""
    package = root / "bnlib"
    files = sorted(path for path in package.rglob("*") if path.suffix in (".py", ".json"))
    return fingerprint(files)
