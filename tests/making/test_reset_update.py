"""`make reset` and `make update` never lose work, in real git repositories."""

import datetime
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from course_fixture import SOLVED, code, notebook, versioned, write

from bnlib.course import reset, update
from bnlib.course.site import shipped_notebooks
from bnlib.records import notebooks, shipped

NAME = "1_small.ipynb"
NOW = datetime.datetime(2026, 11, 20, 14, 30)


def git(folder: Path, *arguments: str) -> str:
    """Run git as the learner or the course's maker."""
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


def ship(root: Path, content: dict, message: str = "a version", name: str = NAME) -> None:
    """Commit a notebook as the course's maker does: with its record."""
    write(root, name, content)
    record = shipped.load(root) | {name: shipped.entry(content)}
    shipped.save(root, record)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", message)


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """The course's own repository."""
    root = tmp_path / "the course"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    ship(root, versioned())
    return root


@pytest.fixture
def clone(origin: Path, tmp_path: Path) -> Path:
    """A learner's copy of it."""
    root = tmp_path / "a learner"
    git(tmp_path, "clone", "--quiet", str(origin), str(root))
    return root


def texts(root: Path, name: str = NAME) -> dict[str, str]:
    """The cells of a notebook, by id."""
    content = notebooks.read(root / "notebooks" / name)
    return {cell["id"]: notebooks.source(cell) for cell in content["cells"]}


def dated(root: Path) -> list[Path]:
    """The learner's copies that were set aside."""
    return sorted((root / "notebooks").glob("1_small.2*.ipynb"))


class TestReset:
    def test_the_learners_notebook_is_kept_beside_a_clean_one(self, clone):
        write(clone, NAME, versioned(setup="x = 2"))
        said = reset.reset(clone, NAME, NOW)
        assert texts(clone) == {c["id"]: c["source"] for c in versioned()["cells"]}
        assert texts(clone, "1_small.2026-11-20-1430.ipynb")["setup"] == "x = 2"
        assert "1_small.2026-11-20-1430.ipynb" in said

    def test_a_second_one_in_the_same_minute_overwrites_nothing(self, clone):
        for text in ("x = 2", "x = 3"):
            write(clone, NAME, versioned(setup=text))
            reset.reset(clone, NAME, NOW)
        kept = [texts(clone, path.name)["setup"] for path in dated(clone)]
        assert sorted(kept) == ["x = 2", "x = 3"]
        assert reset.set_aside(clone / "notebooks" / NAME, NOW).name.endswith("1430-3.ipynb")

    def test_where_every_name_is_taken_that_is_said(self, clone, monkeypatch):
        monkeypatch.setattr(reset, "range", lambda *_: range(2, 3), raising=False)
        for _ in range(2):
            reset.set_aside(clone / "notebooks" / NAME, NOW)
        with pytest.raises(notebooks.NotebookError, match="too many copies of this minute"):
            reset.set_aside(clone / "notebooks" / NAME, NOW)

    def test_a_clean_copy_on_another_branch_is_found_past_damaged_ones(self, clone):
        git(clone, "checkout", "--quiet", "--orphan", "mine")
        for text in ("{ half", "x"):
            (clone / "notebooks" / NAME).write_text(text)
            git(clone, "commit", "--quiet", "-am", text)
        reset.reset(clone, NAME, NOW)
        assert texts(clone)["setup"] == "x = 1"

    def test_a_version_that_git_never_had_is_said(self, clone):
        shipped.save(clone, {NAME: shipped.entry(versioned(setup="x = 7"))})
        with pytest.raises(notebooks.NotebookError, match="git has no version of 1_small"):
            reset.reset(clone, NAME, NOW)

    def test_nothing_is_done_where_nothing_was_changed(self, clone):
        assert "Nothing was done" in reset.reset(clone, NAME, NOW)
        assert dated(clone) == []

    def test_work_that_was_committed_does_not_hide_the_clean_copy(self, clone):
        write(clone, NAME, versioned(setup="x = 2"))
        git(clone, "commit", "--quiet", "-am", "mine")
        reset.reset(clone, NAME, NOW)
        assert texts(clone)["setup"] == "x = 1"

    @pytest.mark.parametrize("damage", ["", "{", "[]", '{"cells": 3}', "\udcff"])
    def test_a_damaged_notebook_is_kept_too(self, clone, damage):
        path = clone / "notebooks" / NAME
        path.write_bytes(damage.encode(errors="surrogateescape"))
        reset.reset(clone, NAME, NOW)
        assert texts(clone)["setup"] == "x = 1"
        assert dated(clone)[0].read_bytes() == damage.encode(errors="surrogateescape")

    def test_a_deleted_notebook_comes_back(self, clone):
        (clone / "notebooks" / NAME).unlink()
        assert "was not there" in reset.reset(clone, NAME, NOW)
        assert texts(clone)["setup"] == "x = 1"

    def test_without_git_nothing_is_touched(self, tmp_path):
        ship_without_git = versioned()
        write(tmp_path, NAME, versioned(setup="x = 2"))
        shipped.save(tmp_path, {NAME: shipped.entry(ship_without_git)})
        with pytest.raises(notebooks.NotebookError, match="download the course again"):
            reset.reset(tmp_path, NAME, NOW)
        assert texts(tmp_path)["setup"] == "x = 2"
        assert dated(tmp_path) == []

    @pytest.mark.parametrize("wanted", ["1", "1_small", "1_small.ipynb", "notebooks/1_small.ipynb"])
    def test_a_notebook_has_many_names(self, wanted):
        assert notebooks.find(wanted, [NAME, "2_other.ipynb"]) == NAME

    @pytest.mark.parametrize("wanted", [None, "", "3", "small", "1_sma"])
    def test_a_wrong_name_lists_the_right_ones(self, wanted):
        with pytest.raises(notebooks.NotebookError, match=r"1 \(1_small.ipynb\), 2 \(2_other"):
            notebooks.find(wanted, [NAME, "2_other.ipynb"])


