"""The wheel is the library; a copy of the repository has the course's commands too."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_OF_THE_LIBRARY = ("bnlib/course", "bnlib/benchmarks")
KINDS = {".py", ".js", ".css", ".npz", ".json", ".txt", ".typed"}
BUILD = "import hatchling.build as b, sys; print(getattr(b, 'build_' + sys.argv[1])(sys.argv[2]))"
USE = """
import importlib, importlib.util, pkgutil, sys
import bnlib, numpy as np
from bnlib.exercises import check, grade, hint, progress, solution
assert bnlib.__file__.startswith(sys.argv[1]), bnlib.__file__
names = [m.name for m in pkgutil.walk_packages(bnlib.__path__, "bnlib.")]
for name in names:
    if not name.startswith(("bnlib.frameworks.adapters.", "bnlib.frameworks.programs.")):
        importlib.import_module(name)
for left_out in ("bnlib.course", "bnlib.benchmarks"):
    assert importlib.util.find_spec(left_out) is None, left_out

def normalize(z, eps=1e-5):
    return (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps)

assert grade("normalize", normalize).status == "passed"
check(normalize)
progress()
from bnlib.environments import Environment, NotInstalledError, install
try:
    install(Environment("site"))
except NotInstalledError as error:
    assert "needs a copy of the course's repository" in str(error)
else:
    raise SystemExit("an environment was made of nothing")
print(len(names), "modules")
"""


def build(kind: str, folder: Path) -> Path:
    """The distribution of that kind, built without a network."""
    command = [sys.executable, "-c", BUILD, kind, str(folder)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return folder / said.split()[-1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


def expected() -> set[str]:
    """The library's files in git."""
    command = ["git", "ls-files", "bnlib"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    names = [name for name in listed.splitlines() if Path(name).suffix in KINDS]
    return {name for name in names if not name.startswith(NOT_OF_THE_LIBRARY)}


def test_the_wheel_is_the_library_whole_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert len(held) > 200
    assert not [name for name in held if name.startswith(NOT_OF_THE_LIBRARY)]
    assert expected() - held == set()
    assert "bnlib/py.typed" in held  # without it nobody else's mypy reads our types
    assert {name.split("/")[0] for name in held} == {"bnlib"}
    assert wheel.name.startswith("batch_norm_course-") and wheel.name.endswith("-py3-none-any.whl")


def test_the_source_distribution_has_no_more_and_its_licences(tmp_path):
    with tarfile.open(build("sdist", tmp_path)) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "LICENSE-CC-BY-4.0", "README.md", "pyproject.toml"} <= held
    assert not [name for name in held if name.startswith(NOT_OF_THE_LIBRARY)]
    assert expected() - held == set()


def test_the_library_works_alone(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    run = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            f"import sys; sys.path.insert(0, sys.argv[1])\n{USE}",
            tmp_path,
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert "modules" in run.stdout


def test_an_editable_install_keeps_the_courses_commands(tmp_path):
    with zipfile.ZipFile(build("editable", tmp_path)) as archive:
        (pth,) = [name for name in archive.namelist() if name.endswith(".pth")]
        assert Path(archive.read(pth).decode().strip()).resolve() == ROOT
    assert (ROOT / "bnlib/course/__main__.py").exists()
