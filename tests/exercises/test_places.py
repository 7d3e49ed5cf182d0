"""The place of a slip: the right line, the learner's own words, never the replacement."""

import ast
import inspect
import itertools
import re

import measure
import numpy as np
import pytest

from bnlib.exercises import grade, repair, sandbox, substitute
from bnlib.exercises.edits import edits
from bnlib.exercises.exam import Exam, fresh
from bnlib.exercises.exercise import load
from bnlib.exercises.known import expectations
from bnlib.exercises.place import Place
from bnlib.exercises.source import source_of

normalize = load("normalize").reference
NAMES = ("normalize", "batch_statistics", "softmax", "fold_batch_norm")


@pytest.mark.parametrize("name", NAMES)
def test_the_line_told_is_the_one_that_was_changed(name):
    wrong, located, right = measure.lines_right([name])
    assert wrong >= 4
    assert right == located >= 0.6 * wrong


def test_most_are_named_or_located_without_any_known_mistake():
    with measure.no_known_mistakes():
        counts = measure.shares(["normalize"])
    assert counts["refused"] == counts["wrong"]
    assert counts["named or located"] >= 0.65 * counts["wrong"]


def test_decorators_are_not_counted():
    def decorator(function):
        return function

    @decorator
    @decorator
    def answer(z, eps=1e-5):
        mu = z.mean(axis=1, keepdims=True)
        var = z.var(axis=1, keepdims=True)
        return (z - mu) / np.cbrt(var + eps) ** 2

    verdict = grade("normalize", answer)
    assert verdict.line in (None, 4)
    assert "np.sqrt" not in verdict.message


def stops_where_it_is_flat(gradient, w, learning_rate, steps):
    for _ in range(steps):
        g = gradient(w)
        if np.max(g) < 0.5:
            break
        w = w - learning_rate * g
    return w


def moves_the_mean(z, gamma, beta, mean, var, eps=1e-5):
    keep = 0.9
    mean = keep * mean + (1 - keep) * np.mean(z, axis=1, keepdims=True)
    z_norm = (z - mean) / np.sqrt(var + eps)
    return gamma * z_norm + beta


@pytest.mark.parametrize(
    ("name", "answer", "line", "expression"),
    [
        ("minimize", stops_where_it_is_flat, 4, "if np.max(g) < 0.5:"),
        ("batch_norm_inference", moves_the_mean, 3, "mean = keep * mean + (1 - keep)"),
    ],
)
def test_a_statement_too_many_is_the_place_whatever_else_mends_it(name, answer, line, expression):
    with measure.no_known_mistakes():
        verdict = grade(name, answer)
    assert verdict.line == line and verdict.expression.startswith(expression)
    assert "is all of it needed?" in verdict.message


def test_a_line_that_nobody_reads_is_the_one_that_was_to_be_read():
    def returns_an_earlier_one(z_norm, gamma, beta):
        scaled = np.multiply(gamma, z_norm)
        shifted = np.add(scaled, beta)  # noqa: F841
        return scaled

    verdict = grade("scale_and_shift", returns_an_earlier_one)
    assert (verdict.line, verdict.expression) == (4, "scaled")


def test_a_variable_that_is_not_what_it_is_called_has_its_place_where_it_is_made():
    def another_beta(z, eps=1e-5):
        mu = z.mean(axis=1, keepdims=True)
        gamma = np.sqrt(z.var(axis=1, keepdims=True) + eps)
        beta = -mu / gamma
        return gamma, beta

    verdict = grade("identity_parameters", another_beta)
    assert (verdict.line, verdict.expression) == (4, "-mu / gamma")


def test_an_inner_functions_own_default_is_a_matter_of_its_call():
    def hands_no_eps_on(a_prev, w, gamma, beta, eps=1e-5):
        def normalized(z, eps=1e-5):
            mu, var = z.mean(axis=1, keepdims=True), z.var(axis=1, keepdims=True)
            return (z - mu) / np.sqrt(var + eps)

        return np.maximum(gamma * normalized(w @ a_prev) + beta, 0)

    source = source_of(hands_no_eps_on)
    lines = {spot.node.lineno for spot in substitute._spots(source, ())}
    assert lines == {6}


def test_what_mends_only_as_it_writes_into_an_argument_is_no_place():
    def starts_anew(z_norm, gamma, beta):
        z_tilde = np.zeros_like(z_norm)
        for i in range(len(z_norm)):
            z_tilde[i] = gamma[i] * z_norm[i]
            z_tilde[i] = z_norm[i] + beta[i]
        return z_tilde

    assert grade("scale_and_shift", starts_anew).line in (None, 5)