class TestUpdate:
    def test_nothing_to_do(self, clone):
        head = git(clone, "rev-parse", "HEAD")
        write(clone, NAME, versioned(setup="x = 2"))
        assert "already" in update.update(clone)
        assert git(clone, "rev-parse", "HEAD") == head

    @pytest.mark.parametrize("committed", [False, True])
    def test_work_stands_in_the_new_version(self, origin, clone, committed):
        content = versioned(**{"exercise-double": SOLVED})
        content["cells"].insert(3, code("my = 1", "mine"))
        write(clone, NAME, content)
        if committed:
            git(clone, "commit", "--quiet", "-am", "mine")
        ship(origin, versioned(setup="x = 10", last="x + 1", added="new = 1"))
        said = update.update(clone)
        assert texts(clone) == {
            "title": "# Small",
            "setup": "x = 10",
            "exercise-double": SOLVED,
            "mine": "my = 1",
            "last": "x + 1",
            "added": "new = 1",
        }
        assert "changed: notebooks/1_small.ipynb" in said
        assert dated(clone) == []
        assert shipped.load(clone) == shipped.load(origin)

    def test_the_same_cell_changed_on_both_sides_is_the_learners(self, origin, clone):
        write(clone, NAME, versioned(setup="x = 2"))
        ship(origin, versioned(setup="x = 10", last="x + 1"))
        update.update(clone)
        assert texts(clone)["setup"] == "x = 2"
        assert texts(clone)["last"] == "x + 1"

    def test_notebooks_are_merged_cell_by_cell(self, origin, clone):
        ours, theirs = versioned(), versioned()
        for content, printed in ((ours, "run\n"), (theirs, "shipped\n")):
            stream = {"output_type": "stream", "name": "stdout", "text": printed}
            content["cells"][1]["outputs"] = [stream]
        write(clone, NAME, ours)
        ship(origin, theirs)
        update.update(clone)  # by lines the learner's output would stay
        assert notebooks.read(clone / "notebooks" / NAME) == theirs

    def test_two_updates_in_a_row(self, origin, clone):
        write(clone, NAME, versioned(setup="x = 2"))
        for number in (1, 2):
            ship(origin, versioned(last=f"x + {number}"))
            update.update(clone)
            assert texts(clone)["setup"] == "x = 2"
            assert texts(clone)["last"] == f"x + {number}"

    def test_a_file_in_the_way_of_a_new_one_is_moved(self, origin, clone):
        write(clone, "2_other.ipynb", notebook(code("mine = 1", "mine")))
        ship(origin, notebook(code("y = 1", "y")), name="2_other.ipynb")
        said = update.update(clone)
        assert texts(clone, "2_other.ipynb") == {"y": "y = 1"}
        [moved] = (clone / "notebooks").glob("2_other?*.ipynb")  # once, not twice
        assert moved.name in said
        assert said.count("2_other") == 3  # it is new; whose was in the way; where that is
        assert texts(clone, moved.name) == {"mine": "mine = 1"}

    def test_a_deleted_notebook_comes_back(self, origin, clone):
        (clone / "notebooks" / NAME).unlink()
        ship(origin, versioned(last="x + 1"))
        update.update(clone)
        assert texts(clone)["last"] == "x + 1"

    def test_a_deleted_notebook_comes_back_where_the_course_left_it_as_it_was(self, origin, clone):
        (clone / "notebooks" / NAME).unlink()
        ship(origin, versioned(), name="2_other.ipynb")
        update.update(clone)
        assert texts(clone) == texts(origin)

    def test_a_notebook_that_the_course_dropped_stays_if_it_was_worked_on(self, origin, clone):
        write(clone, NAME, versioned(setup="x = 2"))
        (origin / "notebooks" / NAME).unlink()
        git(origin, "commit", "--quiet", "-am", "dropped")
        assert f"no longer part of the course (yours stays): notebooks/{NAME}" in (
            update.update(clone)
        )
        assert texts(clone)["setup"] == "x = 2"

    def test_a_notebook_that_the_course_dropped_goes_if_it_was_not(self, origin, clone):
        (origin / "notebooks" / NAME).unlink()
        git(origin, "commit", "--quiet", "-am", "dropped")
        assert f"\n  gone: notebooks/{NAME}" in update.update(clone)

    def test_a_damaged_notebook_is_set_aside(self, origin, clone):
        (clone / "notebooks" / NAME).write_text("{ half", encoding="utf-8")
        ship(origin, versioned(last="x + 1"))
        said = update.update(clone)
        assert texts(clone)["last"] == "x + 1"
        assert dated(clone)[0].read_text(encoding="utf-8") == "{ half"
        assert dated(clone)[0].name in said

    def test_a_line_merge_that_loses_a_cell_is_mended(self, origin, clone, monkeypatch):
        monkeypatch.setattr(
            update.merging.merge_notebooks, "__file__", __file__
        )  # a driver that fails
        write(clone, NAME, versioned(setup="x = 2\ny = 2"))
        ship(origin, versioned(setup="x = 10"))
        update.update(clone)
        everything = [texts(clone)["setup"], *(texts(clone, p.name)["setup"] for p in dated(clone))]
        assert "x = 2\ny = 2" in everything

    def test_a_program_that_a_merge_broke_is_not_sound(self, tmp_path):
        for text, sound in (("x = 1\n", True), ("<<<<<<< ours\n", False)):
            (tmp_path / "a.py").write_text(text, encoding="utf-8")
            assert update._is_sound(tmp_path, "a.py", None, None) == sound

    def test_a_shallow_clone(self, origin, tmp_path):
        root = tmp_path / "shallow"
        git(tmp_path, "clone", "--quiet", "--depth=1", origin.as_uri(), str(root))
        write(root, NAME, versioned(setup="x = 2"))
        ship(origin, versioned(last="x + 1"))
        ship(origin, versioned(last="x + 2"))
        update.update(root)
        assert (texts(root)["setup"], texts(root)["last"]) == ("x = 2", "x + 2")

    def test_who_has_told_git_a_name_or_an_address_alone_gets_both(self, clone, monkeypatch):
        for variable in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
            monkeypatch.setenv(variable, os.devnull)
        for name in ("user.name", "user.email"):
            assert set(update.merging._identity(clone)) == {"user.name", "user.email"}
            git(clone, "config", name, "Ada")
        assert update.merging._identity(clone) == {}

    def test_settings_that_would_stop_a_merge_do_not(self, origin, clone):
        for setting in ("commit.gpgSign=true", "merge.ff=only", "core.hooksPath=/nowhere"):
            git(clone, "config", *setting.split("="))
        hook = clone / ".git" / "hooks" / "pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\nexit 1\n")
        hook.chmod(0o755)
        write(clone, NAME, versioned(setup="x = 2"))
        ship(origin, versioned(last="x + 1"))
        update.update(clone)
        assert texts(clone)["last"] == "x + 1"

    def test_a_file_in_the_way_that_is_the_same_leaves_no_copy(self, origin, clone):
        write(clone, "2_other.ipynb", notebook(code("y = 1", "y")))
        ship(origin, notebook(code("y = 1", "y")), name="2_other.ipynb")
        said = update.update(clone)
        assert [p.name for p in (clone / "notebooks").glob("2_other*")] == ["2_other.ipynb"]
        assert "in the way" not in said

    def test_a_file_that_git_ignores_is_not_overwritten(self, origin, clone):
        (clone / ".git" / "info" / "exclude").write_text("mine.txt\n")
        (clone / "mine.txt").write_text("mine")
        (origin / "mine.txt").write_text("the course's")
        ship(origin, versioned(last="x + 1"))
        update.update(clone)
        assert (clone / "mine.txt").read_text() == "the course's"
        [kept] = clone.glob("mine.2*.txt")
        assert kept.read_text() == "mine"

    def test_a_merge_that_cannot_be_done_changes_nothing(self, origin, clone):
        write(clone, NAME, versioned(setup="x = 2"))
        write(clone, "2_other.ipynb", notebook(code("mine = 1", "mine")))
        (clone / "place").write_text("mine")  # where the course has a folder
        (origin / "place").mkdir()
        (origin / "place" / "file.txt").write_text("the course's")
        ship(origin, notebook(code("y = 1", "y")), name="2_other.ipynb")
        before = git(clone, "rev-parse", "HEAD"), git(clone, "status", "--porcelain")
        with pytest.raises(notebooks.NotebookError, match="as they were"):
            update.update(clone)
        assert before == (git(clone, "rev-parse", "HEAD"), git(clone, "status", "--porcelain"))
        assert (texts(clone)["setup"], texts(clone, "2_other.ipynb")) == (
            "x = 2",
            {"mine": "mine = 1"},
        )
        assert (clone / "place").read_text() == "mine"

    def test_what_both_changed_is_named(self, origin, clone):
        (origin / "README.md").write_text("one\n\n\n\ntwo\n")
        ship(origin, versioned())
        git(clone, "pull", "--quiet")
        write(clone, NAME, versioned(setup="x = 2", last="x * 2"))
        (clone / "README.md").write_text("my one\n\n\n\ntwo\n")
        (origin / "README.md").write_text("their one\n\n\n\ntheir two\n")
        ship(origin, versioned(setup="x = 10"))
        said = update.update(clone)
        assert "1_small.ipynb, the cell `setup`: you and the course both changed it" in said
        assert "`last`" not in said
        assert "README.md: you and the course changed the same lines. Yours were kept." in said
        assert (clone / "README.md").read_text() == "my one\n\n\n\ntheir two\n"

    def test_a_page_that_the_learner_deleted_comes_back_and_is_no_clash(self, origin, clone):
        (origin / "README.md").write_text("one\n")
        ship(origin, versioned())
        git(clone, "pull", "--quiet")
        (clone / "README.md").unlink()
        (origin / "README.md").write_text("two\n")
        ship(origin, versioned(last="x + 1"))
        assert "README" not in update.update(clone)
        assert (clone / "README.md").read_text() == "two\n"

    def test_what_both_changed_alike_is_no_clash(self, origin, clone):
        for root in (origin, clone):
            write(root, NAME, versioned(setup="x = 10"))
        ship(origin, versioned(setup="x = 10"))
        assert "both changed" not in update.update(clone)

    def test_a_notebook_that_only_the_learner_changed_is_not_listed(self, origin, clone):
        write(clone, NAME, versioned(setup="x = 2"))
        (origin / "README.md").write_text("new")
        git(origin, "add", "--all")
        git(origin, "commit", "--quiet", "-m", "a page")
        assert NAME not in update.update(clone)

    def test_a_notebook_that_the_learner_deleted_for_good_and_the_course_changed_is_back(
        self, origin, clone
    ):
        git(clone, "rm", "--quiet", f"notebooks/{NAME}")
        git(clone, "commit", "--quiet", "-m", "gone")
        ship(origin, versioned(last="x + 1"))
        update.update(clone)
        assert texts(clone)["last"] == "x + 1"

    def test_what_is_new_is_said_and_no_more(self, origin, clone):
        old = "# Changes\n\n## [1.0.0] - 2026-01-01\n\n- The start.\n"
        (origin / "CHANGELOG.md").write_text(old)
        ship(origin, versioned())
        git(clone, "pull", "--quiet")
        (origin / "CHANGELOG.md").write_text(
            old.replace("## [1.0", "## [1.1.0] - 2026-02-01\n\n- More\n  of it.\n\n## [1.0")
        )
        ship(origin, versioned(last="x + 1"))
        said = update.update(clone)
        assert "\nWhat is new:\n  [1.1.0] - 2026-02-01\n    - More of it.\n\nClose" in said
        assert "The start" not in said

    def test_of_much_that_is_new_the_beginning_is_said(self):
        lines = [f"- {number}" for number in range(19)]
        whole = "\n".join(["# Changes", "## [2.0.0]", *lines])
        assert update._new_entries("", whole) == ["[2.0.0]", *(f"  {line}" for line in lines)]
        cut = update._new_entries("", whole + "\n- 19\n## [1.0.0]")
        assert cut[19:] == ["  - 18", "... and more, in CHANGELOG.md."]

    @pytest.mark.parametrize("shared", [True, False], ids=["amended", "begun anew"])
    def test_a_history_that_was_rewritten(self, origin, clone, shared):
        write(clone, NAME, versioned(setup="x = 2"))
        if shared:
            (origin / "notes.txt").write_text("an error in the first version")
            git(origin, "add", "--all")
            git(origin, "commit", "--quiet", "--amend", "--no-edit")
        else:
            git(origin, "checkout", "--quiet", "--orphan", "fresh")
        ship(origin, versioned(last="x + 2"))
        git(origin, "branch", "--quiet", "-M", "main")
        update.update(clone)
        assert (texts(clone)["setup"], texts(clone)["last"]) == ("x = 2", "x + 2")
        assert "already" in update.update(clone)
        ship(origin, versioned(last="x + 3"))
        update.update(clone)
        assert (texts(clone)["setup"], texts(clone)["last"]) == ("x = 2", "x + 3")

    def test_what_the_course_took_back_is_not_taken_for_the_learners(self, origin, clone):
        ship(origin, versioned(setup="x = 5"))
        update.update(clone)
        write(clone, NAME, versioned(setup="x = 5", last="x * 2"))
        git(origin, "reset", "--quiet", "--hard", "HEAD~")
        ship(origin, versioned(setup="x = 6"))
        said = update.update(clone)
        assert (texts(clone)["setup"], texts(clone)["last"]) == ("x = 6", "x * 2")
        assert "both changed" not in said

    def test_without_any_known_history_the_learners_notebooks_are_set_aside(self, origin, tmp_path):
        root = tmp_path / "from a ZIP"
        root.mkdir()
        write(root, NAME, versioned(setup="x = 2"))
        git(root, "init", "--quiet", "--initial-branch=main")
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "-m", "mine")
        git(root, "remote", "add", "origin", str(origin))
        ship(origin, versioned(last="x + 1"))
        update.update(root)
        assert (texts(root)["setup"], texts(root)["last"]) == ("x = 1", "x + 1")
        assert texts(root, dated(root)[0].name)["setup"] == "x = 2"

    def test_a_branch_that_was_renamed(self, origin, clone):
        write(clone, NAME, versioned(setup="x = 2"))
        git(origin, "branch", "--quiet", "-M", "trunk")
        ship(origin, versioned(last="x + 1"))
        said = update.update(clone)
        assert "called trunk now" in said
        assert (texts(clone)["setup"], texts(clone)["last"]) == ("x = 2", "x + 1")
        ship(origin, versioned(last="x + 2"))
        assert "trunk" not in update.update(clone)
        assert texts(clone)["last"] == "x + 2"

    @pytest.mark.parametrize(
        "lock",
        [
            "index.lock",
            "HEAD.lock",
            "ORIG_HEAD.lock",
            "config.lock",
            "refs/heads/main.lock",
            "refs/remotes/origin/main.lock",
        ],
    )
    def test_a_lock_that_was_left_behind(self, origin, clone, lock):
        (clone / ".git" / lock).touch()
        ship(origin, versioned(last="x + 1"))
        with pytest.raises(notebooks.NotebookError, match=rf"{lock}` is there.\nIf none is"):
            update.update(clone)

    def test_a_lock_of_the_copy_that_a_worktree_belongs_to(self, clone, tmp_path):
        git(clone, "worktree", "add", "--quiet", "-b", "mine", str(tmp_path / "second"))
        (clone / ".git/refs/heads/mine.lock").touch()
        with pytest.raises(notebooks.NotebookError, match=r"mine.lock` is there"):
            update.update(tmp_path / "second")

    def test_a_learner_without_a_name_in_git(self, origin, clone, monkeypatch, tmp_path):
        for variable in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
            monkeypatch.setenv(variable, str(tmp_path / "nothing"))
        write(clone, NAME, versioned(setup="x = 2"))
        ship(origin, versioned(last="x + 1"))
        update.update(clone)
        assert (texts(clone)["setup"], texts(clone)["last"]) == ("x = 2", "x + 1")

    def test_offline(self, origin, clone):
        origin.rename(origin.with_name("gone"))
        with pytest.raises(notebooks.NotebookError, match="Are you online"):
            update.update(clone)

    def test_a_git_that_gives_no_answer_is_not_waited_for(self, clone, monkeypatch):
        def run(command, timeout, **_):
            raise subprocess.TimeoutExpired(command, timeout)

        monkeypatch.setattr(subprocess, "run", run)
        with pytest.raises(update.git.GitError, match="git fetch gave no answer for 120 s"):
            update.git.ask(clone, "fetch")

    @pytest.mark.parametrize(
        ("printed", "said"),
        [
            ("", "git fetch failed"),
            ("hint: try this\nfatal: no such: ref\n", "no such: ref"),
            ("warning: slow\nerror: full\nfatal: it\n", "full"),
            ("remote says no\n", "remote says no"),
        ],
    )
    def test_what_git_refuses_is_told_in_its_own_words(self, clone, monkeypatch, printed, said):
        done = subprocess.CompletedProcess([], 128, "", printed)
        monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
        with pytest.raises(update.git.GitError) as error:
            update.git.ask(clone, "fetch")
        assert str(error.value) == said

    def test_an_origin_without_a_branch(self, clone, tmp_path):
        git(tmp_path, "init", "--quiet", "--bare", "empty")
        git(clone, "remote", "set-url", "origin", str(tmp_path / "empty"))
        with pytest.raises(notebooks.NotebookError, match="has no branch to follow"):
            update.update(clone)

    def test_a_branch_that_follows_another_repository_takes_the_courses_main_one(
        self, origin, clone, tmp_path
    ):
        git(tmp_path, "clone", "--quiet", "--bare", str(origin), "fork")
        git(clone, "remote", "add", "fork", str(tmp_path / "fork"))
        git(clone, "fetch", "--quiet", "fork")
        git(clone, "branch", "--quiet", "--set-upstream-to=fork/main")
        ship(origin, versioned(last="x + 1"))
        assert "called main now" not in update.update(clone)
        assert texts(clone)["last"] == "x + 1"
        assert git(clone, "config", "branch.main.remote") == "fork\n"

    def test_without_git(self, tmp_path, monkeypatch):
        write(tmp_path, NAME, versioned())
        with pytest.raises(notebooks.NotebookError, match="Download the course again"):
            update.update(tmp_path)
        monkeypatch.setattr(update.git.shutil, "which", lambda _: None)
        with pytest.raises(notebooks.NotebookError, match="git is not installed here"):
            update.update(tmp_path)

    @pytest.mark.parametrize(
        ("command", "said"),
        [
            ("checkout --quiet --detach", "git switch -c"),
            ("remote remove origin", "git remote add"),
        ],
    )
    def test_what_git_is_not_ready_for_is_said(self, clone, command, said):
        git(clone, *command.split())
        with pytest.raises(notebooks.NotebookError, match=said):
            update.update(clone)

    @pytest.mark.parametrize("state", update.UNFINISHED)
    def test_what_the_learner_has_not_finished_is_not_touched(self, origin, clone, state):
        (clone / ".git" / state).mkdir() if "-" in state else (clone / ".git" / state).touch()
        ship(origin, versioned(last="x + 1"))
        before = git(clone, "for-each-ref")
        with pytest.raises(notebooks.NotebookError, match="merge or rebase of yours"):
            update.update(clone)
        assert git(clone, "for-each-ref") == before

    def test_a_merge_with_a_conflict_is_left_to_the_learner(self, origin, clone):
        for root, text in ((origin, "x = 2"), (clone, "x = 3")):
            (root / "mine.py").write_text(text, encoding="utf-8")
            git(root, "add", "--all")
            git(root, "commit", "--quiet", "-m", text)
        git(clone, "fetch", "--quiet")
        with pytest.raises(subprocess.CalledProcessError):
            git(clone, "merge", "origin/main")
        marked = (clone / "mine.py").read_text(encoding="utf-8")
        with pytest.raises(notebooks.NotebookError, match="merge or rebase of yours"):
            update.update(clone)
        assert (clone / "mine.py").read_text(encoding="utf-8") == marked

    def test_a_branch_of_ones_own_follows_the_courses_main_one(self, origin, clone):
        git(clone, "switch", "--quiet", "-c", "mine")
        ship(origin, versioned(last="x + 1"))
        update.update(clone)
        assert texts(clone)["last"] == "x + 1"

    @pytest.mark.parametrize("tracked", [True, False])
    def test_a_course_inside_another_repository_is_left_alone(self, tmp_path, tracked):
        git(tmp_path, "init", "--quiet")
        root = tmp_path / "course"
        write(root, NAME, versioned())
        if tracked:
            git(tmp_path, "add", "--all")
            git(tmp_path, "commit", "--quiet", "-m", "all of it")
        said = "part of a larger git repository" if tracked else "a downloaded ZIP"
        with pytest.raises(notebooks.NotebookError, match=said):
            update.update(root)

    def test_reset_works_inside_another_repository(self, tmp_path):
        git(tmp_path, "init", "--quiet")
        root = tmp_path / "course"
        root.mkdir()
        ship(root, versioned())
        write(root, NAME, versioned(setup="x = 2"))
        reset.reset(root, NAME, NOW)
        assert texts(root)["setup"] == "x = 1"


