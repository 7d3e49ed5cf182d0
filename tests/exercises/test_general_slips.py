"""Every diagnosis that all exercises share is reached by an answer that deserves it."""

import functools
import linecache
import types

import numpy as np
import pytest

from bnlib.exercises import catalogue, grade, slips, symptoms
from bnlib.exercises.exercise import load
from bnlib.exercises.search import Search

normalize, statistics = load("normalize").reference, load("batch_statistics").reference
conditions, split = load("condition_number").reference, load("split_into_minibatches").reference
differences, regression = (load(n).reference for n in ("paired_difference", "softmax_regression"))
Z = np.ones((2, 3))


def raises(error):
    def answer(*arguments):
        raise error

    return answer


def needs_two(z, eps):
    return normalize(z, eps)


def prints(z, eps=1e-5):
    print(normalize(z, eps))


def returns_sometimes(z, eps=1e-5):
    if z.shape[1] > 1:
        return normalize(z, eps)
    return None


def shrinks_in_place(z, eps=1e-5):
    z /= 2
    return normalize(2 * z, eps)


def moves_the_arrays(parameters, gradients, learning_rate):
    for name, slope in gradients.items():
        parameters[name] -= learning_rate * slope
    return dict(parameters)


def moves_them_or_makes_new_ones(parameters, gradients, learning_rate):
    if learning_rate < 0.3:
        return moves_the_arrays(parameters, gradients, learning_rate)
    parameters |= {k: parameters[k] - learning_rate * slope for k, slope in gradients.items()}
    return dict(parameters)


def remembers(z, calls=[]):  # noqa: B006
    calls.append(z)
    mu, var = statistics(z)
    return mu, var + (len(calls) > 5)


def for_float64(z, eps=1e-5):
    return normalize(z, eps) if z.dtype == np.float64 else normalize(z, eps) * 0.9


def for_a_batch(z, eps=1e-5):
    return normalize(z, eps) if z.shape[1] > 1 else z * np.nan


def squeezes(z, eps=1e-5):
    return normalize(z, eps).squeeze(axis=0) if len(z) == 1 else normalize(z, eps)


def for_the_default(z, eps=None):
    return normalize(z) if eps is None else normalize(z, eps) + eps


def reads_a_global(z, eps=1e-5):
    return Z[0, 0] * np.sin(normalize(z, eps)) ** 3 + Z[0, 1]


def random_order(x, y, batch_size, rng):
    return split(x, y, batch_size, np.random.default_rng())


def fixed_order(x, y, batch_size, rng):
    return split(x, y, batch_size, np.random.default_rng(3))


def global_order(x, y, batch_size, rng):
    order = np.random.permutation(x.shape[1])  # noqa: NPY002
    return split(x[:, order], y[:, order], batch_size, rng)


def all_but(axis, place):
    """Normalizes, and leaves the first (0) or last (-1) row (0) or column (1) out."""

    def answer(z, eps=1e-5):
        result = normalize(z, eps)
        result[(place,) if axis == 0 else (slice(None), place)] = -7
        return result

    return answer


def all_but_the_first_unit(z, eps=1e-5):
    return np.vstack([0 * z[:1], normalize(z[1:], eps)])


def exchanged(one, other):
    """The state for PyTorch with the values of two keys exchanged."""

    def answer(*arguments):
        state = load("to_pytorch_state").reference(*arguments)
        return state | {one: state[other], other: state[one]}

    return answer


def by_the_fourth_powers(z):
    """NaN where all logits of a column are the same, and wrong elsewhere too."""
    powers = (z - z.min(axis=0)) ** 4
    return powers / powers.sum(axis=0)


