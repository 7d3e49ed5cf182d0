"""Making the environment: what is done when, and what is said when it cannot be done.

Nothing is installed here: each test has a course folder of its own, and its installers are
played. `.ci/run` makes the real environment.
"""

import contextlib
import errno
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[1]
OFFLINE = "WARNING: NewConnectionError: Failed to establish a new connection: [Errno 111]"
UV_PIN = "uv==0.9 \\\n    --hash=sha256:01 \\\n    --hash=sha256:02\n"
PINS = "numpy==2.0 \\\n    --hash=sha256:00\n" + UV_PIN + "    # via bnlib\n"


@pytest.fixture
def course(tmp_path, monkeypatch):
    """environment.py of a fresh course folder, with played installers.

    Its `ran` lists the stages' commands; `fails` maps a word of a command to what it then says.
    """
    root = tmp_path / "the course, à jour"
    shutil.copytree(ROOT / "bnlib" / "course", root / "bnlib" / "course")
    (root / "requirements.txt").write_text(PINS)
    monkeypatch.syspath_prepend(root / "bnlib" / "course")
    monkeypatch.delitem(sys.modules, "trouble", raising=False)
    spec = importlib.util.spec_from_file_location(
        "environment", root / "bnlib" / "course" / "environment.py"
    )
    environment = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(environment)
    environment.ran, environment.fails, environment.uv = [], {}, "/opt/uv"
    environment.real_run = environment.run

    def run(what, command):
        words = " ".join(map(str, command))
        environment.ran.append(words)
        for word, says in environment.fails.items():
            if word in words:
                raise (
                    says
                    if isinstance(says, type)
                    else environment.Trouble(environment.explain(says))
                )
        packages = environment.site_packages()
        packages.mkdir(parents=True, exist_ok=True)
        environment.PROGRAMS.mkdir(exist_ok=True)
        environment.VENV_PYTHON.touch()
        if " install " in words:
            (packages / "numpy-2.0.dist-info").mkdir(exist_ok=True)
        elif "--without-pip" not in words:
            (packages / "pip-24.0.dist-info").mkdir()

    environment.real_runs, environment.real_works = environment.runs, environment.works
    monkeypatch.setattr(environment, "run", run)
    monkeypatch.setattr(environment, "runs", environment.VENV_PYTHON.exists)
    monkeypatch.setattr(environment.shutil, "which", lambda name: environment.uv)
    monkeypatch.setattr(environment, "works", lambda program: program == environment.uv)
    return environment


def test_it_is_made_once_and_then_nothing_is_done_or_said(course, capsys):
    assert course.main([]) == 0
    assert len(course.ran) == 2
    assert "--without-pip" in course.ran[0]
    assert course.ran[1].startswith("/opt/uv pip install")
    said = capsys.readouterr().out
    assert "Making the course's environment" in said
    assert "is ready" in said
    assert course.main([]) == 0
    assert len(course.ran) == 2
    assert capsys.readouterr() == ("", "")


def test_bnlib_is_found_by_a_relative_path(course):
    course.main([])
    line = (course.site_packages() / "bnlib.pth").read_text().strip()
    assert line.isascii()
    assert not os.path.isabs(line)
    assert (course.site_packages() / line).resolve() == course.ROOT


def test_without_uv_pip_fetches_the_pinned_one(course):
    course.uv = None
    assert course.main([]) == 0
    assert "--without-pip" not in course.ran[0]
    assert re.search(r"-m pip install .*uv\.txt$", course.ran[1])
    assert (course.VENV / "uv.txt").read_text() == UV_PIN
    assert course.ran[2].startswith(f"{course.VENV_UV} pip install")


def test_where_uv_cannot_pip_does(course):
    course.fails = {"/opt/uv": "error: unexpected argument '--python' found"}
    assert course.main([]) == 0
    assert course.ran[-1].startswith(f"{course.VENV_UV} pip install")
    course.VENV_PYTHON.unlink()
    course.fails[str(course.VENV_UV)] = OFFLINE
    assert course.main([]) == 0
    assert re.search(r"-m pip install .*requirements\.txt$", course.ran[-1])
    assert course.ready()


