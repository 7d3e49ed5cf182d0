"""`make shipping-check`: what holds of the repository as shipped, and need not of a learner's copy.

Executed in order, exercises unsolved, stable ids, nothing volatile, the record up to date; and
every solution passes when it is put into its notebook.
"""

import argparse
import ast
import inspect
import json
import os
import re
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bnlib.course import kernels, ship
from bnlib.course.trouble import wrapped
from bnlib.exercises import catalogue
from bnlib.exercises.exercise import load
from bnlib.records import notebooks, shipped

KNOWN_TAGS = {
    "exercise",
    "nbval-ignore-output",
    "nbval-raises-exception",
    "nbval-skip",
    "raises-exception",
}
READABLE_ID = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")
RANDOM_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f-]+)?")
SHORTEST_ALTERNATIVE_TEXT = 40
GRADES = "course-grades"
ONE_THREAD = dict.fromkeys(kernels.THREADS, "1")


def main(arguments: argparse.Namespace) -> int:
    """Check every notebook, or one; 0 if all may be shipped."""
    try:
        root = notebooks.require_root()
        wanted = getattr(arguments, "notebook", None)
        unfit = check(root, wanted)
        return unfit if wanted is not None else max(unfit, run_further_tests(root))
    except notebooks.NotebookError as error:
        print(wrapped(error))
        return 2


def run_further_tests(root: Path) -> int:
    """Test the notebooks' claims over more seeds than they run, and what makes the course."""
    options = ["-q", "-p", "no:cacheprovider", "-n", "2", "--dist", "loadfile"]
    command = [sys.executable, "-m", "pytest", *options, "tests/claims", "tests/making"]
    return subprocess.run(command, cwd=root, env=os.environ | ONE_THREAD, check=False).returncode


def check(root: Path, wanted: str | None = None) -> int:
    """Check the course at `root`, and print what keeps it from being shipped."""
    record = shipped.load(root)
    paths = notebooks.course_notebooks(root)
    problems = [
        f"{name}: recorded, but not there" for name in set(record) - {p.name for p in paths}
    ]
    if wanted is not None:
        name = notebooks.find(wanted, [path.name for path in paths])
        paths, problems = [path for path in paths if path.name == name], []
    with ThreadPoolExecutor(2) as pool:
        for path, found in zip(paths, pool.map(lambda p: _of_file(p, record), paths)):
            print(f"{path.name}: {'fit to be shipped' if not found else 'NOT fit'}", flush=True)
            problems += [f"{path.name}: {text}" for text in found]
    said = "\n".join(f"  {text}" for text in problems)
    print(wrapped(said or "Everything may be shipped."))
    return 1 if problems else 0


def _of_file(path: Path, record: dict) -> list[str]:
    try:
        notebook = notebooks.read(path)
        wanted = list(catalogue.NOTEBOOKS.get(int(path.name[0]), ()))
        problems = of_notebook(notebook, record.get(path.name), wanted)
        return problems or of_solutions(notebook, wanted, path.parent)
    except notebooks.NotebookError as error:
        return [str(error)]


def of_notebook(notebook: dict, recorded: dict | None, wanted: list[str]) -> list[str]:
    """What is wrong with a notebook as it stands. wanted: the exercises it is to have."""
    problems = [*_cells(notebook), *_volatile(notebook), *_outputs(notebook)]
    problems += _exercises(notebook, wanted)
    if recorded is None:
        problems.append("not recorded: run `make ship`")
    elif shipped.entry(notebook) != recorded:
        problems.append("not as recorded: run `make ship` after a change")
    return problems


def _cells(notebook: dict) -> list[str]:
    problems = []
    ids = [str(cell.get("id", "")) for cell in notebook["cells"]]
    for name, times in Counter(ids).items():
        if times > 1:
            problems.append(f"{times} cells have the id {name!r}")
    for cell in notebook["cells"]:
        name, text = str(cell.get("id", "")), notebooks.source(cell)
        if not READABLE_ID.fullmatch(name) or RANDOM_ID.fullmatch(name):
            problems.append(f"cell id {name!r} is not readable ({text[:40]!r})")
        unknown = set(notebooks.tags(cell)) - KNOWN_TAGS
        if unknown:
            problems.append(f"cell {name}: unknown tags {sorted(unknown)}")
        if cell["cell_type"] == "code" and not text.strip():
            problems.append(f"cell {name} is empty")
    cells = notebooks.code_cells(notebook)
    if [cell.get("execution_count") for cell in cells] != list(range(1, len(cells) + 1)):
        problems.append("not executed once, in order, from the top")
    return problems


