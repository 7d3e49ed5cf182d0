"""The commands: what `make` offers, which Python it picks, and what a command line means."""

import argparse
import asyncio
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest
from course_fixture import code, notebook
from nbformat import sign
from traitlets.config import Configurable

from bnlib import environments
from bnlib.course import __main__ as commands
from bnlib.course import clean, kernels, lab, lab_files, trouble
from bnlib.course.site import remembered
from bnlib.records import verdicts
from bnlib.records.notebooks import NotebookError
from bnlib.records.progress import Progress

ROOT = Path(__file__).resolve().parents[1]
MAKE = shutil.which("make")
with_make = pytest.mark.skipif(not MAKE or os.name == "nt", reason="there is no make here")


@pytest.fixture
def make(tmp_path):
    """Runs make in a course folder without an environment, with only the given programs on PATH.

    Its environment.py says which Python runs it.
    """
    root = tmp_path / "the course"
    (root / "bnlib" / "course").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", root)
    for name in ("environment.py", "trouble.py"):
        shutil.copy(ROOT / "bnlib" / "course" / name, root / "bnlib" / "course")
    script = root / "bnlib" / "course" / "environment.py"
    text = script.read_text(encoding="utf-8")
    says_who = "ready = lambda: not print(os.environ['FOUND_AS'])\n\n\nif __name__"
    script.write_text(text.replace("if __name__", says_who), encoding="utf-8")

    def run(*arguments, programs):
        folder = tmp_path / "programs"
        folder.mkdir()
        for name, lines in programs.items():
            (folder / name).write_text(f"#!/bin/sh\n{lines}\n")
            (folder / name).chmod(0o755)
        return subprocess.run(
            [MAKE, *arguments], cwd=root, env={"PATH": str(folder)}, capture_output=True, text=True
        )

    return run


def python(name):
    return f'FOUND_AS={name} exec "{sys.executable}" "$@"'


BROKEN = "echo 'pyenv: command not found' >&2; exit 127"
OLD = f"""case "$1" in
-c) exit 0;;
*) exec "{sys.executable}" -c 'import sys, runpy
sys.version_info = (3, 10, 1)
sys.argv = sys.argv[1:]
sys.path.insert(0, "bnlib/course")
runpy.run_path(sys.argv[0], run_name="__main__")' "$@";;
esac"""


@with_make
def test_make_takes_the_first_python_that_runs_and_suits(make):
    programs = {"python3.13": BROKEN, "python3.12": OLD, "python3": python("python3")}
    result = make("environment", programs=programs)
    assert result.stdout.startswith("python3\n")
    assert "pyenv" not in result.stderr


@with_make
def test_make_takes_the_python_it_is_given(make):
    programs = {"python3.13": python("python3.13"), "mine": python("mine")}
    assert make("environment", "PYTHON=mine", programs=programs).stdout.startswith("mine\n")


@with_make
def test_a_wrong_python_and_no_python_are_told_apart(make, tmp_path):
    result = make("lab", programs={"python3.13": BROKEN, "python3": OLD})
    assert result.returncode != 0
    assert "This is Python 3.10, which is too old: the" in result.stderr
    shutil.rmtree(tmp_path / "programs")
    result = make("lab", programs={})
    assert result.returncode != 0
    assert result.stdout.startswith("No Python was found as python3.14 python3.13")


def outside_make():
    """The environment, without what `make test` tells a make within it."""
    told = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "ARGS", "NAME", "PYTHON")
    return {name: value for name, value in os.environ.items() if name not in told}


NASTY = ['x"; touch y; echo "', "x'; touch y; '", "$(shell touch y)", "`touch y`", "a b/ü $x"]


