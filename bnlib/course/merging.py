"""How a learner's copy and a newer course become one, in git: the steps behind `make update`.

The learner's changes are committed, a file of theirs that stands where the course has a new one is
moved, what they deleted comes back, and git merges, the learner's side first, notebooks cell by
cell (`merge_notebooks`). If that cannot be done, everything is put back as it was.
"""

import filecmp
import os
import shutil
import sys
import tempfile
from pathlib import Path

from bnlib.course import git, merge_notebooks, reset
from bnlib.records import notebooks, shipped


def starting_point(root: Path, known: str | None, newest: str) -> tuple[str | None, str]:
    """The version that the learner's copy started from, and the commit to merge.

    known: the course's version at the last look, before `newest` was fetched, if there was one.
    Where the course's history has been rewritten since, git would take the old course's lines for
    the learner's. Then the commit is one made here: the newest version, as a successor of the old
    one. Without any history in common the starting point is None.
    """
    kept_history = known is None or git.succeeds(root, "merge-base", "--is-ancestor", known, newest)
    base = _merge_base(root, newest) if kept_history else None
    if base is not None:
        return base, newest
    base = _merge_base(root, known) if known is not None else None
    message = "The newest version of the course, whose history was rewritten"
    commit = git.ask(
        root,
        *("commit-tree", f"{newest}^{{tree}}", "-p", base or "HEAD", "-p", newest, "-m", message),
        settings=_identity(root),
    )
    return base, commit.strip()


def _merge_base(root: Path, commit: str) -> str | None:
    try:
        return git.ask(root, "merge-base", "HEAD", commit).strip()
    except git.GitError:
        return None


def merge(root: Path, base: str | None, course: str) -> dict[str, Path]:
    """Merge the commit `course` into the learner's copy.

    Returns the learner's files that made way, by the name they had; GitError: all is as it was.
    """
    before = git.ask(root, "rev-parse", "HEAD").strip()
    moved = _make_way(root, course, everything=base is None)
    try:
        deleted = _names(root, "diff", "--name-only", "--diff-filter=D", "-z", "HEAD")
        if deleted:
            git.ask(root, "checkout", "--quiet", "HEAD", "--", *deleted)
        _commit(root, "--all", "--allow-empty", "--message", "My work, before an update")
        _merge_either_way(root, course)
    except git.GitError:
        git.succeeds(root, "merge", "--abort")
        git.succeeds(root, "reset", "--mixed", "--quiet", before)
        for name, kept in moved.items():
            os.replace(kept, root / name)
        raise
    for name, kept in list(moved.items()):
        if (root / name).is_file() and filecmp.cmp(root / name, kept, shallow=False):
            kept.unlink()
            del moved[name]
    return moved


def _make_way(root: Path, course: str, everything: bool) -> dict[str, Path]:
    """Set aside files that stand where the course has one: those that git does not know.

    everything: every notebook too, as without a common history none can be merged.
    """
    tracked = set(_names(root, "ls-files", "-z"))
    moved = {}
    for name in _names(root, "ls-tree", "-r", "--name-only", "-z", course):
        path = root / name
        if path.is_file() and name not in tracked:
            moved[name] = reset.set_aside(path)
            path.unlink()
        elif everything and path.is_file() and name.startswith(f"{notebooks.FOLDER}/"):
            moved[name] = reset.set_aside(path)
    return moved


def _merge_either_way(root: Path, course: str) -> None:
    """Merge notebooks cell by cell; where that cannot run, by lines as git does."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        for cell_by_cell in (True, False):
            settings = _identity(root) | _settings(Path(scratch), cell_by_cell)
            try:
                git.ask(
                    root,
                    *("merge", "--quiet", "--no-edit", "-X", "ours", course),
                    settings=settings,
                )
                return
            except git.GitError:
                if cell_by_cell and git.succeeds(root, "merge", "--abort"):
                    continue
                _take_what_survived(root)


def _take_what_survived(root: Path) -> None:
    """Finish a merge in which one side deleted what the other changed: what was changed stays."""
    unmerged = _names(root, "diff", "--name-only", "--diff-filter=U", "-z")
    if not unmerged:
        raise git.GitError("git could not merge the new version")
    git.ask(root, "add", "--all", "--", *unmerged)
    _commit(root, "--no-edit")


def _commit(root: Path, *arguments: str) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        settings = _identity(root) | _settings(Path(scratch), cell_by_cell=False)
        git.ask(root, "commit", "--quiet", "--no-verify", *arguments, settings=settings)


def _identity(root: Path) -> dict[str, str]:
    """A name to commit under, for a learner who has told git none."""
    if git.succeeds(root, "config", "user.email") and git.succeeds(root, "config", "user.name"):
        return {}
    return {"user.name": "a learner", "user.email": "learner@localhost"}


def _settings(scratch: Path, cell_by_cell: bool) -> dict[str, str]:
    """Our merge of notebooks, and none of the settings that could stop a commit or a merge."""
    # The merge replaces the course's own files, so git gets a copy of the program.
    program = scratch / "merge_notebooks.py"
    shutil.copyfile(merge_notebooks.__file__, program)
    (scratch / "hooks").mkdir(exist_ok=True)
    attributes = scratch / "attributes"
    ours = f"*.ipynb merge=course\n{shipped.NAME.as_posix()} merge=course\n"
    attributes.write_text(ours if cell_by_cell else "", encoding="utf-8")
    python = Path(sys.executable).as_posix()
    return {
        "merge.course.name": "cell by cell",
        "merge.course.driver": f'"{python}" "{program.as_posix()}" %O %A %B %P',
        "core.attributesFile": attributes.as_posix(),
        "core.hooksPath": (scratch / "hooks").as_posix(),
        "commit.gpgSign": "false",
        "diff.renames": "false",
        "merge.renames": "false",
        "merge.ff": "true",
    }


def _names(root: Path, *arguments: str) -> list[str]:
    return [name for name in git.ask(root, *arguments).split("\0") if name]


def clashes(root: Path, base: str, course: str) -> list[str]:
    """Where learner (HEAD) and course changed the same thing, and the learner's was kept, in words.

    To be asked before the merge, of what the learner has committed or not.
    """
    said = []
    for name in _names(root, "diff", "--name-only", "--diff-filter=M", "-z", base, course):
        path = root / name
        if not path.is_file() or name == shipped.NAME.as_posix():
            continue
        old, new = (git.file_at(root, commit, name) or "" for commit in (base, course))
        if name.endswith(".ipynb"):
            said += [
                f"{name}, the cell `{cell}`: you and the course both changed it. Yours was kept."
                for cell in _cells_in_common(old, path, new)
            ]
        elif _lines_in_common(old, path, new):
            said.append(f"{name}: you and the course changed the same lines. Yours were kept.")
    return said


def _cells_in_common(old: str, path: Path, new: str) -> list[str]:
    try:
        versions = [notebooks.parse(old, "it"), notebooks.read(path), notebooks.parse(new, "it")]
    except notebooks.NotebookError:
        return []  # replaced as a whole in the end
    return merge_notebooks.clashes(*versions)


def _lines_in_common(old: str, path: Path, new: str) -> bool:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        versions = [Path(scratch) / name for name in ("base", "theirs")]
        for version, text in zip(versions, (old, new)):
            version.write_text(text, encoding="utf-8", newline="")
        return not git.succeeds(
            Path(scratch), "merge-file", "-p", "--quiet", str(path), "base", "theirs"
        )
