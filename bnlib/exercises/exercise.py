"""What an exercise is, and how one is read from its file in the catalogue."""

from __future__ import annotations

import dataclasses
import difflib
import functools
import importlib
import inspect
from collections.abc import Callable
from typing import Any

from bnlib.exercises import catalogue, compare


@dataclasses.dataclass(frozen=True, eq=False)
class Mistake:
    """A wrong answer that is known: its id, what the learner is told, and how to make it."""

    name: str
    message: str
    answer: Callable[..., Any]
    """With the exercise's own signature; from `setting` once the exercise is loaded, if any."""
    setting: dict[str, Any]


def mistake(function: Callable[..., Any]) -> Mistake:
    """Declare a mistake: a function with the exercise's signature, whose docstring is the message.

    Its id is the function's name with dashes.
    """
    return Mistake(dashed(function.__name__), _paragraph(function), function, {})


def fault(**setting: Any) -> Callable[[Callable[..., Any]], Mistake]:
    """Declare a mistake as a setting of the file's `faulty`, for faults that combine.

    The function below the decorator has a name, which is the id, and a docstring, which is the
    message; it is never called. Pairs of faults are formed by merging their settings.
    """
    return lambda function: dataclasses.replace(mistake(function), setting=setting)


def also(known: Mistake) -> Callable[[Callable[..., Any]], Mistake]:
    """Declare another way of making a mistake: a function that gets the id and message of `known`.

    It goes below `known` in the file, and needs no docstring.
    """
    return lambda function: Mistake(known.name, known.message, function, {})


def dashed(name: str) -> str:
    """A name as part of an id: `learning_rate` is `learning-rate`."""
    return name.replace("_", "-")


def _paragraph(documented: Any) -> str:
    return " ".join((documented.__doc__ or "").split())


@dataclasses.dataclass(frozen=True, eq=False)
class Exercise:
    """One exercise, as its file in the catalogue says it."""

    name: str
    notebook: int
    asks: str
    reference: Callable[..., Any]
    hints: tuple[str, ...]
    cases: tuple[tuple[Any, ...], ...]
    """The arguments of every call that an answer is judged on; the first is an ordinary one."""
    mistakes: tuple[Mistake, ...]
    fact: str = ""
    """One sentence worth knowing, for those who have solved it."""
    observe: Callable[..., Any] | None = None
    """Turns a random result into what all correct answers share: observe(result, *arguments)."""
    over_draws: Callable[..., Any] | None = None
    """Sees what only several random results together show: over_draws(draws)."""
    tolerance: float = compare.FLOAT64

    @functools.cached_property
    def parameters(self) -> dict[str, inspect.Parameter]:
        """The reference's parameters, by name."""
        return dict(inspect.signature(self.reference).parameters)

    @property
    def signature(self) -> str:
        """The call as the exercise text writes it: `normalize(z, eps=1e-5)`."""
        return f"{self.name}{inspect.signature(self.reference)}".replace("1e-05", "1e-5")


class UnknownExercise(ValueError):
    """There is no exercise of that name; `nearest` are the closest names, at most three."""

    def __init__(self, name: Any) -> None:
        text = str(name).strip().lower().replace("-", "_").replace(" ", "_")
        self.nearest = difflib.get_close_matches(text, catalogue.NAMES, cutoff=0.4)
        known = "the closest: " if self.nearest else "one of "
        known += ", ".join(self.nearest or catalogue.NAMES)
        super().__init__(f"exercises: there is no exercise {name!r}; expected {known}")


@functools.cache
def load(name: str) -> Exercise:
    """The exercise of that name, from its file.

    Raises:
        UnknownExercise: there is no such exercise; the message lists the closest names.
    """
    if name not in catalogue.NAMES:
        raise UnknownExercise(name)
    module = importlib.import_module(f"bnlib.exercises.catalogue.{name}")
    mistakes = [
        dataclasses.replace(m, answer=functools.partial(module.faulty, **m.setting))
        if m.setting
        else m
        for m in vars(module).values()
        if isinstance(m, Mistake)
    ]
    notebook = next(n for n, names in catalogue.NOTEBOOKS.items() if name in names)
    return Exercise(
        name=name,
        notebook=notebook,
        asks=_paragraph(module),
        reference=getattr(module, name),
        hints=tuple(" ".join(hint.split()) for hint in module.HINTS),
        cases=tuple(module.inputs()),
        mistakes=tuple(mistakes),
        fact=" ".join(getattr(module, "FACT", "").split()),
        observe=getattr(module, "observe", None),
        over_draws=getattr(module, "over_draws", None),
        tolerance=getattr(module, "TOLERANCE", compare.FLOAT64),
    )
