"""pyproject.toml declares what the course needs; the pins and conda's file say the same."""

import ast
import json
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = (ROOT / "requirements.txt").read_text(encoding="utf-8")
BY_PATH = ["environment.py", "trouble.py", "clean.py"]  # scripts run by any Python, by their path


def declared() -> dict[str, SpecifierSet]:
    """The packages that the course's environment needs, with their bounds."""
    extras = PROJECT["optional-dependencies"]
    lines = PROJECT["dependencies"] + extras["pictures"] + extras["course"]
    requirements = map(Requirement, lines)
    return {r.name: r.specifier for r in requirements if r.name != PROJECT["name"]}


def pins() -> list[Requirement]:
    return [Requirement(line) for line in re.findall(r"^(\w.*?) \\$", PINS, re.M)]


def test_the_library_itself_needs_numpy_only():
    assert [Requirement(line).name for line in PROJECT["dependencies"]] == ["numpy"]


def test_every_declared_package_is_pinned_within_its_bounds():
    pinned = {pin.name: str(pin.specifier).removeprefix("==") for pin in pins()}
    for name, bounds in declared().items():
        assert name in pinned, f"{name} is not in requirements.txt: compile it anew"
        assert bounds.contains(pinned[name]), f"{name} {pinned[name]} is not {bounds}"


def test_there_is_one_version_of_a_package():
    names = [pin.name for pin in pins()]
    assert len(names) == len(set(names)) > 100
    assert {len(pin.specifier) for pin in pins()} == {1}
    assert all(str(pin.specifier).startswith("==") for pin in pins())


def test_the_pins_are_pins_hashes_and_comments_and_name_no_index():
    kinds = r"[\w.-]+==[\w.]+( ; [\w .<>=!'()]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|\s*#.*"
    odd = [line for line in PINS.splitlines() if not re.fullmatch(kinds, line)]
    assert odd == []
    assert not re.search(r"://|--\w*-url|find-links|pypi|\.(com|net|io)\b", PINS)
    blocks = re.split(r"^(?=\w)", PINS, flags=re.M)[1:]
    assert all("--hash=sha256:" in block for block in blocks)


def test_conda_users_get_the_same():
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    lines = [Requirement(line) for line in re.findall(r"^  - ([\w-]+[<>=].*)$", text, re.M)]
    conda = {line.name: line.specifier for line in lines}
    assert conda.pop("python") == SpecifierSet(PROJECT["requires-python"])
    assert conda == declared()
    assert "  - conda-forge\n" in text
    assert text.endswith("  - pip:\n      - --editable .\n")


def test_pythons_range_is_the_same_everywhere():
    makefile, trouble, workflow = (
        (ROOT / name).read_text(encoding="utf-8")
        for name in ("Makefile", "bnlib/course/trouble.py", ".github/workflows/test.yml")
    )
    declared_range = SpecifierSet(PROJECT["requires-python"])
    versions = [f"3.{minor}" for minor in range(30) if f"3.{minor}" in declared_range]
    ends = [f"(3, {version[2:]})" for version in (versions[0], versions[-1])]
    assert f"OLDEST, NEWEST = {', '.join(ends)}" in trouble
    assert " ".join(f"python{version}" for version in reversed(versions)) in makefile
    assert json.dumps(versions) in workflow


@pytest.mark.parametrize("name", BY_PATH)
def test_scripts_run_by_path_can_be_read_by_an_old_python_and_need_nothing(name):
    source = (ROOT / "bnlib/course" / name).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = [getattr(node, "module", None) or node.names[0].name for node in nodes]
    allowed = sys.stdlib_module_names | {"trouble"}
    assert {module.split(".")[0] for module in modules} <= allowed - {"__future__"}
