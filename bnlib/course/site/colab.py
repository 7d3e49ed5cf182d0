"""The notebooks as Colab opens them: with a first cell that installs bnlib.

    python -m bnlib.course.site.colab .site

Colab opens notebooks from GitHub only, so they are published beside the site, in `colab/`; bnlib's
wheel comes from the same branch.
"""

from __future__ import annotations

import copy
import hashlib
import sys
from pathlib import Path
from typing import Any

from bnlib.course.site import elsewhere, vendored
from bnlib.course.trouble import wrapped
from bnlib.environments import declared
from bnlib.records import notebooks

# Colab comes with an ipywidgets of its own, which is the one that its pages can show: so the extra
# "pictures", which asks for a newer one, is not asked for. matplotlib is there already.
SETUP = """\
# Run this cell first: it installs bnlib on this machine and lets its widgets be shown.
%pip install --quiet {anywidget} "batch-norm-course @ {wheel}"
from google.colab import output

output.enable_custom_widget_manager()"""


def write(site: Path, repository: str) -> list[Path]:
    """Write the notebooks into `site/colab`. Returns their paths.

    Args:
        site: the built site, with bnlib's wheel in it.
        repository: "owner/name" on GitHub.
    """
    wheel = vendored.course_wheel(site)
    # pip refuses a wheel that is not the one this was written for.
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    source = SETUP.format(
        anywidget=next(pin for pin in declared("in-the-browser") if pin.startswith("anywidget")),
        wheel="https://raw.githubusercontent.com/"
        f"{repository}/{elsewhere.PUBLISHED}/{wheel.relative_to(site).as_posix()}#sha256={digest}",
    )
    folder = site / "colab"
    folder.mkdir(exist_ok=True)
    written = []
    for path in notebooks.course_notebooks(notebooks.require_root()):
        changed = with_setup(notebooks.read(path), source)
        notebooks.write(folder / path.name, notebooks.to_text(changed))
        written.append(folder / path.name)
    return written


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
