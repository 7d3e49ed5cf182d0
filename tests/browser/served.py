"""A folder served on this machine, and Pyodide's server imitated with npm's and PyPI's packages."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import http.server
import json
import re
import shutil
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

from bnlib.course.site import lite, own_environment
from bnlib.environments import folder_of, python_of

CDN = re.compile(r"https://cdn\.jsdelivr\.net/pyodide/v([\w.]+)/full/")
# What the kernel's start and bnlib with pictures take of Pyodide's packages, as far as it is pure.
PURE = ("micropip", "ipython", "jedi", "packaging", "typing-extensions")
TYPES = {".mjs": "text/javascript", ".wasm": "application/wasm", ".json": "application/json"}


@contextlib.contextmanager
def folder_served(folder: Path) -> Iterator[str]:
    """Serve a folder as a static site does. Gives its address, with a slash at the end."""
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A static server that does not write a line for every file."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def pyodide_of(build: Path) -> str:
    """The version of Pyodide that a JupyterLite build loads."""
    schema = next(build.glob("extensions/@jupyterlite/**/kernel.v0.schema.json"))
    return CDN.search(schema.read_text(encoding="utf-8")).group(1)


def pyodide(version: str) -> Path:
    """A folder like Pyodide's own server's, as far as npm and PyPI have it; kept in the cache.

    npm has the core: Python itself as WebAssembly. What Pyodide compiled besides, such as NumPy,
    is on its own server only; pure packages are on PyPI too, under another checksum.

    Raises:
        ToolError: npm or pip is missing, or they cannot be reached.
    """
    folder = folder_of(lite.ENVIRONMENT) / f"pyodide-{version}"
    if (folder / "complete").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    own_environment.run(["npm", "pack", "--silent", f"pyodide@{version}"], folder)
    with tarfile.open(next(folder.glob("pyodide-*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    core = folder / "package"
    lock = json.loads((core / "pyodide-lock.json").read_text(encoding="utf-8"))
    packages = needed(lock["packages"], PURE)
    python = python_of(folder_of(lite.ENVIRONMENT))
    pins = [f"{name}=={lock['packages'][name]['version']}" for name in packages]
    own_environment.run(
        [
            *(str(python), "-m", "pip", "download", "--quiet", "--no-deps"),
            *("--only-binary=:all:", *lite.PURE, "--dest", str(core), *pins),
        ]
    )
    for name in packages:
        entry = lock["packages"][name]
        data = (core / entry["file_name"]).read_bytes()
        entry["sha256"] = hashlib.sha256(data).hexdigest()
    (core / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    (folder / "complete").touch()
    return folder


def needed(packages: dict, names: tuple[str, ...]) -> list[str]:
    """The packages of a lock file that `names` need, themselves included."""
    found: set[str] = set()
    left = list(names)
    while left:
        name = left.pop().replace("_", "-")
        if name not in found:
            found.add(name)
            left += packages[name]["depends"]
    return sorted(found)


def answer_for_pyodide(context, folder: Path, elsewhere: list[str]) -> None:
    """Answer a browser's requests to Pyodide's server from `folder`, and refuse all others.

    What leaves this machine otherwise is refused and added to `elsewhere`.
    """

    def answer(route):
        url = route.request.url
        file = folder / "package" / CDN.sub("", url).split("?")[0]
        if CDN.match(url) and file.is_file():
            route.fulfill(
                path=file,
                content_type=TYPES.get(file.suffix, "application/octet-stream"),
                headers={"Access-Control-Allow-Origin": "*"},
            )
            return
        elsewhere.append(url)
        route.abort()

    context.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), answer)
