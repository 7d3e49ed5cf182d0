"""The programs in `programs`: their source, and how they are run."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path

from bnlib.frameworks.needs import ENVIRONMENTS
from bnlib.frameworks.process import run_in_one_thread

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Program:
    """A file of `programs`, and what it needs."""

    name: str
    environment: str
    """One of `needs.ENVIRONMENTS`."""
    modules: tuple[str, ...]
    """What it imports, besides NumPy."""

    @property
    def path(self) -> Path:
        return HERE / "programs" / f"{self.name}.py"

    @property
    def source(self) -> str:
        """As a reader sees it."""
        return self.path.read_text(encoding="utf-8")

    @property
    def digest(self) -> str:
        """Tells whether a record is of this source."""
        return hashlib.sha256(self.source.encode()).hexdigest()[:16]

    @property
    def installed_here(self) -> bool:
        """Whether it can be run by the Python that runs this."""
        return all(importlib.util.find_spec(module) for module in self.modules)

    def run(self, folder: Path, python: Path | str = sys.executable) -> str:
        """Run it in `folder`. Returns what it printed.

        Raises:
            NotInstalledError: it crashed, or took too long; the message says why.
        """
        variables = ENVIRONMENTS[self.environment].variables
        return run_in_one_thread([python, self.path], folder, variables)


def _programs(environment: str, modules: tuple[str, ...], *names: str) -> dict[str, Program]:
    return {name: Program(name, environment, modules) for name in names}


PROGRAMS = {
    **_programs("pytorch", ("torch",), "pytorch_network", "to_pytorch", "from_pytorch"),
    **_programs("pytorch", ("torch",), "nine_ways_pytorch"),
    **_programs("jax", ("keras", "jax"), "keras_network", "from_keras", "to_keras"),
    **_programs("jax", ("keras", "jax"), "nine_ways_keras"),
    **_programs("jax", ("jax", "flax", "optax"), "flax_network"),
}


def digests() -> dict[str, str]:
    """Of every program: a record says which sources it is of."""
    return {name: program.digest for name, program in PROGRAMS.items()}
