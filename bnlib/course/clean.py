"""`make clean`: delete the environment and every cache, never a learner's work or verdicts.

Run by its path with any Python: on Windows the environment cannot delete itself.
"""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHES = (
    ".venv",
    ".venv.lock",
    ".site",
    ".browser",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
    "build",
    "dist",
)


def main(arguments=None):
    """Delete what can be made again. Returns the exit status."""
    paths = [ROOT / name for name in CACHES]
    for folder in ("bnlib", "tests", "notebooks"):
        paths += (ROOT / folder).rglob("__pycache__")
    try:
        for path in paths:
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
    return 0


if __name__ == "__main__":
    sys.exit(main())
