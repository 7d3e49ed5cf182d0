"""The widgets' words and numbers; what the page computes is held to these in tests/browser."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from widget_examples import examples, settings

from bnlib import batch_norm, batch_norm_backward, widgets
from bnlib.widgets.questions import BY_NOTEBOOK, QUESTIONS

NAMES = [
    "gamma_beta",
    "descent",
    "gradient_paths",
    "bias_before_batch_norm",
    "batch_size",
    "decay",
    "company",
    "temperature",
]
ALL_QUESTIONS = [question for part in BY_NOTEBOOK.values() for question in part]


@pytest.fixture(params=NAMES)
def figure(request):
    return examples()[request.param]


def test_every_widget_has_an_example():
    assert sorted(examples()) == sorted(NAMES)


def test_the_words_say_the_numbers_as_the_controls_stand(figure):
    for state in settings(figure, 12):
        figure.state = state
        text = repr(figure)
        assert text.startswith(f"{figure.title}. ")
        assert text.endswith(figure.summary())
        assert not re.search(r"[{}]|nan|inf|-0\.0+\b|np\.", text)
        for control in figure.controls:
            if control["kind"] == "slider":
                value = state[control["name"]]
                shown = re.sub(r"^-(0\.0+)$", r"\1", f"{value:.{control['digits']}f}")
                assert shown in text


def test_a_number_and_its_noun_agree(figure):
    rare = {"decay": [{"decay": 0.0}], "company": [{"mates": 1.0, "kind": "own"}]}
    name = next(name for name, other in examples().items() if other.title == figure.title)
    for state in [*settings(figure, 30), *({**figure.state, **one} for one in rare.get(name, []))]:
        figure.state = state
        one = r"(?<![\d.])1 (of 100 examples )?"
        assert not re.search(
            one + "(values|steps|batch-mates|times|different|lie|become)", repr(figure)
        )


def test_one_step_is_a_step():
    figure = widgets.descent([[1.0, 1, -1, -1], [1.0, -1, 1, -1]], [1.0, 2, 3, 4], learning_rate=1)
    assert "after 1 step." in repr(figure)


def test_the_words_are_stable(figure):
    again = {widget.title: widget for widget in examples().values()}
    assert repr(figure) == repr(again[figure.title])


def test_every_control_has_a_label_and_a_start_value(figure):
    clicked = {"swaps"} & set(figure.state)  # what is clicked in a picture, and has no control
    assert {control["name"] for control in figure.controls} == set(figure.state) - clicked
    assert all(control["label"] for control in figure.controls)


def test_a_notebook_stores_the_whole_text(figure):
    data, _ = figure._repr_mimebundle_()
    assert data["text/plain"] == repr(figure)
    assert "application/vnd.jupyter.widget-view+json" in data


def test_the_script_is_one_module(figure):
    assert figure._esm.count("export default") == 1
    assert "import " not in figure._esm
    assert "https://" not in figure._esm


def test_identity_parameters_give_z_back():
    z = 3 + 2 * np.random.default_rng(0).standard_normal(200)
    undone = widgets.gamma_beta(z, gamma=float(z.std()), beta=float(z.mean())).numbers()
    assert undone["mean"] == pytest.approx(undone["mean_before"], abs=1e-4)
    assert undone["std"] == pytest.approx(undone["std_before"], abs=1e-4)


def test_descent_diverges_beyond_the_limit_and_not_below():
    figure = examples()["descent"]
    for features in ("raw", "normalized"):
        figure.state = {**figure.state, "features": features}
        limit = figure.numbers()["limit"]
        for share, outcomes in [(0.95, {"arrived", "slow"}), (1.1, {"diverged"})]:
            figure.state = {**figure.state, "learning_rate": share * limit}
            assert figure.numbers()["outcome"] in outcomes
    assert "diverges" in repr(figure)


def test_the_paths_add_up_to_the_gradient():
    figure = examples()["gradient_paths"]
    numbers = figure.numbers()
    _, cache = batch_norm(np.array([figure.data["z"]]), np.ones((1, 1)), np.zeros((1, 1)))
    dz, _, _ = batch_norm_backward(np.array([figure.data["upstream"]]), cache)
    assert numbers["total"] == pytest.approx(dz[0, -1])
    assert numbers["sum_dz"] == pytest.approx(0, abs=1e-9)
    assert numbers["weighted_dz"] == pytest.approx(0, abs=1e-4)
    figure.state = {**figure.state, "statistics": "constant"}
    assert figure.numbers()["total"] == numbers["direct"]
    assert abs(figure.numbers()["sum_dz"]) > 0.1


def test_b_moves_nothing_after_batch_norm_and_beta_does():
    figure = examples()["bias_before_batch_norm"]
    start = figure.numbers()
    figure.state = {**figure.state, "b": 4.0}
    moved = figure.numbers()
    assert moved["mean_z"] == pytest.approx(start["mean_z"] + 4)
    assert moved["mean"] == pytest.approx(start["mean"], abs=1e-9)
    assert moved["cost"] == pytest.approx(start["cost"])
    assert moved["db"] == pytest.approx(0, abs=1e-9)
    figure.state = {**figure.state, "normalization": "none"}
    assert figure.numbers()["db"] == pytest.approx(figure.numbers()["dbeta"])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: widgets.gamma_beta([1.0]), r"z has shape \(1,\), expected \(m,\), m >= 2"),
        (lambda: widgets.gamma_beta([[1.0, 2], [3, 4]]), r"z has shape \(2, 2\)"),
        (lambda: widgets.gamma_beta([1.0, np.nan]), "not finite"),
        (lambda: widgets.gamma_beta([1.0, 2.0], "swish"), "expected one of sigmoid, tanh, relu"),
        (lambda: widgets.gamma_beta([1.0, 2.0], gamma=9.0), "gamma is 9.0, expected 0 to 5"),
        (lambda: widgets.descent([[1.0, 2], [2, 4]], [1.0, 2]), "direction of the bowl is flat"),
        (lambda: widgets.descent([[1.0, 2], [2, 5]], [1.0]), r"y has shape \(1,\)"),
        (lambda: widgets.descent([[1.0, 2, 3]], [1.0, 2, 3]), r"x has shape \(1, 3\)"),
        (lambda: widgets.gradient_paths([1.0, 2, 3], [1.0, 2, 3, 4]), "as many"),
        (lambda: widgets.gradient_paths([1.0, 2, 3], [1.0, 2, 0], moved=4), "expected 1 to 3"),
        (lambda: widgets.predict("gradient-sums"), "did you mean 'gradient-sum'"),
        (lambda: widgets.predict("x"), "there is no question 'x'"),
    ],
)
def test_bad_input_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize("question", ALL_QUESTIONS, ids=lambda question: question.id)
def test_a_question_has_one_right_choice_and_a_reply_to_each(question):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", question.id)
    assert sum(choice.right for choice in question.choices) == 1
    assert 2 <= len(question.choices) <= 6
    for part in ("text", "reply"):
        texts = [getattr(choice, part) for choice in question.choices]
        assert all(texts)
        assert len(set(texts)) == len(texts)
    assert question.text.endswith(("?", ":"))


def test_ids_and_replies_are_unique():
    assert len(QUESTIONS) == len(ALL_QUESTIONS)
    replies = [choice.reply for question in ALL_QUESTIONS for choice in question.choices]
    assert len(set(replies)) == len(replies)


@pytest.mark.parametrize("question", ALL_QUESTIONS, ids=lambda question: question.id)
def test_a_question_reads_as_text(question):
    text = repr(widgets.predict(question.id))
    assert text.startswith(f"Predict: {question.text}\n  a) ")
    assert all(choice.text in text and choice.reply not in text for choice in question.choices)
    assert text.count("\n") == len(question.choices)


def test_no_address_in_what_the_page_gets():
    folder = Path(widgets.__file__).parent
    for file in [*folder.rglob("*.js"), *folder.rglob("*.css")]:
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text, file.name


def test_widgets_load_only_when_used():
    code = "import sys, bnlib; sys.exit('ipywidgets' in sys.modules or 'anywidget' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
