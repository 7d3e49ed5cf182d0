"""Where a part of the result is right on every call, nothing that it comes from is blamed."""

import numpy as np

from bnlib.exercises.exam import Exam
from bnlib.exercises.exercise import load
from bnlib.exercises.known import expectations
from bnlib.exercises.repair import repairs
from bnlib.exercises.right_parts import cleared
from bnlib.exercises.source import source_of


def looked_at(name, answer, wrong=()):
    """The source of an answer, its exam, and in its learner's words what is cleared."""
    expected, source = expectations(load(name)), source_of(answer)
    exam = Exam(expected, list(wrong), 60)
    right = cleared(source, exam)
    return source, exam, right, {source.segment(node) for node in right}


def test_what_a_right_part_comes_from_is_cleared():
    def answer(z):
        _, m = len(z), z.shape[1]
        total = z.sum(axis=1, keepdims=True)
        mu = total / m
        var = (z**2).sum(axis=1, keepdims=True) / m - mu
        return mu, var

    *_, words = looked_at("batch_statistics", answer)
    assert words == {
        "mu",
        "mu = total / m",
        "total = z.sum(axis=1, keepdims=True)",
        "z.shape[1]",
    }


def test_it_is_followed_no_further_than_to_a_loop_or_a_change_in_place():
    def looped(z):
        total = np.zeros((len(z), 1))
        for column in z.T:
            total[:, 0] += column
        mu = total
        mu /= z.shape[1]
        return [mu, mu]

    def in_place(z):
        mu = z.mean(axis=1, keepdims=True)
        np.add(mu, 0, out=mu)
        return mu, z.std(axis=1, keepdims=True)

    *_, words = looked_at("batch_statistics", looped)
    assert words == {"mu", "mu = total", "mu /= z.shape[1]"}
    *_, words = looked_at("batch_statistics", in_place)
    assert words == {"mu"}


def test_a_part_that_is_wrong_on_one_call_clears_nothing():
    def answer(z):
        return z.mean(axis=1, keepdims=True) * (z.shape[1] < 4), z.var(axis=1, keepdims=True)

    plan = expectations(load("batch_statistics")).plan
    wrong = [i for i in range(plan.cases) if plan.calls[i][0].shape[1] >= 4]
    assert wrong
    for first in (wrong, []):
        *_, words = looked_at("batch_statistics", answer, first)
        assert words == {"z.var(axis=1, keepdims=True)"}


def test_the_parts_of_a_dictionary_are_known_by_their_keys():
    def answer(gamma, beta, mean, var):
        return dict(  # noqa: C408
            weight=gamma.ravel(),
            bias=beta.ravel(),
            running_mean=mean.ravel(),
            running_var=np.sqrt(var).ravel(),
        )

    *_, words = looked_at("to_pytorch_state", answer)
    assert words == {"gamma.ravel()", "beta.ravel()", "mean.ravel()"}


def test_what_is_unclear_clears_nothing():
    def chosen(z):
        both = z.mean(axis=1, keepdims=True), z.std(axis=1, keepdims=True)
        return both if z.size else None

    def changed(z):
        both = [z.sum(axis=1, keepdims=True), z.std(axis=1, keepdims=True)]
        both[0] /= z.shape[1]
        return both

    def none_for_a_large_one(z):
        if z.shape[1] < 4:
            return z.mean(axis=1, keepdims=True), z.std(axis=1, keepdims=True)
        return None

    for answer in (chosen, changed, none_for_a_large_one):
        *_, words = looked_at("batch_statistics", answer)
        assert words == set()


def test_a_difference_is_not_cleared_by_a_part_that_is_right_either_way_round():
    def answer(accuracy_with, accuracy_without):
        k = len(accuracy_with)
        d = accuracy_without - accuracy_with
        return d.mean(), d.std(ddof=1) / np.sqrt(k)

    *_, words = looked_at("paired_difference", answer)
    assert words == {"d.std(ddof=1) / np.sqrt(k)", "k = len(accuracy_with)"}


def test_a_difference_without_which_nothing_runs_is_cleared():
    def answer(z):
        ones = np.ones((z.shape[1] - 0, 1))
        return z @ ones / len(ones), z.std(axis=1, keepdims=True)

    *_, words = looked_at("batch_statistics", answer)
    assert words == {"z @ ones / len(ones)", "ones = np.ones((z.shape[1] - 0, 1))"}


def backward(parameters, x, y, eps=1e-5):
    p, m = parameters, x.shape[1]
    found = {}
    z1 = p["W1"] @ x
    std = np.sqrt(z1.var(axis=1, keepdims=True) + eps)
    z_norm = (z1 - z1.mean(axis=1, keepdims=True)) / std
    z_tilde = p["gamma1"] * z_norm + p["beta1"]
    a1 = np.maximum(z_tilde, 0)
    e = np.exp(p["W2"] @ a1 + p["b2"])
    d = (e / e.sum(axis=0) - y) / m
    found["W2"] = d @ a1.T
    found["b2"] = d.sum(axis=1, keepdims=True)
    d = (p["W2"].T @ d) * (z_tilde > 0)
    found["gamma1"] = (d * z_norm).sum(axis=1, keepdims=True)
    found["beta1"] = d.sum(axis=1, keepdims=True)
    d = d * p["gamma1"]
    along = (d * z_norm).sum(axis=1, keepdims=True)
    d = (d - d.mean(axis=1, keepdims=True) - z_norm * along) / std
    found["W1"] = d @ x.T
    return found


def test_a_long_answer_is_mended_among_few_edits_where_most_of_it_is_right():
    source, exam, right, words = looked_at("network_gradients", backward)
    assert "std = np.sqrt(z1.var(axis=1, keepdims=True) + eps)" in words
    assert not any(word.startswith(("d = d *", "along", "found")) for word in words)
    (place, kind), *others = repairs(source, exam, most=1_000, right=right)
    assert kind == "function" and not others
    assert source.segment(source.nodes[place]) == "(d * z_norm).sum"
