"""The course where nothing is installed: links, setup cells, Binder, dev container, publishing."""

import contextlib
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest
from IPython.core.inputtransformer2 import TransformerManager
from packaging.requirements import Requirement

from bnlib.course.site import colab, elsewhere, lite, vendored
from bnlib.records import notebooks

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = "5_softmax.ipynb"
# https://containers.dev/implementors/json_reference, what a container from an image may have
DEV_CONTAINER_KEYS = {
    *("name", "image", "hostRequirements", "postCreateCommand", "customizations"),
    *("forwardPorts", "portsAttributes"),
}


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """A course's folder, without an address."""
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    return tmp_path


class TestTheAddress:
    def test_githubs_workflows_tell_it(self, monkeypatch, nowhere):
        monkeypatch.setenv("GITHUB_REPOSITORY", "ada/batch-norm")
        assert elsewhere.repository(nowhere) == "ada/batch-norm"

    @pytest.mark.parametrize(
        "origin",
        [
            "https://github.com/ada/batch-norm",
            "https://github.com/ada/batch-norm.git",
            "https://ada@github.com/ada/batch-norm/",
            "git@github.com:ada/batch-norm.git",
            "ssh://git@github.com/ada/batch-norm.git",
        ],
    )
    def test_else_git_does(self, nowhere, origin):
        subprocess.run(["git", "-C", nowhere, "remote", "add", "origin", origin], check=True)
        assert elsewhere.repository(nowhere) == "ada/batch-norm"

    @pytest.mark.parametrize("origin", ["https://notgithub.com/a/b", "../course", None])
    def test_else_there_is_none(self, nowhere, origin):
        if origin:
            subprocess.run(["git", "-C", nowhere, "remote", "add", "origin", origin], check=True)
        assert elsewhere.repository(nowhere) is None
        assert elsewhere.site_address(nowhere) is None
        assert elsewhere.links(NOTEBOOK, nowhere) == []
        assert "GITHUB_REPOSITORY" in elsewhere.how_to_get_links()

    @pytest.mark.parametrize("told", ["no-slash", "a/b/c", "a b/c", "https://github.com/a/b"])
    def test_another_shape_is_no_address(self, monkeypatch, nowhere, told):
        monkeypatch.setenv("GITHUB_REPOSITORY", told)
        assert elsewhere.repository(nowhere) is None

    def test_the_site_is_at_github_pages(self, monkeypatch):
        monkeypatch.setenv("GITHUB_REPOSITORY", "Ada/batch-norm")
        assert elsewhere.site_address() == "https://ada.github.io/batch-norm/"
        monkeypatch.setenv("GITHUB_REPOSITORY", "Ada/ada.github.io")
        assert elsewhere.site_address() == "https://ada.github.io/"


def test_every_link_says_where_it_leads_and_what_it_needs(monkeypatch):
    monkeypatch.setenv("GITHUB_REPOSITORY", "ada/batch-norm")
    links = elsewhere.links(NOTEBOOK)
    assert [link.url for link in links] == [
        "https://mybinder.org/v2/gh/ada/batch-norm/main?urlpath=lab/tree/notebooks/5_softmax.ipynb",
        "https://colab.research.google.com/github/ada/batch-norm/blob/gh-pages/colab/"
        "5_softmax.ipynb",
        "https://codespaces.new/ada/batch-norm?quickstart=1",
    ]
    for link in [*links, elsewhere.in_the_browser(NOTEBOOK, [])]:
        assert "account" in link.needs and link.needs.endswith(".")


