"""The type faces of the site, from npm: a serif to read, a sans for headings and labels."""

from __future__ import annotations

import shutil
from pathlib import Path

SERIF = "@fontsource/source-serif-4"
SANS = "@fontsource-variable/source-sans-3"
FILES = {
    "serif-400-normal": f"{SERIF}/files/source-serif-4-latin-400-normal.woff2",
    "serif-400-italic": f"{SERIF}/files/source-serif-4-latin-400-italic.woff2",
    "serif-600-normal": f"{SERIF}/files/source-serif-4-latin-600-normal.woff2",
    "sans": f"{SANS}/files/source-sans-3-latin-wght-normal.woff2",
}
"""Latin letters only; what else a page has comes from the reader's own faces."""


def write(packages: Path, folder: Path) -> None:
    """Copy the faces, each family with its licence, into a new folder.

    Args:
        packages: npm's folder.
        folder: where to write.
    """
    folder.mkdir(parents=True)
    for name, file in FILES.items():
        shutil.copyfile(packages / file, folder / f"{name}.woff2")
    for name, package in (("serif", SERIF), ("sans", SANS)):
        shutil.copyfile(packages / package / "LICENSE", folder / f"LICENSE-{name}.txt")