def _volatile(notebook: dict) -> list[str]:
    problems = []
    if notebook.get("metadata") != ship.METADATA:
        problems.append("its metadata are not those that `make ship` writes")
    for cell in notebook["cells"]:
        extra = set(cell.get("metadata", {})) - {"tags"}
        if extra:
            problems.append(f"cell {cell.get('id')}: metadata {sorted(extra)}")
        if any(ship.WIDGET_VIEW in output.get("data", {}) for output in cell.get("outputs", [])):
            problems.append(f"cell {cell.get('id')}: a stored widget view, whose id is random")
    return problems


def _outputs(notebook: dict) -> list[str]:
    problems = []
    for cell in notebooks.code_cells(notebook):
        raises = shipped.may_raise(notebooks.tags(cell))
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            text = str(notebooks.joined(data.get("text/plain", "")))
            long_enough = len(text) >= SHORTEST_ALTERNATIVE_TEXT and re.search(r"\d", text)
            if "image/png" in data and not long_enough:
                problems.append(f"cell {cell.get('id')}: a picture whose text has no numbers")
            if output["output_type"] == "error" and not raises:
                problems.append(f"cell {cell.get('id')}: a stored {output['ename']}")
    return problems


def _exercises(notebook: dict, wanted: list[str]) -> list[str]:
    problems = []
    tagged = [cell for cell in notebook["cells"] if "exercise" in notebooks.tags(cell)]
    found = Counter(str(cell.get("id")).removeprefix("exercise-") for cell in tagged)
    if sorted(found.elements()) != sorted(wanted):
        missing = sorted(set(wanted) - set(found))
        extra = sorted((found - Counter(wanted)).elements())
        problems.append(f"exercises: missing {missing}, unknown or twice {extra}")
    for cell in tagged:
        name = str(cell.get("id")).removeprefix("exercise-")
        if name in wanted:
            why = stub_problem(notebooks.source(cell), name)
            problems += [f"exercise {name}: {why}"] if why else []
    return problems


def solution_source(name: str) -> str:
    """The reference solution of an exercise, as source."""
    return inspect.getsource(load(name).reference)


def stub_problem(text: str, name: str) -> str | None:
    """Why an exercise's cell is not the bare question: signature, docstring, `...`, check."""
    try:
        body = ast.parse(text).body
        reference = next(
            node
            for node in ast.parse(solution_source(name)).body
            if isinstance(node, ast.FunctionDef) and node.name == name
        )
    except SyntaxError as error:
        return f"it is not Python ({error})"
    if not (body and isinstance(body[0], ast.FunctionDef) and body[0].name == name):
        return "its cell does not begin with its function"
    if ast.unparse(body[0].args) != ast.unparse(reference.args):
        return f"its arguments are not {ast.unparse(reference.args)}"
    if not ast.get_docstring(body[0]) or [ast.unparse(n) for n in body[0].body[1:]] != ["..."]:
        return "its body is not a docstring and `...`: is it solved?"
    if [ast.unparse(node) for node in body[1:]] != [f"check({name})"]:
        return f"its cell does not end with check({name})"
    return None


def of_solutions(notebook: dict, wanted: list[str], folder: Path) -> list[str]:
    """Run the notebook with every solution in place of its stub: each must pass there."""
    solved = {**notebook, "cells": [dict(cell) for cell in notebook["cells"]]}
    for name in wanted:
        cell = notebooks.exercise_cell(solved, name)
        assert cell, f"{name} has no cell"
        cell["source"] = f"{solution_source(name).strip()}\n\ncheck({name})"
    grade = (
        "import json as _json\nfrom bnlib.course import grading as _grading\n"
        f"print(_json.dumps([_grading.verdict_json(_n, globals()) for _n in {wanted!r}]))"
    )
    solved["cells"].append(
        {"cell_type": "code", "id": GRADES, "metadata": {}, "source": grade, "outputs": []}
    )
    done, error = ship.execute(solved, folder)
    if error:
        return [f"with the solutions in place it does not run:\n{error}"]
    answers = json.loads(notebooks.joined(done["cells"][-1]["outputs"][0]["text"]))
    verdicts = zip(wanted, map(json.loads, answers))
    return [
        f"the solution of {name} is {verdict['status']}: {verdict['message']}"
        for name, verdict in verdicts
        if verdict["status"] != "passed"
    ]