FIRED = [
    ("flat-shape", "batch_statistics", lambda z: tuple(np.ravel(s) for s in statistics(z))),
    ("transposed", "batch_statistics", lambda z: tuple(s.T for s in statistics(z))),
    ("transposed", "normalize", lambda z, eps=1e-5: normalize(z, eps).T),
    ("transposed", "softmax_regression", lambda *a: (regression(*a)[0].T, regression(*a)[1])),
    ("extra-dimensions", "condition_number", lambda x: np.array([conditions(x)])),
    ("extra-dimensions", "normalize", lambda z, eps=1e-5: normalize(z, eps)[np.newaxis]),
    ("repeated-columns", "batch_statistics", lambda z: tuple(s + 0 * z for s in statistics(z))),
    ("repeated-rows", "log_sum_exp", lambda z: load("log_sum_exp").reference(z) + 0 * z),
    ("list-for-array", "normalize", lambda z, eps=1e-5: normalize(z, eps).tolist()),
    ("one-array-for-two", "batch_statistics", lambda z: np.stack(statistics(z))),
    ("swapped-results", "batch_statistics", lambda z: statistics(z)[::-1]),
    (
        "flat-shape+swapped-results",
        "batch_statistics",
        lambda z: tuple(s.ravel() for s in statistics(z))[::-1],
    ),
    (
        "transposed+divides-by-the-variance",
        "normalize",
        lambda z, eps=1e-5: ((z - z.mean(1)[:, None]) / (z.var(1)[:, None] + eps)).T,
    ),
    ("changed-arguments", "normalize", shrinks_in_place),
    ("hard-coded-eps", "normalize", lambda z, eps=1e-5: normalize(z)),
    ("hard-coded-eps", "normalize", lambda z, eps=1e-5: normalize(z, 1e-3)),
    ("ignores-beta", "scale_and_shift", lambda z_norm, gamma, beta: gamma * z_norm + 1),
    ("global-random-state", "split_into_minibatches", global_order),
    ("own-randomness", "split_into_minibatches", random_order),
    ("ignores-rng", "split_into_minibatches", fixed_order),
    ("remembers-calls", "batch_statistics", remembers),
    ("nothing-returned", "normalize", lambda z, eps=1e-5: None),
    ("nothing-returned", "normalize", returns_sometimes),
    ("printed-not-returned", "normalize", prints),
    ("raised-ZeroDivisionError", "normalize", lambda z, eps=1e-5: 1 / 0),
    ("raised-RecursionError", "normalize", lambda z, eps=1e-5: (f := lambda: f())()),
    ("raised-SystemExit", "normalize", raises(SystemExit())),
    ("raised-KeyboardInterrupt", "normalize", raises(KeyboardInterrupt())),
    ("wrong-arguments", "normalize", needs_two),
    ("wrong-arguments", "normalize", lambda: 0),
    ("one-number-everywhere", "normalize", lambda z, eps=1e-5: 7),
    ("ignores-z", "normalize", lambda z, eps=1e-5: 1 / eps),
    ("hands-back-z", "normalize", lambda z, eps=1e-5: z),
    ("zeros-everywhere", "normalize", lambda z, eps=1e-5: 0 * z),
    ("zeros-everywhere", "scale_and_shift", lambda *a: 5e-15 * (a[1] * a[0] + a[2])),
    ("wrong-factor", "scale_and_shift", lambda *a: 2e-14 * (a[1] * a[0] + a[2])),
    ("ignores-var", "normalized_variance", lambda var, eps=1e-5: 1 / (1 + eps)),
    ("wrong-type", "normalize", lambda z, eps=1e-5: z.mean()),
    ("wrong-type", "normalize", lambda z, eps=1e-5: "z_norm"),
    ("wrong-type", "normalize", lambda z, eps=1e-5: (x for x in z)),
    ("wrong-type", "condition_number", lambda x: [conditions(x)]),
    ("wrong-type", "condition_number", lambda x: conditions(x) + 1j),
    ("wrong-number-of-results", "batch_statistics", lambda z: (*statistics(z), z)),
    ("wrong-keys", "gradient_step", lambda parameters, gradients, learning_rate: {"W": Z}),
    ("wrong-shape", "normalize", lambda z, eps=1e-5: np.zeros((7, 5))),
    ("not-finite", "normalize", lambda z, eps=1e-5: normalize(z, eps) * np.nan),
    ("wrong-for-one-example", "normalize", for_a_batch),
    ("wrong-for-one-unit", "normalize", squeezes),
    ("wrong-for-float32", "normalize", for_float64),
    ("right-for-default-eps-only", "normalize", for_the_default),
    ("wrong-sign", "normalize", lambda z, eps=1e-5: -normalize(z, eps)),
    ("wrong-factor", "normalize", lambda z, eps=1e-5: 3 * normalize(z, eps)),
    ("lost-precision", "normalize", lambda z, eps=1e-5: normalize(z.astype(np.float32), eps)),
    ("rounds-the-result", "normalize", lambda z, eps=1e-5: normalize(z, eps).round(5)),
    ("rounds-the-result", "paired_difference", lambda *a: [round(r, 4) for r in differences(*a)]),
    ("global-variable", "normalize", reads_a_global),
    ("not-callable", "normalize", Z),
    (None, "normalize", lambda z, eps=1e-5: normalize(z, eps) ** 3),
    ("wrong-in-the-first-row", "normalize", all_but(0, 0)),
    ("wrong-in-the-first-row", "normalize", all_but_the_first_unit),
    ("wrong-in-the-last-row", "normalize", all_but(0, -1)),
    ("wrong-in-the-first-column", "normalize", all_but(1, 0)),
    ("wrong-in-the-last-column", "normalize", all_but(1, -1)),
    (None, "softmax", by_the_fourth_powers),
    ("wrong-factor", "condition_number", lambda x: 3 * conditions(x)),
    (None, "condition_number", lambda x: -3 * conditions(x)),
    (None, "condition_number", lambda x: conditions(x) + 7),
    (None, "condition_number", lambda x: conditions(x) * (3 if x.shape == (2, 3) else 1)),
    ("wrong-sign", "condition_number", lambda x: -conditions(x)),
    ("exchanged-entries", "to_pytorch_state", exchanged("weight", "running_var")),
    (None, "batch_statistics", lambda z: (-statistics(z)[0], statistics(z)[1])),
    ("rounds-the-result", "normalize", lambda z, eps=1e-5: normalize(z, eps).round()),
    ("rounds-the-result", "normalize", lambda z, eps=1e-5: normalize(z, eps).round(6)),
    ("lost-precision", "normalize", lambda z, eps=1e-5: normalize(z, eps).round(7)),
    (None, "normalize", lambda z, eps=1e-5: normalize(z, eps) + 0j),
]


