"""`make update`: a newer version of the course, around the learner's own work.

`merging` makes one of the two; in the end every file is looked at: one that did not survive the
merge whole is replaced by the course's, and the learner's is kept beside it under a dated name.
What could not be taken over, and what is new, is said.
"""

import argparse
import ast
import re
from pathlib import Path

from bnlib.course import git, merging, reset
from bnlib.course.trouble import wrapped
from bnlib.records import notebooks

BY_HAND = (
    "Download the course again into a new folder, and copy your own notebooks into it under "
    "other names."
)
UNFINISHED = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")
LOCKS = ("*.lock", "refs/**/*.lock")  # no branch may be called so
CHANGES = "CHANGELOG.md"
CHANGES_SHOWN = 20


def main(arguments: argparse.Namespace) -> int:
    """Update the course; 0 if it is the newest version in the end."""
    try:
        print(wrapped(update(notebooks.require_root())))
        return 0
    except notebooks.NotebookError as error:
        print(wrapped(error))
        return 2


def update(root: Path) -> str:
    """Bring the newest version in; what was done, in words. NotebookError: nothing was changed."""
    git.require(root, BY_HAND)
    _require_ready(root)
    branch, known, newest = _fetched(root)
    if git.succeeds(root, "merge-base", "--is-ancestor", newest, "HEAD"):
        return "You have the newest version of the course already."
    before = git.ask(root, "rev-parse", "HEAD").strip()
    changes = _read(root / CHANGES)
    own = _texts(root)
    try:
        base, course = merging.starting_point(root, known, newest)
        clashes = merging.clashes(root, base, course) if base else []
        moved = merging.merge(root, base, course)
    except git.GitError as error:
        raise notebooks.NotebookError(
            f"The new version could not be merged with your changes: {error}\n"
            "Your files are as they were. To start afresh: rename this folder and get the course "
            "again."
        ) from None
    notes = [
        f"{name} was in the way of the course's; yours is {moved[name].name}, in the same folder."
        for name in moved
    ]
    notes += clashes
    notes += _repair(root, base, newest, {n: text for n, text in own.items() if n not in moved})
    if branch is not None:
        notes.append(f"The course's branch is called {branch} now, and this copy follows it.")
    return _summary(
        root, base or before, course, notes, _new_entries(changes, _read(root / CHANGES))
    )


def _require_ready(root: Path) -> None:
    """NotebookError where git is in the middle of something, or does not know the course."""
    top = Path(git.ask(root, "rev-parse", "--show-toplevel").strip())
    if top.resolve() != root.resolve():
        raise notebooks.NotebookError(
            f"This course is part of a larger git repository (`{top}`). Update that with git."
        )
    asked = git.ask(root, "rev-parse", "--git-dir", "--git-common-dir").splitlines()
    folder, common = (root / line for line in asked)  # the same, but in a worktree of another copy
    locks = [path for each in (folder, common) for name in LOCKS for path in each.glob(name)]
    if locks:
        raise notebooks.NotebookError(
            f"Another git program is at work here, or one was interrupted: `{locks[0]}` "
            "is there.\nIf none is running, delete that file; then try again."
        )
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


def _fetched(root: Path) -> tuple[str | None, str | None, str]:
    """Fetch the newest version.

    Returns the branch's new name where the one that was followed is gone, the version known before
    (None if none was), and the newest.
    """
    try:
        there = _branches(root)
        main = there.pop("HEAD", None)
        followed = _branch_followed(root)
        branch = followed if followed in there else main
        if branch is None:
            raise notebooks.NotebookError(
                "The course's origin has no branch to follow. Choose one that its makers name: "
                "`git branch --set-upstream-to=origin/NAME`, then try again."
            )
        known = _commit_at(root, f"refs/remotes/origin/{followed or branch}")
        reference = f"refs/remotes/origin/{branch}"
        git.ask(root, "fetch", "--quiet", "origin", f"+refs/heads/{branch}:{reference}")
        renamed = followed is not None and followed != branch
        if renamed:
            git.ask(root, "branch", "--quiet", f"--set-upstream-to=origin/{branch}")
    except git.GitError as error:
        raise notebooks.NotebookError(
            f"The course's origin cannot be reached: {error}\n"
            "Are you online? Nothing was changed; try again later."
        ) from None
    return branch if renamed else None, known, git.ask(root, "rev-parse", reference).strip()


