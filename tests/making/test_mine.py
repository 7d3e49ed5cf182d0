"""`make mine`: what passed becomes a module of the learner's own, and an edited one is kept."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bnlib.course import mine
from bnlib.exercises import grade
from bnlib.records import notebooks, shipped, verdicts

ROOT = Path(__file__).parents[2]
NAME = "1_normalizing_activations.ipynb"
ANSWER = '''import numpy as np


def scale_and_shift(z_norm, gamma, beta):
    """Scale and shift."""
    return gamma * z_norm + beta


check(scale_and_shift)
'''


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A copy of the course with one right answer, judged as `check` judges it."""
    monkeypatch.delenv(verdicts.VARIABLE, raising=False)
    content = notebooks.read(ROOT / "notebooks" / NAME)
    for cell in content["cells"]:
        if cell.get("id") == "exercise-scale_and_shift":
            cell["source"] = ANSWER
    (tmp_path / "notebooks").mkdir()
    notebooks.write(tmp_path / "notebooks" / NAME, notebooks.to_text(content))
    shipped.save(tmp_path, {NAME: shipped.load(ROOT)[NAME]})
    space = {"check": lambda fn: None}
    exec(ANSWER, space)
    verdict = grade("scale_and_shift", space["scale_and_shift"])
    verdicts.save("scale_and_shift", verdict, ANSWER, verdicts.folder(tmp_path))
    return tmp_path


def test_what_passed_is_written_with_a_test_that_passes(copy):
    assert "holds 1 function of yours, each" in mine.make(copy)
    text = (copy / mine.NAME).read_text(encoding="utf-8")
    assert '"""Scale and shift."""' in text and "check(" not in text
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", mine.NAME],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert "1 passed" in done.stdout


def test_an_edited_module_is_kept_under_a_dated_name(copy):
    mine.make(copy)
    path = copy / mine.NAME
    path.write_text(path.read_text(encoding="utf-8") + "\nmy_own = 1\n", encoding="utf-8")
    said = mine.make(copy)
    [kept] = copy.glob("my_batch_norm.2*.py")
    assert "my_own = 1" in kept.read_text(encoding="utf-8")
    assert kept.name in said
    assert "my_own" not in path.read_text(encoding="utf-8")


def test_an_unedited_one_is_written_anew_without_a_copy(copy):
    mine.make(copy)
    assert "Nothing was done" in mine.make(copy)
    assert list(copy.glob("my_batch_norm.2*.py")) == []


def test_nothing_passed_writes_nothing(tmp_path):
    (tmp_path / "notebooks").mkdir()
    shipped.save(tmp_path, {})
    assert "nothing to write" in mine.make(tmp_path)
    assert not (tmp_path / mine.NAME).exists()
