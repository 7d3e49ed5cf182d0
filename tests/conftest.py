"""Settings that hold for every test, and the folders that run only when they are named."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# No deadline: a busy machine is no failure. Derandomized: the same examples on every run.
settings.register_profile("course", deadline=None, derandomize=True, max_examples=60, database=None)
settings.load_profile("course")

os.environ.setdefault("BNLIB_PROGRESS", "")  # no verdict of a test is kept for a learner

APART = [Path(__file__).parent / name for name in ("browser", "claims", "hub", "making", "nightly")]
"""Not for every `make test` of a learner. `make shipping-check` runs the claims of the experiments
over many seeds, and the tests of what makes the course; browser tests need Chromium, a hub npm."""


def pytest_ignore_collect(collection_path, config):
    folder = config.invocation_params.dir
    asked = [(folder / str(argument).split("::")[0]).resolve() for argument in config.args]
    for apart in APART:
        if collection_path == apart and not any(apart in (a, *a.parents) for a in asked):
            return True
    return None


@pytest.fixture
def interruptible():
    """Interrupts are heard: what a shell starts in the background ignores them, children too."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
