"""How many slips in bnlib's own code the tests catch: `make mutants`, or python tests/mutants.py.

A seeded sample of one-token edits a folder (another operator, comparison, number or truth value, a
condition turned round, a statement left out), each tried on a copy of the course with the tests of
that folder alone. Printed: the share caught, and every edit that no test noticed.

No whole run has been read to its end yet. mutmut and cosmic-ray were not tried: where one of them
can draw a seeded sample a folder, it is to be preferred to this file.
"""

import argparse
import ast
import dataclasses
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
CORE = "layers network optimizers training activations gradients datasets validation progress_bar"
FOLDERS = {
    "equations": (["bnlib/equations/*.py"], "tests/test_batch_norm.py tests/test_softmax.py"),
    "core": (
        [f"bnlib/{name}.py" for name in CORE.split()],
        "tests/test_network.py tests/test_training.py tests/test_batch_norm.py "
        "tests/test_softmax.py",
    ),
    "exercises": (
        ["bnlib/exercises/*.py"],
        "tests/exercises/test_general_slips.py tests/exercises/test_promises.py "
        "tests/exercises/test_exceptions.py tests/exercises/test_true_sentences.py "
        "tests/exercises/test_places.py tests/exercises/test_randomness.py "
        "tests/exercises/test_no_trace.py tests/exercises/test_forgery.py "
        "tests/exercises/test_display.py tests/exercises/test_answers.py",
    ),
    "records": (["bnlib/records/*.py"], "tests/test_progress.py tests/making/test_mine.py"),
    "course": (
        ["bnlib/course/*.py"],
        "tests/test_commands.py tests/test_environment.py tests/making/test_merge_notebooks.py "
        "tests/making/test_mine.py tests/making/test_requirements.py "
        "tests/making/test_shipped.py tests/making/test_reset_update.py "
        "tests/making/test_validate.py tests/making/test_browser_command.py",
    ),
}
"""What is edited, and the tests that are to notice, quick ones first."""
FIRST = "tests/test_defaults.py"
SECONDS = 300
BINARY = {
    ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.Pow: "*", ast.MatMult: "*",
    ast.FloorDiv: "/", ast.Mod: "//", ast.BitOr: "&", ast.BitAnd: "|",
}  # fmt: skip
COMPARISON = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Mutant:
    """One edit of one file."""

    path: Path
    line: int
    old: str
    new: str
    text: str
    """The whole file as edited."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {' '.join(self.old.split())} -> {self.new}"


def mutants(root: Path, path: Path) -> Iterator[Mutant]:
    """Every edit of a file (a path from `root`)."""
    source = (root / path).read_text(encoding="utf-8")
    lines = source.encode().splitlines(keepends=True)

    def place(line: int, column: int) -> int:
        return sum(map(len, lines[: line - 1])) + column

    for node in ast.walk(ast.parse(source)):
        new = _instead(node)
        if new is not None:
            first = place(node.lineno, node.col_offset)
            last = place(node.end_lineno, node.end_col_offset)
            whole = source.encode()
            old = whole[first:last].decode()
            text = (whole[:first] + new.encode() + whole[last:]).decode()
            yield Mutant(path, node.lineno, old, new, text)


def _instead(node: ast.AST) -> str | None:
    """What a slip may have put in a node's place, as text."""
    if isinstance(node, ast.BinOp) and type(node.op) in BINARY:
        return f"({ast.unparse(node.left)}) {BINARY[type(node.op)]} ({ast.unparse(node.right)})"
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, right = ast.unparse(node.left), ast.unparse(node.comparators[0])
        return f"({left}) {COMPARISON[type(node.ops[0])]} ({right})"
    if isinstance(node, ast.BoolOp):
        other = " or " if isinstance(node.op, ast.And) else " and "
        return f"({other.join(f'({ast.unparse(value)})' for value in node.values)})"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        return f"({ast.unparse(node.operand)})"
    if isinstance(node, ast.IfExp):
        return ast.unparse(ast.IfExp(node.test, node.orelse, node.body))
    if isinstance(node, ast.Constant) and type(node.value) in (bool, int, float):
        return repr(not node.value if type(node.value) is bool else node.value * 2 + 1)
    if isinstance(node, ast.AugAssign | ast.Raise | ast.Continue | ast.Break):
        return "pass"
    if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant | ast.Yield):
        return "pass"
    if isinstance(node, ast.Return) and node.value and not isinstance(node.value, ast.Constant):
        return "return None"
    return None


def sample(root: Path, folder: str, count: int, seed: int) -> list[Mutant]:
    """So many edits of a folder's files, all files alike."""
    patterns, _ = FOLDERS[folder]
    paths = sorted(path for pattern in patterns for path in root.glob(pattern))
    every = [m for path in paths for m in mutants(root, path.relative_to(root))]
    return random.Random(f"{seed} {folder}").sample(every, min(count, len(every)))


def passes(root: Path, tests: str) -> bool:
    """Whether the tests of a copy of the course pass; one that never ends does not."""
    settings = os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests.split()]
    try:
        run = subprocess.run(
            command, cwd=root, env=settings, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return run.returncode == 0


def survivors(folder: str, count: int, seed: int) -> tuple[int, list[Mutant]]:
    """How many edits were tried, and those that no test noticed."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "course"
        leave = shutil.ignore_patterns(".git", ".venv", ".site", "__pycache__", ".*_cache")
        shutil.copytree(ROOT, root, ignore=leave)
        tests = f"{FIRST} {FOLDERS[folder][1]}"
        if not passes(root, tests):
            raise SystemExit(f"{folder}: its tests fail before anything is changed.")
        chosen, unnoticed = sample(root, folder, count, seed), []
        for mutant in chosen:
            path = root / mutant.path
            before = path.read_bytes()
            path.write_text(mutant.text, encoding="utf-8", newline="")
            if passes(root, tests):
                unnoticed.append(mutant)
                print(f"  {mutant}", flush=True)
            path.write_bytes(before)
    return len(chosen), unnoticed


def main() -> None:
    """Try a sample of each folder, and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", help=f"of {', '.join(FOLDERS)}; all, if none")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for folder in given.folders or FOLDERS:
        tried, unnoticed = survivors(folder, given.count, given.seed)
        caught = tried - len(unnoticed)
        print(f"{folder}: {caught} of {tried} caught, {100 * caught / tried:.0f} %", flush=True)


if __name__ == "__main__":
    main()