def test_a_value_that_no_single_edit_mends_is_placed():
    def answer(z, eps=1e-5):
        mu = z.mean(axis=1, keepdims=True)
        spread = np.abs(z - mu).max(axis=1, keepdims=True)
        return (z - mu) / spread

    verdict = grade("normalize", answer)
    assert verdict.line == 3
    assert verdict.expression == "np.abs(z - mu).max(axis=1, keepdims=True)"


def test_edits_of_one_cost_are_tried_all_or_not_at_all():
    def another_axis(z):
        return z.mean(axis=0, keepdims=True), z.var(axis=1, keepdims=True)

    def turned_round(z, eps=1e-5):
        return (z.mean(axis=1, keepdims=True) - z) / np.sqrt(z.var(axis=1, keepdims=True) + eps)

    for name, answer, cost in (
        ("batch_statistics", another_axis, 1),
        ("normalize", turned_round, 2),
    ):
        source, exam = source_of(answer), Exam(expectations(load(name)), [0], 60)
        groups = edits(source, numbers=repair._numbers(source, exam))
        needed = sum(len(list(group)) for group in itertools.islice(groups, cost))
        assert repair.repairs(source, exam, needed)
        assert not repair.repairs(source, exam, needed - 1)


def test_edits_that_never_end_hold_up_none():
    def up_the_hill(gradient, w, learning_rate, steps):
        t = 0
        while t < steps:
            w = w + learning_rate * gradient(w)
            t += 1
        return w

    assert grade("minimize", up_the_hill).line == 4


def test_arguments_are_known_as_numbers_by_what_is_handed_in():
    def answer(z, eps=1e-5, never_given=0):
        return z

    exam = Exam(expectations(load("normalize")), [0])
    assert repair._numbers(source_of(answer), exam) == {"eps"}


def test_fresh_inputs_are_other_numbers_with_the_same_labels():
    expected = expectations(load("softmax_cross_entropy_gradient"))
    logits, labels = zip(*expected.plan.calls[: expected.plan.cases], strict=True)
    for (z, y), _, _ in fresh(expected)[:2]:  # of whole numbers the third is, which stay
        assert not any(np.array_equal(z, of_a_case) for of_a_case in logits)
        assert any(np.array_equal(y, of_a_case) for of_a_case in labels)


def test_no_number_is_blamed_for_what_stands_beside_it():
    def turned_round(f, x, h=1e-5):
        gradient = np.zeros_like(x)
        for i in np.ndindex(x.shape):
            step = np.zeros_like(x)
            step[i] = h
            gradient[i] = (f(x - step) - f(x + step)) / (2 * h)
        return gradient

    def kept_from_zero(keras_momentum):
        return (1 - keras_momentum) / max(keras_momentum, 1e-12)

    def second_largest(x):
        eig = np.linalg.eigvalsh(x @ x.T)
        return eig[-1] / eig[max(len(eig) - 2, 0)]

    assert grade("condition_number", second_largest).expression != "max"
    assert grade("numerical_gradient", turned_round).expression != "2"
    assert grade("pytorch_momentum", kept_from_zero).expression != "1e-12"


def test_no_array_is_put_for_a_number_and_no_guard_is_turned():
    def without_brackets(average, value, decay):
        return decay * average + 1 - decay * value

    def corrected(average, value, decay):
        new = decay * average + (1 - decay) * value
        return new / (1 - decay) if decay < 1 else new

    assert grade("update_average", without_brackets).expression is None
    assert grade("update_average", corrected).expression != "decay < 1"


def test_words_that_are_there_twice_are_told_with_what_stands_around_them():
    def own_deviations(z_before, z_after):
        new = z_after.mean(axis=1, keepdims=True) / z_after.std(axis=1, keepdims=True)
        old = z_before.mean(axis=1, keepdims=True) / z_before.std(axis=1, keepdims=True)
        return np.abs(new - old)

    assert grade("distribution_shift", own_deviations).expression == "z_after.std"


def test_what_stands_around_a_slip_is_not_asked_for_its_power():
    def mean_not_squared(z):
        return z.mean(axis=1)[:, None], (z**2).mean(axis=1)[:, None] - z.mean(axis=1)[:, None]

    with measure.no_known_mistakes():
        verdict = grade("batch_statistics", mean_not_squared)
    assert verdict.expression == "(z**2).mean(axis=1)[:, None] - z.mean(axis=1)[:, None]"
    assert "another power" not in verdict.message
    assert "which value does it give" in verdict.message