class TestTheSite:
    """`make site` is of the shipped notebooks, whatever a learner has done to theirs."""

    def shown(self, clone: Path, folder: Path) -> dict:
        return notebooks.read(shipped_notebooks.write(clone, folder) / "notebooks" / NAME)

    @pytest.mark.parametrize("damage", ["{ half", None])
    def test_a_damaged_or_deleted_notebook_is_the_shipped_one(self, clone, tmp_path, damage):
        path = clone / "notebooks" / NAME
        path.unlink() if damage is None else path.write_text(damage, encoding="utf-8")
        assert self.shown(clone, tmp_path / "made") == versioned()
        assert not path.exists() or path.read_text(encoding="utf-8") == damage

    def test_a_learners_answers_do_not_reach_it_though_committed(self, clone, tmp_path):
        write(clone, NAME, versioned(**{"exercise-double": SOLVED}))
        git(clone, "commit", "--quiet", "-a", "-m", "my answers")
        assert self.shown(clone, tmp_path / "made") == versioned()

    def test_without_git_the_file_is_taken_as_it_is(self, clone, tmp_path, capsys):
        mine = versioned(**{"exercise-double": SOLVED})
        write(clone, NAME, mine)
        shutil.rmtree(clone / ".git")
        assert self.shown(clone, tmp_path / "made") == mine
        assert "taken as it is" in capsys.readouterr().err


def test_a_merge_that_loses_a_cell_of_the_learners_is_not_sound():
    base, mine = notebook(code("x = 1", "a")), notebook(code("x = 2", "a"), code("mine = 3", "b"))
    own, old = map(notebooks.to_text, (mine, base))
    assert update._lost(mine, own, old) == set()
    assert update._lost(base, own, old) == {"x = 2", "mine = 3"}
    assert update._lost(base, old, None) == set()
