"""What the README says is so: its example, its commands, its files."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from bnlib.exercises import grade

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def forgets_the_root(z, eps=1e-5):
    mu = np.mean(z, axis=1, keepdims=True)
    var = np.var(z, axis=1, keepdims=True)
    return (z - mu) / (var + eps)


def test_the_check_answers_as_shown():
    quoted = " ".join(re.findall(r"^> (.*)$", README, flags=re.MULTILINE))
    assert grade("normalize", forgets_the_root).message == quoted


def test_every_make_command_exists():
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", README + CONTRIBUTING, flags=re.MULTILINE))
    assert {"lab", "test", "progress", "reset", "update", "ship", "shipping-check"} <= named
    for command in named:
        assert re.search(rf"^[a-z -]*\b{command}\b[a-z -]*:", targets, flags=re.MULTILINE), command


@pytest.mark.parametrize(
    "target", sorted(set(re.findall(r"\]\(([^)#]+)\)", README + CONTRIBUTING)))
)
def test_every_link_within_the_repository_leads_somewhere(target):
    assert target.startswith("https://") or (ROOT / target).exists()


def test_the_map_names_what_is_there():
    tree = re.search(r"```text\n(notebooks/.*?)```", README, flags=re.DOTALL).group(1)
    folder = ROOT
    for line in tree.splitlines():
        names = line[:23].split()
        folder = ROOT / "bnlib" if line.startswith("    ") else ROOT
        assert names, line
        for name in names:
            assert (folder / name).exists(), name
