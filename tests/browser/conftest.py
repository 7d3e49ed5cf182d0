"""Browser tests run only when this folder is named: they need Chromium and playwright.

    make test-browser        with both found or explained, on two processes
    pytest tests/browser     one after the other

A test that fails leaves pictures of the open pages and their consoles in `.browser/`.
"""

import contextlib
import functools
import re

import every_widget_page
import evidence
import pytest
import real_jupyter
from pages import Opened, open_notebook, run_all
from real_jupyter import WHOLE, where, write_notebook
from xdist.scheduler import LoadScopeScheduling

from bnlib.course.browser_tests import find_chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WATCHED = pytest.StashKey[evidence.Evidence]()


def pytest_sessionstart(session):
    if not hasattr(session.config, "workerinput"):  # once, also where workers share the tests
        evidence.empty()


class ByWhatIsOpened(LoadScopeScheduling):
    """Workers share the tests by what is opened once: a notebook, or what a file needs.

    xdist's own groups (3.8) come to nothing under pytest 9.2.
    """

    def _split_scope(self, nodeid):
        opened = re.search(r"\[(\d_\w+-in-\w+|every-widget-in-\w+)\b", nodeid)
        if opened:
            return opened[1]
        app = re.search(r"\[(lab|notebook)\b", nodeid)
        return nodeid.split("::")[0] + (app[0] if app else "")


def pytest_xdist_make_scheduler(config, log):
    return ByWhatIsOpened(config, log)


@pytest.fixture(scope="session")
def browser(request):
    """One Chromium for all; whatever page or context a test opens in it is watched."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # a busy machine is no failure
    path = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        request.config.stash[WATCHED] = evidence.Evidence(browser)
        yield browser
        del request.config.stash[WATCHED]
        browser.close()


@pytest.fixture(scope="session")
def watched(request, browser):
    """What the pages' consoles said."""
    return request.config.stash[WATCHED]


@pytest.fixture(scope="session")
def jupyter(tmp_path_factory):
    """jupyter(app) is the one server of "lab" or "notebook" for all tests.

    Each has its own: one server for both mixes up the files that both have under one name.
    """
    with contextlib.ExitStack() as running:

        @functools.cache
        def of(app):
            folder = tmp_path_factory.mktemp(f"a course in {app}")
            return running.enter_context(real_jupyter.server(folder, app))

        yield of


@pytest.fixture(scope="session", params=WHOLE, ids=where)
def opened(request, jupyter, browser):
    """Each notebook in JupyterLab, and the first in Notebook too, after Restart and Run All.

    Opened once for the tests of all files, which pytest sorts by notebook.
    """
    app, path = request.param
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    open_notebook(page, jupyter(app), jupyter(app).copy(path))
    run_all(page)
    yield Opened(page, app, path)
    page.close()


@pytest.fixture(scope="session", params=["lab", "notebook"], ids="every-widget-in-{}".format)
def every_widget(request, jupyter, browser):
    """A notebook of every widget, each in a cell of its own, as JupyterLab and Notebook show it.

    Opened once for test_in_jupyter, which takes it as it opens, and then test_keys, which runs it.
    """
    server = jupyter(request.param)
    write_notebook(server.folder / "widgets.ipynb", every_widget_page.CELLS)
    page = browser.new_page(viewport={"width": 1280, "height": 2600})
    open_notebook(page, server, "widgets.ipynb")
    run_all(page)
    yield every_widget_page.EveryWidget(page, request.param)
    page.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    outcome = yield
    report = outcome.get_result()
    if report.failed and (watched := item.config.stash.get(WATCHED, None)):
        kept = watched.keep(item.nodeid.removeprefix("tests/browser/"))
        if kept:
            report.sections.append(("Pages, as they were", "\n".join(map(str, kept))))
