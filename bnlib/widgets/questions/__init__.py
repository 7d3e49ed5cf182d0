"""The predict questions, as plain data: a module a notebook, in the notebooks' order.

To add one: write a `Question` in your notebook's module, and `predict("its-id")` in the notebook.
Every choice has a reply of its own, which says why one might think so and what is so instead.
"""

import re

from bnlib.widgets.questions import fitting, frameworks, normalizing, softmax, test_time, why
from bnlib.widgets.questions.question import Choice, Question

BY_NOTEBOOK = {
    "1_normalizing_activations": normalizing.QUESTIONS,
    "2_fitting_batch_norm": fitting.QUESTIONS,
    "3_why_it_works": why.QUESTIONS,
    "4_test_time": test_time.QUESTIONS,
    "5_softmax": softmax.QUESTIONS,
    "6_frameworks": frameworks.QUESTIONS,
}
QUESTIONS = {question.id: question for part in BY_NOTEBOOK.values() for question in part}

__all__ = ["BY_NOTEBOOK", "QUESTIONS", "Choice", "Question", "misused"]


def misused(notebook: str, code: str) -> list[str]:
    """What is wrong with the questions that a notebook asks, in words; nothing, if all is well.

    Each of the notebook's questions is to be asked once, and no other.

    Args:
        notebook: its file's name without the ending, a key of `BY_NOTEBOOK`.
        code: the source of its code cells.
    """
    asked = re.findall(r"""\bpredict\(\s*["']([^"']*)["']\s*\)""", code)
    own = [question.id for question in BY_NOTEBOOK.get(notebook, ())]
    times = {name: asked.count(name) for name in [*own, *asked]}
    return [
        *(f"question {name!r} is asked {n} times" for name, n in times.items() if n != 1),
        *(f"question {name!r} is not one of {notebook}'s" for name in times if name not in own),
    ]
