"""The notebooks as Colab opens them: with a first cell that installs bnlib.

    python -m bnlib.course.site.colab .site

Colab opens notebooks from GitHub only, so they are published beside the site, in `colab/`; bnlib's
wheel, and what it needs besides, comes from the same branch.
"""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import Any

from bnlib.course.site import elsewhere, vendored
from bnlib.course.trouble import wrapped
from bnlib.records import notebooks

# Colab comes with all that these need in turn, and its pages can show the ipywidgets that is there
# only: so pip is not to look for needs.
WHEELS = ("psygnal", "anywidget", vendored.COURSE)
SETUP = """\
# Run this cell first: it installs bnlib on this machine and lets its widgets be shown.
# It takes these files alone, and each only if it is the one that was published (sha256).
%pip install --quiet --no-deps{wheels}
from google.colab import output

output.enable_custom_widget_manager()"""


def write(site: Path, repository: str) -> list[Path]:
    """Write the notebooks into `site/colab`. Returns their paths.

    Args:
        site: the built site, with the wheels in it.
        repository: "owner/name" on GitHub.
    """
    source = SETUP.format(wheels=wheels(site, repository))
    folder = site / "colab"
    folder.mkdir(exist_ok=True)
    written = []
    for path in notebooks.course_notebooks(notebooks.require_root()):
        changed = with_setup(notebooks.read(path), source)
        notebooks.write(folder / path.name, notebooks.to_text(changed))
        written.append(folder / path.name)
    return written


def wheels(site: Path, repository: str) -> str:
    """What the cell installs, a line each: its address, and what pip holds the file to."""
    folder = vendored.course_wheel(site).parent
    at = f"https://raw.githubusercontent.com/{repository}/{elsewhere.PUBLISHED}/{folder.name}"
    listed = vendored.listed(folder)
    return "".join(
        f' \\\n  "{at}/{listed[name]["file_name"]}#sha256={listed[name]["sha256"]}"'
        for name in WHEELS
    )


def with_setup(notebook: dict, source: str) -> dict:
    """A copy of a notebook (Jupyter's JSON), outputs and all, with `source` as its first cell."""
    changed = copy.deepcopy(notebook)
    cell: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "install-bnlib",
        "metadata": {},
        "outputs": [],
        "source": source.splitlines(keepends=True),
    }
    changed["cells"].insert(0, cell)
    return changed


def main(arguments: list[str]) -> int:
    """Write them into the site in the folder that the command line names."""
    if (known := elsewhere.repository()) is None:
        print(wrapped(elsewhere.how_to_get_links()), file=sys.stderr)
        return 1
    try:
        print(f"{len(write(Path(arguments[0]), known))} notebooks for Colab, of {known}.")
    except FileNotFoundError as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
