"""`make site`: the course as a static site, in `.site`.

    shipped_notebooks.py   without what a learner has done to theirs
    live.py                the widgets' states, since the committed notebooks keep their words only
    notebook_page.py       a notebook as the site's notebook; foldouts.py its hints and solutions
    narrow.py              its figures as a phone shows them, from narrow/
    side_notes.py          its sources, beside what cites them
    front.py               the front page
    on_page.py             exercises answered on the page
    vendored.py            Pyodide, which they need, where a folder with it is given
    fetch_pyodide.py       that folder, for whoever publishes the site
    sources.py             all that, with styles and scripts, as a folder for Sphinx
    search_index.py        what the search looks through
    styles.py              one style sheet, without what no page uses
    sphinx/                Sphinx's settings, styles, scripts, and the setting of formulas
    lite.py                the course in JupyterLite, into .site/lite, where there is Pyodide

Pages load nothing from elsewhere. The site is built into a temporary folder and takes the old
one's place when it is whole.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from bnlib.course.site import (
    elsewhere,
    lite,
    live,
    search_index,
    shipped_notebooks,
    sources,
    styles,
    tools,
    vendored,
)
from bnlib.course.trouble import wrapped
from bnlib.records import notebooks

FOLDER = ".site"


def main(arguments: argparse.Namespace) -> int:
    """Build the site. Returns 0, or 1 if something it needs is missing or fails."""
    start = time.monotonic()
    try:
        root = notebooks.require_root()
        pyodide = Path(arguments.pyodide).resolve() if arguments.pyodide else None
        with tempfile.TemporaryDirectory(dir=root, prefix=".site-") as temporary:
            made = build(root, Path(temporary), pyodide)
            shutil.rmtree(root / FOLDER, ignore_errors=True)
            made.replace(root / FOLDER)
    except (tools.ToolError, notebooks.NotebookError) as error:
        print(wrapped(error), file=sys.stderr)
        return 1
    print(sizes(root / FOLDER))
    if elsewhere.repository(root) is None:
        print(wrapped(elsewhere.how_to_get_links()))
    print(f"Built in {time.monotonic() - start:.0f} s. Open {root / FOLDER / 'index.html'}")
    return 0


def build(root: Path, work: Path, pyodide: Path | None = None) -> Path:
    """Build the site of the course in `root`, within the folder `work`. Returns where it is.

    With a folder with Pyodide its pages check answers, and the course is there in JupyterLite;
    without, they say where that is done.

    Raises:
        ToolError: a tool is missing or fails; the reason is the message.
        NotebookError: a notebook cannot be read, or does not give what is committed.
    """
    python, packages = tools.make(tools.ENVIRONMENT), tools.node_modules()
    source, site = work / "source", work / "site"
    source.mkdir()
    as_shipped = shipped_notebooks.write(root, work / "course")
    states = live.of_course(as_shipped)
    sources.write(root, as_shipped, source, states, packages, pyodide)
    options = ["-W", "--keep-going", "-q", "-d", str(work / "doctrees")]
    tools.run([str(python), "-m", "sphinx", *options, str(source), str(site)])
    search_index.write(site)
    formulas = sources.SPHINX / "formulas.mjs"
    tools.run([shutil.which("node") or "node", str(formulas), str(site), str(packages / "katex")])
    for left in site.rglob("*.map"):
        left.unlink()
    styles.shorten(site)
    styles.bundle(site, packages)
    if pyodide:
        lite.build(site, as_shipped, pyodide)
    # Without it GitHub Pages leaves out folders whose names begin with an underscore
    (site / ".nojekyll").touch()
    return site


def sizes(site: Path) -> str:
    """What each part of the site weighs, as lines of text."""
    parts = {
        "pages": list(site.glob("*.html")),
        "figures": [p for name in ("figures", "_images") for p in (site / name).rglob("*")],
        "styles, scripts, fonts": list((site / "_static").rglob("*")),
        "search": [site / "searchindex.js"],
        "notebooks to download": list(site.glob("*.ipynb")),
        "Python in the page": list((site / vendored.FOLDER).glob("*")),
        "JupyterLite": list((site / "lite").rglob("*")),
    }
    megabytes = {
        name: sum(p.stat().st_size for p in paths if p.is_file()) / 1e6
        for name, paths in parts.items()
    }
    return "\n".join(f"{name:24}{size:7.2f} MB" for name, size in megabytes.items())