@pytest.mark.parametrize(
    ("fails", "says"),
    [
        ({" install ": OFFLINE}, "No package index could be reached"),
        ({" install ": "ERROR: No matching distribution found for uv"}, "No package index"),
        ({" install ": "error: No space left on device (os error 28)"}, "The disk is full"),
        ({" install ": "THESE PACKAGES DO NOT MATCH THE HASHES FROM"}, "was refused"),
        (
            {" install ": "  × Failed to build `pyyaml==6.0.4`\n gcc: not found\n" * 9},
            "The package pyyaml has",
        ),
        ({" install ": "gcc\nERROR: Failed building wheel for pyyaml\n"}, "The package pyyaml has"),
        ({" install ": "invalid peer certificate: UnknownIssuer"}, "certificate"),
        ({"-m venv": "ensurepip is not available"}, "sudo apt install python3"),
        ({"-m venv": "[Errno 13] Permission denied: 'x'"}, "cannot be written"),
        ({" install ": "a surprise\nof two lines"}, "last words of the installer:\n  a surprise\n"),
    ],
)
def test_what_goes_wrong_is_said_in_a_paragraph_and_can_be_tried_again(course, capsys, fails, says):
    course.uv = None
    course.fails = fails
    assert course.main([]) == 1
    said = capsys.readouterr().err
    assert says in (said if "\n" in says else " ".join(said.split()))
    assert "Traceback" not in said
    course.fails = {}
    assert course.main([]) == 0
    assert course.ready()


BUILDS = {  # what is said of a package without a wheel where there is no compiler, cut short
    "Alpine on ARM, uv": (
        "matplotlib",
        """error: Failed to build `matplotlib==3.11.2`
  cause: The build backend returned an error
  cause: Call to `mesonpy.build_wheel` failed (exit status: 1)
         ../meson.build:1:0: ERROR: Unknown compiler(s): [['cc'], ['gcc'], ['clang'], ['nvc']]
         Running `cc --version` gave "[Errno 2] No such file or directory: 'cc'"
hint: Build failures usually indicate a problem with the package or the build environment""",
    ),
    "Alpine on ARM, pip": (
        "matplotlib",
        """Collecting kiwisolver==1.5.1 (from -r requirements.txt (line 1107))
Collecting matplotlib==3.11.2 (from -r requirements.txt (line 1168))
  Preparing metadata (pyproject.toml): finished with status 'error'
  error: subprocess-exited-with-error
  × Preparing metadata (pyproject.toml) did not run successfully.
      Running `cc --version` gave "[Errno 2] No such file or directory: 'cc'"
error: metadata-generation-failed
× Encountered error while generating package metadata.
╰─> See above for output.
note: This is an issue with the package mentioned above, not pip.""",
    ),
    "Windows on ARM, pip": (
        "argon2-cffi-bindings",
        """Collecting argon2-cffi-bindings==26.2.0 (from -r requirements.txt (line 21))
  Building wheel for argon2-cffi-bindings (pyproject.toml): finished with status 'error'
  error: subprocess-exited-with-error
      error: Microsoft Visual C++ 14.0 or greater is required.
  ERROR: Failed building wheel for argon2-cffi-bindings
ERROR: Could not build wheels for argon2-cffi-bindings""",
    ),
    "a Mac with an Intel processor, uv": (
        "argon2-cffi-bindings",
        """  × Failed to build `argon2-cffi-bindings==26.2.0`
  ├─▶ The build backend returned an error
  ╰─▶ Call to `setuptools.build_meta.build_wheel` failed (exit status: 1)
      xcrun: error: invalid active developer path (/Library/Developer/CommandLineTools)
      error: command '/usr/bin/cc' failed with exit code 1""",
    ),
}


@pytest.mark.parametrize(("package", "text"), BUILDS.values(), ids=BUILDS)
def test_a_missing_wheel_is_told_in_one_sentence_on_every_system(course, package, text):
    said = course.explain(text)
    assert said == course.explain("Failed to build `it`").replace(" it ", f" {package} ", 1)
    assert said.startswith(f"The package {package} has no ready-made file (a wheel) for this ")
    assert "With Python 3.12 to 3.15 on Linux, macOS and Windows of 64 bits nothing" in said


def test_of_what_nobody_foresaw_the_last_eight_lines_are_told(course):
    said = course.explain("\n\n".join(map(str, range(20))))
    assert said.endswith(":\n  12\n  13\n  14\n  15\n  16\n  17\n  18\n  19")


def test_an_interrupted_install_is_done_afresh(course, capsys):
    course.fails = {" install ": KeyboardInterrupt}
    assert course.main([]) == 130
    assert "Stopped" in capsys.readouterr().err
    (course.site_packages() / "half.py").touch()
    course.fails = {}
    assert course.main([]) == 0
    assert not (course.site_packages() / "half.py").exists()


