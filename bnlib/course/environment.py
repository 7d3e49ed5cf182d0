"""Make the course's environment in `.venv`, or see that it is there.

Run by its path with any Python, before anything is installed. So it uses the standard library
only and no syntax newer than Python 3.6's: too old a Python must still read the message for it.

    environment.py            make what is missing; silent when nothing is
    environment.py --suits    only say, by the exit status, whether the course runs on this Python
"""

import contextlib
import errno
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from trouble import Trouble, complain, explain, wrong_python

if os.name == "nt":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
VENV_PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
VENV_UV = PROGRAMS / ("uv.exe" if os.name == "nt" else "uv")
STAMP = VENV / "course.json"  # what the environment was made from
REQUIREMENTS = ROOT / "requirements.txt"
PIP = "pip"


def site_packages():
    """Where the environment keeps its packages."""
    return Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV), "platbase": str(VENV)}))


def installed():
    """The environment's packages with their versions, as the names of their .dist-info folders."""
    return sorted(path.name for path in site_packages().glob("*.dist-info"))


def read_stamp():
    """What the environment was made from, as a dict; empty if there is no saying."""
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def wanted():
    """The stamp of an environment made now, but for its list of packages."""
    return {
        "requirements": hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest(),
        "python": f"{sys.version_info[0]}.{sys.version_info[1]}",
    }


def runs():
    """Whether .venv has a working Python of this version: the one it was made from may be gone."""
    if Path(sys.prefix).resolve() == VENV:
        return True
    command = [str(VENV_PYTHON), "-I", "-c", "import sys; print(*sys.version_info[:2], sep='.')"]
    try:
        answer = subprocess.run(command, capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.decode().strip() == wanted()["python"]


def ready():
    """Whether the environment is whole, of this Python and of these requirements."""
    stamp = read_stamp()
    packages = stamp.pop("packages", ())
    return stamp == wanted() and set(packages) <= set(installed()) and runs()


@contextlib.contextmanager
def alone():
    """Hold the lock on making the environment; the system lets go of it however we end."""
    with (ROOT / ".venv.lock").open("a") as lock:
        waiting = False
        while True:
            try:
                if os.name == "nt":
                    lock.seek(0)
                    msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
                else:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                    break  # a file system without locks
            if not waiting:
                print("Another command is making the environment; waiting for it.", flush=True)
            waiting = True
            time.sleep(0.2)
        yield


def run(what, command):
    """Run one stage, showing what it does and for how long; raise Trouble if it fails."""
    start = time.monotonic()
    terminal = sys.stdout.isatty()

    def show(fate=""):
        seconds = f"{time.monotonic() - start:.{1 if fate else 0}f} s"
        print(f"\r  {what} ... {seconds}" if terminal else seconds, end=fate, flush=True)

    # Settings under which an installer would put the packages elsewhere.
    astray = ("PIP_TARGET", "PIP_PREFIX", "UV_SYSTEM_PYTHON", "UV_TARGET", "UV_PREFIX")
    settings = {name: value for name, value in os.environ.items() if name not in astray}
    settings["PIP_USER"] = "0"
    print(f"  {what} ... ", end="", flush=True)
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=str(ROOT),
            env=settings,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            while process.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=1)
                if terminal:
                    show()
        finally:
            process.kill()
            process.wait()
        show("\n" if process.returncode == 0 else " (failed)\n")
        if process.returncode != 0:
            output.seek(0)
            raise Trouble(explain(output.read().decode("utf-8", "replace")))


def works(program):
    """Whether `program` starts: one that is on PATH may be a version manager's empty shell."""
    try:
        return subprocess.run([str(program), "--version"], capture_output=True).returncode == 0
    except OSError:
        return False


def begin(with_pip):
    """Make an empty environment, marked as unfinished for whoever finds it half-made."""
    if VENV.is_symlink():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(str(VENV))
    VENV.mkdir()
    STAMP.write_text(json.dumps({"unfinished": True}))
    # Not sys.executable, which may have been the environment's own.
    python = getattr(sys, "_base_executable", sys.executable)
    options = [] if with_pip else ["--without-pip"]
    stage = f"an empty environment for Python {wanted()['python']}"
    run(stage, [python, "-I", "-m", "venv", *options, VENV])


def install(installer):
    """Install the pinned packages with a uv, or with PIP, which fetches uv first."""
    pinned = ["--no-deps", "--require-hashes", "-r"]
    pip = [VENV_PYTHON, "-I", "-m", "pip", "install", "--no-input", "--retries", "2", *pinned]
    uv = installer
    if installer == PIP:
        # Three times as quick all in all as pip alone.
        pin = re.search(r"^uv==(.*\\\n)*.*\n", REQUIREMENTS.read_text(encoding="utf-8"), re.M)
        (VENV / "uv.txt").write_text(pin.group())
        run("an installer, uv, with pip", [*pip, VENV / "uv.txt"])
        uv = VENV_UV
    try:
        into = ["--python", VENV_PYTHON, "--compile-bytecode"]
        run("the packages, with uv", [uv, "pip", "install", *into, *pinned, REQUIREMENTS])
    except Trouble:
        if installer != PIP:
            raise
        # uv does not know pip's settings, among them an index or a proxy.
        run("the packages, with pip", [*pip, REQUIREMENTS])


def link_course():
    """Let the environment import bnlib from here, as an editable install does.

    But with nothing to download, and by a relative path, so that it holds wherever the course is
    moved and whatever its folder's name (.pth files are read in the system's encoding).
    """
    course = os.path.relpath(str(ROOT), str(site_packages()))
    (site_packages() / "bnlib.pth").write_text(course + "\n", encoding="ascii")


def make_environment():
    """Bring .venv up to date: in place if it is whole, else afresh; with uv, else with pip."""
    stamp = read_stamp()
    uv = shutil.which("uv")
    installers = [uv] if uv and works(uv) else []
    has_pip = any(site_packages().glob("pip-*.dist-info"))
    whole = "unfinished" not in stamp and runs() and bool(installers or has_pip)
    # A new environment gets pip where this Python has it, or where there is nothing else to try.
    gets_pip = importlib.util.find_spec("ensurepip") or not installers
    if (whole and has_pip) or (not whole and gets_pip):
        installers.append(PIP)
    if whole:
        print("Bringing the course's environment in .venv up to date")
        STAMP.write_text(json.dumps({"unfinished": True}))
    else:
        print("Making the course's environment in .venv (once; it downloads about 125 MB)")
    for installer in installers:
        try:
            if not whole:
                begin(with_pip=installer == PIP)
            install(installer)
            link_course()
            STAMP.write_text(json.dumps({**wanted(), "packages": installed()}))
            return
        except Trouble as trouble:
            last = trouble
    if whole:
        STAMP.write_text(json.dumps(stamp))
    raise last


def main(arguments):
    """Run as the module's docstring says. Returns the exit status."""
    wrong = wrong_python(sys.version_info)
    if arguments == ["--suits"]:
        return bool(wrong)
    if wrong:
        complain(wrong)
        return 1
    try:
        if not ready():
            start = time.monotonic()
            with alone():
                if not ready():
                    make_environment()
            print(f"The environment is ready ({time.monotonic() - start:.1f} s).", flush=True)
    except (Trouble, OSError) as trouble:
        complain(str(trouble) if isinstance(trouble, Trouble) else explain(str(trouble)))
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next command starts afresh.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
