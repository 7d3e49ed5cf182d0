"""What a failure leaves behind: a picture of every open page and what its console said."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, WebError

FOLDER = Path(__file__).resolve().parents[2] / ".browser"
# Where messages come from: Jupyter's own scripts; extensions and the scripts of widgets.
JUPYTERS = re.compile(r"/static/(lab|notebook)/")
OURS = re.compile(r"/extensions/|blob:http|data:text/javascript")
NAMES = ("new_context", "new_page")


class Evidence:
    """The console of every page that a browser opens, and pictures of them on demand."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self._said: dict[Page, list[tuple[str, str]]] = {}
        for name in NAMES:
            setattr(browser, name, self._watching(getattr(browser, name)))

    def console(self, page: Page) -> list[str]:
        """What the page's console said so far, a line each: where it came from, and the text."""
        return [f"{kind}: {text}" for kind, text in self._said.get(page, [])]

    def errors(self, page: Page) -> list[str]:
        """Of that, exceptions that nobody caught and what was logged as an error.

        But not Jupyter's own, of which each version has others: those that come from its own
        scripts and no others.
        """
        wrong = [text for kind, text in self._said.get(page, []) if kind in ("error", "exception")]
        return [text for text in wrong if not JUPYTERS.search(text) or OURS.search(text)]

    def forget(self, page: Page) -> None:
        """Begin anew with what the page says."""
        self._said.pop(page, None)

    def keep(self, test: str) -> list[Path]:
        """Write a full picture and the console of every open page; the files, by the test's name.

        A page that is past being photographed leaves its console all the same.
        """
        FOLDER.mkdir(parents=True, exist_ok=True)
        kept = []
        pages = [page for context in self.browser.contexts for page in context.pages]
        for number, page in enumerate(pages, 1):
            stem = re.sub(r"[^\w.-]+", "-", test).strip("-")[-150:] + f"-page-{number}"
            log, picture = FOLDER / f"{stem}.txt", FOLDER / f"{stem}.png"
            lines = [page.url.split("?")[0], *self.console(page)]
            try:
                page.screenshot(path=picture, full_page=True, timeout=10_000)
                kept.append(picture)
            except Error as error:
                lines.append(f"no picture: {error.message}")
            log.write_text("\n".join(lines) + "\n", encoding="utf-8")
            kept.append(log)
        return kept

    def _watching(self, make):
        """`make`, but what it makes is listened to from the start."""

        def made(*args, **options):
            new = make(*args, **options)
            self._listen(new if isinstance(new, BrowserContext) else new.context)
            return new

        return made

    def _listen(self, context: BrowserContext) -> None:
        def logged(message: ConsoleMessage) -> None:
            where = message.location.get("url", "").split("?")[0]
            self._add(message.page, message.type, f"{message.text} ({where})")

        def uncaught(raised: WebError) -> None:
            self._add(raised.page, "exception", f"{raised.error.message} {raised.error.stack}")

        context.on("console", logged)
        context.on("weberror", uncaught)

    def _add(self, page: Page | None, kind: str, text: str) -> None:
        if page is not None:
            self._said.setdefault(page, []).append((kind, text))


def empty() -> None:
    """Take away what the last run left."""
    shutil.rmtree(FOLDER, ignore_errors=True)