class TestTheSetupCell:
    def test_the_cell_comes_first_and_the_rest_is_unchanged(self):
        path = ROOT / "notebooks" / NOTEBOOK
        before = notebooks.read(path)
        after = colab.with_setup(before, colab.SETUP)
        assert notebooks.source(after["cells"][0]) == colab.SETUP
        assert after["cells"][1:] == before["cells"] == notebooks.read(path)["cells"]
        nbformat = pytest.importorskip("nbformat")
        nbformat.validate(after)

    def test_colabs_notebooks_install_the_sites_wheels_and_nothing_else(self, tmp_path):
        folder = tmp_path / vendored.FOLDER
        folder.mkdir()
        named = [pin.replace("==", "-") for pin in lite.WHEELS] + ["batch_norm_course-1.0.0"]
        made = [folder / f"{name}-py3-none-any.whl" for name in named]
        for path in made:
            path.write_text(path.name)
        packages = {entry["name"]: entry for entry in map(vendored.entry_of, made)}
        (folder / vendored.LOCK).write_text(json.dumps({"packages": packages}))
        written = colab.write(tmp_path, "ada/batch-norm")
        assert [path.name for path in written] == [
            path.name for path in notebooks.course_notebooks(ROOT)
        ]
        at = "https://raw.githubusercontent.com/ada/batch-norm/gh-pages/python/"
        due = [path for path in made if path.name.startswith(("psygnal", "anywidget", "batch_"))]
        due = {f"{at}{p.name}#sha256={hashlib.sha256(p.read_bytes()).hexdigest()}" for p in due}
        assert len(due) == 3
        for path in written:
            cell = notebooks.source(notebooks.read(path)["cells"][0])
            (install, *_) = TransformerManager().transform_cell(cell).partition("\nfrom google")
            (line,) = re.findall(r"run_line_magic\('pip', '(.*)'\)", install)
            assert "\\n" not in line
            assert shlex.split(line)[:3] == ["install", "--quiet", "--no-deps"]
            assert {*shlex.split(line)[3:]} == due

    def test_what_colabs_cell_leaves_out_is_what_colab_has(self):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        needs = project["dependencies"] + project["optional-dependencies"]["pictures"]
        needs += metadata.requires("anywidget") + metadata.requires("psygnal")
        names = {each.name for each in map(Requirement, needs) if not each.marker}
        colabs = {"numpy", "matplotlib", "ipywidgets", "traitlets", "typing-extensions"}
        assert names - {*colab.WHEELS} == colabs

    def test_colabs_notebooks_need_a_site_with_a_wheel(self, tmp_path, monkeypatch, capsys):
        monkeypatch.setenv("GITHUB_REPOSITORY", "ada/batch-norm")
        assert colab.main([str(tmp_path)]) == 1
        assert "make site PYODIDE=folder" in capsys.readouterr().err

    def test_colabs_cell_lets_widgets_be_shown(self, monkeypatch):
        called = []
        output = SimpleNamespace(
            enable_custom_widget_manager=lambda: called.append(1),
            _widgets=SimpleNamespace(_installed_url="https://manager"),
        )
        monkeypatch.setitem(sys.modules, "google", SimpleNamespace())
        monkeypatch.setitem(sys.modules, "google.colab", SimpleNamespace(output=output))
        monkeypatch.setitem(sys.modules, "google.colab.output", output)
        exec(colab.SETUP.partition("{wheels}")[2], {})
        assert called
        from bnlib.widgets import predict

        data, metadata = predict("gradient-sum")._repr_mimebundle_()
        view = "application/vnd.jupyter.widget-view+json"
        assert view in data
        assert metadata[view]["colab"]["custom_widget_manager"]["url"] == "https://manager"


WITHOUT_PROCESSES = """
import contextlib, io, os, subprocess, sys, threading
import numpy, matplotlib.pyplot

missing = {"resource", "fcntl", "termios", "venv", "ensurepip", "_multiprocessing"}

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name in missing:
            raise ModuleNotFoundError(name)

def refuse(*_, **__):
    raise OSError("emscripten does not support processes.")

def start(self):
    raise RuntimeError("can't start new thread")

for name in missing:
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Missing())
sys.platform = "emscripten"
os.fork = subprocess.Popen.__init__ = refuse
threading.Thread.start = start

from bnlib.exercises import catalogue, check, grade, hint, progress, solution
from bnlib.exercises.exercise import load
from bnlib.experiments import framework_rows, workers
import bnlib.widgets, bnlib.figures.canvas, bnlib.frameworks

for name in [names[0] for names in catalogue.NOTEBOOKS.values()]:
    exercise = load(name)
    verdict = grade(name, exercise.reference)
    assert verdict.status == "passed", (name, verdict)
    wrong = [m for m in exercise.mistakes if m.answer is not None][0]
    assert grade(name, wrong.answer).status == "failed", name

def normalize(z, eps=1e-5):
    ...
check(normalize)

def normalize(z, eps=1e-5):
    return (z - z.mean(axis=1, keepdims=True)) / (z.var(axis=1, keepdims=True) + eps)
with contextlib.redirect_stdout(io.StringIO()) as said:
    check(normalize)
assert "divide by the variance" in said.getvalue(), said.getvalue()
hint("normalize"); solution("normalize"); progress()
print("as it should")
"""


