"""A real Jupyter server with settings of its own, and a notebook run in it to the end."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat

TOKEN = "browser-test"


@contextlib.contextmanager
def server(folder: Path, *, app: str = "lab", dark: bool = False) -> Iterator[str]:
    """Start JupyterLab (or "notebook") on `folder`; gives its address, and stops it at the end."""
    home = folder / ".jupyter"
    theme = home / "config/lab/user-settings/@jupyterlab/apputils-extension"
    theme.mkdir(parents=True)
    name = "JupyterLab Dark" if dark else "JupyterLab Light"
    (theme / "themes.jupyterlab-settings").write_text(json.dumps({"theme": name}))
    places = {f"JUPYTER_{kind.upper()}_DIR": str(home / kind) for kind in ("config", "data")}
    log = (folder / "server.log").open("w")
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyter", app, "--no-browser", "--allow-root"),
            *("--ip=127.0.0.1", "--port=0", f"--IdentityProvider.token={TOKEN}"),
            f"--ServerApp.root_dir={folder}",
        ],
        env={**os.environ, **places, "JUPYTER_RUNTIME_DIR": str(home / "runtime")},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        yield _address(process, home / "runtime", folder / "server.log")
    finally:
        process.terminate()
        process.wait(20)
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
        time.sleep(0.2)
    raise RuntimeError(f"Jupyter did not start:\n{log.read_text()}")


def _wait_for_kernel(address: str) -> None:
    """The page calls a notebook idle also before it has a kernel; the server knows better."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with urllib.request.urlopen(f"{address}/api/sessions?token={TOKEN}", timeout=5) as answer:
            if any(session["kernel"]["execution_state"] == "idle" for session in json.load(answer)):
                return
        time.sleep(0.2)
    raise RuntimeError("no kernel became idle within a minute")


def write_notebook(path: Path, sources: list[str]) -> None:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


def run_all(page, address: str, notebook: str, *, app: str = "lab") -> None:
    """Open the notebook, restart the kernel and run every cell, until the last has its number.

    "Run All" right after loading is dropped silently now and then; this way is not.
    """
    where = f"lab/tree/{notebook}?reset&" if app == "lab" else f"notebooks/{notebook}?"
    page.goto(f"{address}/{where}token={TOKEN}")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    idle = page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]')
    idle.first.wait_for(state="attached", timeout=60_000)
    _wait_for_kernel(address)
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Restart Kernel and Run All Cells…").click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    page.wait_for_function(
        r"""() => {
          const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
          const numbered = prompts.filter((prompt) => /\[\d+\]/.test(prompt.textContent));
          return prompts.length > 0 && numbered.length === prompts.length;
        }""",
        timeout=90_000,
    )
    idle.first.wait_for(state="attached", timeout=60_000)