def test_new_requirements_are_installed_in_place(course, capsys):
    course.main([])
    own = course.site_packages() / "learners_own.py"
    own.touch()
    course.REQUIREMENTS.write_text(PINS.replace("2.0", "2.1"))
    course.fails = {" install ": OFFLINE}
    assert course.main([]) == 1
    assert "unfinished" not in course.read_stamp()
    course.fails = {}
    assert course.main([]) == 0
    assert own.exists()
    assert "up to date" in capsys.readouterr().out


def test_pip_is_tried_only_where_it_is_or_can_be(course, monkeypatch):
    course.main([])  # with uv, so without pip
    course.REQUIREMENTS.write_text(PINS.replace("2.0", "2.1"))
    course.fails = {"/opt/uv": OFFLINE}
    for has_ensurepip in (True, False):
        monkeypatch.setattr(
            course.importlib.util, "find_spec", lambda _, it=has_ensurepip: it or None
        )
        assert course.main([]) == 1
        assert not any("-m pip" in words for words in course.ran)
        course.VENV_PYTHON.unlink()  # the second time it is made anew, without ensurepip
    course.uv = None
    assert course.main([]) == 0  # what there is nothing else for is tried
    assert "--without-pip" not in course.ran[-3] and "-m pip" in course.ran[-2]


def test_a_change_in_place_that_was_interrupted_is_begun_afresh(course):
    course.main([])
    half = course.site_packages() / "half.py"
    half.touch()
    course.REQUIREMENTS.write_text(PINS.replace("2.0", "2.1"))
    course.fails = {" install ": KeyboardInterrupt}
    assert course.main([]) == 130
    course.fails = {}
    assert course.main([]) == 0
    assert not half.exists()


def test_whether_this_python_suits_is_the_exit_status(course, monkeypatch, capsys):
    assert course.main(["--suits"]) == 0
    monkeypatch.setattr(course, "wrong_python", lambda version: "This Python is too old.")
    assert course.main(["--suits"]) == 1
    assert capsys.readouterr() == ("", "")
    assert course.main([]) == 1
    assert "too old" in capsys.readouterr().err
    assert course.ran == []


def damage_python(course):
    course.VENV_PYTHON.unlink()


def damage_stamp(course):
    course.STAMP.write_text("{")


def damage_packages(course):
    (course.site_packages() / "numpy-2.0.dist-info").rmdir()


def change_python(course):
    course.STAMP.write_text(json.dumps({**course.read_stamp(), "python": "3.9"}))


@pytest.mark.parametrize("damage", [damage_python, damage_stamp, damage_packages, change_python])
def test_a_damaged_environment_is_mended(course, damage):
    course.main([])
    damage(course)
    assert not course.ready()
    assert course.main([]) == 0
    assert course.ready()


def test_two_at_once_make_it_once(course, capsys):
    with course.alone():
        other = threading.Thread(target=course.main, args=([],))
        other.start()
        other.join(0.5)
        course.make_environment()
    other.join(10)
    assert len(course.ran) == 2
    assert capsys.readouterr().out.count("waiting for it") == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows locks in its own way")
def test_where_files_cannot_be_locked_nobody_waits(course, monkeypatch):
    answers = iter([OSError(errno.ENOLCK, "no locks"), AssertionError("asked again")])

    def flock(*_):
        raise next(answers)

    monkeypatch.setattr(course.fcntl, "flock", flock)
    with course.alone():
        assert len([*answers]) == 1


@pytest.mark.parametrize(
    ("version", "fault"),
    [
        ((3, 6, 15), "too old"),
        ((3, 10, 13), "too old"),
        ((3, 16), "newer than any that the course"),
    ],
)
def test_a_wrong_python_is_named(course, version, fault, monkeypatch):
    trouble = sys.modules["trouble"]
    message = trouble.wrong_python(version)
    assert message.startswith(f"This is Python {version[0]}.{version[1]}, ")
    assert fault in message and "Python 3.11 to 3.15 are known to do" in message
    assert not any(
        map(trouble.wrong_python, [(3, 11), (3, 12, 1), (3, 13, 0), (3, 14), (3, 15, 2)])
    )
    monkeypatch.setenv(trouble.ANY_PYTHON, "1")
    assert bool(trouble.wrong_python(version)) == (fault == "too old")


