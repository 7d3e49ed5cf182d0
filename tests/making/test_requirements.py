"""pyproject.toml declares what the course needs; the pins and conda's file say the same."""

import ast
import contextlib
import io
import json
import re
import subprocess
import sys
import tomllib
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

import bnlib
from bnlib import environments
from bnlib.course import pins as course_pins
from bnlib.course.site import lite, tools
from bnlib.frameworks.needs import ENVIRONMENTS

ROOT = Path(__file__).resolve().parents[2]
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, GROUPS = DECLARED["project"], DECLARED["dependency-groups"]
PYTHONS = [each.rpartition(" ")[2] for each in PROJECT["classifiers"] if "Python" in each]
COMPILED = [ROOT / "requirements.txt", *sorted((ROOT / "requirements").glob("*.txt"))]
OWN_VERSIONS = ("tests/test_environment.py", "tests/making/test_requirements.py")  # made-up ones
PINS = (ROOT / "requirements.txt").read_text(encoding="utf-8")
BY_PATH = ["environment.py", "trouble.py", "clean.py"]  # scripts run by any Python, by their path


def declared() -> dict[str, SpecifierSet]:
    """The packages that the course's environment needs, with their bounds."""
    lines = (
        PROJECT["dependencies"] + PROJECT["optional-dependencies"]["pictures"] + GROUPS["course"]
    )
    return {r.name: r.specifier for r in map(Requirement, lines)}


def pins(text: str = PINS) -> list[Requirement]:
    return [Requirement(line) for line in re.findall(r"^(\w.*?)(?: \\)?$", text, re.M)]


def test_the_library_itself_needs_numpy_only():
    assert [Requirement(line).name for line in PROJECT["dependencies"]] == ["numpy"]


LINUX = {"sys_platform": "linux", "platform_machine": "x86_64"}


def for_python(version: str, requirements: Iterable[Requirement]) -> dict[str, str]:
    """The one version of each package on a Python, whatever the system."""
    found: dict[str, str] = {}
    for pin in requirements:
        marker = str(pin.marker or "")
        here = {"python_version": version, "python_full_version": f"{version}.0"}
        if "python" in marker and "sys_platform" not in marker and not pin.marker.evaluate(here):
            continue
        if "platform_machine" in marker and not pin.marker.evaluate(here | LINUX):
            continue
        assert found.setdefault(pin.name, str(pin.specifier)) == str(pin.specifier), pin.name
    return {name: specifier.removeprefix("==") for name, specifier in found.items()}


@pytest.mark.parametrize("version", PYTHONS)
def test_every_declared_package_is_pinned_within_its_bounds(version):
    pinned = for_python(version, pins())
    assert len(pinned) > 100
    for name, bounds in declared().items():
        assert name in pinned, f"{name} is not in requirements.txt: make pins"
        assert bounds.contains(pinned[name]), f"{name} {pinned[name]} is not {bounds}"


def test_there_is_one_version_of_a_package_but_where_none_serves_all():
    names = Counter(pin.name for pin in pins())
    several = {Requirement(line).name for line in GROUPS["every-python"] if ";" in line}
    assert {name for name, count in names.items() if count > 1} == several
    assert {str(pin.specifier)[:2] for pin in pins()} == {"=="}


LICENCES = ("MIT", "BSD", "Apache", "ISC", "PSF", "Zlib", "CC0", "MPL 2.0")
ALSO_CALLED = {"0BSD": "BSD", "MPL-2.0": "MPL 2.0", "Mozilla": "MPL 2.0", "Python": "PSF"}


def licences(package: metadata.PackageMetadata) -> set[str]:
    """What a package says of its licence, in LICENCES' words where it can be said in them."""
    fields = [each.rpartition(" :: ")[2] for each in package.get_all("Classifier", [])]
    fields = [each for each in fields if re.search("Licen[cs]e", each)] or [package["License"]]
    found = set()
    for part in re.split(" AND | OR ", package["License-Expression"] or " AND ".join(fields)):
        known = [name for name in (*ALSO_CALLED, *LICENCES) if part.startswith(name)] or [part]
        found.add(ALSO_CALLED.get(known[0], known[0]))
    return found


def test_the_readme_names_every_licence_of_the_courses_packages():
    """Of those that are installed here: what other systems need in their place is not looked at."""
    pinned = {canonicalize_name(pin.name) for pin in pins()}
    names = {each.metadata["Name"]: each.metadata for each in metadata.distributions()}
    of = {n: licences(m) for n, m in names.items() if canonicalize_name(n) in pinned}
    assert len(of) > 90
    assert {name: said for name, said in of.items() if not said <= {*LICENCES}} == {}
    assert sum("MPL 2.0" in said for said in of.values()) == 4
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "under MIT, BSD, Apache, ISC, PSF, Zlib, CC0 and, four of them, MPL 2.0 terms" in readme


