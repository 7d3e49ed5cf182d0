"""The built site, served on this machine, and pages of it that note every request they make."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages import unfold
from served import folder_served

SITE = Path(__file__).parents[2] / ".site"
VIEWS = {"wide": (1400, 1000), "phone": (390, 844)}
THEMES = ("light", "dark")
NOTEBOOKS = sorted(path.stem for path in (SITE.parent / "notebooks").glob("[1-9]_*.ipynb"))


def require_site() -> None:
    if not (SITE / "index.html").exists():
        pytest.fail("The site is not built: run make site first.", pytrace=False)


def pages() -> list[str]:
    """The names of the site's own pages, without .html; those of JupyterLite are not ours."""
    return sorted(path.stem for path in SITE.glob("*.html"))


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """Serve the site; gives its address, without a slash at the end."""
    require_site()
    with folder_served(SITE) as address:
        yield address.rstrip("/")


# A question knows its place, and folds what is below it, a frame after it was drawn.
COVERED = """() => [...document.querySelectorAll(".bn-predict .bn-fold button")]
  .every((button) => button.textContent)"""


# What is far from the window, too, so that what is too wide there shows
LAID_OUT = ".bd-article section { content-visibility: visible !important; }"


def open_folds(page) -> None:
    """Open all `<details>`, and wait for the two frames in which the page sees what is too wide."""
    page.evaluate("""() => {
      for (const fold of document.querySelectorAll("details")) fold.open = true;
      return new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));
    }""")


class Visit:
    """A window on the site, and what went wrong in it.

    `alone` refuses every request to elsewhere, and costs time: the browser then keeps no cache.

    Attributes:
        page: playwright's page.
        elsewhere: addresses asked for outside the site.
        failed: addresses within the site that were not found.
        errors: errors in the page's scripts.
    """

    def __init__(
        self,
        browser,
        address: str,
        view: str = "wide",
        theme: str = "light",
        *,
        alone: bool = False,
    ) -> None:
        width, height = VIEWS[view]
        self.address = address
        self.elsewhere, self.failed, self.errors = [], [], []
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme
        )
        if alone:
            self.context.route("**/*", self._route)
        self.page = self.context.new_page()
        self.page.on("response", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _route(self, route) -> None:
        url = route.request.url
        if url.startswith((self.address, "blob:", "data:")):
            route.continue_()
        else:
            self.elsewhere.append(url)
            route.abort()

    def _heard(self, response) -> None:
        if response.status >= 400:
            self.failed.append(response.url)

    def open(self, name: str, *, folded: bool = False):
        """Open a page of the site, and wait for its widgets; what answers predictions is shown,
        unless it is to stay `folded`."""
        self.page.goto(f"{self.address}/{name}.html", wait_until="load")
        self.page.add_style_tag(content=LAID_OUT)
        self.page.evaluate("() => dispatchEvent(new Event('scroll'))")  # whoever stirs gets all
        self.page.wait_for_function(
            """() => !document.querySelector(".bn-later > .bn-words")
              && [...document.querySelectorAll(".bn-widget")].every((w) => "live" in w.dataset)"""
        )
        if not folded:
            self.page.wait_for_function(COVERED)
            unfold(self.page)
        return self.page
