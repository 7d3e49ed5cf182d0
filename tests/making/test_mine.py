"""`make mine`: what passed becomes a module of the learner's own, and an edited one is kept."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
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
    return answered(tmp_path, {"exercise-scale_and_shift": ANSWER})


def answered(folder, cells):
    """Notebook 1 in `folder` with the sources `cells` by id, run and judged as `check` judges."""
    content = notebooks.read(ROOT / "notebooks" / NAME)
    space = {"check": lambda fn: None}
    for cell in content["cells"]:
        if cell.get("id") in cells:
            cell["source"] = cells[cell["id"]]
            exec(cell["source"], space)
            name = cell["id"].removeprefix("exercise-")
            verdict = grade(name, space[name])
            verdicts.save(name, verdict, cell["source"], verdicts.folder(folder))
    (folder / "notebooks").mkdir(exist_ok=True)
    notebooks.write(folder / "notebooks" / NAME, notebooks.to_text(content))
    shipped.save(folder, {NAME: shipped.load(ROOT)[NAME]})
    return folder


def own_tests(folder):
    """Run the module's tests in this process, and say how many it has."""
    space = {"__name__": "mine"}
    exec((folder / mine.NAME).read_text(encoding="utf-8"), space)
    tests = [function for name, function in space.items() if name.startswith("test_")]
    for test in tests:
        test()
    return len(tests)


def run_tests(folder):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", mine.NAME],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    return done.stdout


def test_what_passed_is_written_with_a_test_that_passes(copy):
    assert "holds 1 function of yours, each" in mine.make(copy)
    text = (copy / mine.NAME).read_text(encoding="utf-8")
    assert '"""Scale and shift."""' in text and "check(" not in text
    assert "1 passed" in run_tests(copy)


SETUP = """%matplotlib inline
import numpy
import bnlib as course
PLACES = {"eps": 1e-5}
z = numpy.zeros((2, 2))


def root_of(value):
    return np.sqrt(value + PLACES["eps"])
"""
NORMALIZE = """import numpy as np

def centre(z):
    return z - numpy.mean(z, axis=1, keepdims=True)

def normalize(z, eps=1e-5):
    mu = z.mean(axis=1, keepdims=True)
    return centre(z) / np.sqrt((centre(z) ** 2).mean(axis=1, keepdims=True) + eps)

check(normalize)
"""
IDENTITY = """def identity_parameters(z, eps=PLACES["eps"]):
    var = (centre(z) ** 2).mean(axis=1, keepdims=True)
    return root_of(var - PLACES["eps"] + eps), z.mean(axis=1, keepdims=True)
"""


def test_what_an_answer_uses_of_other_cells_comes_along(tmp_path, monkeypatch):
    """Imports, helpers, constants, and what these use; not what a local name happens to match."""
    monkeypatch.delenv(verdicts.VARIABLE, raising=False)
    cells = {"exercise-normalize": NORMALIZE, "exercise-identity_parameters": IDENTITY}
    monkeypatch.setattr("builtins.numpy", np, raising=False)  # SETUP is not run here
    monkeypatch.setattr("builtins.PLACES", {"eps": 1e-5}, raising=False)
    monkeypatch.setattr("builtins.root_of", lambda v: np.sqrt(v + 1e-5), raising=False)
    answered(tmp_path, cells)
    path = tmp_path / "notebooks" / NAME
    content = notebooks.read(path)
    next(cell for cell in content["cells"] if cell["id"] == "setup")["source"] = SETUP
    notebooks.write(path, notebooks.to_text(content))
    assert "holds 2 functions" in mine.make(tmp_path)
    text = (tmp_path / mine.NAME).read_text(encoding="utf-8")
    assert text.count("def centre(") == text.count("import numpy\n") == 1
    assert "z = numpy.zeros" not in text
    assert "import bnlib as course" not in text
    assert own_tests(tmp_path) == 2


def test_a_name_with_two_meanings_is_said(tmp_path, monkeypatch):
    monkeypatch.delenv(verdicts.VARIABLE, raising=False)
    other = ANSWER.replace("def scale", "def centre(z):\n    return 2 * z\n\n\ndef scale")
    other = other.replace("gamma * z_norm", "centre(gamma * z_norm) / 2")
    first = NORMALIZE.replace("numpy.mean", "np.mean")
    cells = {"exercise-normalize": first, "exercise-scale_and_shift": other}
    said = mine.make(answered(tmp_path, cells))
    assert "scale_and_shift is left out: its centre is another" in said
    assert "holds 1 function of yours" in said
    assert own_tests(tmp_path) == 1


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


def test_an_unedited_one_makes_way_for_more_and_a_learners_own_file_does_not(copy):
    mine.make(copy)
    path = copy / mine.NAME
    first = NORMALIZE.replace("numpy.mean", "np.mean")
    answered(copy, {"exercise-normalize": first, "exercise-scale_and_shift": ANSWER})
    assert "holds 2 functions" in mine.make(copy)
    assert list(copy.glob("my_batch_norm.2*.py")) == []
    path.write_text("my_own = 1\n", encoding="utf-8")
    assert "You had edited" in mine.make(copy)
    [kept] = copy.glob("my_batch_norm.2*.py")
    assert kept.read_text(encoding="utf-8") == "my_own = 1\n"


def test_one_that_was_made_before_today_is_still_known_for_unedited():
    assert mine._untouched("# Made by make mine, 8ff436def145. Edit it.\nx = 1\n")
    assert not mine._untouched("# Made by make mine, 8ff436def145. Edit it.\nx = 2\n")


def test_nothing_passed_writes_nothing(tmp_path):
    (tmp_path / "notebooks").mkdir()
    shipped.save(tmp_path, {})
    assert "nothing to write" in mine.make(tmp_path)
    assert not (tmp_path / mine.NAME).exists()


def of_cells(*cells, at=-1):
    """The texts that the cell `at` needs, of itself and the others."""
    found = [mine._statements({"cell_type": "code", "source": text}) for text in cells]
    place = at % len(cells)
    kept = mine._with_what_they_use(found[place], found[:place], found[place:])
    return [statement.text for statement in kept]


def test_what_a_cell_defines_is_taken_whole():
    text = "@cache\n@other\ndef f(x):\n    return x\nf(1)\na = (\n1); b = (\n2)\n"
    text += "class C:\n    y: int = 1\n"
    assert of_cells(text + "z: int = 3") == [
        "@cache\n@other\ndef f(x):\n    return x",
        "class C:\n    y: int = 1",
        "z: int = 3",
    ]
    assert of_cells("def f(:") == []
    assert mine._statements({"cell_type": "markdown", "source": "x = 1"}) == []


def test_of_several_with_a_name_the_nearest_above_is_taken_else_the_first_below():
    use = "def f():\n    return x + len([])"
    assert of_cells("x = 1", "x = 2", use, "x = 3", at=2) == ["x = 2", use]
    assert of_cells(use, "x = 3", "x = 4", at=0) == ["x = 3", use]
    assert of_cells("x = y", "y = 1", use, "z = 1", at=2) == ["y = 1", "x = y", use]


def test_imports_come_first_and_names_of_functions_own_are_not_looked_for():
    use = "def f(a):\n    b = a\n    return b + np.pi + np.e"
    assert of_cells("a = b = 1\nx = 2\nimport numpy as np", f"{use}\nc = 3") == [
        "import numpy as np",
        use,
        "c = 3",
    ]
