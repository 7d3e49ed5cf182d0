"""The calls that an answer is given beside the cases, and what is known before anybody answers."""

import numpy as np
import pytest

from bnlib.exercises import grade
from bnlib.exercises.compare import holds_float32, same
from bnlib.exercises.exercise import load
from bnlib.exercises.known import expectations
from bnlib.exercises.plan import for_many_generators

normalize = load("normalize").reference


def changed(name, argument):
    """The values of an argument where it is changed by itself: before, and now."""
    expected = expectations(load(name))
    plan, k = expected.plan, list(expected.exercise.parameters).index(argument)
    probes = plan.probes_of(argument)
    for call, case in probes:
        before, now = plan.calls[case], plan.calls[call]
        assert len(now) == len(before)
        assert [i for i in range(len(now)) if now[i] is not before[i]] == [k]
    return [(plan.calls[case][k], plan.calls[call][k]) for call, case in probes]


def test_a_count_is_one_more_and_once_four_times_as_large():
    *by_one, (before, large) = changed("one_hot", "classes")
    assert len(by_one) == 5 and all(now == before + 1 for before, now in by_one)
    assert large == 4 * before


def test_a_number_is_a_quarter_larger_and_one_that_hardly_counts_once_large():
    *resized, (before, large) = changed("normalize", "eps")
    assert len(resized) == 4 and all(now == 1.25 * before for before, now in resized)
    assert large == 1e6 * before
    assert all(now == 1.25 * before for before, now in changed("gradient_step", "learning_rate"))
    axes = changed("normalize_images", "channel_axis")
    assert [now for _, now in axes] == [-before for before, _ in axes] != []


def test_an_array_is_resized_turned_round_and_gets_an_entry_twice():
    (z, resized), turned, turned_last, (_, repeated) = changed("batch_statistics", "z")
    factors = resized / z
    assert np.all((factors >= 0.75) & (factors <= 1.25)) and len(set(factors.flat)) == z.size
    assert factors[0, 0] == 1.25
    for before, now in (turned, turned_last):
        np.testing.assert_array_equal(now, before[::-1, ::-1])
    np.testing.assert_array_equal(repeated[:, 0], z[:, -1])
    np.testing.assert_array_equal(repeated[:, 1:], z[:, 1:])
    plan = expectations(load("batch_statistics")).plan
    assert [case for _, case in plan.probes_of("z")] == [0, 0, plan.cases - 1, 0]


def test_cases_that_differ_in_one_argument_are_probes_of_each_other():
    plan = expectations(load("softmax")).plan
    assert [call for call in plan.probes if call < plan.cases] == [5] and plan.probes[5] == (4, "z")
    plan = expectations(load("pytorch_momentum")).plan
    assert [plan.probes[call] for call in (1, 2, 3)] == [(0, "keras_momentum")] * 3


@pytest.mark.parametrize("name", ["normalize", "gradient_step", "recompute_statistics"])
def test_a_case_in_float32_is_repeated_in_float64(name):
    plan = expectations(load(name)).plan
    ((call, case),) = plan.widened.items()
    assert holds_float32(plan.calls[case]) and not holds_float32(plan.calls[call])
    assert same(plan.calls[call], plan.calls[case], 0)


def test_a_case_is_repeated_without_its_default():
    plan = expectations(load("hidden_layer")).plan
    for i, case in zip(plan.shortened, (0, 5), strict=True):
        assert len(plan.calls[i]) == 4 and plan.calls[i][0] is plan.calls[case][0]
    for name in ("batch_statistics", "split_into_minibatches"):
        assert not expectations(load(name)).plan.shortened


def test_a_random_case_is_repeated_as_it_is_and_with_another_generator():
    plan = expectations(load("split_into_minibatches")).plan
    assert not plan.probes and expectations(load("normalize")).plan.repeats == {5: 0}
    assert sorted(plan.repeats.values()) == sorted(plan.reseeded.values()) == list(range(6))
    for call, case in plan.repeats.items():
        assert plan.calls[call] is plan.calls[case]
    several = [(plan.calls[call], case) for call, case in plan.reseeded.items()]
    several += [(call, 0) for call in for_many_generators(plan.calls[0])]
    for (*others, rng), case in several:
        *before, old = plan.calls[case]
        assert all(now is one for now, one in zip(others, before, strict=True))
        assert rng.bit_generator.state != old.bit_generator.state
    assert len(several) == 6 + 10


def test_a_small_default_is_one_that_hardly_counts():
    negligible = {"normalize": ["eps"], "numerical_gradient": ["h"], "keras_moving_variance": []}
    for name, parameters in negligible.items():
        assert expectations(load(name)).negligible == parameters


@pytest.mark.parametrize("eps", [1e-2, 1e-3, 1e-4, 1e-6, 1e-7, 1e-8, 1e-10, 1e-12, 1.0])
def test_a_usual_number_in_place_of_eps_is_told(eps):
    verdict = grade("normalize", lambda z, given=1e-5: normalize(z, eps), place=False)
    assert verdict.misconception == "hard-coded-eps"
    exact = [known.names for known in expectations(load("normalize")).without["eps"]]
    assert exact.count(("hard-coded-eps",)) == 9
