"""A notebook's page, and what a learner does on it: open, run all, type into a cell."""

from __future__ import annotations

import contextlib
import re
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from real_jupyter import Server

from bnlib.records import notebooks

MINUTE = 60_000
POLLING = 250  # milliseconds; at every frame, it would cost more than what is waited for
A_NUMBER = re.compile(r"\[\d+\]")
IDLE = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
PROMPTS = """() => [...document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-InputPrompt')]
  .map((prompt) => prompt.textContent.replace(/[^0-9*]/g, ''))"""
NUMBERED = f"() => {{ const found = ({PROMPTS})(); return found.length && found.every(Number); }}"

# What a cell must not put out when all goes well.
TROUBLE = ", ".join(
    f'[data-mime-type="application/vnd.jupyter.{kind}"]' for kind in ("error", "stderr")
)


HIDDEN = """(cells) => cells.map((cell) =>
  [...cell.children].every((child) => !child.checkVisibility()))"""


class Opened:
    """A notebook that was run whole, in its page, and how it stood right after.

    What answers its predictions was folded then, and is shown now.
    """

    def __init__(self, page: Page, app: str, path: Path) -> None:
        self.page, self.app = page, app
        self.content = notebooks.read(path)
        self.ids = [cell["id"] for cell in self.content["cells"]]
        self.numbers = prompts(page)
        self.trouble = outputs(page).and_(page.locator(TROUBLE)).all_text_contents()
        self.cell_count = cells(page).count()
        for question in page.locator(".bn-predict").all():  # off the screen none folds
            bring(question)
            expect(question.locator(".bn-fold button")).not_to_be_empty()
        self.folded = folded(page)
        unfold(page)

    def cell(self, name: str) -> Locator:
        """The cell of that id; none may have been added above it."""
        return cells(self.page).nth(self.ids.index(name))


def open_notebook(page: Page, server: Server, notebook: str) -> None:
    """Open a notebook that the server has, and wait for its kernel."""
    server.stop_kernels()
    page.goto(server.url(notebook))
    cells(page).first.wait_for(timeout=MINUTE)
    page.locator(IDLE).first.wait_for(state="attached", timeout=MINUTE)
    # The page calls a notebook idle also before it has a kernel; the server knows better.
    until = time.monotonic() + 60
    while not server.kernel_is_idle():
        assert time.monotonic() < until, "no kernel became idle within a minute"
        page.wait_for_timeout(100)


def run_all(page: Page, timeout: float = 2 * MINUTE) -> None:
    """Restart the kernel and run every cell, until the last has its number.

    "Run All" right after loading is dropped silently now and then; this way is not.
    """
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Restart Kernel and Run All Cells…").click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    # Outputs as stored have their numbers, too: they are gone once it has begun.
    page.wait_for_function(f"() => !({NUMBERED})()", timeout=MINUTE, polling=POLLING)
    page.wait_for_function(NUMBERED, timeout=timeout, polling=POLLING)
    page.locator(IDLE).first.wait_for(state="attached", timeout=MINUTE)


def cells(page: Page) -> Locator:
    """The notebook's cells, in order."""
    return page.locator(".jp-Notebook .jp-Cell")


def folded(page: Page) -> list[int]:
    """The places of the cells of which nothing is shown."""
    hidden = cells(page).evaluate_all(HIDDEN)
    return [place for place, nothing in enumerate(hidden) if nothing]


def unfold(page: Page) -> None:
    """Have what answers the page's predictions shown, without an answer."""
    closed = page.locator('.bn-fold:not([hidden]) button[aria-expanded="false"]')
    closed.evaluate_all("(buttons) => buttons.forEach((button) => button.click())")


def prompts(page: Page) -> list[str]:
    """The numbers of the code cells, "*" for one that runs."""
    return page.evaluate(PROMPTS)


def outputs(place: Locator | Page) -> Locator:
    """What a cell, or every cell, put out."""
    return place.locator(".jp-OutputArea-output")


def bring(place: Locator) -> None:
    """Scroll until `place` is in view: cells above get their true height only when they are seen,
    and may push it out again."""
    for _ in range(20):
        place.evaluate("(place) => place.scrollIntoView({ block: 'center' })")
        with contextlib.suppress(AssertionError):
            expect(place).to_be_in_viewport(timeout=500)
            return
    raise AssertionError("cannot be brought into view")


def run_cell(page: Page, cell: Locator, source: str | None = None) -> None:
    """Click into a cell, type `source` in place of what is there, and press Shift+Enter."""
    prompt = cell.locator(".jp-InputPrompt")
    before = prompt.text_content()
    bring(cell.locator(".cm-content"))
    cell.locator(".cm-content").click()
    if source is not None:
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.insert_text(source)
    page.keyboard.press("Shift+Enter")
    expect(prompt).not_to_have_text(before, timeout=MINUTE)
    expect(prompt).to_have_text(A_NUMBER, timeout=MINUTE)
    page.locator(IDLE).first.wait_for(state="attached", timeout=MINUTE)


def set_theme(page: Page, name: str) -> None:
    """Choose a theme in the menu, and wait until the page wears it."""
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.locator(".lm-Menu-item", has_text=re.compile("^Theme$")).click()
    page.locator(".lm-Menu-item", has_text=re.compile(f"^{name}$")).click()
    expect(page.locator("body")).to_have_attribute("data-jp-theme-name", name)