def test_every_group_is_compiled_and_nothing_else():
    compiled = {path.stem for path in COMPILED} - {"requirements"}
    assert compiled == {
        *course_pins.INTO_THE_COURSE,
        *course_pins.APART,
        course_pins.ELSEWHERE,
    }
    assert compiled == set(GROUPS) - {"course", "every-python", "in-the-browser"}
    environments = {*ENVIRONMENTS, tools.ENVIRONMENT, lite.ENVIRONMENT}
    assert environments <= compiled


@pytest.mark.parametrize("path", COMPILED, ids=lambda path: path.stem)
def test_a_compiled_file_is_that_of_its_group(path):
    text = path.read_text(encoding="utf-8")
    asked = environments.declared("course" if path.stem == "requirements" else path.stem)
    pinned = {(pin.name, str(pin.specifier).removeprefix("==")) for pin in pins(text)}
    for line in asked:
        wanted = Requirement(line)
        versions = [version for name, version in pinned if name == wanted.name]
        assert any(map(wanted.specifier.contains, versions)), f"{line}: make pins"


@pytest.mark.parametrize("path", COMPILED, ids=lambda path: path.stem)
def test_the_pins_are_pins_hashes_and_comments_and_name_no_index(path):
    text = path.read_text(encoding="utf-8")
    kinds = (
        r"[\w.-]+(\[\w+\])?==[\w.]+(\+cpu)?( ; [\w .<>=!'()]+)?( \\)?|"
        r"    --hash=sha256:[0-9a-f]{64}( \\)?|\s*#.*"
    )
    odd = [line for line in text.splitlines() if not re.fullmatch(kinds, line)]
    assert odd == []
    assert not re.search(r"://|--\w*-url|find-links|pypi|\.(com|net|io)\b", text)
    blocks = re.split(r"^(?=\w)", text, flags=re.M)[1:]
    assert blocks and all("--hash=sha256:" in block for block in blocks)


