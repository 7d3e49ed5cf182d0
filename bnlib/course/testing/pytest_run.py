"""What is known of one pytest process that `make test` has started."""

from dataclasses import dataclass, field


@dataclass
class Run:
    """One pytest process: a notebook's, or the unit tests' (name "unit tests")."""

    name: str
    seconds: float = 0.0
    rows: list[dict] = field(default_factory=list)  # see nbval_plugin; empty for unit tests
    tests: list[tuple[str, str]] = field(default_factory=list)  # unit tests: outcome, reason
    code: int = 0  # pytest's exit code
    output: str = ""  # what pytest printed
    damage: str | None = None  # why the notebook could not be run at all
