"""A real Jupyter server with settings of its own, and notebooks opened and run in it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

from bnlib.course import lab
from bnlib.records import notebooks, verdicts

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "browser-test"
COURSE = notebooks.course_notebooks(ROOT)
# An app and what is opened in it
FIRST_IN_BOTH = [("lab", COURSE[0]), ("notebook", COURSE[0])]
WHOLE = [*FIRST_IN_BOTH, *(("lab", path) for path in COURSE[1:])]


def where(opened: tuple[str, Path]) -> str:
    """One of `WHOLE` in a test's name."""
    return f"{opened[1].stem}-in-{opened[0]}"


@dataclass(frozen=True)
class Server:
    """A running server: its address, the folder that it serves, and "lab" or "notebook"."""

    address: str
    folder: Path
    app: str

    def copy(self, notebook: Path) -> str:
        """Put a copy of a notebook of the course into the folder: tests must not change a
        learner's. Returns its path within the folder."""
        target = self.folder / "notebooks" / notebook.name
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(notebook, target)
        return f"notebooks/{notebook.name}"

    def url(self, notebook: str) -> str:
        """Where a notebook is opened: in JupyterLab in a fresh workspace, or in Notebook."""
        where = f"lab/tree/{notebook}?reset&" if self.app == "lab" else f"notebooks/{notebook}?"
        return f"{self.address}/{where}token={TOKEN}"

    def ask(self, path: str, method: str = "GET") -> object:
        """Ask the server itself, past the page; its answer as data."""
        access = {"Authorization": f"token {TOKEN}"}
        request = urllib.request.Request(f"{self.address}/{path}", method=method, headers=access)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read() or b"null")

    def stop_kernels(self) -> None:
        """End every kernel, so that the next notebook has the machine to itself."""
        for session in self.ask("api/sessions"):
            self.ask(f"api/sessions/{session['id']}", "DELETE")

    def kernel_is_idle(self) -> bool:
        """Whether there is a kernel that waits for work."""
        sessions = self.ask("api/sessions")
        return any(session["kernel"]["execution_state"] == "idle" for session in sessions)


@contextlib.contextmanager
def server(folder: Path, app: str = "lab") -> Iterator[Server]:
    """Start JupyterLab, with the course's defaults, or "notebook" on `folder`; stop it after.

    Kernels import bnlib from here and keep no verdict.
    """
    lab.write_defaults()
    home = folder / ".jupyter"
    places = {f"JUPYTER_{kind.upper()}_DIR": str(home / kind) for kind in ("config", "data")}
    settings = {
        **places,
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "PYTHONPATH": str(ROOT),
        "OPENBLAS_NUM_THREADS": "1",
        verdicts.VARIABLE: "",
    }
    log = (folder / "server.log").open("w")
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyter", app, "--no-browser", "--allow-root"),
            *("--ip=127.0.0.1", "--port=0", f"--IdentityProvider.token={TOKEN}"),
            f"--ServerApp.root_dir={folder}",
            f"--ServerApp.contents_manager_class={lab.FILES}",
        ],
        env={**os.environ, **settings},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        yield Server(_address(process, home / "runtime", folder / "server.log"), folder, app)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
        log.close()


def _address(process: subprocess.Popen, runtime: Path, log: Path) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        for record in runtime.glob("jpserver-*.json"):
            with contextlib.suppress(OSError, ValueError, KeyError):
                port = json.loads(record.read_text())["port"]
                address = f"http://127.0.0.1:{port}"
                urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=2)
                return address
        time.sleep(0.1)
    raise RuntimeError(f"Jupyter did not start:\n{log.read_text()}")


def write_notebook(path: Path, sources: list[str]) -> None:
    """A notebook of these code cells."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