def test_what_an_expression_gives_and_what_is_due_there_are_shown_side_by_side():
    def plain_mean_for_the_variance(dz_norm, z, eps=1e-5):
        mu = z.mean(axis=1, keepdims=True)
        std = np.sqrt(z.var(axis=1, keepdims=True) + eps)
        z_norm = (z - mu) / std
        g = dz_norm.mean(axis=1, keepdims=True)
        return (dz_norm - g - z_norm * g) / std

    with measure.no_known_mistakes():
        verdict = grade("normalize_backward", plain_mean_for_the_variance)
    assert verdict.expression == "z_norm * g"
    assert re.search(r"it gives \[\[.*\]\]\. If it gave \[\[.*\]\] instead", verdict.message)


def test_a_variable_that_holds_what_is_missing_is_not_blamed_alone():
    def divides_once(dz_norm, centred, std):
        upstream = dz_norm / std
        return upstream, -(dz_norm * centred / std).sum(axis=1, keepdims=True)

    def decays(gradient, w, learning_rate, steps):
        for k in range(steps):
            rate = learning_rate * 0.9**k
            w = w - rate * gradient(w)
        return w

    def fades(gradient, w, learning_rate, steps):
        for k in range(steps):
            rate = learning_rate / (k + 1)
            w = w - rate * gradient(w)
        return w

    one, other = grade("division_backward", divides_once), grade("minimize", decays)
    assert grade("minimize", fades).expression == "learning_rate / (k + 1)"
    assert (one.line, one.expression[:26]) == (3, "-(dz_norm * centred / std)")
    assert (other.line, other.expression) == (3, "0.9")


def test_a_variable_that_is_the_wrong_one_is_blamed():
    def from_the_start(gradient, w, learning_rate, steps):
        start = w
        for _ in range(steps):
            w = start - learning_rate * gradient(w)
        return w

    assert grade("minimize", from_the_start).expression == "start"


def test_the_place_where_an_argument_is_changed():
    def centres_in_place(dcentred):
        dcentred -= dcentred.mean(axis=1, keepdims=True)
        return dcentred

    def by_another_name(running, z, momentum=0.1):
        new = running
        new *= 1 - momentum
        return new + momentum * z.var(axis=1, ddof=1, keepdims=True)

    def through_a_view(moving, z, momentum=0.99):
        new = moving[:, 0]
        np.multiply(new, momentum, out=new)
        return (new + (1 - momentum) * z.var(axis=1))[:, np.newaxis]

    for name, answer, line, words in (
        ("centring_backward", centres_in_place, 2, "dcentred -= "),
        ("pytorch_running_variance", by_another_name, 3, "new *= 1 - momentum"),
        ("keras_moving_variance", through_a_view, 2, "new = moving[:, 0]"),
    ):
        verdict = grade(name, answer)
        assert verdict.misconception == "changed-arguments"
        assert (verdict.line, verdict.expression[: len(words)]) == (line, words)


def test_a_change_in_place_that_spoils_the_result_is_one_slip():
    def shared(dz_tilde, z_norm):
        product = dz_tilde
        product *= z_norm
        return product.sum(axis=1)[:, None], dz_tilde.sum(axis=1)[:, None]

    def shared_and_averaged(dz_tilde, z_norm):
        product = dz_tilde
        product *= z_norm
        return product.mean(axis=1)[:, None], dz_tilde.sum(axis=1)[:, None]

    one, two = (grade("affine_gradients", answer) for answer in (shared, shared_and_averaged))
    assert (one.misconception, one.line) == ("changed-arguments", 3)
    assert "changed-arguments" in two.misconception
    assert two.line is None


def test_names_that_are_read_often_are_not_exchanged():
    def by_inputs(layer_sizes, batch_norm):
        total = 0
        for k in range(1, len(layer_sizes)):
            n_in, n_out = layer_sizes[k - 1], layer_sizes[k]
            hidden = batch_norm and k < len(layer_sizes) - 1
            total += n_in * n_out + (2 * n_in if hidden else n_in)
        return total

    found = itertools.chain(*edits(source_of(by_inputs)))
    nodes = [edit.spot.node for edit in found if edit.kind == "order"]
    assert "(layer_sizes[k - 1], layer_sizes[k])" not in map(ast.unparse, nodes)


def test_the_question_is_one_of_a_value_or_of_what_is_done():
    assert Place(3, "m - 1").question == "which value does it give, and which one is due?"
    assert Place(3, "b = b * m", is_statement=True).question == "what is it to do, and does it?"


