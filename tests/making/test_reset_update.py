"""`make reset` and `make update` never lose work, in real git repositories."""

import datetime
import subprocess
from pathlib import Path

import pytest
from course_fixture import SOLVED, code, notebook, versioned, write

from bnlib.course import reset, update
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
        [moved] = (clone / "notebooks").glob("2_other_*.ipynb")
        assert moved.name in said
        assert texts(clone, moved.name) == {"mine": "mine = 1"}

    def test_a_deleted_notebook_comes_back(self, origin, clone):
        (clone / "notebooks" / NAME).unlink()
        ship(origin, versioned(last="x + 1"))
        update.update(clone)
        assert texts(clone)["last"] == "x + 1"

    def test_a_notebook_that_the_course_dropped_stays_if_it_was_worked_on(self, origin, clone):
        write(clone, NAME, versioned(setup="x = 2"))
        (origin / "notebooks" / NAME).unlink()
        git(origin, "commit", "--quiet", "-am", "dropped")
        update.update(clone)
        assert texts(clone)["setup"] == "x = 2"

    def test_a_damaged_notebook_is_set_aside(self, origin, clone):
        (clone / "notebooks" / NAME).write_text("{ half", encoding="utf-8")
        ship(origin, versioned(last="x + 1"))
        said = update.update(clone)
        assert texts(clone)["last"] == "x + 1"
        assert dated(clone)[0].read_text(encoding="utf-8") == "{ half"
        assert dated(clone)[0].name in said

    def test_a_line_merge_that_loses_a_cell_is_mended(self, origin, clone, monkeypatch):
        monkeypatch.setattr(update.merge_notebooks, "__file__", __file__)  # a driver that fails
        write(clone, NAME, versioned(setup="x = 2\ny = 2"))
        ship(origin, versioned(setup="x = 10"))
        update.update(clone)
        everything = [texts(clone)["setup"], *(texts(clone, p.name)["setup"] for p in dated(clone))]
        assert "x = 2\ny = 2" in everything

    def test_a_shallow_clone(self, origin, tmp_path):
        root = tmp_path / "shallow"
        git(tmp_path, "clone", "--quiet", "--depth=1", origin.as_uri(), str(root))
        write(root, NAME, versioned(setup="x = 2"))
        ship(origin, versioned(last="x + 1"))
        ship(origin, versioned(last="x + 2"))
        update.update(root)
        assert (texts(root)["setup"], texts(root)["last"]) == ("x = 2", "x + 2")

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

    def test_a_history_that_was_rewritten_changes_nothing(self, origin, clone):
        write(clone, NAME, versioned(setup="x = 2"))
        git(origin, "checkout", "--quiet", "--orphan", "fresh")
        ship(origin, versioned(last="x + 1"))
        git(origin, "branch", "--quiet", "-M", "main")
        before = (clone / "notebooks" / NAME).read_bytes(), git(clone, "rev-parse", "HEAD")
        with pytest.raises(notebooks.NotebookError, match="as they were"):
            update.update(clone)
        assert before == (
            (clone / "notebooks" / NAME).read_bytes(),
            git(clone, "rev-parse", "HEAD"),
        )

    def test_offline(self, origin, clone):
        origin.rename(origin.with_name("gone"))
        with pytest.raises(notebooks.NotebookError, match="Are you online"):
            update.update(clone)

    def test_without_git(self, tmp_path):
        write(tmp_path, NAME, versioned())
        with pytest.raises(notebooks.NotebookError, match="Download the course again"):
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

    def test_a_branch_of_ones_own_follows_the_courses_main_one(self, origin, clone):
        git(clone, "switch", "--quiet", "-c", "mine")
        ship(origin, versioned(last="x + 1"))
        update.update(clone)
        assert texts(clone)["last"] == "x + 1"

    def test_a_course_inside_another_repository_is_left_alone(self, tmp_path):
        git(tmp_path, "init", "--quiet")
        root = tmp_path / "course"
        write(root, NAME, versioned())
        with pytest.raises(notebooks.NotebookError):
            update.update(root)
