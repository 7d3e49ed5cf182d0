"""No wrong answer is accepted: a sample of the search in `mutation/`, and that it can find one.

All of it runs every week (tests/nightly/test_accepted_faults.py), or by hand.
"""

import copy
import dataclasses
import signal
import types

import answers
import numpy as np
import pytest
from mutation import search
from mutation.edits import Mutable
from mutation.search import Search

from bnlib.exercises import catalogue
from bnlib.exercises.exercise import load
from bnlib.exercises.known import Expectations

SAMPLE = 60
with_alarm = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarm on Windows")


@pytest.fixture(scope="module")
def searches():
    return {}


def searched(name, searches):
    return searches.setdefault(name, Search(name))


@pytest.mark.parametrize("name", catalogue.NAMES)
def test_right_answers_agree_on_most_legal_inputs(name, searches):
    found = searched(name, searches)
    assert len(found.right) >= 4
    assert len(found.legal) >= 0.6 * search.LEGAL_INPUTS


@with_alarm
@pytest.mark.parametrize("name", [n for n in catalogue.NAMES if n not in search.OPEN])
def test_no_mutant_of_a_sample_is_accepted_and_wrong(name, searches):
    found = searched(name, searches).run(seed=1, sample=SAMPLE)
    assert found.mutants > SAMPLE / 2
    assert not found.faults, "\n".join(map(str, found.faults))


@with_alarm
def test_a_missing_input_is_found(monkeypatch):
    normalize = load("normalize")
    poorer = dataclasses.replace(normalize, cases=normalize.cases[:1])
    monkeypatch.setattr(search, "load", lambda name: poorer)
    monkeypatch.setattr(search, "expectations", Expectations)
    passed = types.SimpleNamespace(status="passed")
    monkeypatch.setattr(search, "grade", lambda *_, **__: passed)
    found = Search("normalize").run(seed=1, sample=300)
    assert found.faults


def test_an_edit_changes_one_place_and_is_taken_back():
    mutable = Mutable(load("normalize").reference)
    before = mutable.source()
    edited = [mutable.source() for _ in mutable.mutants()]
    assert mutable.source() == before
    assert len(set(edited)) > 500
    assert sum(source == before for source in edited) < len(edited) / 20


def test_legal_inputs_are_wide():
    rng = np.random.default_rng(1)
    drawn = [answers.of("hidden_layer").anything(rng, float) for _ in range(100)]
    assert {len(case) for case in drawn} == {4, 5}
    for position in range(4):
        values = np.concatenate([case[position].ravel() for case in copy.deepcopy(drawn)])
        assert values.min() < -1 < 1 < values.max()
    assert {1, 6} <= {case[0].shape[1] for case in drawn}