def test_without_source_there_is_no_place():
    scope = {"np": np}
    exec("def answer(z, eps=1e-5):\n    return z - z.mean(axis=0)", scope)
    assert grade("normalize", scope["answer"]).line is None


def test_what_stands_beside_a_draw_is_no_place():
    def random_start(y, amount):
        noise = 0.1 * np.random.default_rng(0).normal(size=y.shape)
        return (1 - amount) * y + amount / len(y) + noise

    verdict = grade("smooth_labels", random_start)
    assert (verdict.misconception, verdict.line) == ("draws-random-numbers", None)


def test_no_place_in_a_random_exercise():
    def the_other_way(a, keep_prob, rng):
        return a * (rng.random(a.shape) > keep_prob) / keep_prob

    assert grade("inverted_dropout", the_other_way).line is None


def test_the_place_of_a_return_inside_a_loop_is_the_return():
    def first_column_alone(labels, classes):
        y = np.zeros((classes, len(labels)))
        for j in range(len(labels)):
            y[labels[j], j] = 1
            return y

    def one_step(gradient, w, learning_rate, steps):
        for _ in range(steps):
            w = w - learning_rate * gradient(w)
            return w

    for name, answer in (("one_hot", first_column_alone), ("minimize", one_step)):
        verdict = grade(name, answer)
        assert verdict.expression.startswith("return ")
        assert verdict.line == len(inspect.getsource(answer).splitlines())


def test_no_right_number_is_blamed_beside_a_name():
    def without_the_half(dstd, centred, std):
        return dstd * 2 * centred / (centred.shape[1] * std)

    def without_the_two(dstd, centred, std):
        return dstd * 0.5 / std * centred / centred.shape[1]

    def with_hidden_biases(layer_sizes, batch_norm):
        total = 0
        for i in range(1, len(layer_sizes)):
            total += layer_sizes[i - 1] * layer_sizes[i] + layer_sizes[i]
            if batch_norm and i < len(layer_sizes) - 1:
                total += 2 * layer_sizes[i]
        return total

    for name, answer in (
        ("std_backward", without_the_half),
        ("std_backward", without_the_two),
        ("count_parameters", with_hidden_biases),
    ):
        verdict = grade(name, answer)
        assert verdict.misconception
        assert verdict.expression is None


def test_of_several_tests_of_which_one_has_to_hold_none_is_called_needless():
    def answer(parameters, gradients, learning_rate):
        new = dict(parameters)
        for k in parameters:
            if k.startswith("W") or k.startswith("b"):
                new[k] = parameters[k] - learning_rate * gradients[k]
        return new

    verdict = grade("gradient_step", answer)
    assert verdict.expression == 'k.startswith("W") or k.startswith("b")'
    assert "is all of it needed" not in verdict.message


def test_of_several_tests_not_the_first_is_blamed_alone():
    def all_but_gamma_and_beta(parameters, gradients, learning_rate):
        new = {}
        for key, value in parameters.items():
            if key.startswith("W") or (key[0] == "b" and not key.startswith("beta")):
                new[key] = value - learning_rate * gradients[key]
            else:
                new[key] = value.copy()
        return new

    place = grade("gradient_step", all_but_gamma_and_beta).expression
    assert place == 'key.startswith("W") or (key[0] == "b" and not key.startswith("beta"))'


def test_no_name_is_put_in_where_all_cancels():
    def gives_z_for_beta(z, eps=1e-5):
        mu = z.mean(axis=1, keepdims=True)
        gamma = np.sqrt(z.var(axis=1, keepdims=True) + eps)
        z_norm = (z - mu) / gamma
        return gamma, gamma * z_norm + mu

    assert grade("identity_parameters", gives_z_for_beta).expression == "gamma * z_norm + mu"


@pytest.mark.skipif(not sandbox.CAN_FORK, reason="no processes on this platform")
def test_somebody_who_waits_is_told_once(monkeypatch):
    monkeypatch.setattr(sandbox, "A_MOMENT", 0.0)
    told = []

    def answer(z, eps=1e-5):
        return np.tanh(z) * np.sqrt(eps) + z.max()

    grade("normalize", answer, waiting=lambda: told.append(1))
    assert told == [1]


def test_a_search_takes_about_a_second_at_most():
    def answer(z, eps=1e-5):
        total = 0
        for _ in range(40_000):
            total += 1
        return normalize(z, eps) * total

    verdicts = [grade("normalize", answer) for _ in range(2)]
    assert all(a == b for a, b in itertools.pairwise(verdicts))
    assert verdicts[0].status == "failed"