def test_exercises_are_checked_where_there_are_no_processes_and_threads():
    # What Pyodide lacks: processes and threads are there by name, and refuse to start.
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_PROCESSES],
        env={**os.environ, "PYTHONPATH": str(ROOT), "MPLBACKEND": "agg", "BNLIB_PROGRESS": ""},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.endswith("as it should\n")


class TestBinder:
    lines = (ROOT / "environment.yml").read_text(encoding="utf-8").splitlines()

    def test_it_starts_from_a_python_that_the_course_runs_on(self):
        # repo2docker's own rule for finding the version
        found = [re.match(r"python\s*=+\s*([\d.]*)", line[4:]) for line in self.lines]
        versions = [match.group(1) for match in filter(None, found)]
        assert versions == ["3.12"]

    def test_the_whole_repository_is_there_when_bnlib_is_installed(self):
        # repo2docker copies the repository first where pip is given a path that starts with a dot
        assert self.lines[-1].split() == ["-", "--editable", "."]


class TestDevContainer:
    path = ROOT / ".devcontainer" / "devcontainer.json"
    settings = json.loads(path.read_text(encoding="utf-8"))

    def test_its_keys_are_the_published_ones(self):
        assert set(self.settings) <= DEV_CONTAINER_KEYS
        assert set(self.settings["customizations"]["vscode"]) == {"extensions", "settings"}

    def test_it_makes_the_environment_that_vs_code_then_uses(self):
        assert self.settings["image"].endswith("/python:3.12")
        target = self.settings["postCreateCommand"].removeprefix("make ")
        assert f"\n{target}:\n" in (ROOT / "Makefile").read_text(encoding="utf-8")
        vscode = self.settings["customizations"]["vscode"]
        assert vscode["settings"]["python.defaultInterpreterPath"].endswith("/.venv/bin/python")
        assert "ms-toolsai.jupyter" in vscode["extensions"]
        ports = map(str, self.settings["forwardPorts"])
        assert set(ports) == set(self.settings["portsAttributes"]) == {"8888"}


class TestPublishing:
    text = (ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8")

    @pytest.mark.parametrize("name", ["publish", "test"])
    def test_workflows_use_githubs_own_actions_by_commit_and_may_read_only(self, name):
        text = (ROOT / f".github/workflows/{name}.yml").read_text(encoding="utf-8")
        used = re.findall(r"uses: (.*)", text)
        pinned = re.compile(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
        assert used and all(map(pinned.fullmatch, used))
        assert "\npermissions:\n  contents: read\n" in text

    def test_what_may_write_runs_nothing_of_the_repository(self):
        assert "\nconcurrency:\n  group: publish\n" in self.text
        build, push = self.text.split("\n  push:\n    needs: build\n")
        assert "contents: write" not in build and "contents: write" in push
        assert "checkout" not in push and "python" not in push and "make" not in push

    @pytest.mark.skipif(sys.platform == "win32", reason="a step of a workflow on Linux")
    def test_its_last_step_pushes_the_site(self, tmp_path):
        _, _, script = self.text.rpartition("        run: |\n")
        bare, site = tmp_path / "remote.git", tmp_path / "site"
        subprocess.run(["git", "init", "--quiet", "--bare", str(bare)], check=True)
        for page in ("first", "second"):
            with contextlib.suppress(FileNotFoundError):
                (site / ".git").rename(tmp_path / f"before-{page}")
            (site / "build").mkdir(parents=True, exist_ok=True)
            (site / "build" / "index.html").write_text(page)
            subprocess.run(
                ["bash", "-euo", "pipefail", "-c", script],
                cwd=tmp_path,
                env={**os.environ, "REMOTE": str(bare), "GITHUB_SHA": "abc"},
                check=True,
            )
        ask = ["git", "-C", str(bare)]
        listed = subprocess.check_output([*ask, "ls-tree", "-r", "--name-only", "gh-pages"])
        assert listed.split() == [b".nojekyll", b"build/index.html"]
        assert subprocess.check_output([*ask, "show", "gh-pages:build/index.html"]) == b"second"
        assert subprocess.check_output([*ask, "rev-list", "--count", "gh-pages"]) == b"1\n"