@pytest.mark.parametrize("name", ["pytorch", "bench-jax"])
def test_what_pytorch_needs_on_linux_alone_is_cudas(name):
    """Where its wheel for the processor alone is installed, these lines are left out."""
    text = (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8")
    names = {pin.name: environments.CUDA in str(pin).replace('"', "'") for pin in pins(text)}
    assert sum(names.values()) > 15
    for name, left_out in names.items():
        assert left_out == name.startswith(("cuda-", "nvidia-", "triton")), name


def test_pytorch_for_the_processor_alone_is_the_same_pytorch():
    """A wheel for every Python, on both kinds of machine that it is made for."""
    (torch,) = (line for line in GROUPS["pytorch"] if line.startswith("torch=="))
    assert GROUPS[course_pins.ELSEWHERE] == [f"{torch}+cpu"]
    hashes = DECLARED["tool"]["bnlib"][course_pins.ELSEWHERE]
    tags = [f"cp{version.replace('.', '')}" for version in PYTHONS]
    assert {*hashes} == {f"{tag}-{machine}" for tag in tags for machine in ("x86_64", "aarch64")}
    assert len({*hashes.values()}) == len(hashes)


@pytest.mark.parametrize("upgrade", [False, True])
def test_make_pins_compiles_every_file_or_says_what_failed(monkeypatch, tmp_path, capsys, upgrade):
    commands = []
    elsewhere = tmp_path / "requirements" / f"{course_pins.ELSEWHERE}.txt"
    elsewhere.parent.mkdir()
    monkeypatch.setattr(course_pins, "FOLDER", elsewhere.parent)
    done = subprocess.CompletedProcess([], 0)
    monkeypatch.setattr(course_pins.subprocess, "run", lambda c, cwd: commands.append(c) or done)
    assert course_pins.main(Namespace(upgrade=upgrade)) == 0
    by_us = ROOT / "requirements" / elsewhere.name
    assert {ROOT / line for line in capsys.readouterr().out.splitlines()} == {*COMPILED}
    assert {ROOT / c[c.index("--output-file") + 1] for c in commands} == {*COMPILED} - {by_us}
    assert elsewhere.read_text(encoding="utf-8") == by_us.read_text(encoding="utf-8")
    held = [Path(c[-1 - upgrade]).stem for c in commands if "requirements.txt" in c[: -1 - upgrade]]
    assert held == [*course_pins.INTO_THE_COURSE]
    assert all(("--upgrade" in c) == upgrade for c in commands)
    assert all({"--generate-hashes", "--universal", "3.11", "fewest"} <= {*c} for c in commands)
    built = [Path(c[-1 - upgrade]).stem for c in commands if "--build-constraints" in c]
    assert built == ["retired"]
    alone = [Path(c[-1 - upgrade]).stem for c in commands if "--no-deps" in c]
    assert alone == [*course_pins.WITHOUT_NEEDS] == ["pyodide"]
    done.returncode = 3
    assert course_pins.main(Namespace(upgrade=upgrade)) == 3


def test_a_file_is_named_before_its_compiling_begins(monkeypatch):
    out = io.TextIOWrapper(io.BytesIO())

    def compile_into(root, file, of, upgrade):
        assert out.buffer.getvalue().decode().splitlines()[-1] == file
        return file != "requirements.txt"

    monkeypatch.setattr(course_pins, "compile_into", compile_into)
    with contextlib.redirect_stdout(out):
        assert course_pins.main(Namespace(upgrade=False)) == 1


def test_nothing_else_names_a_version():
    """A version stands in pyproject.toml, in what is compiled of it, and in files held to it."""
    listed = subprocess.run(
        [
            "git",
            "ls-files",
            "bnlib",
            "tests",
            ".ci",
            ".github",
            "Makefile",
            ".devcontainer",
            "*.md",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    found = []
    for name in filter(None, listed):
        if not name.endswith((".py", ".md", ".yml", ".yaml", "run", "Makefile")):
            continue
        if name in OWN_VERSIONS or not (ROOT / name).exists():
            continue
        text = (ROOT / name).read_text(encoding="utf-8")
        found += [(name, pin) for pin in re.findall(r"\b[A-Za-z][\w\[\]-]+[=~]=\d[\w.]*", text)]
    assert found == []


def test_conda_users_get_the_same():
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    lines = [Requirement(line) for line in re.findall(r"^  - ([\w-]+[<>=].*)$", text, re.M)]
    conda = {line.name: line.specifier for line in lines}
    last = int(PYTHONS[-1].partition(".")[2])
    assert conda.pop("python") == SpecifierSet(f"{PROJECT['requires-python']},<3.{last + 1}")
    assert conda == declared()
    assert "  - conda-forge\n" in text
    assert text.endswith("  - pip:\n      - --editable .\n")


def test_pythons_range_is_the_same_everywhere():
    makefile, trouble, workflow, readme, run = (
        (ROOT / name).read_text(encoding="utf-8")
        for name in (
            "Makefile",
            "bnlib/course/trouble.py",
            ".github/workflows/test.yml",
            "README.md",
            ".ci/run",
        )
    )
    assert PROJECT["requires-python"] == f">={PYTHONS[0]}"
    ends = [f"(3, {version[2:]})" for version in (PYTHONS[0], PYTHONS[-1])]
    assert f"OLDEST, NEWEST = {', '.join(ends)}" in trouble
    tried = re.search(r"^PYTHONS := (.*)$", makefile, re.M).group(1).split()
    assert {f"python{version}" for version in PYTHONS} == set(tried[1:-2])
    assert json.dumps(PYTHONS) in workflow
    assert f"python{PYTHONS[-1]}" in run
    for text in (makefile, trouble, readme, run):
        assert f"Python {PYTHONS[0]} to " in text
    assert f"{PYTHONS[0]} to {PYTHONS[-1]}" in readme and f"{PYTHONS[0]} to {PYTHONS[-1]}" in run


def test_the_newest_packages_are_tried_on_the_newest_python_without_limits():
    workflow = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["newest-packages"]["steps"]
    assert [s["with"]["python-version"] for s in steps if "setup-python" in s.get("uses", "")] == [
        PYTHONS[-1]
    ]
    (command,) = (s["run"].split() for s in steps if "--upgrade" in s.get("run", ""))
    where = command.index("-r")
    limited = course_pins.COURSE[course_pins.COURSE.index("every-python") - 1 :]
    assert [*command[where + 2 :], *limited] == [*course_pins.COURSE]
    assert {each.operator for bounds in declared().values() for each in bounds} == {">="}


def test_new_versions_are_proposed_for_everything_that_npm_installs():
    text = (ROOT / ".github/dependabot.yml").read_text(encoding="utf-8")
    (npm,) = (u for u in yaml.safe_load(text)["updates"] if u["package-ecosystem"] == "npm")
    listed = subprocess.check_output(["git", "ls-files", "*package.json"], cwd=ROOT, text=True)
    assert {f"/{Path(name).parent.as_posix()}" for name in listed.split()} == {*npm["directories"]}


def test_the_version_is_the_same_everywhere():
    changelog, citation = (
        (ROOT / name).read_text(encoding="utf-8") for name in ("CHANGELOG.md", "CITATION.cff")
    )
    version = PROJECT["version"]
    assert bnlib.__version__ == version
    entries = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)$", changelog, re.M)
    assert len(entries) == len(re.findall("^## ", changelog, re.M))
    assert entries[0][0] == version
    released = re.findall(r"^(?:version|date-released): (.*)$", citation, re.M)
    assert tuple(released) == entries[0]


@pytest.mark.parametrize("name", BY_PATH)
def test_scripts_run_by_path_can_be_read_by_an_old_python_and_need_nothing(name):
    source = (ROOT / "bnlib/course" / name).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = [getattr(node, "module", None) or node.names[0].name for node in nodes]
    allowed = sys.stdlib_module_names | {"trouble"}
    assert {module.split(".")[0] for module in modules} <= allowed - {"__future__"}
