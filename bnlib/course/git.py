"""Asking git, and saying in plain words why it cannot be asked."""

import os
import shutil
import subprocess
from pathlib import Path

from bnlib.records.notebooks import NotebookError


class GitError(NotebookError):
    """git refused; the message is its own last line."""


def require(root: Path, by_hand: str) -> None:
    """NotebookError, with what to do by hand, unless git is here and has the course in `root`."""
    if shutil.which("git") is None:
        raise NotebookError(f"git is not installed here. Install it and try again, or:\n{by_hand}")
    # A ZIP unpacked inside some other repository is in none: there git knows none of its files.
    if not succeeds(root, "ls-files", "--error-unmatch", "."):
        raise NotebookError(
            "This copy of the course was not made with git (a downloaded ZIP?), "
            f"so there is no history to look in.\n{by_hand}"
        )


def ask(
    root: Path, *arguments: str, timeout: float = 120, settings: dict[str, str] | None = None
) -> str:
    """What `git ...` prints; GitError if it fails.

    timeout: seconds. settings: git's own, for this call.
    """
    given = [part for key, value in (settings or {}).items() for part in ("-c", f"{key}={value}")]
    try:
        done = subprocess.run(
            ["git", *given, *arguments],
            cwd=root,
            # A password prompt nobody sees would wait for ever.
            env=os.environ | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=timeout,
        )
    except subprocess.TimeoutExpired:
        raise GitError(f"git {arguments[0]} gave no answer for {timeout:g} s") from None
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"git {arguments[0]} failed"]
        fatal = [line for line in said if line.startswith(("fatal:", "error:"))]
        raise GitError((fatal or said)[0].partition(": ")[2] or said[0])
    return done.stdout


def succeeds(root: Path, *arguments: str) -> bool:
    """Whether `git ...` ends well."""
    try:
        ask(root, *arguments)
    except GitError:
        return False
    return True


def file_at(root: Path, commit: str, path: str) -> str | None:
    """A file's text in a commit, or None if it is not there. path: from `root`."""
    try:
        return ask(root, "cat-file", "blob", f"{commit}:./{path}")
    except GitError:
        return None
