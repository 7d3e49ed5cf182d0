"""`make update`: a newer version of the course, around the learner's own work.

nbgitpuller does the pulling: it commits what the learner changed, moves a file of the learner's
that is in the way of a new one, brings deleted files back, and merges, the learner's changes
first. Notebooks are merged cell by cell (`merge_notebooks`), and in the end every file is looked
at: one that did not survive the merge whole is replaced by the course's, and the learner's is
kept beside it under a dated name.
"""

import argparse
import ast
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bnlib.course import git, merge_notebooks, reset
from bnlib.records import notebooks, shipped

BY_HAND = (
    "Download the course again into a new folder, and copy your own notebooks into it under "
    "other names."
)
UNFINISHED = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")


def main(arguments: argparse.Namespace) -> int:
    """Update the course; 0 if it is the newest version in the end."""
    try:
        print(update(notebooks.require_root()))
        return 0
    except notebooks.NotebookError as error:
        print(error)
        return 2


def update(root: Path) -> str:
    """Bring the newest version in; what was done, in words. NotebookError: nothing was changed."""
    git.require(root, BY_HAND)
    if importlib.util.find_spec("nbgitpuller") is None:
        raise notebooks.NotebookError("nbgitpuller is not installed: run `make lab` once.")
    branch = _branch_to_follow(root)
    try:
        reference = f"refs/remotes/origin/{branch}"
        git.ask(root, "fetch", "--quiet", "origin", f"+refs/heads/{branch}:{reference}")
    except git.GitError as error:
        raise notebooks.NotebookError(
            f"The course's origin cannot be reached: {error}\n"
            "Are you online? Nothing was changed; try again later."
        ) from None
    newest = git.ask(root, "rev-parse", reference).strip()
    if git.succeeds(root, "merge-base", "--is-ancestor", newest, "HEAD"):
        return "You have the newest version of the course already."
    before = git.ask(root, "rev-parse", "HEAD").strip()
    own = _texts(root)
    renamed = _pull(root, branch, before)
    kept = _repair(root, before, newest, own)
    return _summary(root, before, renamed + kept)


def _branch_to_follow(root: Path) -> str:
    """The branch of `origin` that this copy follows."""
    top = Path(git.ask(root, "rev-parse", "--show-toplevel").strip())
    if top.resolve() != root.resolve():
        raise notebooks.NotebookError(
            f"This course is part of a larger git repository ({top}). Update that with git."
        )
    folder = root / git.ask(root, "rev-parse", "--git-dir").strip()
    if any((folder / name).exists() for name in UNFINISHED):
        raise notebooks.NotebookError(
            "A merge or rebase of yours is not finished. Finish it (`git status` says how), "
            "then try again."
        )
    if not git.succeeds(root, "symbolic-ref", "--quiet", "HEAD"):
        raise notebooks.NotebookError(
            "You are not on a branch (git calls it a detached HEAD). Make one for your work with "
            "`git switch -c my-work`, then try again."
        )
    if not git.succeeds(root, "remote", "get-url", "origin"):
        raise notebooks.NotebookError(
            "This copy does not know where the course comes from: it has no remote `origin`.\n"
            "Add it with `git remote add origin ADDRESS`, then try again."
        )
    try:
        followed = git.ask(root, "rev-parse", "--abbrev-ref", "@{upstream}").strip()
        remote, _, branch = followed.partition("/")
        if remote == "origin" and branch:
            return branch
    except git.GitError:
        pass  # a branch of the learner's own: the course's main one, then
    try:
        line = git.ask(root, "ls-remote", "--symref", "origin", "HEAD").splitlines()[0]
        return line.split()[1].removeprefix("refs/heads/")
    except (git.GitError, IndexError) as error:
        raise notebooks.NotebookError(
            f"The course's origin cannot be reached: {error}\n"
            "Are you online? Nothing was changed; try again later."
        ) from None


def _pull(root: Path, branch: str, before: str) -> list[str]:
    """Let nbgitpuller fetch, commit, move aside and merge; what it moved, in words."""
    address = git.ask(root, "remote", "get-url", "origin").strip()
    moved: list[str] = []
    # Where our merge of notebooks cannot run, git's own, by lines, does; `_repair` follows both.
    for cell_by_cell in (True, False):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
            done = subprocess.run(
                [sys.executable, "-m", "nbgitpuller.pull", address, branch, str(root)],
                cwd=root,
                env=_environment(Path(scratch), cell_by_cell),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
            )
        lines = done.stdout.splitlines()
        moved += [line.replace(f"{root}{os.sep}", "") for line in lines if "Renamed " in line]
        if done.returncode == 0:
            return moved
        git.succeeds(root, "merge", "--abort")
        # Back to how it was; the working tree has been the learner's all along.
        git.succeeds(root, "reset", "--mixed", "--quiet", before)
    said = [line for line in lines if line.startswith(("fatal", "error"))] or lines[-1:]
    raise notebooks.NotebookError(
        "The new version could not be merged with your changes; your files are as they were.\n"
        f"{''.join(said[:1])}\nTo start afresh: rename this folder and get the course again."
    )


