"""Links between the repository's files, as links between pages of the site."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s#]+)(#[^)\s]*)?\)")


def resolved(
    text: str, file: str, root: Path, pages: dict[str, str], repository: str | None
) -> tuple[str, list[Path]]:
    """Markdown from a file of the repository, with links for the site, and the pictures it shows.

    A link to a file that is a page of the site leads there; any other to GitHub, and where the
    repository's address is unknown it is plain words. Pictures lie beside the pages.

    Args:
        text: the Markdown.
        file: where it is from, such as "notebooks/5_softmax.ipynb".
        root: the repository's folder.
        pages: the pages' files by what they are made from.
        repository: "owner/name" on GitHub, if it is known.
    """
    pictures: list[Path] = []

    def one(found: re.Match) -> str:
        picture, words, target, anchor = found.groups()
        place = posixpath.normpath(posixpath.join(posixpath.dirname(file), target))
        if ":" in target or not (root / place).exists():
            return found.group()
        if picture:
            pictures.append(root / place)
            return f"![{words}]({posixpath.basename(place)})"
        if place in pages:
            return f"[{words}]({pages[place]}{anchor or ''})"
        if repository:
            return f"[{words}](https://github.com/{repository}/blob/main/{place})"
        return words

    return LINK.sub(one, text), pictures