def _branches(root: Path) -> dict[str, str]:
    """The branches of origin; under HEAD the name of its main one."""
    there = {}
    for line in git.ask(
        root, "ls-remote", "--symref", "origin", "HEAD", "refs/heads/*"
    ).splitlines():
        what, _, name = line.partition("\t")
        if what.startswith("ref: "):
            there["HEAD"] = what.removeprefix("ref: refs/heads/")
        elif name != "HEAD":
            there[name.removeprefix("refs/heads/")] = what
    return there


def _branch_followed(root: Path) -> str | None:
    """The branch of origin that this copy follows; None on a branch of the learner's own."""
    try:
        own = git.ask(root, "symbolic-ref", "--short", "HEAD").strip()
        remote = git.ask(root, "config", f"branch.{own}.remote").strip()
        name = git.ask(root, "config", f"branch.{own}.merge").strip()
    except git.GitError:
        return None
    return name.removeprefix("refs/heads/") if remote == "origin" else None


def _commit_at(root: Path, reference: str) -> str | None:
    try:
        return git.ask(root, "rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}").strip()
    except git.GitError:
        return None


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _new_entries(old: str, new: str) -> list[str]:
    """The versions of the list of changes that were not in the old one, as lines."""
    had = set(re.findall(r"^## .*", old, re.MULTILINE))
    lines: list[str] = []
    new = re.sub(r"\n +(?=[^ -])", " ", new)  # an entry a line
    for entry in re.split(r"^(?=## )", new, flags=re.MULTILINE)[1:]:
        heading, *rest = entry.strip().splitlines()
        if heading not in had:
            lines += [heading.removeprefix("## "), *(f"  {line}" for line in rest if line.strip())]
    if len(lines) > CHANGES_SHOWN:
        lines = [*lines[:CHANGES_SHOWN], f"... and more, in {CHANGES}."]
    return lines


def _texts(root: Path) -> dict[str, str]:
    """The notebooks as they are on disk, by path in the repository."""
    paths = (root / notebooks.FOLDER).glob("*.ipynb")
    return {
        f"{notebooks.FOLDER}/{p.name}": p.read_text(encoding="utf-8", errors="replace")
        for p in paths
    }


def _repair(root: Path, base: str | None, newest: str, own: dict[str, str]) -> list[str]:
    """Replace every file that the merge damaged by the course's; what was kept, in words."""
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


def _is_sound(root: Path, name: str, own: str | None, base: str | None) -> bool:
    path = root / name
    try:
        if path.suffix == ".py":
            ast.parse(path.read_text(encoding="utf-8"))
        if path.suffix == ".ipynb":
            merged = notebooks.read(path)
            old = git.file_at(root, base, name) if base else None
            return own is None or not _lost(merged, own, old)
    except (SyntaxError, ValueError, notebooks.NotebookError):
        return False
    return True


def _lost(merged: dict, own: str, base: str | None) -> set[str]:
    """The cells that the learner wrote or changed and that the merged notebook does not have."""
    old = _cells(base) if base else set()
    return _cells(own) - old - {notebooks.source(cell).strip() for cell in merged["cells"]}


def _cells(text: str) -> set[str]:
    return {notebooks.source(cell).strip() for cell in notebooks.parse(text, "it")["cells"]} - {""}


def _summary(root: Path, base: str, course: str, notes: list[str], news: list[str]) -> str:
    """What was done, in words. base, course: between them lies what the course changed."""
    changes = git.ask(
        root, "diff", "--name-status", "--no-renames", base, course, "--", "notebooks"
    )
    lines = ["The course is the newest version now; your work is where it was."]
    for change in changes.splitlines():
        kind, _, name = change.partition("\t")
        said = {"A": "new", "D": "gone"}.get(kind, "changed")
        if kind == "D" and (root / name).exists():
            said = "no longer part of the course (yours stays)"
        lines.append(f"  {said}: {name}")
    lines += [f"  {note}" for note in notes]
    if news:
        lines += ["", "What is new:", *(f"  {line}" for line in news), ""]
    if (root / notebooks.FOLDER).is_dir():
        lines.append("Close notebooks that are open in JupyterLab and open them again.")
    return "\n".join(lines)
