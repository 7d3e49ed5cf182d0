"""A question to answer before you run the next cell; every choice has its own reply."""

from __future__ import annotations

from difflib import get_close_matches
from string import ascii_lowercase
from typing import Any

import traitlets

from bnlib.widgets.described import Described, script
from bnlib.widgets.questions import QUESTIONS, Question


class Predict(Described):
    """A question with its choices as buttons; `chosen` is the number of the one chosen, or -1."""

    question = traitlets.Unicode().tag(sync=True)
    choices: traitlets.List[Any] = traitlets.List().tag(sync=True)
    chosen = traitlets.Int(-1).tag(sync=True)

    def __init__(self, question: Question) -> None:
        super().__init__(
            question=question.text,
            choices=[choice._asdict() for choice in question.choices],
            _esm=script("page/elements.js", "page/keys.js", "predict.js"),
        )

    def __repr__(self) -> str:
        lettered = zip(ascii_lowercase, self.choices, strict=False)
        lines = [f"  {letter}) {choice['text']}" for letter, choice in lettered]
        return "\n".join([f"Predict: {self.question}", *lines])


def predict(question: str) -> Predict:
    """The question with the id `question`, from `bnlib.widgets.questions`.

    Raises:
        ValueError: there is none.
    """
    if question not in QUESTIONS:
        close = get_close_matches(str(question), QUESTIONS, n=1)
        guess = f"; did you mean {close[0]!r}?" if close else ""
        raise ValueError(f"predict: there is no question {question!r}{guess}")
    return Predict(QUESTIONS[question])