@with_make
@pytest.mark.parametrize("value", [*NASTY, "$$(touch y)", "${ARGS}", "-x"])
@pytest.mark.parametrize(
    ("target", "variable"),
    [("progress", "FOLDER"), ("frameworks", "NAME"), ("test", "NOTEBOOK"), ("bench", "ARGS")],
)
def test_what_make_is_given_reaches_python_whole(tmp_path, target, variable, value):
    shutil.copy(ROOT / "Makefile", tmp_path)
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\nprintf \'%s\\n\' "$COURSE_ARGS" "$@"\n')
    python.chmod(0o755)
    run = subprocess.run(
        [MAKE, target, f"{variable}={value}"],
        cwd=tmp_path,
        env=outside_make(),
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    named = ["", "-m", "bnlib.course", target, "--", value]
    given = [value, "-m", "bnlib.course", target] if variable == "ARGS" else named
    assert run.stdout.splitlines()[-len(given) :] == given
    assert not (tmp_path / "y").exists()


@with_make
@pytest.mark.parametrize("value", NASTY)
def test_a_python_that_is_no_program_is_named_and_nothing_is_run(make, tmp_path, value):
    result = make("lab", f"PYTHON={value}", programs={"touch": "exec /bin/touch y"})
    assert f"No Python was found as {value}. The course needs" in result.stdout
    assert not (tmp_path / "the course" / "y").exists()


@with_make
def test_a_name_in_the_environment_is_not_taken_for_one_that_was_given():
    said = subprocess.run(
        [MAKE, "-n", "frameworks"],
        cwd=ROOT,
        env={**outside_make(), "NAME": "a-host"},
        capture_output=True,
        text=True,
    ).stdout
    assert said.endswith('frameworks ${NAME:+-- "$NAME"}\n')
    assert "a-host" not in said


def test_more_arguments_are_split_as_a_shell_does(monkeypatch, capsys):
    monkeypatch.setenv(commands.MORE, "--csv 'my class.csv'")
    assert commands.parse(["progress", "a class"]).csv == "my class.csv"
    assert commands.MORE not in os.environ
    monkeypatch.setenv(commands.MORE, "--csv 'x")
    with pytest.raises(SystemExit, match="2"):
        commands.parse(["progress"])
    assert "No closing quotation" in capsys.readouterr().err


@with_make
def test_make_alone_lists_commands_and_only_what_exists():
    listed = subprocess.run([MAKE], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = re.findall(r"^make ([\w-]+) ", listed, re.M)
    assert set(names) == {*commands.MODULES, "mutants", "test-hub"}  # these two are of the tests
    assert all(find_spec(module) for module in commands.MODULES.values())
    assert max(map(len, listed.splitlines())) <= 80


def test_messages_are_wrapped_and_what_is_to_be_copied_stays_whole():
    command, path = "`git branch --set-upstream-to=origin/NAME`", f"/a/{'long-' * 20}path"
    said = trouble.wrapped(f"{'some words ' * 6}{command} {path}\n  - {'item ' * 16}\nend")
    lines = said.splitlines()
    assert [line for line in lines if len(line) > 80] == [path]
    assert command in lines and lines[-1] == "end"
    assert lines[-3].startswith("  - item") and lines[-2].startswith("    item")
    assert trouble.wrapped(f"{'pytorch':17} not run: {'why ' * 30}").count("\n" + " " * 18) == 2


def test_command_lines():
    assert commands.parse(["lab", "--no-browser", "-y"]).options == ["--no-browser", "-y"]
    assert commands.parse(["reset", "2"]).notebook == "2"
    assert commands.parse(["test"]).notebook is None
    a_class = commands.parse(["progress", "class", "--csv=-", "--dask=tcp://a:1", "--shard", "0/2"])
    assert (a_class.csv, a_class.dask, a_class.shard) == ("-", "tcp://a:1", "0/2")
    for command, name in (("progress", "folder"), ("frameworks", "name"), ("test", "notebook")):
        assert vars(commands.parse([command, "--", "-x"]))[name] == "-x"
    for wrong in ([], ["tset"], ["progress", "--all"]):
        with pytest.raises(SystemExit, match="2"):
            commands.parse(wrong)


@pytest.mark.parametrize(
    ("command", "does", "status"),
    [
        ("reset", "reset", 0),
        ("update", "update", 0),
        ("mine", "make", 0),
        ("progress", "progress", 0),
        ("ship", "ship", 1),
        ("testing.command", "check_course", 1),
        ("shipping", "check", 1),
    ],
)
def test_a_command_does_one_thing_and_says_why_it_cannot(
    monkeypatch, capsys, command, does, status
):
    module = importlib.import_module(f"bnlib.course.{command}")
    arguments = argparse.Namespace(notebook="1", cell_timeout=7, folder=None)
    came, gives = [], Progress(()) if command == "progress" else status or "It is done."
    monkeypatch.setattr(module, does, lambda root, *more, **named: came.append(root) or gives)
    assert module.main(arguments) == status
    assert came == [ROOT]
    said = capsys.readouterr().out
    assert status or command == "progress" or said == "It is done.\n"

    def fails(*_, **__):
        raise NotebookError("There is no such thing. " * 6)

    monkeypatch.setattr(module, does, fails)
    assert module.main(arguments) == 2
    said = "".join(capsys.readouterr()).splitlines()
    assert len(said) == 2 and " ".join(said) == ("There is no such thing. " * 6).strip()


def test_lab_opens_the_first_notebook_and_later_the_list(tmp_path, monkeypatch):
    monkeypatch.setattr(lab, "ROOT", tmp_path)
    assert lab.start_page() == "/lab/tree/notebooks/1_normalizing_activations.ipynb"
    (tmp_path / ".progress").mkdir()
    assert lab.start_page() == "/lab/tree/notebooks"
    assert f"--ServerApp.root_dir={tmp_path}" in lab.options()


@pytest.mark.parametrize("name", commands.MODULES)
def test_every_command_is_understood(name):
    assert commands.parse([name]).command == name


def test_notebooks_run_in_ones_own_surroundings_but_for_what_would_change_them(monkeypatch):
    monkeypatch.setenv("PYTEST_ADDOPTS", "-x")
    monkeypatch.setenv("MY_OWN", "1")
    found = kernels.environment(Path("scratch"), None)
    assert found["MY_OWN"] == "1" and "PYTEST_ADDOPTS" not in found
    assert found[verdicts.VARIABLE] == "" and found["PYTHONPATH"] == str(ROOT)
    assert {found[name] for name in kernels.THREADS} == {"1"}
    assert kernels.environment(Path("scratch"), Path("kept"))[verdicts.VARIABLE] == "kept"


def test_what_takes_a_second_to_import_is_said_not_to_be_there(monkeypatch):
    monkeypatch.delitem(sys.modules, "rfc3987_syntax", raising=False)
    kernels.skip_address_checks()
    assert sys.modules["rfc3987_syntax"] is None


def test_control_c_ends_a_command_without_a_traceback(monkeypatch, capsys):
    def interrupted(arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("bnlib.course.update.main", interrupted)
    assert commands.main(["update"]) == 130
    assert capsys.readouterr() == ("", "\nStopped.\n")


def test_what_may_be_left_out_has_its_meaning():
    progress = commands.parse(["progress"])
    assert (progress.seconds, progress.contained) == (60, False)
    assert commands.parse(["test-browser", "-x", "tests"]).options == ["-x"]
    for name, option in (
        ("frameworks", "leave_records"),
        ("bench", "quick"),
        ("bench", "jax"),
        ("pins", "upgrade"),
        ("clean", "all"),
    ):
        assert vars(commands.parse([name]))[option] is False
        assert vars(commands.parse([name, "--" + option.replace("_", "-")]))[option] is True
    assert commands.parse(["progress", "--contained"]).contained is True


@pytest.mark.parametrize("kernel", [False, True])
def test_lab_shows_a_widgets_words_where_its_kernel_is_gone(tmp_path, kernel):
    both = {lab_files.VIEW: {"model_id": "a"}, "text/plain": ["its words"]}
    output = {"output_type": "display_data", "data": both, "metadata": {}}
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(notebook(code("show()", "a", outputs=(output,)))), encoding="utf-8")
    (tmp_path / "a.txt").write_text("text", encoding="utf-8")
    before = path.read_bytes()
    # Of its own, closed: Jupyter's keeps a data base open, and it is the learner's.
    notary = sign.NotebookNotary(
        data_dir=str(tmp_path), store_factory=sign.MemorySignatureStore, secret=b"any"
    )
    files = lab_files.Files(root_dir=str(tmp_path), notary=notary)
    open_ones = [{"path": "a.ipynb"}] if kernel else [{"path": "b.ipynb"}]
    files.parent = Configurable()
    files.parent.session_manager = SimpleNamespace(
        list_sessions=lambda: asyncio.sleep(0, open_ones)
    )
    model = asyncio.run(files.get("a.ipynb"))
    shown = model["content"]["cells"][0]["outputs"][0]["data"]
    assert set(shown) == (set(both) if kernel else {"text/plain"})
    assert asyncio.run(files.get("a.txt"))["content"] == "text"
    assert asyncio.run(files.get("a.ipynb", content=False))["content"] is None
    assert path.read_bytes() == before


def test_lab_starts_for_root_as_in_a_container(monkeypatch):
    for user in (0, 1000):
        monkeypatch.setattr(os, "geteuid", lambda user=user: user, raising=False)
        assert ("--ServerApp.allow_root=True" in lab.options()) == (user == 0)


def test_lab_opens_on_a_read_only_copy_and_says_what_that_means(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").touch()
    monkeypatch.setattr(lab.sys, "prefix", str(tmp_path / "file"))  # where nobody can write
    lab.write_defaults()
    lab.warn_of_read_only(tmp_path / "file")
    assert "is read-only" in capsys.readouterr().out
    lab.warn_of_read_only(tmp_path)
    assert capsys.readouterr().out == ""
    monkeypatch.setattr(lab.sys, "prefix", str(tmp_path))
    lab.write_defaults()
    [overrides] = tmp_path.glob("share/**/overrides.json")
    assert json.loads(overrides.read_text(encoding="utf-8")) == lab.DEFAULTS
    overrides.write_text("of an older course", encoding="utf-8")
    lab.write_defaults()
    assert json.loads(overrides.read_text(encoding="utf-8")) == lab.DEFAULTS
    [package] = tmp_path.glob("share/**/package.json")
    assert json.loads(package.read_text(encoding="utf-8"))["jupyterlab"]["extension"] is True


def test_lab_is_started_with_what_it_is_given(monkeypatch, capsys):
    launched = []
    app = SimpleNamespace(LabApp=SimpleNamespace(launch_instance=launched.append))
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", app)
    for name in ("write_defaults", "warn_of_read_only"):
        monkeypatch.setattr(lab, name, lambda name=name: launched.append(name))
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    for threads in ("3", "1"):
        assert lab.main(argparse.Namespace(options=["--no-browser"])) == 0
        assert os.environ.pop("OPENBLAS_NUM_THREADS") == threads
    given = [*lab.options(), "--no-browser"]
    assert launched == ["write_defaults", "warn_of_read_only", given] * 2
    assert "Control-C in this window stops it" in capsys.readouterr().out


def test_clean_follows_no_link_and_says_what_it_cannot_delete(tmp_path, monkeypatch, capsys):
    root, other = tmp_path / "course", tmp_path / "other"
    root.mkdir()
    other.mkdir()
    (root / ".venv").symlink_to(other)
    (root / "build").symlink_to("nowhere")
    monkeypatch.setattr(clean, "ROOT", root)
    assert clean.main(argparse.Namespace(all=False)) == 0
    assert other.is_dir() and list(root.iterdir()) == []

    def refuses(path):
        raise PermissionError(13, "is in use", path)

    (root / ".site").mkdir()
    monkeypatch.setattr(clean.shutil, "rmtree", refuses)
    capsys.readouterr()
    assert clean.main(argparse.Namespace(all=False)) == 1
    said = capsys.readouterr()
    assert said.out == "" and ".site cannot be deleted: is in use. Close every" in said.err


def test_clean_leaves_work_alone(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(clean, "ROOT", tmp_path)
    made = [".venv/bin/python", "bnlib/__pycache__/x.pyc", ".ruff_cache/x"]
    kept = [".progress/normalize.json", "notebooks/mine.ipynb", "notebooks/.ipynb_checkpoints/a"]
    for name in made + kept:
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    assert clean.main(argparse.Namespace(all=False)) == 0
    assert [name for name in made + kept if (tmp_path / name).exists()] == kept
    assert "your work is untouched" in capsys.readouterr().out


def test_clean_lists_the_tools_environments_and_removes_them_when_told_to(tmp_path, monkeypatch):
    """Run by its path, as make runs it; a stranger's folder beside them stays."""
    root, cache = tmp_path / "course", tmp_path / "cache"
    (root / "bnlib" / "course").mkdir(parents=True)
    for name in ("environments.py", "course/clean.py"):
        shutil.copyfile(ROOT / "bnlib" / name, root / "bnlib" / name)
    for name in ("jax/installed.txt", "paddle/builds.txt", "npm/a", "widgets/b", "photos/c"):
        (cache / name).parent.mkdir(parents=True)
        (cache / name).write_bytes(bytes(2_000_000))
    monkeypatch.setenv("BNLIB_ENVIRONMENTS", str(cache))

    def run(*arguments):
        command = [sys.executable, str(root / "bnlib" / "course" / "clean.py"), *arguments]
        return subprocess.run(command, capture_output=True, text=True)

    done = run()
    assert done.returncode == 0, done.stderr
    assert "are kept (make clean ARGS=--all)" in done.stdout
    assert "2 MB" in done.stdout and "photos" not in done.stdout
    assert len(list(cache.iterdir())) == 5
    assert run("--every").returncode == 2
    done = run("--all")
    assert [path.name for path in cache.iterdir()] == ["photos"]
    assert str(cache / "paddle") in done.stdout


def test_every_folder_that_a_tool_makes_is_known_to_clean(tmp_path, monkeypatch):
    monkeypatch.setenv("BNLIB_ENVIRONMENTS", str(tmp_path))
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bnlib").rglob("*.py"))
    named = set(re.findall(r'folder_of\(("?\w[\w.]*"?)\)', source)) - {"name"}
    # Those of an Environment have its marker; "npm" and FOLDER (remembered.py) have none.
    assert named == {'"npm"', "FOLDER", "ENVIRONMENT", "environment.name"}
    assert set(environments.NO_MARKER) == {"hub", "npm", remembered.FOLDER}
