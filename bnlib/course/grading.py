"""Grading by name in a notebook's kernel, the process that holds the learner's functions.

What comes back is JSON, so that it can leave the kernel.
"""

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
