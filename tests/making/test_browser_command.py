"""`make test-browser`: what it finds, what it installs, and what it says when it cannot."""

import argparse
import subprocess
import sys
from contextlib import nullcontext
from types import SimpleNamespace

import pytest

from bnlib.course import browser_tests
from bnlib.course.browser_tests import Missing, find_chromium, install_playwright

RUN = subprocess.run


@pytest.fixture
def calls(monkeypatch):
    """Commands that would have been run; each succeeds and prints nothing."""
    made = []

    def run(command, **_):
        made.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    return made


def played(code):
    """A `subprocess.run` that runs some Python in a command's place."""
    program = [sys.executable, "-c", f"import sys; {code}"]
    return lambda command, **settings: RUN(program, **settings)


def test_the_browser_that_is_named_is_taken(monkeypatch):
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert find_chromium() == sys.executable


def test_a_browser_that_is_named_and_not_there_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    with pytest.raises(Missing, match=r"CHROMIUM is '.*none', and there is no such program"):
        find_chromium()


def test_where_there_is_no_browser_the_ways_to_get_one_are_told(monkeypatch, tmp_path):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr("shutil.which", lambda _: None)
    downloaded = tmp_path / "chrome"
    api = SimpleNamespace(sync_playwright=lambda: started)
    started = nullcontext(SimpleNamespace(chromium=SimpleNamespace(executable_path=downloaded)))
    monkeypatch.setitem(sys.modules, "playwright", SimpleNamespace(sync_api=api))
    monkeypatch.setitem(sys.modules, "playwright.sync_api", api)
    with pytest.raises(Missing, match="No Chromium was found") as missing:
        find_chromium()
    assert "apt install chromium" in str(missing.value)
    assert "-m playwright install chromium" in str(missing.value)
    downloaded.touch()
    assert find_chromium() == downloaded


def test_playwright_that_is_there_is_left_alone(monkeypatch, calls):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: True)
    install_playwright()
    assert calls == []


def test_playwright_is_installed_into_this_environment(monkeypatch, calls, capsys):
    answers = iter([None, True, True])  # playwright is missing, uv is there, playwright came
    monkeypatch.setattr("importlib.util.find_spec", lambda _: next(answers))
    install_playwright()
    [command] = calls
    assert command[0] == sys.executable and command[1:4] == ["-m", "uv", "pip"]
    assert command[command.index("--python") + 1] == sys.executable
    assert command[-3:] == ["--require-hashes", "-r", str(browser_tests.PINS)]
    assert "\nplaywright==" in browser_tests.PINS.read_text(encoding="utf-8")
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_an_installation_that_fails_is_told_with_the_installers_words(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    monkeypatch.setattr(subprocess, "run", played(r"sys.exit('a\nb\nc\nd\ne\nno network')"))
    with pytest.raises(Missing, match=r"could not be installed: b\nc\nd\ne\nno network$"):
        install_playwright()


def test_an_installation_after_which_nothing_is_there_has_failed(monkeypatch, calls):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(Missing, match="could not be installed: it cannot be imported"):
        install_playwright()


class TestMain:
    @pytest.fixture(autouse=True)
    def _with_a_browser(self, monkeypatch, tmp_path):
        monkeypatch.setattr(browser_tests, "install_playwright", lambda: None)
        monkeypatch.setattr(browser_tests, "find_chromium", lambda: "chromium")
        (tmp_path / "tests/browser").mkdir(parents=True)
        monkeypatch.setattr(browser_tests, "ROOT", tmp_path)

    def run(self, *only, options=()):
        return browser_tests.main(argparse.Namespace(only=list(only), options=list(options)))

    def test_all_of_the_folder_is_run(self, calls):
        assert self.run() == 0
        assert calls[-1][-1] == "tests/browser"

    def test_what_the_tests_come_to_is_the_exit_status(self, monkeypatch):
        monkeypatch.setattr(subprocess, "run", played("sys.exit(3)"))
        assert self.run() == 3

    def test_a_choice_within_the_folder_is_handed_on(self, calls):
        self.run("notebooks", options=["-k"])
        assert calls[-1][-3:] == ["-k", "notebooks", "tests/browser"]
        self.run("tests/browser/test_notebooks.py", options=["-x"])
        assert calls[-1][-2:] == ["-x", "tests/browser/test_notebooks.py"]

    def test_the_site_is_built_only_for_its_tests(self, monkeypatch, tmp_path, calls):
        built = []
        monkeypatch.setattr(browser_tests, "build_site", lambda: built.append(True))
        self.run()
        assert not built and len(calls) == 1, "there are no tests of the site"
        (tmp_path / "tests/browser/test_site.py").touch()
        self.run("notebooks", options=["-k"])
        assert not built, "they are not among those chosen"
        monkeypatch.setattr(subprocess, "run", played("print('tests/browser/test_site.py: 3')"))
        self.run("site", options=["-k"])
        self.run()
        assert len(built) == 2

    def test_what_is_missing_is_said_and_nothing_run(self, monkeypatch, calls, capsys):
        def missing():
            raise Missing("No Chromium")

        monkeypatch.setattr(browser_tests, "find_chromium", missing)
        assert self.run() == 1
        assert "No Chromium" in capsys.readouterr().err
        assert calls == []

    def test_pictures_of_failures_are_told_of(self, tmp_path, calls, capsys):
        (tmp_path / ".browser").mkdir()
        (tmp_path / ".browser/a.png").touch()
        self.run()
        assert "1 in .browser/" in capsys.readouterr().out.splitlines()[-1]


def test_where_the_site_cannot_be_built_that_is_told(monkeypatch):
    monkeypatch.setattr("bnlib.course.site.build.main", lambda arguments: 1)
    with pytest.raises(Missing, match="could not be built"):
        browser_tests.build_site()
