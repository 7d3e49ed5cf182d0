"""How many slips in bnlib's own code the tests catch: `make mutants`, or python tests/mutants.py.

A seeded sample of one-token edits a folder (another operator, comparison, number or truth value, a
condition turned round, a statement left out), each tried on a clone of what is committed, with the
quick tests of its file. Printed: the share caught, and every edit that no test noticed.

Libraries were looked at first, in November 2026. mutmut 3.8, tried on the equations, leaves
functions with decorators alone, and so softmax, batch_norm and every property. cosmic-ray 8.7, by
its lists of commands and operators, draws no sample and leaves no statement out.
"""

import argparse
import ast
import contextlib
import dataclasses
import importlib
import importlib.util
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS: dict[str, dict[str, str]] = {
    "equations": {
        "equations/batch_norm": "test_defaults test_batch_norm test_blocks",
        "equations/blocks": "test_blocks",
        "equations/softmax": "test_defaults test_softmax",
    },
    "core": {
        "layers network": "test_defaults test_batch_norm test_network test_training",
        "optimizers training": "test_defaults test_training",
        "activations gradients": "test_defaults test_network test_batch_norm test_softmax",
        "validation": "test_defaults test_batch_norm test_softmax test_network test_training",
        "datasets progress_bar": "test_defaults test_training",
    },
    "exercises": {
        "exercises/cards/* exercises/display exercises/example": (
            "exercises/test_cards exercises/test_display test_progress"
        ),
        "exercises/on_page": "exercises/test_on_page",
        "exercises/own_network": "making/test_own_network",
        "exercises/edits exercises/nodes exercises/place exercises/repair exercises/search "
        "exercises/exam exercises/substitute exercises/source": (
            "exercises/test_edits exercises/test_exam exercises/test_places "
            "exercises/test_general_slips"
        ),
        "exercises/sandbox exercises/child exercises/outcomes exercises/handed exercises/trial "
        "exercises/plan exercises/unopened": (
            "exercises/test_calls exercises/test_outcomes exercises/test_exam "
            "exercises/test_forgery "
            "exercises/test_no_trace exercises/test_exceptions exercises/test_general_slips "
            "exercises/test_answers"
        ),
        "exercises/wording exercises/tips exercises/slips exercises/compare exercises/adjust": (
            "exercises/test_wording exercises/test_compare exercises/test_true_sentences "
            "exercises/test_general_slips exercises/test_answers"
        ),
        "exercises/degenerate exercises/extremes": (
            "exercises/test_degenerate exercises/test_true_sentences exercises/test_general_slips"
        ),
        "exercises/*": (
            "exercises/test_calls exercises/test_right_parts exercises/test_compare "
            "exercises/test_degenerate exercises/test_general_slips exercises/test_exceptions "
            "exercises/test_answers exercises/test_promises exercises/test_true_sentences"
        ),
    },
    "records": {
        "records/*": (
            "test_records test_progress test_predictions making/test_merge_notebooks "
            "making/test_shipped"
        ),
    },
    "course": {
        "course/environment course/trouble": "test_environment test_commands",
        "course/__main__ course/clean course/lab": "test_commands",
        "course/update course/reset course/merging course/merge_notebooks course/git": (
            "making/test_merge_notebooks making/test_reset_update test_commands"
        ),
        "course/mine": "making/test_mine test_commands",
        "course/browser_tests": "making/test_browser_command",
        "course/pins": "making/test_requirements",
        "course/frameworks": "making/test_frameworks_run",
        "course/classroom/table course/classroom/schedule": "making/test_class_table",
        "course/classroom/*": "making/test_class_table making/test_class",
        "course/testing/report course/testing/wording": "making/test_report making/test_shipped",
        "course/testing/*": "making/test_nbval_plugin making/test_make_test test_commands",
        "course/*": "making/test_shipped making/test_make_test test_commands",
    },
}
"""By folder: modules, and the tests that are to notice; for each module the first line it is in."""
LOADED = ("numpy", "pytest", "hypothesis", "IPython", "nbformat", "matplotlib.figure")
"""Loaded once: every edit is tried in a process that is forked from this one."""
ALREADY = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
ON_A_CLOCK = "tests/exercises/test_places.py::test_a_search_takes_about_a_second_at_most"
"""Fails on a busy machine by itself, and would then be taken for a test that noticed."""
PLUGINS = ("cacheprovider", "nbval", "xdist", "anyio")
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

    tree = ast.parse(source)
    # What a hint says is not run, and that a dataclass is frozen is said to its readers.
    unread = {
        part
        for node in ast.walk(tree)
        for said in (getattr(node, "annotation", None), getattr(node, "returns", None), node)
        if said is not None and (said is not node or getattr(node, "arg", None) == "frozen")
        for part in ast.walk(said)
    }
    for node in ast.walk(tree):
        new = None if node in unread else _instead(node)
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