@pytest.mark.parametrize(("expected", "name", "answer"), FIRED)
def test_a_slip_is_named(expected, name, answer):
    verdict = grade(name, answer)
    assert (verdict.status, verdict.misconception) == ("failed", expected), verdict.message
    assert "\n" not in verdict.message
    assert 20 <= len(verdict.message.split()) <= 110
    assert verdict.message[-1] in ".?"


def test_two_slips_are_both_told():
    message = grade("normalize", FIRED[12][2]).message
    assert message.startswith("Two things at once. (1) Rows and columns have changed places")
    assert "(2) You divide by the variance" in message


def hands_nothing_on(z, eps=1e-5):
    return print(end="")


@pytest.mark.parametrize(("which", "one"), [("first", 0), ("second", 1)])
def test_a_result_that_is_turned_round_alone_is_the_one_that_is_told(which, one):
    def turned(*arguments):
        results = list(regression(*arguments))
        results[one] = results[one].T
        return tuple(results)

    said = grade("softmax_regression", turned).message
    assert f"in your {which} result" in said and "things at once" not in said


def none_returned(z, eps=1e-5):
    return None


@pytest.mark.parametrize(
    ("name", "answer", "words"),
    [
        ("normalize", hands_nothing_on, slips.NOTHING_HANDED_ON),
        ("normalize", none_returned, slips.NOTHING_RETURNED),
        ("normalize", returns_sometimes, "for z of shape (3, 1) and eps = 0.1, and a result for"),
        ("batch_statistics", lambda z: (*statistics(z), z), "return 3 results"),
        ("batch_statistics", lambda z: (statistics(z)[0],), "return one result"),
        ("batch_statistics", lambda z: statistics(z)[0][:1], "return one array"),
        (
            "batch_statistics",
            lambda z: (statistics(z)[0], z.sum() * np.ones((7, 7))),
            "Your second result has shape (7, 7) where (1, 1) is due, for z of shape (1, 4)",
        ),
        ("normalize", lambda z, eps=1e-5: z.sum() * np.ones((7, 7)), "Your result has shape"),
        (
            "gradient_step",
            lambda parameters, _, rate: {key: rate * np.ones((7, 7)) for key in parameters},
            "Something in your result has shape",
        ),
        ("gradient_step", moves_the_arrays, "changes an array in `parameters`"),
        ("gradient_step", moves_them_or_makes_new_ones, "the dictionary that is handed in as"),
        ("normalize", lambda z, eps=1e-5: 3 * normalize(z, eps), "every number is 3 times"),
        ("paired_difference", lambda *a: tuple(3 * d for d in differences(*a)), "is 3 times"),
    ],
)
def test_what_is_said_of_a_slip(name, answer, words):
    assert words in grade(name, answer, place=False).message


def test_of_one_input_alone_no_row_is_called_wrong():
    def answer(z, eps=1e-5):
        return all_but(0, -1)(z, eps) if z.shape == (2, 6) else normalize(z, eps)

    assert "row" not in grade("normalize", answer, place=False).message


def test_of_one_input_beside_single_rows_no_row_is_called_wrong():
    def answer(z, eps=1e-5):
        right = normalize(z, eps)
        return all_but(0, 0)(z, eps) if z.shape == (2, 6) else right + (len(z) == 1)

    assert "row" not in grade("normalize", answer, place=False).message


