"""The predict questions, as plain data: a module a notebook, in the notebooks' order.

To add one: write a `Question` in your notebook's module, and `predict("its-id")` in the notebook.
Every choice has a reply of its own, which says why one might think so and what is so instead.
"""

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

__all__ = ["BY_NOTEBOOK", "QUESTIONS", "Choice", "Question"]
