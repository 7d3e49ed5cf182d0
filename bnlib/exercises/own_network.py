"""The learner's own functions train on the digits: in the checker's child, with a time limit.

Two cells depend on answers, one in notebook 2 and one in 5. Nothing here raises for what they do.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bnlib.datasets import Digits
from bnlib.equations.softmax import softmax_cross_entropy
from bnlib.exercises import sandbox
from bnlib.exercises.exercise import load
from bnlib.exercises.grading import grade

NEEDED = ("split_into_minibatches", "network_gradients", "gradient_step")
HIDDEN, RATE, BATCH_SIZE = 50, 0.3, 60
TIME_LIMIT = 8.0


@dataclass(frozen=True)
class OwnRun:
    """What became of it: accuracy after each step, where there is any, and one sentence."""

    accuracy: tuple[float, ...]
    said: str


def start(n_in: int, classes: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Parameters of a net with one hidden layer of ReLU units: Kaiming He's scale, no b1."""
    return {
        "W1": rng.normal(0, np.sqrt(2 / n_in), (HIDDEN, n_in)),
        "gamma1": np.ones((HIDDEN, 1)),
        "beta1": np.zeros((HIDDEN, 1)),
        "W2": rng.normal(0, np.sqrt(2 / HIDDEN), (classes, HIDDEN)),
        "b2": np.zeros((classes, 1)),
    }


def scores(parameters: dict[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """What the net makes of `x (n_0, m)`, (C, m); batch norm uses the statistics of `x` itself."""
    p = parameters
    z = p["W1"] @ x
    z = (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z.var(axis=1, keepdims=True) + 1e-5)
    found: np.ndarray = p["W2"] @ np.maximum(p["gamma1"] * z + p["beta1"], 0) + p["b2"]
    return found


def cost(parameters: dict[str, np.ndarray], x: np.ndarray, y: np.ndarray) -> float:
    """J, of which `network_gradients` gives the gradients; `y (C, m)` is one-hot."""
    return softmax_cross_entropy(scores(parameters, x), y)[0]


def accuracy(parameters: dict[str, np.ndarray], x: np.ndarray, y: np.ndarray) -> float:
    """The share of examples that are read right."""
    found = scores(parameters, x)
    if not np.isfinite(found).all():
        return float("nan")
    return float(np.mean(found.argmax(axis=0) == y))


def curve(
    functions: Sequence[Callable[..., Any]], data: tuple[np.ndarray, ...], epochs: int, seed: int
) -> tuple[float, ...]:
    """Accuracy on the test images before the first step and after each one.

    functions: those named in NEEDED, in that order.
    data: x_train, y_train, x_test, y_test; labels as class numbers.
    """
    split, gradients, step = functions
    x, y, x_test, y_test = data
    rng = np.random.default_rng(seed)
    classes = int(y.max()) + 1
    parameters = start(x.shape[0], classes, rng)
    found = [accuracy(parameters, x_test, y_test)]
    with np.errstate(all="ignore"):
        for _ in range(epochs):
            for x_t, y_t in split(x, np.eye(classes)[:, y], BATCH_SIZE, rng):
                parameters = step(parameters, gradients(parameters, x_t, y_t), RATE)
                found.append(accuracy(parameters, x_test, y_test))
    return tuple(found)


def course(data: tuple[np.ndarray, ...], *, epochs: int = 3, seed: int = 0) -> tuple[float, ...]:
    """The curve of the course's own functions."""
    return curve([load(name).reference for name in NEEDED], data, epochs, seed)


def train(
    functions: Sequence[Callable[..., Any]],
    data: tuple[np.ndarray, ...],
    *,
    epochs: int = 3,
    seed: int = 0,
    time_limit: float = TIME_LIMIT,
    fork: bool = sandbox.CAN_FORK,
) -> OwnRun:
    """Train with the learner's functions, as in `curve`; what is missing or wrong is said.

    Never raises for anything that they do. Where there are no processes (Windows, the browser),
    only functions that have passed are run: an endless loop could not be ended there.
    """
    named = dict(zip(NEEDED, functions, strict=True))
    found, said = _apart(named, lambda: curve(functions, data, epochs, seed), time_limit, fork)
    if found is None:
        return OwnRun((), f"The course's curve alone: {said}")
    if said:
        what = f"This is what training does while {said}"
        return OwnRun(found, f"{what} A curve may look healthy all the same: `check` knows.")
    return OwnRun(found, "The curve is yours: split, gradients and step, each of them.")


def regression(function: Callable[..., Any], digits: Digits, fork: bool = sandbox.CAN_FORK) -> str:
    """How well the learner's `softmax_regression` reads the digits, or why not; as `train`."""

    def right() -> int:
        w, b = function(digits.x_train, np.eye(10)[:, digits.y_train], 0.5, 400)
        return int(np.sum((w @ digits.x_test + b).argmax(axis=0) == digits.y_test))

    found, said = _apart({"softmax_regression": function}, right, TIME_LIMIT, fork)
    if found is None:
        return said
    return f"{found} of {digits.y_test.size} right{said and ', while '}{said}"


def _apart(
    functions: dict[str, Any], training: Callable[[], Any], time_limit: float, fork: bool
) -> tuple[Any, str]:
    """What `training` gives in the child, None if nothing; and what is missing or wrong, or ""."""
    verdicts = {
        name: grade(name, function, place=False, fork=fork) for name, function in functions.items()
    }
    missing = [name for name, verdict in verdicts.items() if verdict.status == "not attempted"]
    if missing:
        return None, f"{_with_verb(missing)} not attempted yet."
    for name, verdict in verdicts.items():
        if verdict.misconception in ("no-termination", "ended-python"):
            return None, f"{name} does not come to an end by itself."
    wrong = [name for name, verdict in verdicts.items() if verdict.status == "failed"]
    said = f"{_with_verb(wrong)} not right yet." if wrong else ""
    if wrong and not fork:
        return None, said

    def task() -> bytes:
        try:
            with np.errstate(all="ignore"):
                return marshal.dumps(training())
        except BaseException as error:
            return marshal.dumps(f"{type(error).__name__}: {error}"[:300])

    try:
        found = marshal.loads(sandbox.run(task, time_limit, fork))
    except sandbox.TimedOut:
        return None, "what you wrote did not finish training in time."
    except (sandbox.Died, sandbox.Forged, ValueError, TypeError, EOFError):
        return None, "what you wrote ended Python before training was over."
    return (None, f"training stopped with {found}") if isinstance(found, str) else (found, said)


def _with_verb(names: Sequence[str]) -> str:
    verb = "is" if len(names) == 1 else "are"
    return f"{', '.join(names)} {verb}"
