"""A question to answer before you run the next cell; every choice has its own reply."""

from __future__ import annotations

from difflib import get_close_matches
from string import ascii_lowercase
from typing import Any

import traitlets

from bnlib.records import notebooks, predictions, verdicts
from bnlib.widgets import covered
from bnlib.widgets.described import Described, script
from bnlib.widgets.questions import BY_NOTEBOOK, QUESTIONS, Question


class Predict(Described):
    """A question with its choices as buttons; `chosen` is the number of the one chosen, or -1.

    Where the page can, it keeps the next `covers` cells folded until one is chosen.
    """

    name = traitlets.Unicode().tag(sync=True)
    question = traitlets.Unicode().tag(sync=True)
    choices: traitlets.List[Any] = traitlets.List().tag(sync=True)
    chosen = traitlets.Int(-1).tag(sync=True)
    covers = traitlets.Int(0).tag(sync=True)

    def __init__(self, question: Question, *, chosen: int = -1, covers: int = 0) -> None:
        super().__init__(
            name=question.id,
            question=question.text,
            choices=[choice._asdict() for choice in question.choices],
            chosen=chosen,
            covers=covers,
            _esm=script("page/elements.js", "page/keys.js", "page/verdict.js", "predict.js"),
        )
        self.observe(self._keep, "chosen")

    def _keep(self, change: dict) -> None:
        if 0 <= change["new"] < len(self.choices):
            choice = self.choices[change["new"]]
            predictions.save(self.name, choice["text"], choice["right"], verdicts.folder())

    def __repr__(self) -> str:
        lettered = zip(ascii_lowercase, self.choices, strict=False)
        lines = [f"  {letter}) {choice['text']}" for letter, choice in lettered]
        return "\n".join([f"Predict: {self.question}", *lines])


def predict(question: str) -> Predict:
    """The question with the id `question`, from `bnlib.widgets.questions`, as it was last answered.

    Raises:
        ValueError: there is none.
    """
    if question not in QUESTIONS:
        close = get_close_matches(str(question), QUESTIONS, n=1)
        guess = f"; did you mean {close[0]!r}?" if close else ""
        raise ValueError(f"predict: there is no question {question!r}{guess}")
    asked = QUESTIONS[question]
    texts = [choice.text for choice in asked.choices]
    kept = predictions.load(verdicts.folder()).get(question)
    answer = kept["chosen"] if kept else None
    chosen = texts.index(answer) if answer in texts else -1
    return Predict(asked, chosen=chosen, covers=_covers(question))


def _covers(question: str) -> int:
    root = notebooks.course_root()
    names = [name for name, part in BY_NOTEBOOK.items() if QUESTIONS[question] in part]
    if root is None or not names:
        return 0
    return covered.count(root / notebooks.FOLDER / f"{names[0]}.ipynb", question)