def test_a_stage_shows_its_seconds_and_hides_the_installers_noise(course, capfd):
    run = course.real_run
    run("three numbers", [sys.executable, "-c", "print('noise')"])
    assert re.fullmatch(r"  three numbers \.\.\. \d+\.\d s\n", capfd.readouterr().out)
    with pytest.raises(course.Trouble, match="its reason"):
        run("a failure", [sys.executable, "-c", "print('its reason'); raise SystemExit(3)"])
    assert re.fullmatch(r"  a failure \.\.\. \d+\.\d s \(failed\)\n", capfd.readouterr().out)


def test_what_a_stage_does_is_shown_before_it_ends(course, monkeypatch):
    out = io.TextIOWrapper(io.BytesIO())
    seen = []
    played = SimpleNamespace(
        poll=lambda: seen.append(out.buffer.getvalue()) or 0,
        kill=lambda: None,
        wait=lambda: 0,
        returncode=0,
    )
    monkeypatch.setattr(course.subprocess, "Popen", lambda *_, **__: played)
    with contextlib.redirect_stdout(out):
        course.real_run("it", ["any"])
    assert seen[0] == b"  it ... "


def test_on_a_terminal_a_stage_counts_its_seconds(course, monkeypatch, capsys):
    states = iter([None, None, 0])
    played = SimpleNamespace(
        poll=lambda: next(states), wait=lambda timeout=0: 0, kill=lambda: None, returncode=0
    )
    monkeypatch.setattr(course.subprocess, "Popen", lambda *_, **__: played)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    course.real_run("it", ["any"])
    shown = r"  it \.\.\. (\r  it \.\.\. \d+ s){2}\r  it \.\.\. \d+\.\d s\n"
    assert re.fullmatch(shown, capsys.readouterr().out)


@pytest.mark.skipif(os.name == "nt", reason="the played Python is a shell script")
def test_a_python_that_is_gone_or_another_does_not_run(course):
    runs, works = course.real_runs, course.real_works
    assert course.VENV_PYTHON == course.VENV / "bin" / "python"
    assert course.VENV_UV == course.VENV / "bin" / "uv"
    assert not runs()
    course.PROGRAMS.mkdir(parents=True)
    mine = "{}.{}".format(*sys.version_info)
    for version, suits in ((mine, True), ("3.9", False)):
        course.VENV_PYTHON.write_text(f"#!/bin/sh\necho {version}\n")
        course.VENV_PYTHON.chmod(0o755)
        assert runs() == suits
    assert works(course.VENV_PYTHON)
    course.VENV_PYTHON.write_text("#!/bin/sh\nexit 1\n")
    assert not works(course.VENV_PYTHON)
    assert not works(course.VENV / "nothing")


def test_the_environments_own_python_runs(course, monkeypatch):
    monkeypatch.setattr(course.sys, "prefix", str(course.VENV))
    assert course.real_runs()


def test_an_installer_cannot_be_led_astray(course, monkeypatch, capfd):
    monkeypatch.setenv("PIP_TARGET", "elsewhere")
    monkeypatch.setenv("MY_OWN", "kept")
    shows = "import os; print(os.environ['MY_OWN'], os.environ['PIP_USER'], "
    shows += "'PIP_TARGET' in os.environ, os.getcwd()); raise SystemExit(1)"
    with pytest.raises(course.Trouble, match=f"kept 0 False {re.escape(str(course.ROOT))}"):
        course.real_run("settings", [sys.executable, "-c", shows])


def test_a_link_to_another_environment_is_not_emptied(course, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine").touch()
    course.VENV.symlink_to(tmp_path / "other")
    assert course.main([]) == 0
    assert (tmp_path / "other" / "mine").exists() and not course.VENV.is_symlink()


def test_an_installer_is_ended_with_the_command_that_began_it(course, monkeypatch, capfd):
    begun, ended = time.monotonic(), []

    class Interrupted(subprocess.Popen):
        def wait(self, timeout=None):
            if timeout is not None:
                raise KeyboardInterrupt
            ended.append(super().wait())

    monkeypatch.setattr(course.subprocess, "Popen", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        course.real_run("a long one", [sys.executable, "-c", "import time; time.sleep(60)"])
    assert ended and time.monotonic() - begun < 30


def test_whether_the_course_suits_is_asked_by_an_argument_and_makes_nothing(tmp_path):
    scripts = tmp_path / "bnlib" / "course"
    scripts.mkdir(parents=True)
    for name in ("environment.py", "trouble.py"):
        shutil.copy(ROOT / "bnlib" / "course" / name, scripts)
    asked = [sys.executable, "-B", str(scripts / "environment.py"), "--suits"]
    done = subprocess.run(asked, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [path.name for path in tmp_path.iterdir()] == ["bnlib"]
