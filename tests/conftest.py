"""Settings that hold for every test, and the folders that run only when they are named."""

import os
from pathlib import Path

from hypothesis import settings

# No deadline: a busy machine is no failure. Derandomized: the same examples on every run.
settings.register_profile("course", deadline=None, derandomize=True, max_examples=60, database=None)
settings.load_profile("course")

os.environ.setdefault("BNLIB_PROGRESS", "")  # no verdict of a test is kept for a learner

APART = [Path(__file__).parent / name for name in ("browser", "claims", "making", "nightly")]
"""Not for every `make test` of a learner. `make shipping-check` runs the claims of the experiments
over many seeds, and the tests of what makes the course; browser tests need Chromium."""


def pytest_ignore_collect(collection_path, config):
    folder = config.invocation_params.dir
    asked = [(folder / str(argument).split("::")[0]).resolve() for argument in config.args]
    for apart in APART:
        if collection_path == apart and not any(apart in (a, *a.parents) for a in asked):
            return True
    return None