@pytest.mark.parametrize(("rows", "cases", "told"), [(3, 2, True), (2, 2, False), (3, 1, False)])
def test_a_row_is_called_wrong_beside_two_others_on_two_inputs(rows, cases, told):
    due = [np.ones((rows, 4)), np.ones((rows, 5))]
    results = [(i, np.vstack([0 * one[:1], one[1:]]), one) for i, one in enumerate(due)]
    known = types.SimpleNamespace(right=types.SimpleNamespace(raw=due), tolerances=[1e-9] * 2)
    seen = types.SimpleNamespace(expected=known, results=lambda: results[:cases])
    found = symptoms._one_line(seen)
    assert (found and found[0]) == ("wrong-in-the-first-row" if told else None)


def test_how_the_function_is_called_is_said():
    assert "`normalize(z, eps=1e-5)`" in grade("normalize", needs_two).message


def test_a_generator_is_told_by_what_it_is():
    def yields(x, y, batch_size, rng):
        yield from split(x, y, batch_size, rng)

    message = grade("split_into_minibatches", yields).message
    assert "gives its results one by one, as a `yield` does" in message
    assert "asks for a list" in message


def test_a_mistake_that_changes_its_argument_is_one_slip():
    def never_restores(f, x, h=1e-5):
        gradient = np.zeros_like(x)
        for index in np.ndindex(x.shape):
            x[index] += h
            high = f(x)
            x[index] -= 2 * h
            gradient[index] = (high - f(x)) / (2 * h)
        return gradient

    verdict = grade("numerical_gradient", never_restores)
    assert verdict.misconception == "moves-the-entries-one-after-the-other"
    assert verdict.message.startswith("You do not put an entry back")


def test_an_unknown_mistake_gets_the_smallest_input_with_both_results():
    verdict = grade("normalize", lambda z, eps=1e-5: normalize(z, eps) ** 3)
    assert verdict.misconception is None
    assert (
        "For z = [[1, 5, 3, 4]] and eps = 2, yours is [[-1.329, 0.6254, -0.001823, 0.04923]], "
        "expected [[-1.1, 0.8552, -0.1222, 0.3665]]."
    ) in verdict.message


def test_an_unknown_random_result_is_told_by_what_can_be_compared():
    def answer(x, y, batch_size, rng):
        batches = split(x, y, batch_size, rng)
        return batches[:2] + batches[3:]

    verdict = grade("split_into_minibatches", answer)
    assert verdict.status == "failed"
    assert "look at widths of the batches: yours [5, 5, 5, 1], expected" in verdict.message
    assert verdict.message.startswith("Your result is not like the one expected.")


def test_of_an_unknown_dictionary_the_entry_that_is_wrong_is_told():
    def answer(*arguments):
        state = load("to_pytorch_state").reference(*arguments)
        return state | {"bias": state["bias"] ** 3 + 1}

    message = grade("to_pytorch_state", answer, place=False).message
    assert message.startswith("Your result is not the one expected. For gamma = ")
    assert "look at bias: yours [-0.07203], expected [-1.023]." in message


def to_be_filled_in(z, eps=1e-5):
    pass  # the mean
    ...
    pass  # and the variance


@pytest.mark.parametrize(
    "answer",
    [
        lambda z, eps=1e-5: ...,
        lambda z, eps=1e-5: NotImplemented,
        lambda z, eps=1e-5: [z, {"z": (...,)}],
        raises(NotImplementedError()),
        functools.partial(lambda z, eps=1e-5: ...),
        to_be_filled_in,
    ],
)
def test_an_answer_that_says_it_is_not_done_is_not_attempted(answer):
    assert grade("normalize", answer).status == "not attempted"


def test_an_answer_that_has_begun_is_attempted():
    def begins(z, eps=1e-5):
        """Normalize."""
        mu = ...
        return z - mu

    def returns_none(z, eps=1e-5):
        return None

    def raises_for_one(z, eps=1e-5):
        if z.shape[1] == 1:
            raise NotImplementedError
        return normalize(z, eps)

    assert "still to be filled in" in grade("normalize", begins).message
    assert grade("normalize", returns_none).misconception == "nothing-returned"
    assert grade("normalize", raises_for_one).misconception == "raised-NotImplementedError"


