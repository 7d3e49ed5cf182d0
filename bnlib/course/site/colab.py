"""The notebooks as Colab opens them: with a first cell that installs bnlib.

    python -m bnlib.course.site.colab .site

Colab opens notebooks from GitHub only, so they are published beside the site, in `colab/`; bnlib's
wheel comes from the same branch.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from bnlib.course.site import elsewhere, lite, setup_cell
from bnlib.environments import declared
from bnlib.records import notebooks


def write(site: Path, repository: str) -> list[Path]:
    """Write the notebooks into `site/colab`. Returns their paths.

    Args:
        site: the built site, with bnlib's wheel in `lite/pypi`.
        repository: "owner/name" on GitHub.
    """
    wheel = lite.built_wheel(site)
    # pip refuses a wheel that is not the one this was written for.
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    source = setup_cell.COLAB.format(
        anywidget=next(pin for pin in declared("in-the-browser") if pin.startswith("anywidget")),
        wheel="https://raw.githubusercontent.com/"
        f"{repository}/{elsewhere.PUBLISHED}/{wheel.relative_to(site).as_posix()}#sha256={digest}",
    )
    folder = site / "colab"
    folder.mkdir(exist_ok=True)
    written = []
    for path in notebooks.course_notebooks(notebooks.require_root()):
        changed = setup_cell.with_setup(notebooks.read(path), source)
        notebooks.write(folder / path.name, notebooks.to_text(changed))
        written.append(folder / path.name)
    return written


def main(arguments: list[str]) -> int:
    """Write them into the site in the folder that the command line names."""
    if (known := elsewhere.repository()) is None:
        print(elsewhere.how_to_get_links(), file=sys.stderr)
        return 1
    print(f"{len(write(Path(arguments[0]), known))} notebooks for Colab, of {known}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
