"""`make test-browser`: notebooks, widgets and the site in a real browser.

Installs playwright, which drives the browser, when it is missing; finds Chromium, or says how to
get it; builds the site when its tests will run; then hands over to pytest.
"""

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bnlib.environments import FOLDER

ROOT = Path(__file__).resolve().parents[2]
TESTS = "tests/browser"
EVIDENCE = ".browser"  # where failures leave pictures and consoles; tests/browser/evidence.py
NEED_THE_SITE = ("test_site", "test_accessibility")  # by the start of their files' names
PINS = FOLDER / "browser.txt"
INSTALL_TIMEOUT = 600
ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ELSEWHERE = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
NO_BROWSER = f"""\
No Chromium was found, nor Chrome. Get one in either of these ways, then try again:
  Debian, Ubuntu           sudo apt install chromium
  macOS, Windows, others   "{sys.executable}" -m playwright install chromium
Or say where you have one, in the environment variable CHROMIUM."""


class Missing(RuntimeError):
    """Something that the browser tests need is not there; the message says what to do."""


def main(arguments: argparse.Namespace) -> int:
    """Run the browser tests: all, or as `arguments.options` and `.only` choose, as for pytest."""
    chosen = [*arguments.options, *arguments.only]
    if not any(name.replace("\\", "/").startswith(TESTS) for name in arguments.only):
        chosen.append(TESTS)
    try:
        install_playwright()
        print(f"The browser: {find_chromium()}", flush=True)
        if need_the_site(chosen):
            build_site()
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    # Two at once, each with a browser: what the pages do keeps two cores busy.
    workers = ["-n", str(min(2, os.cpu_count() or 1)), "--dist", "loadscope"]
    code = pytest("-q", "--durations=8", *workers, *chosen).returncode
    kept = sorted((ROOT / EVIDENCE).glob("*.png"))
    if kept:
        print(f"Pages as they were at failures, with their consoles: {len(kept)} in {EVIDENCE}/")
    return code


def install_playwright() -> None:
    """Install playwright into this environment, unless it is there.

    Raises:
        Missing: it cannot be installed; the message is the installer's own last lines.
    """
    if importlib.util.find_spec("playwright"):
        return
    print(f"Installing playwright into {Path(sys.prefix).name} (45 MB) ...", flush=True)
    pinned = ["--quiet", "--no-deps", "--require-hashes", "-r", str(PINS)]
    pip = [sys.executable, "-m", "pip", "install", "--no-input", *pinned]
    if importlib.util.find_spec("uv"):
        pip = [sys.executable, "-m", "uv", "pip", "install", "--python", sys.executable, *pinned]
    try:
        done = subprocess.run(pip, capture_output=True, text=True, timeout=INSTALL_TIMEOUT)
        why = "" if done.returncode == 0 else "\n".join(done.stderr.strip().splitlines()[-5:])
    except subprocess.TimeoutExpired:
        why = f"it took more than {INSTALL_TIMEOUT} s"
    importlib.invalidate_caches()
    if why or not importlib.util.find_spec("playwright"):
        raise Missing(f"playwright could not be installed: {why or 'it cannot be imported'}")


def find_chromium() -> str:
    """The browser's program: what CHROMIUM names, else one of the system's, else playwright's.

    Raises:
        Missing: there is none, or CHROMIUM names none.
    """
    if named := os.environ.get("CHROMIUM"):
        if found := shutil.which(named):
            return found
        raise Missing(f"CHROMIUM is {named!r}, and there is no such program.")
    for candidate in (*ON_PATH, *ELSEWHERE):
        if found := shutil.which(candidate):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        downloaded = playwright.chromium.executable_path
    if Path(downloaded).exists():
        return downloaded
    raise Missing(NO_BROWSER)


def need_the_site(chosen: list[str]) -> bool:
    """Whether a test that pytest would run with these arguments is one of the site."""
    folder = ROOT / TESTS
    if not any(path for start in NEED_THE_SITE for path in folder.glob(f"{start}*.py")):
        return False
    if chosen == [TESTS]:
        return True
    found = pytest("--collect-only", "-qq", *chosen, stdout=subprocess.PIPE, text=True).stdout
    return any(f"{TESTS}/{start}" in found for start in NEED_THE_SITE)


def build_site() -> None:
    """Make the site anew in `.site`.

    Raises:
        Missing: the build failed; it has said why.
    """
    from bnlib.course.site import build

    if build.main(argparse.Namespace(options=[], pyodide=os.environ.get("PYODIDE"))):
        raise Missing("The site could not be built, so its tests cannot run.")


def pytest(*options: str, **settings) -> subprocess.CompletedProcess:
    """Run pytest with these options at the root of the course."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options]
    return subprocess.run(command, cwd=ROOT, **settings)
