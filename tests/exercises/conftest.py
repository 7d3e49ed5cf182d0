"""A busy machine is no failure: a search for a place may take longer here than a learner waits."""

import pytest

from bnlib.exercises import exam, search


@pytest.fixture(autouse=True)
def time_enough(monkeypatch):
    """A search has ten times its seconds, and each candidate three times its own."""
    monkeypatch.setattr(search, "SECONDS", 10 * search.SECONDS)
    monkeypatch.setattr(exam, "_FOR_ONE", 3 * exam._FOR_ONE)