def test_without_source_a_stub_is_still_told_from_a_return():
    bodies = {"pass": True, "...": True, "'''A.'''": True, "return": False, "return None": False}
    for body, is_stub in bodies.items():
        for doc in ("", '"""Do it."""\n    '):
            scope = {}
            exec(f"def answer(z, eps=1e-5):\n    {doc}{body}", scope)
            status = grade("normalize", scope["answer"]).status
            assert status == ("not attempted" if is_stub else "failed"), (doc, body)
    exec("def begun(z, eps=1e-5):\n    mu = z.mean(1)", scope)
    assert grade("normalize", scope["begun"]).misconception == "nothing-returned"


@pytest.mark.parametrize("other", ["import numpy as np\n", "def other(z):\n    return z\n"])
def test_another_text_under_the_same_name_is_not_taken_for_the_answers(monkeypatch, other):
    """As Python 3.13 has that of `python -c` for every function made by exec."""
    lines = other.splitlines(keepends=True)
    monkeypatch.setitem(linecache.cache, "<made>", (len(other), None, lines, "<made>"))
    scope = {"np": np}
    for body in ("pass", "return z - z.mean()"):
        exec(compile(f"def answer(z, eps=1e-5):\n    {body}", "<made>", "exec"), scope)
        verdict = grade("normalize", scope["answer"])
        assert verdict.line is None
        assert verdict.status == ("not attempted" if body == "pass" else "failed")


class Callable:
    """An answer that is an object."""

    def __call__(self, z, eps=1e-5):
        return normalize(z, eps)


def decorated(function):
    return functools.wraps(function)(lambda *args, **kwargs: function(*args, **kwargs))


@pytest.mark.parametrize(
    "answer",
    [
        Callable(),
        decorated(normalize),
        functools.partial(normalize),
        functools.lru_cache(maxsize=None)(lambda *a: None).__wrapped__ and decorated(Callable()),
        lambda *arguments: normalize(*arguments),
        lambda z, eps=1e-5, *, ddof=0: normalize(z, eps),
        lambda z, eps=1e-5: np.asfortranarray(normalize(z, eps)),
        lambda z, eps=1e-5: normalize(z, eps)[:, ::-1][:, ::-1],
        lambda z, eps=1e-5: np.asmatrix(normalize(z, eps)),
        lambda z, eps=1e-5: normalize(z.astype(np.longdouble), eps),
        lambda z, eps=1e-5: normalize(z.astype(np.float64), eps),
    ],
)
def test_correct_in_whatever_form(answer):
    verdict = grade("normalize", answer)
    assert verdict.status == "passed", verdict.message


@pytest.mark.parametrize(
    "form", [float, np.float64, np.array, np.float32, lambda value: np.asarray(value)[()]]
)
def test_a_number_in_whatever_form(form):
    def answer(x):
        result = conditions(x)
        return form(result) if form is not np.float32 or x.dtype == np.float32 else result

    assert grade("condition_number", answer).status == "passed"


def test_every_general_message_is_for_learners():
    texts = [text for name, text in vars(slips).items() if name.isupper() and name != "CANNOT"]
    for text in texts:
        assert len(text.split()) < 80
        assert text[-1] == "."
        assert "np." not in text


def test_unknown_names_are_answered_with_the_closest():
    with pytest.raises(ValueError, match=r"no exercise 'normalise'; expected the closest: normal"):
        grade("normalise", normalize)
    with pytest.raises(ValueError, match=r"one of condition_number, batch_statistics"):
        grade("zzz", normalize)
    assert len(set(catalogue.NAMES)) == len(catalogue.NAMES)


def test_one_result_of_two_that_is_one_number_is_told():
    def answer(z):
        return statistics(z)[0], np.full((len(z), 1), 7.25)

    verdict = grade("batch_statistics", answer, place=False)
    assert verdict.misconception == "one-number-everywhere"
    assert "second result" in verdict.message and "7.25" in verdict.message


def test_where_one_slip_is_known_its_place_is_looked_for_quickly(monkeypatch):
    asked = []
    monkeypatch.setattr(Search, "find", lambda self, wrong, quickly: asked.append(quickly))
    exercise = load("normalize")
    for answer in (exercise.mistakes[0].answer, lambda z, eps=1e-5: np.cos(z)):
        assert grade("normalize", answer).status == "failed"
    assert asked == [True, False]


def test_a_message_that_tells_the_place_tells_it_once():
    def adds_the_variance_twice(z, eps=1e-5):
        var = z.var(axis=1, keepdims=True)
        return (z - z.mean(axis=1, keepdims=True)) / np.sqrt(var + eps + var)

    message = grade("normalize", adds_the_variance_twice).message
    assert message.startswith("One slip, in line 3, `var + eps + var`:")
    assert message.count("`var + eps + var`") == 1
