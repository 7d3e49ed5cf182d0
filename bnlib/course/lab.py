"""`make lab`: open the course in JupyterLab."""

import argparse
import contextlib
import json
import os
import sys
import tempfile
from pathlib import Path

from bnlib.course.trouble import wrapped
from bnlib.figures import ground
from bnlib.records import notebooks

ROOT = Path(__file__).resolve().parents[2]
FIRST_NOTEBOOK = "notebooks/1_normalizing_activations.ipynb"
FILES = "bnlib.course.lab_files.Files"

# JupyterLab asks on its first start whether it may fetch news. Defaults belong in the
# environment's own folder, so the learner's settings stay as they are, and win.
DEFAULTS = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}

# JupyterLab writes what a kernel says of its language, version and all, into a notebook as soon as
# it is opened, which is then marked as modified. The kernels here say what the notebooks have.
KERNEL_DEFAULTS = {
    "IPKernelApp": {"exec_lines": ["get_ipython().kernel.language_info = {'name': 'python'}"]}
}

# An extension of JupyterLab and Notebook that brings the style of figures before anything has run:
# the notebooks come with their figures. Written by hand, it is what a bundler would make of it.
EXTENSION = {"name": "bnlib", "version": "1.0.0"}
LOADED = "static/ground.js"
GROUND = """(window._JUPYTERLAB ??= {}).bnlib = {
  init() {},
  get: async () => () => ({ __esModule: true, default: plugin }),
};
const plugin = { id: "bnlib:ground", autoStart: true, activate };
function activate() {
  const style = document.createElement("style");
  document.head.append(Object.assign(style, { id: "bnlib-ground", textContent: %s }));
}
"""


def start_page() -> str:
    """What JupyterLab shows: the first notebook, or the list of them once work has begun."""
    begun = (ROOT / ".progress").exists()
    return "/lab/tree/" + ("notebooks" if begun else FIRST_NOTEBOOK)


def options() -> list[str]:
    """How JupyterLab is started on the course; the whole repository is within reach in it."""
    chosen = [
        f"--ServerApp.root_dir={ROOT}",
        f"--LabApp.default_url={start_page()}",
        # The address, all that a learner needs to read here, is logged at every level.
        "--Application.log_level=ERROR",
        "--ServerApp.answer_yes=True",
        f"--ServerApp.contents_manager_class={FILES}",
        # Every kernel else warns in this window that others on the machine could listen in.
        "--KernelManager.transport_encryption=auto",
    ]
    # In a container one often is root, and Jupyter then refuses to start unless told.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        chosen.append("--ServerApp.allow_root=True")
    return chosen


def write_defaults() -> None:
    """Put the course's defaults where JupyterLab and kernels look for their environment's."""
    built = {"load": LOADED, "extension": "./extension"}
    extension = {**EXTENSION, "jupyterlab": {"extension": True, "_build": built}}
    style = ground.STYLE.read_text(encoding="utf-8")
    for place, text in {
        "share/jupyter/lab/settings/overrides.json": json.dumps(DEFAULTS),
        "etc/ipython/ipython_kernel_config.json": json.dumps(KERNEL_DEFAULTS),
        "share/jupyter/labextensions/bnlib/package.json": json.dumps(extension),
        f"share/jupyter/labextensions/bnlib/{LOADED}": GROUND % json.dumps(style),
    }.items():
        path = Path(sys.prefix) / place
        # An environment that several share may be read-only: they do without.
        with contextlib.suppress(OSError):
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")


def warn_of_read_only(folder: Path = ROOT / notebooks.FOLDER) -> None:
    """Say so where nothing that is done in a notebook can be saved."""
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        print(
            wrapped(
                "This copy of the course is read-only: its notebooks run, but nothing can be "
                "saved in them. To keep your work, copy the course (without .venv) to a folder of "
                "your own."
            ),
            flush=True,
        )


def main(arguments: argparse.Namespace) -> int:
    """Run JupyterLab until Control-C, with what `arguments.options` adds."""
    from jupyterlab.labapp import LabApp

    write_defaults()
    warn_of_read_only()
    # The course's matrices are small: on a busy machine threads cost them more than they bring.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    print("Starting JupyterLab. Control-C in this window stops it.", flush=True)
    LabApp.launch_instance([*options(), *arguments.options])
    return 0
