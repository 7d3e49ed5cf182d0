"""`make clean`: delete the environment and every cache, never a learner's work or verdicts.

Run by its path with any Python: on Windows the environment cannot delete itself. The environments
of tools and frameworks, in the user's cache folder, are listed, and go with `ARGS=--all`.
"""

import argparse
import importlib.util
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHES = (
    ".venv",
    ".venv.lock",
    ".site",
    ".browser",
    ".pyodide",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
    "build",
    "dist",
)


def main(arguments=None):
    """Delete what can be made again. Returns the exit status.

    arguments: has `all`, whether the tools' environments go as well; None: the command line.
    """
    if arguments is None:
        parser = argparse.ArgumentParser(prog="make clean")
        parser.add_argument("--all", action="store_true", help="the tools' environments as well")
        arguments = parser.parse_args()
    paths = [ROOT / name for name in CACHES]
    for folder in ("bnlib", "tests", "notebooks"):
        paths += (ROOT / folder).rglob("__pycache__")
    tools = listed()
    try:
        for path in [*paths, *(tools if arguments.all else ())]:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(str(path))
            elif path.exists() or path.is_symlink():
                path.unlink()
    except OSError as error:
        print(
            f"{error.filename} cannot be deleted: {error.strerror}. Close every JupyterLab and\n"
            "terminal that uses the course, then try again; on Windows: py bnlib\\course\\clean.py",
            file=sys.stderr,
        )
        return 1
    print("The environment and all caches are gone; your work is untouched.")
    if tools:
        print(
            "So are the environments of tools and frameworks:"
            if arguments.all
            else "Environments of tools and frameworks are kept (make clean ARGS=--all):"
        )
        for path, megabytes in tools.items():
            print(f"  {megabytes:6,} MB  {path}")
    return 0


def listed():
    """The folders that tools and frameworks were installed into, with their megabytes."""
    path = ROOT / "bnlib" / "environments.py"
    spec = importlib.util.spec_from_file_location("environments", path)
    environments = importlib.util.module_from_spec(spec)
    sys.modules["environments"] = environments  # where dataclasses look for it
    try:
        spec.loader.exec_module(environments)
    except (ImportError, OSError):  # a Python too old, or no such file
        return {}
    return {folder: environments.megabytes_of(folder) for folder in environments.made()}


if __name__ == "__main__":
    sys.exit(main())