def tests_of(root: Path, folder: str) -> dict[Path, list[str]]:
    """By every file of a folder (a path from `root`) the tests that are to notice an edit of it."""
    found: dict[Path, list[str]] = {}
    for names, tests in FOLDERS[folder].items():
        for name in names.split():
            for path in sorted(root.glob(f"bnlib/{name}.py")):
                chosen = [f"tests/{test}.py" for test in tests.split()]
                found.setdefault(path.relative_to(root), chosen)
    return found


class Course:
    """A clone of what is committed, whose files are edited and whose tests are run."""

    def __init__(self, root: Path) -> None:
        self.root = root
        command = ["git", "clone", "--quiet", "--no-hardlinks", ROOT, root]
        subprocess.run(command, check=True)
        (root / ".venv").symlink_to(ROOT / ".venv")  # for tests of what a shell runs
        self.seconds: dict[str, float] = {}
        """By tests, what they take where nothing is edited."""

    def baseline(self, tests: list[str]) -> None:
        """Run tests, once, where nothing is edited; the program ends if they fail."""
        if " ".join(tests) in self.seconds:
            return
        start = time.monotonic()
        if not self._pass(tests, 3600, shown=True):
            raise SystemExit(f"These fail where nothing is edited: {' '.join(tests)}")
        self.seconds[" ".join(tests)] = time.monotonic() - start

    def notices(self, mutant: Mutant, tests: list[str]) -> bool:
        """Whether a test fails with the edit, or never ends."""
        path = self.root / mutant.path
        before = path.read_bytes()
        try:
            self._write(path, mutant.text.encode())
            return not self._pass(tests, 60 + 10 * self.seconds[" ".join(tests)])
        finally:
            self._write(path, before)

    def _write(self, path: Path, content: bytes) -> None:
        path.write_bytes(content)
        # Compiled code is known by size and second, and an edit often keeps both.
        Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)

    def _pass(self, tests: list[str], seconds: float, shown: bool = False) -> bool:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.setsid()
                os.chdir(self.root)
                os.environ["PYTHONPATH"] = str(self.root)
                # An edit may make what a test keeps in its own folder go where the user's own is.
                os.environ["XDG_CACHE_HOME"] = str(self.root.parent / "cache")
                sys.path.insert(0, str(self.root))
                if not shown:
                    for stream in (1, 2):
                        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
                without = [option for name in PLUGINS for option in ("-p", f"no:{name}")]
                status = sys.modules["pytest"].main(
                    ["-qx", "--tb=short", "--deselect", ON_A_CLOCK, *ALREADY, *without, *tests]
                )
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                os._exit(status)
        end = time.monotonic() + seconds
        done = 0
        while not done and time.monotonic() < end:
            time.sleep(0.05)
            done, status = os.waitpid(child, os.WNOHANG)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)  # it, and what it has started
        if not done:
            os.waitpid(child, 0)
        return bool(done) and status == 0


def survivors(folder: str, count: int, seed: int) -> tuple[int, list[Mutant]]:
    """How many edits were tried, and those that no test noticed."""
    with tempfile.TemporaryDirectory() as scratch:
        course = Course(Path(scratch) / "course")
        tests = tests_of(course.root, folder)
        every = [mutant for path in tests for mutant in mutants(course.root, path)]
        chosen = random.Random(f"{seed} {folder}").sample(every, min(count, len(every)))
        print(f"{folder}: {len(chosen)} of {len(every)} edits", flush=True)
        unnoticed = []
        for mutant in chosen:
            course.baseline(tests[mutant.path])
            if course.notices(mutant, tests[mutant.path]):
                print(".", end="", flush=True)
            else:
                unnoticed.append(mutant)
                print(f"\n  {mutant}", flush=True)
    return len(chosen), unnoticed


def main() -> None:
    """Try a sample of each folder, and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", help=f"of {', '.join(FOLDERS)}; all, if none")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    for name in LOADED:
        importlib.import_module(name)
    for folder in given.folders or FOLDERS:
        tried, unnoticed = survivors(folder, given.count, given.seed)
        caught = tried - len(unnoticed)
        print(f"\n{folder}: {caught} of {tried} caught, {100 * caught / tried:.0f} %", flush=True)


if __name__ == "__main__":
    main()
