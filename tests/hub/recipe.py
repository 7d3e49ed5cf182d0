"""What TEACHING.md tells a hub's administrator to run, run: in other folders than it names."""

import os
import re
import subprocess
import sys
from pathlib import Path

from bnlib.environments import folder_of

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "TEACHING.md").read_text(encoding="utf-8")
HUB = folder_of("hub")
"""Instead of /opt/hub; kept, as what is installed there takes a minute."""


def block(language: str, with_line: str) -> str:
    """The one block of code in TEACHING.md that has this text in it."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.M | re.S)
    [found] = [text for text in blocks if with_line in text]
    return found


def moved(text: str, **folders: Path) -> str:
    """The text with /opt/hub and others, /home and so on by their first name, somewhere else."""
    for name, folder in {"opt/hub": HUB, **folders}.items():
        text = text.replace(f"/{name}", str(folder))
    return text


def run(command: list, cwd: Path, **variables: str) -> str:
    """What a command prints; where it fails, an AssertionError with all of it."""
    settings = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "BNLIB", "GIT"))}
    settings["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{settings['PATH']}"
    done = subprocess.run(
        command,
        cwd=cwd,
        env=settings | variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-6000:]}"
    return done.stdout


def install(system_gitconfig: Path) -> None:
    """The packages, the proxy, git's settings and bnlib, by the recipe's own lines."""
    HUB.parent.mkdir(parents=True, exist_ok=True)
    script = moved(block("sh", "npm ci") + block("sh", "pip install --quiet --no-deps --no-build"))
    run(["sh", "-ec", script], ROOT, GIT_CONFIG_SYSTEM=str(system_gitconfig))
