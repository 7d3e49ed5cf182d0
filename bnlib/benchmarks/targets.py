"""The targets, once: what each holds to, and whether results meet it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Target:
    """A number that is to be at most `limit`.

    Attributes:
        what: in words.
        path: the keys that lead to the number in the results.
        limit: in `unit`.
        unit: "x" for a ratio of times, "ms", "arrays", or "" for an error.
    """

    what: str
    path: tuple[str, ...]
    limit: float
    unit: str = "x"


def _batch_norm(peer: str, limits: dict[str, float]) -> list[Target]:
    return [
        Target(
            f"batch norm {size}, beside {peer}",
            ("batch_norm", f"{size}, float32", peer, "ratio", "median"),
            limit,
        )
        for size, limit in limits.items()
    ]


DIGITS = "64-100-100-100-10, sigmoid, batch of 60"
WIDE = "784-512-512-10, ReLU, batch of 256"

TARGETS = (
    *_batch_norm(
        "PyTorch",
        {
            "64 x 64": 0.75,
            "100 x 60": 0.75,
            "256 x 256": 1.0,
            "512 x 1024": 1.0,
            "4096 x 4096": 0.3,
        },
    ),
    *_batch_norm(
        "textbook",
        {
            "64 x 64": 0.28,
            "100 x 60": 0.28,
            "256 x 256": 0.28,
            "512 x 1024": 0.22,
            "512 x 4096": 0.22,
            "4096 x 4096": 0.15,
        },
    ),
    *(
        Target(f"peak memory {size}", ("memory", size, "bnlib"), 3, "arrays")
        for size in ("256 x 256", "512 x 4096", "4096 x 4096")
    ),
    Target("float32 error at mean 1e4", ("accuracy", "mean 1e4", "bnlib"), 2e-6, ""),
    Target("float32 error at mean 1e6", ("accuracy", "mean 1e6", "bnlib"), 1e-5, ""),
    Target(
        "training step of the digits net, beside PyTorch",
        ("training", DIGITS, "PyTorch", "ratio", "median"),
        0.50,
    ),
    Target(
        "training step of the digits net, beside torch.compile",
        ("training", DIGITS, "torch.compile", "ratio", "median"),
        1.05,
    ),
    Target(
        "training step of 784-512-512-10, beside PyTorch",
        ("training", WIDE, "PyTorch", "ratio", "median"),
        0.85,
    ),
    *(
        Target(
            f"softmax cross-entropy, {size}, beside PyTorch",
            ("softmax", size, "PyTorch", "ratio", "median"),
            limit,
        )
        for size, limit in (
            ("10 classes, 128 examples", 0.35),
            ("1,000 classes, 1024 examples", 0.75),
            ("50,000 classes, 256 examples", 0.35),
        )
    ),
    Target(
        "folded inference beside unfolded, batch of 60",
        ("inference", "batch of 60", "unfolded", "ratio", "median"),
        0.6,
    ),
    Target("import bnlib, beyond NumPy", ("imports", "bnlib", "milliseconds", "median"), 15, "ms"),
    Target(
        "a verdict on an exercise",
        ("verdicts", "every further one", "milliseconds", "median"),
        20,
        "ms",
    ),
)


def value(target: Target, subjects: dict[str, Any]) -> float | None:
    """What was measured for `target`; None if it was not."""
    found: Any = subjects
    for key in target.path:
        found = found.get(key) if isinstance(found, dict) else None
    return found


def verdict(target: Target, subjects: dict[str, Any]) -> str:
    """ "met", "missed" or "not measured"."""
    measured = value(target, subjects)
    if measured is None:
        return "not measured"
    return "met" if measured <= target.limit else "missed"
