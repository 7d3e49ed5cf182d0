"""The course in JupyterLite: JupyterLab, with Python inside the page, and nothing to install.

`build(into)` puts it into `into/lite`. What a learner's browser loads comes from there, the wheels
of bnlib and of its widgets included; only Python itself (Pyodide), NumPy and matplotlib come from
Pyodide's own servers.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from bnlib.course.site import own_environment, setup_cell
from bnlib.environments import Environment, declared, folder_of, pinned
from bnlib.records import notebooks

ENVIRONMENT = "jupyterlite"
WHEELS = declared("in-the-browser")
PURE = ("--platform", "any", "--implementation", "py", "--abi", "none", "--python-version", "3.13")
KERNEL = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
BUILD_WHEEL = "import hatchling.build, sys; print(hatchling.build.build_wheel(sys.argv[1]))"
# A name that is not in the site's own index must not be looked for in another, where it may be
# somebody else's.
SETTINGS = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
        "litePluginSettings": {
            "@jupyterlite/pyodide-kernel-extension:kernel": {"disablePyPIFallback": True}
        }
    },
}


def build(into: Path, as_shipped: Path) -> None:
    """Build the course for JupyterLite into the folder `lite` of the site.

    Args:
        into: the site's folder; `into/lite` is made anew, and bnlib's wheel is in its `pypi`.
        as_shipped: a folder with the notebooks as they are shipped.

    Raises:
        ToolError: the tools cannot be installed, or fail; the reason is the message.
    """
    root = notebooks.require_root()
    python = own_environment.make(ENVIRONMENT)
    out = Path(into).resolve() / "lite"
    shutil.rmtree(out, ignore_errors=True)
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        write_notebooks(as_shipped, work / "contents")
        (work / "jupyter-lite.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
        wheels = [build_wheel(python, root, work), *other_wheels(python)]
        own_environment.run(
            [
                *(str(python), "-m", "jupyterlite_core", "build", "--lite-dir", str(work)),
                *("--contents", str(work / "contents"), "--output-dir", str(out)),
                *("--no-sourcemaps", "--apps", "lab", "--apps", "notebooks", "--apps", "tree"),
                *(f"--piplite-wheels={wheel}" for wheel in wheels),
            ],
            folder=work,
        )


def page(notebook_name: str) -> str:
    """The page of a notebook, as an address relative to the site's front page."""
    return f"lite/lab/index.html?path={notebook_name}"


def write_notebooks(root: Path, folder: Path) -> None:
    """The course's notebooks, each with the cell that installs bnlib, into a new folder."""
    folder.mkdir(parents=True)
    for path in notebooks.course_notebooks(root):
        changed = setup_cell.with_setup(notebooks.read(path), setup_cell.BROWSER, KERNEL)
        notebooks.write(folder / path.name, notebooks.to_text(changed))


def build_wheel(python: Path, root: Path, folder: Path) -> Path:
    """bnlib as a wheel, built without a network from the files of the course's folder."""
    # A fixed date, so that the same files make the same wheel.
    said = own_environment.run(
        [str(python), "-c", BUILD_WHEEL, str(folder)], root, SOURCE_DATE_EPOCH="1600000000"
    )
    return folder / said.split()[-1]


def built_wheel(site: Path) -> Path:
    """bnlib's wheel, in a site that `build` was done for."""
    return next((site / "lite" / "pypi").glob("batch_norm_course-*.whl"))


def other_wheels(python: Path) -> list[Path]:
    """The pure wheels beside bnlib's, kept in the cache folder."""
    folder = folder_of(ENVIRONMENT) / "wheels"
    missing = [pin for pin in WHEELS if not any(folder.glob(wheel_name(pin)))]
    if missing:
        folder.mkdir(exist_ok=True)
        wanted = folder / "wanted.txt"
        names = [pin.partition("==")[0] for pin in missing]
        wanted.write_text(pinned(Environment(ENVIRONMENT), names), encoding="utf-8")
        own_environment.run(
            [
                *(str(python), "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"),
                *("--only-binary=:all:", *PURE, "--dest", str(folder), "-r", str(wanted)),
            ]
        )
    return [next(folder.glob(wheel_name(pin))) for pin in WHEELS]


def wheel_name(pin: str) -> str:
    """The file name, as a pattern, of the wheel that a pin, `name==version`, names."""
    return pin.replace("-", "_").replace("==", "-") + "-py*-none-any.whl"
