"""`make pins`: compile the versions that pyproject.toml declares, with all that they need in turn.

A group whose packages go into the course's own environment is held to its versions.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from bnlib.environments import FOLDER, PYPROJECT

COURSE = ("--extra", "pictures", "--group", "course", "--group", "every-python")
INTO_THE_COURSE = ("browser", "dask", "hub", "onnx", "types")
APART = (
    "retired-builds",  # first, for what it holds is used below
    "audit",
    "bench-jax",
    "jax",
    "jupyterlite",
    "oldest-numpy",
    "paddle",
    "pyodide",
    "pytorch",
    "retired",
    "site",
    "tensorflow",
    "tinygrad",
)
# A file of it is wanted, it is not installed.
WITHOUT_NEEDS = ("pyodide",)
# PyTorch's wheel for the processor alone, smaller by gigabytes, is no file of the common index:
# an index that has it must do. Its needs have no hashes either: one hash in a run of pip, be it a
# constraint's, and every package must have one (pip 23.2); and a run that installs all the others
# by their hashes would bring CUDA's gigabytes along, which that wheel does without.
WITHOUT_HASHES = ("pytorch", "bench-jax")


def main(arguments: argparse.Namespace) -> int:
    """Compile them all, as they are or with the newest (`--upgrade`). Returns the exit status."""
    root = PYPROJECT.parent
    compiled = [("requirements.txt", ["pyproject.toml", *COURSE])]
    for name in (*INTO_THE_COURSE, *APART):
        held = ["--constraints", "requirements.txt"] if name in INTO_THE_COURSE else []
        compiled.append((f"{FOLDER.name}/{name}.txt", ["--group", f"pyproject.toml:{name}", *held]))
    for file, of in compiled:
        print(file, flush=True)
        if code := compile_into(root, file, of, arguments.upgrade):
            return code
    return 0


def compile_into(root: Path, file: str, of: list[str], upgrade: bool) -> int:
    """Compile what `of` names into a file. Returns the exit status of uv, which says why."""
    options = [] if Path(file).stem in WITHOUT_HASHES else ["--generate-hashes"]
    if Path(file).stem in WITHOUT_NEEDS:
        options.append("--no-deps")
    if file.endswith("retired.txt"):
        builds = f"{FOLDER.name}/retired-builds.txt"
        options += ["--build-constraints", builds, "--constraints", builds]
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", *of, *options]
    command += ["--universal", "--python-version", "3.11", "--fork-strategy", "fewest"]
    command += ["--custom-compile-command", "make pins", "--output-file", file]
    return subprocess.run(command + ["--upgrade"] * upgrade, cwd=root).returncode
