"""Grading by name in a notebook's kernel, the process that holds the learner's functions.

What comes back is JSON, so that it can leave the kernel.
"""

import inspect
import json
from collections.abc import Mapping


def verdict_json(name: str, namespace: Mapping[str, object]) -> str:
    """The verdict on the function called `name`, as JSON; a missing one is not attempted."""
    from bnlib.exercises import grade

    if name not in namespace:
        return json.dumps({"status": "not attempted", "misconception": None, "message": ""})
    verdict = grade(name, namespace[name])
    return json.dumps(
        {
            "status": verdict.status,
            "misconception": verdict.misconception,
            "message": verdict.message,
        }
    )


def exercise_names(notebook: str) -> list[str]:
    """The exercises that the catalogue gives to a notebook, by its file name."""
    from bnlib.exercises import catalogue

    return list(catalogue.NOTEBOOKS.get(int(notebook.split("_")[0]), ()))


def solution_source(name: str) -> str:
    """The reference solution of an exercise, as source."""
    from bnlib.exercises.exercise import load

    return inspect.getsource(load(name).reference)
