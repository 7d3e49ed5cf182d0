"""The programs of `bnlib.frameworks.programs`, shown with what they print.

What they printed when `make frameworks NAME=carrying` ran them last is in `recorded/programs.json`.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bnlib.datasets import load_digits
from bnlib.environments import NotInstalledError
from bnlib.frameworks.program import PROGRAMS
from bnlib.frameworks.records import recorded


@dataclass(frozen=True)
class Shown:
    """A program and its output: folded in a notebook, all of it where there is text alone."""

    title: str
    source: str
    output: str
    status: str

    def _repr_markdown_(self) -> str:
        return (
            f"<details>\n<summary>{self.title}: the program</summary>\n\n"
            f"```python\n{self.source.strip()}\n```\n\n</details>\n\n"
            f"It printed ({self.status}):\n\n```text\n{self.output.strip()}\n```\n"
        )

    def __repr__(self) -> str:
        return f"{self.title}\n\n{self.source}\nIt printed ({self.status}):\n\n{self.output}"


def show(name: str, title: str) -> Shown:
    """The program `name`: run now where its framework is installed, else with the recorded output.

    Only one that needs no more than the digits is run. Raises KeyError for an unknown name.
    """
    program, record = PROGRAMS[name], recorded("programs")
    output, status = record["output"][name], f"recorded {record['date']}"
    if name.endswith("_network") and program.installed_here:
        try:
            with tempfile.TemporaryDirectory() as folder:
                write_digits(Path(folder))
                output, status = program.run(Path(folder)), "live"
        except NotInstalledError as reason:
            status += f"; installed, but {reason}"
    return Shown(title, program.source, output, status)


def write_digits(folder: Path) -> None:
    """digits.npz and batch.npy as the programs expect them: a row an image, float32."""
    digits = load_digits()
    np.save(folder / "batch.npy", digits.x_test.T[:100].astype(np.float32))
    np.savez(
        folder / "digits.npz",
        x_train=digits.x_train.T.astype(np.float32),
        y_train=digits.y_train.astype(np.int64),
        x_test=digits.x_test.T.astype(np.float32),
        y_test=digits.y_test.astype(np.int64),
    )
