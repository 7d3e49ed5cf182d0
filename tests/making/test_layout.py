"""Imports go one way: nothing imports what makes and measures the course, and there is no circle.

Read from the source, so that an import counts wherever it stands: in a function, for types only,
or as a string.
"""

import ast
import graphlib
import re
from pathlib import Path

import pytest

import bnlib

FOLDER = Path(bnlib.__file__).parent
ABOVE_ALL = ("course", "benchmarks")
A_COMMAND = re.compile(r"-m bnlib\.(course|benchmarks)\b")  # for a reader to type

# Layer -> what it may import besides itself. "" is the small library: bnlib itself.
MAY_IMPORT = {
    "": set(),
    "records": set(),
    "environments": set(),
    "frameworks": {"", "environments"},
    "exercises": {"", "records"},
    "experiments": {"", "environments", "frameworks"},
    "figures": {"", "frameworks", "experiments"},
    "widgets": {"", "records", "frameworks", "experiments", "figures"},
}


def name_of(path: Path) -> str:
    """A file's name as a module."""
    parts = path.relative_to(FOLDER.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


PATHS = sorted(p for p in FOLDER.rglob("*.py") if "sphinx" not in p.parts)
SOURCES = {name_of(path): path.read_text(encoding="utf-8") for path in PATHS}
PACKAGES = {name_of(path) for path in PATHS if path.name == "__init__.py"}


def layer(module: str) -> str:
    """The layer of a module: its folder in bnlib, or a file that is one of its own."""
    first = [*module.split("."), ""][1]
    return first if first in {*MAY_IMPORT, *ABOVE_ALL} else ""


def imported(module: str, source: str) -> set[str]:
    """The modules of bnlib that a module's source names, by import statement or by string."""
    nodes, found = list(ast.walk(ast.parse(source))), set()
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = module if module in PACKAGES else module.rpartition(".")[0]
            above = package.split(".")[: len(package.split(".")) + 1 - node.level]
            start = ".".join([*above, node.module or ""]).strip(".") if node.level else node.module
            for alias in node.names:
                inner = f"{start}.{alias.name}"
                found.add(inner if inner in SOURCES else start)
        elif isinstance(node, ast.Attribute):
            found.add(ast.unparse(node))
        elif isinstance(node, ast.Constant) and id(node) not in docstrings:
            text = A_COMMAND.sub("", node.value) if isinstance(node.value, str) else ""
            found |= set(re.findall(r"bnlib(?:\.\w+)+", text))
    found = {name for name in found if re.match(r"bnlib\b", name)}
    known = set()
    for name in found:
        while name not in SOURCES:
            name = name.rpartition(".")[0]
        known.add(name)
    return known - {module, "bnlib"}


GRAPH = {module: imported(module, source) for module, source in SOURCES.items()}


@pytest.mark.parametrize("above", ABOVE_ALL)
def test_nothing_imports_what_makes_or_measures_the_course(above):
    others = {m: names for m, names in GRAPH.items() if layer(m) not in ABOVE_ALL}
    assert len(others) > 150
    assert {m: n for m, names in others.items() for n in names if layer(n) == above} == {}


@pytest.mark.parametrize("module", [m for m in GRAPH if layer(m) in MAY_IMPORT])
def test_every_layer_imports_what_is_below_it_only(module):
    reached = {layer(name) for name in GRAPH[module]}
    assert reached <= MAY_IMPORT[layer(module)] | {layer(module)}


def test_every_folder_has_its_place():
    folders = {name.split(".")[1] for name in PACKAGES if name.count(".") == 1}
    assert folders == {*MAY_IMPORT, *ABOVE_ALL, "equations"} - {"", "environments"}
    assert {layer(module) for module in GRAPH} == {*MAY_IMPORT, *ABOVE_ALL}


def test_there_is_no_circle_of_layers_nor_of_modules():
    tuple(graphlib.TopologicalSorter(MAY_IMPORT).static_order())
    tuple(graphlib.TopologicalSorter(GRAPH).static_order())


def test_a_module_named_at_run_time_is_of_the_same_layer():
    computed = {}
    for module, source in SOURCES.items():
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = ast.unparse(node.func).rpartition(".")[2]
            if called in ("import_module", "__import__") and not isinstance(
                node.args[0], ast.Constant
            ):
                computed[module] = ast.unparse(node.args[0])
    assert {m: text for m, text in computed.items() if layer(m) not in ABOVE_ALL} == {
        "bnlib": "f'bnlib.{name}'",
        "bnlib.exercises.exercise": "f'bnlib.exercises.catalogue.{name}'",
    }
    assert not set(ABOVE_ALL) & set(bnlib._LOADED_WHEN_USED)


@pytest.mark.parametrize(
    "source",
    [
        "import bnlib.course",
        "from bnlib import course",
        "from bnlib.course import lab",
        "from bnlib.course.lab import ROOT",
        "from ..course import lab",
        "def f():\n    from bnlib.course import lab",
        "if TYPE_CHECKING:\n    from bnlib.course.lab import ROOT",
        "importlib.import_module('bnlib.course.lab')",
        "CODE = 'import bnlib.course.lab as lab'",
        "subprocess.run([python, '-m', 'bnlib.course', 'lab'])",
        "import bnlib\nbnlib.course.lab",
    ],
)
def test_every_way_to_import_is_seen(source):
    assert {layer(name) for name in imported("bnlib.exercises.display", source)} == {"course"}


def test_a_command_in_a_text_is_no_import():
    assert imported("bnlib.training", "HELP = 'python -m bnlib.course lab'") == set()