def _environment(scratch: Path, cell_by_cell: bool) -> dict[str, str]:
    """git's surroundings: our merge of notebooks, and none of the settings that could stop it."""
    # The merge replaces the course's own files, so git gets a copy of the program.
    program = scratch / "merge_notebooks.py"
    shutil.copyfile(merge_notebooks.__file__, program)
    (scratch / "hooks").mkdir()
    attributes = scratch / "attributes"
    ours = f"*.ipynb merge=course\n{shipped.NAME.as_posix()} merge=course\n"
    attributes.write_text(ours if cell_by_cell else "", encoding="utf-8")
    python = Path(sys.executable).as_posix()
    settings = {
        "merge.course.name": "cell by cell",
        "merge.course.driver": f'"{python}" "{program.as_posix()}" %O %A %B %P',
        "core.attributesFile": attributes.as_posix(),
        "core.hooksPath": (scratch / "hooks").as_posix(),
        "core.quotePath": "false",
        "commit.gpgSign": "false",
        "diff.renames": "false",
        "merge.ff": "true",
    }
    numbered = {"GIT_CONFIG_COUNT": str(len(settings))}
    for number, (key, value) in enumerate(settings.items()):
        numbered |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    quiet = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_MERGE_AUTOEDIT": "no"}
    return os.environ | numbered | quiet


def _texts(root: Path) -> dict[str, str]:
    """The notebooks as they are on disk, by path in the repository."""
    paths = (root / notebooks.FOLDER).glob("*.ipynb")
    return {
        f"{notebooks.FOLDER}/{p.name}": p.read_text(encoding="utf-8", errors="replace")
        for p in paths
    }


def _repair(root: Path, before: str, newest: str, own: dict[str, str]) -> list[str]:
    """Replace every file that the merge damaged by the course's; what was kept, in words."""
    base = git.ask(root, "merge-base", before, newest).strip()
    said = []
    for name in git.ask(root, "ls-tree", "-r", "--name-only", "-z", newest).split("\0"):
        path = root / name
        if not path.suffix or not path.exists() or _is_sound(root, name, own.get(name), base):
            continue
        if name in own:
            notebooks.write(path, own[name])
        kept = reset.set_aside(path)
        notebooks.write(path, git.file_at(root, newest, name) or "")
        said.append(f"{name} is the course's new one; yours is {kept.name}, in the same folder.")
    return said


def _is_sound(root: Path, name: str, own: str | None, base: str) -> bool:
    path = root / name
    try:
        if path.suffix == ".py":
            ast.parse(path.read_text(encoding="utf-8"))
        if path.suffix == ".ipynb":
            merged = notebooks.read(path)
            return own is None or not _lost(merged, own, git.file_at(root, base, name))
    except (SyntaxError, ValueError, notebooks.NotebookError):
        return False
    return True


def _lost(merged: dict, own: str, base: str | None) -> set[str]:
    """The cells that the learner wrote or changed and that the merged notebook does not have."""
    old = _cells(base) if base else set()
    return _cells(own) - old - {notebooks.source(cell).strip() for cell in merged["cells"]}


def _cells(text: str) -> set[str]:
    return {notebooks.source(cell).strip() for cell in notebooks.parse(text, "it")["cells"]} - {""}


def _summary(root: Path, before: str, notes: list[str]) -> str:
    changes = git.ask(
        root, "diff", "--name-status", "--no-renames", before, "HEAD", "--", "notebooks"
    )
    lines = ["The course is the newest version now; your work is where it was."]
    for change in changes.splitlines():
        kind, _, name = change.partition("\t")
        said = {"A": "new", "D": "gone"}.get(kind, "changed")
        lines.append(f"  {said}: {name}")
    lines += [f"  {note}" for note in notes]
    if (root / notebooks.FOLDER).is_dir():
        lines.append("Close notebooks that are open in JupyterLab and open them again.")
    return "\n".join(lines)
