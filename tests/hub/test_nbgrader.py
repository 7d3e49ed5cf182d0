"""nbgrader's whole flow by the recipe in TEACHING.md, with a right answer and a wrong one."""

import csv
import getpass
import json
from pathlib import Path

import pytest
from course_fixture import code, notebook
from recipe import HUB, block, install, moved, run

ANSWER = """import numpy as np

def normalize(z, eps=1e-5):
    ### BEGIN SOLUTION
    mu = z.mean(axis=1, keepdims=True)
    return (z - mu) / np.sqrt(z.var(axis=1, keepdims=True) + eps)
    ### END SOLUTION"""
STUB = "# YOUR CODE HERE\n    raise NotImplementedError()"
RIGHT = """mu = z.mean(axis=1, keepdims=True)
    return (z - mu) / np.sqrt(z.var(axis=1, keepdims=True) + eps)"""
WRONG = RIGHT.replace("np.sqrt", "")
MARKS = {"schema_version": 3, "locked": False, "task": False}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """What belongs to this test's teacher and learners, with nbgrader's settings and exchange."""
    folder = tmp_path_factory.mktemp("nbgrader")
    install(folder / "gitconfig")
    (folder / "exchange").mkdir(mode=0o777)
    (folder / "exchange").chmod(0o777)
    text = moved(block("python", "c.Exchange.root"), **{"srv/exchange": folder / "exchange"})
    (folder / "nbgrader_config.py").write_text(text, encoding="utf-8")
    return folder


def nbgrader(folder: Path, place: str, script: str) -> str:
    """Run lines of the recipe in a folder of `folder`; what they print."""
    variables = {"HOME": str(folder / place), "JUPYTER_CONFIG_PATH": str(folder)}
    (folder / place).mkdir(exist_ok=True)
    script = f'PATH="{HUB / "bin"}:$PATH"\n{script}'
    return run(["sh", "-ec", script], folder / place, **variables)


def assignment() -> dict:
    """A notebook of one exercise, as a teacher makes it: answer, and TEACHING.md's test."""
    answer = code(ANSWER, "answer")
    answer["metadata"]["nbgrader"] = MARKS | {"grade": False, "solution": True, "grade_id": "a"}
    test = code(block("python", "grade("), "test")
    test["metadata"]["nbgrader"] = {
        **MARKS,
        **{"grade": True, "solution": False, "locked": True, "grade_id": "t", "points": 1},
    }
    made = notebook(answer, test)
    made["metadata"] = {
        "kernelspec": {"name": "python3", "display_name": "P", "language": "python"}
    }
    return made


def answer_in(path: Path, text: str) -> None:
    """Fill the stub in."""
    content = json.loads(path.read_text(encoding="utf-8"))
    source = "".join(content["cells"][0]["source"])
    assert STUB in source
    content["cells"][0]["source"] = source.replace(STUB, text)
    path.write_text(json.dumps(content), encoding="utf-8")


def test_nbgraders_whole_flow(folder):
    me, teacher = getpass.getuser(), folder / "teacher"
    source = teacher / "source/week1/exercise.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(json.dumps(assignment()), encoding="utf-8")
    nbgrader(folder, "teacher", block("sh", "nbgrader release_assignment"))
    nbgrader(folder, "learner", "nbgrader fetch_assignment week1")
    answer_in(folder / "learner/week1/exercise.ipynb", WRONG)
    nbgrader(folder, "learner", "nbgrader submit week1")
    nbgrader(folder, "teacher", block("sh", "nbgrader collect"))
    nbgrader(folder, "learner", "nbgrader fetch_feedback week1")
    [feedback] = (folder / "learner/week1/feedback").rglob("exercise.html")
    assert "You divide by the variance" in feedback.read_text(encoding="utf-8")

    by_hand = teacher / "submitted/ada/week1/exercise.ipynb"
    by_hand.parent.mkdir(parents=True)
    by_hand.write_bytes((teacher / "release/week1/exercise.ipynb").read_bytes())
    answer_in(by_hand, RIGHT)
    nbgrader(folder, "teacher", "nbgrader autograde week1 --create; nbgrader export")
    rows = csv.DictReader((teacher / "grades.csv").read_text(encoding="utf-8").splitlines())
    assert {row["student_id"]: float(row["score"]) for row in rows} == {me: 0, "ada": 1}
