"""The course in JupyterLite: JupyterLab, with Python inside the page, and nothing to install.

`build` puts it into the site's folder `lite`, and what its Python loads into the folder `python`,
from where the site's own pages load theirs. Nothing comes from elsewhere. In its page lite.js and
lite_kernel.js say what of Python has come, and what did not.

The kernel that is pinned in pyproject.toml was made for Pyodide 0.27, as is pinned for npm in
pyodide/package.json: both are of Python 3.12 and compiled alike.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path

from bnlib.course.site import tools, vendored
from bnlib.environments import Environment, declared, folder_of, pinned
from bnlib.records import notebooks

ENVIRONMENT = "jupyterlite"
WHEELS = declared("in-the-browser")
PURE = ("--platform", "any", "--implementation", "py", "--abi", "none", "--python-version", "3.12")
KERNEL = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
BUILD_WHEEL = "import hatchling.build, sys; print(hatchling.build.build_wheel(sys.argv[1]))"
IN_THE_PAGE = Path(__file__).with_name("lite.js")
IN_THE_WORKER = Path(__file__).with_name("lite_kernel.js")
START = "kernel.js"
"""The kernel's worker begins with it. It must be no module: for one it would wait for ever."""
CLEAR_FIRST = re.compile(
    r"(?:first )?clear all outputs \([^)]*\)(?:, so that nothing is given away)?\. "
    r"(?:P|Then you p)redict"
)
"""What a notebook with its results begins with."""
SETTINGS = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
        "appName": "Batch normalization",
        "exposeAppInBrowser": True,  # lite.js asks it how the kernel is
        "litePluginSettings": {
            "@jupyterlite/pyodide-kernel-extension:kernel": {
                "pyodideUrl": f"../../{vendored.FOLDER}/{START}",
                "loadPyodideOptions": {"packages": [*vendored.KERNEL, vendored.COURSE]},
                # A name that the site does not have must not be looked for in another index,
                # where it may be somebody else's.
                "disablePyPIFallback": True,
            }
        },
    },
}


def build(into: Path, as_shipped: Path, pyodide: Path) -> None:
    """Build the course for JupyterLite into a site.

    Args:
        into: the site's folder; `into/lite` and `into/python` are made in it.
        as_shipped: a folder with the notebooks as they are shipped.
        pyodide: a folder with Pyodide.

    Raises:
        ToolError: the tools cannot be installed, or fail, or `pyodide` lacks something; the reason
            is the message.
    """
    root = notebooks.require_root()
    python = tools.make(ENVIRONMENT)
    out = Path(into).resolve() / "lite"
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        write_notebooks(as_shipped, work / "contents" / notebooks.FOLDER)
        (work / "jupyter-lite.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
        wheels = [build_wheel(python, root, work), *other_wheels(python)]
        vendored.write(pyodide, wheels, into)
        tools.run(
            [
                *(str(python), "-m", "jupyterlite_core", "build", "--lite-dir", str(work)),
                *("--contents", str(work / "contents"), "--output-dir", str(out)),
                *("--no-sourcemaps", "--apps", "lab"),
            ],
            folder=work,
        )
    tell_what_loads(out / "lab" / "index.html", pyodide, into / vendored.FOLDER)


def tell_what_loads(page: Path, pyodide: Path, python: Path) -> None:
    """Put IN_THE_WORKER before Pyodide's script, and IN_THE_PAGE into JupyterLite's page.

    Args:
        page: JupyterLite's.
        pyodide: a folder with Pyodide.
        python: the site's folder with what is loaded.
    """
    scripts = [path.read_text(encoding="utf-8") for path in (IN_THE_WORKER, pyodide / "pyodide.js")]
    (python / START).write_text("\n".join(scripts), encoding="utf-8")
    loaded = [path for path in python.iterdir() if path.suffix not in (".js", ".mjs")]
    size = sum(path.stat().st_size for path in loaded)
    shutil.copyfile(IN_THE_PAGE, page.with_name(IN_THE_PAGE.name))
    script = f'<script src="{IN_THE_PAGE.name}" data-bytes="{size}"></script></head>'
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("</head>", script, 1), encoding="utf-8")


def page(notebook_name: str) -> str:
    """The page of a notebook, as an address relative to the site's front page."""
    return f"lite/lab/index.html?path={notebooks.FOLDER}/{notebook_name}"


def write_notebooks(root: Path, folder: Path) -> None:
    """The course's notebooks into a new folder, without results: nothing is given away."""
    folder.mkdir(parents=True)
    for path in notebooks.course_notebooks(root):
        notebook = notebooks.read(path)
        notebook["metadata"]["kernelspec"] = KERNEL
        for cell in notebook["cells"]:
            text = CLEAR_FIRST.sub("you predict", notebooks.source(cell))
            cell["source"] = text.splitlines(keepends=True)
        for cell in notebooks.code_cells(notebook):
            cell |= {"outputs": [], "execution_count": None}
        notebooks.write(folder / path.name, notebooks.to_text(notebook))


def build_wheel(python: Path, root: Path, folder: Path) -> Path:
    """bnlib as a wheel, built without a network from the files of the course's folder."""
    # A fixed date, so that the same files make the same wheel.
    said = tools.run(
        [str(python), "-c", BUILD_WHEEL, str(folder)], root, SOURCE_DATE_EPOCH="1600000000"
    )
    return folder / said.split()[-1]


def other_wheels(python: Path) -> list[Path]:
    """The pure wheels beside bnlib's, kept in the cache folder."""
    folder = folder_of(ENVIRONMENT) / "wheels"
    missing = [pin for pin in WHEELS if not any(folder.glob(wheel_name(pin)))]
    if missing:
        folder.mkdir(exist_ok=True)
        wanted = folder / "wanted.txt"
        names = [pin.partition("==")[0] for pin in missing]
        wanted.write_text(pinned(Environment(ENVIRONMENT), names), encoding="utf-8")
        tools.run(
            [
                *(str(python), "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"),
                *("--only-binary=:all:", *PURE, "--dest", str(folder), "-r", str(wanted)),
            ]
        )
    return [next(folder.glob(wheel_name(pin))) for pin in WHEELS]


def wheel_name(pin: str) -> str:
    """The file name, as a pattern, of the wheel that a pin, `name==version`, names."""
    return pin.replace("-", "_").replace("==", "-") + "-py*-none-any.whl"
