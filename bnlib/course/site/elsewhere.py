"""Where else the course runs: Binder, Colab, a dev container; and the repository's public address.

The address is not written down in the course, so a copy of it links to itself: GitHub's workflows
tell it in GITHUB_REPOSITORY, elsewhere git's remote `origin` does.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from bnlib.course import git
from bnlib.course.site import lite, vendored
from bnlib.records import notebooks

NAME = re.compile(r"[\w.-]+/[\w.-]+")
ON_GITHUB = re.compile(r"(?:^|[/@])github\.com[:/]([\w.-]+)/([\w.-]+?)(?:\.git)?/?$")
PUBLISHED = "gh-pages"
"""The branch that .github/workflows/publish.yml writes."""


class Link(NamedTuple):
    """A place where a notebook runs: what to call it, its address, and what it needs."""

    label: str
    url: str
    needs: str


def repository(root: Path | None = None) -> str | None:
    """The repository on GitHub as "owner/name", or None if there is none that is known."""
    told = os.environ.get("GITHUB_REPOSITORY", "")
    if NAME.fullmatch(told):
        return told
    try:
        origin = git.ask(notebooks.require_root(root), "remote", "get-url", "origin").strip()
    except (notebooks.NotebookError, OSError):
        return None
    found = ON_GITHUB.search(origin)
    return "/".join(found.groups()) if found else None


def site_address(root: Path | None = None) -> str | None:
    """Where GitHub Pages serves the published site, with a slash at the end, or None."""
    if (known := repository(root)) is None:
        return None
    owner, name = known.split("/")
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


def in_the_browser(notebook_name: str, python: Iterable[Path]) -> Link:
    """The notebook in JupyterLite, on the site itself.

    Its address is relative to the site's front page; `python` are the files that it loads.
    """
    return Link(
        "JupyterLite",
        lite.page(notebook_name),
        f"No account; your browser loads JupyterLab and {vendored.megabytes(python):.0f} MB of "
        "Python from this site, and your work stays in this browser.",
    )


def links(notebook_name: str, root: Path | None = None) -> list[Link]:
    """The places elsewhere that run a notebook; none where the repository's address is unknown."""
    if (known := repository(root)) is None:
        return []
    return [
        Link(
            "Binder",
            f"https://mybinder.org/v2/gh/{known}/main?urlpath=lab/tree/notebooks/{notebook_name}",
            "No account; starts within some minutes, and forgets your work when you leave: "
            "download your notebook.",
        ),
        Link(
            "Colab",
            f"https://colab.research.google.com/github/{known}/blob/{PUBLISHED}/colab/"
            f"{notebook_name}",
            "A Google account; starts in seconds, and the first cell installs bnlib; save a copy "
            "in your Drive.",
        ),
        Link(
            "GitHub Codespaces",
            f"https://codespaces.new/{known}?quickstart=1",
            "A GitHub account; opens the whole course in VS Code within some minutes, and uses "
            "your account's free hours.",
        ),
    ]


def how_to_get_links() -> str:
    """What `make site` prints where `links` has none."""
    return (
        "This copy of the course does not know its address on GitHub, so it has no links to "
        "Binder, Colab and Codespaces. To get them, set the environment variable "
        "GITHUB_REPOSITORY to owner/name and run make site again."
    )
