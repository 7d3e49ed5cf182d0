"""A live figure: controls, charts computed in the page, and one sentence that says what they show.

A widget is a Python file and a JavaScript file of one name. The JavaScript computes and draws in
the page, which answers in a few milliseconds and needs no kernel. The Python file computes the same
numbers from the course's own equations, for the words; a browser test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import traitlets

from bnlib.widgets.described import Described, script

SHARED = tuple(f"page/{name}.js" for name in ("elements", "keys", "statistics", "chart", "live"))


class LiveFigure(Described):
    """Controls over charts. `state` holds the controls' values, as the learner left them."""

    title = traitlets.Unicode().tag(sync=True)
    controls: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    data = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    sentences = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        name: str,
        *,
        title: str,
        controls: Sequence[dict],
        data: dict[str, Any],
        state: dict[str, Any],
        sentences: dict[str, str],
        compute: Callable[..., dict[str, Any]],
    ) -> None:
        """Args:
            name: of the widget's files, and of the function that the learner called.
            title: names the figure for a screen reader.
            controls: made by `slider` and `choice`.
            data: what the picture is made of and no control changes; plain numbers and lists.
            state: a start value for each control.
            sentences: what the figure shows, with {places} for numbers; which one is said when is
                `compute`'s "outcome", "always" if it gives none.
            compute: the sentence's numbers from data and state, as the script's compute does.

        Raises:
            ValueError: a start value outside its control.
        """
        for control in controls:
            _require_within(name, control, state[control["name"]])
        self._compute = compute
        super().__init__(
            title=title,
            controls=list(controls),
            data=data,
            state=state,
            sentences=sentences,
            _esm=script(*SHARED, f"{name}.js"),
        )

    def numbers(self) -> dict[str, Any]:
        """The numbers of the sentence, as the controls stand."""
        return self._compute(**self.data, **self.state)

    def summary(self) -> str:
        """What the figure shows, as the controls stand: the sentence under the charts."""
        numbers = self.numbers()
        sentence = self.sentences[numbers.get("outcome", "always")]
        filled = sentence.format(**{**self.data, **self.state, **numbers})
        return re.sub(r"-(0\.0+)(?!\d)", r"\1", filled)

    def __repr__(self) -> str:
        return f"{self.title}. {self.summary()}"


def slider(
    name: str, label: str, low: float, high: float, step: float = 0.1, *, log: bool = False
) -> dict:
    """A slider for the number `name`, shown with the digits of `step`; `log` slides over log10."""
    digits = max(0, -int(np.floor(np.log10(step) + 1e-9)))
    shown = {"label": label, "low": low, "high": high, "step": step, "digits": digits, "log": log}
    return {"kind": "slider", "name": name, **shown}


def choice(name: str, label: str, options: dict[str, str]) -> dict:
    """Radio buttons for `name`: `options` maps each value to the words beside its button."""
    return {"kind": "choice", "name": name, "label": label, "options": list(options.items())}


def percent(selected: np.ndarray) -> int:
    """How many of a hundred are selected, rounded half up, as the page rounds."""
    return int(np.floor(100 * np.mean(selected) + 0.5))


def counted(number: int, noun: str) -> str:
    """A number with what it counts, an English word whose plural ends in s."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def values(where: str, name: str, given: Any, *, count: int = 2) -> list[float]:
    """One unit's values, shape (m,) or (1, m), as plain floats for the page.

    Raises:
        ValueError: another shape, fewer than `count` values, or a value that is not finite.
    """
    array = np.asarray(given, dtype=float)
    if array.ndim == 2 and array.shape[0] == 1:
        array = array[0]
    if array.ndim != 1 or array.size < count:
        raise ValueError(
            f"{where}: {name} has shape {np.shape(given)}, expected (m,), m >= {count}, one unit"
        )
    if not np.isfinite(array).all():
        raise ValueError(f"{where}: {name} holds values that are not finite")
    return array.tolist()


def _require_within(where: str, control: dict, value: Any) -> None:
    name = control["name"]
    if control["kind"] == "choice":
        options = [option for option, _ in control["options"]]
        if value not in options:
            raise ValueError(f"{where}: {name} is {value!r}, expected one of {', '.join(options)}")
    elif not control["low"] <= value <= control["high"]:
        raise ValueError(
            f"{where}: {name} is {value}, expected {control['low']} to {control['high']}"
        )
