"""What the page computes is what Python computes from the course's own equations."""

import pytest
from widget_examples import examples, settings

TRAITS = ("title", "controls", "data", "state", "sentences")
NUMBERS = """async ([script, settings]) => {
  const module = await import("data:text/javascript;charset=utf-8," + encodeURIComponent(script));
  return settings.map((setting) => module.compute(setting));
}"""
SENTENCE = """async ([script, traits]) => {
  const module = await import("data:text/javascript;charset=utf-8," + encodeURIComponent(script));
  const model = { get: (name) => traits[name], on() {} };
  const el = document.createElement("div");
  module.default.render({ model, el });
  return el.querySelector(".bn-sentence").textContent;
}"""


@pytest.fixture
def page(browser):
    page = browser.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert not errors


@pytest.mark.parametrize("name", list(examples()))
def test_the_page_computes_what_python_computes(page, name):
    figure = examples()[name]
    states = settings(figure, 60)
    found = page.evaluate(NUMBERS, [figure._esm, [{**figure.data, **state} for state in states]])
    for state, numbers in zip(states, found, strict=True):
        figure.state = state
        for key, expected in figure.numbers().items():
            if isinstance(expected, float):
                expected = pytest.approx(expected, rel=1e-7, abs=1e-9)
            assert numbers[key] == expected, (key, state)


def test_every_stable_path_of_descent_is_within_the_panel(page):
    figure = examples()["descent"]
    states = []
    for features in ("raw", "normalized"):
        figure.state = {**figure.state, "features": features}
        limit = figure.numbers()["limit"]
        states += [
            {"features": features, "learning_rate": share * limit} for share in (0.05, 0.5, 0.9, 1)
        ]
    settings_of_all = [{**figure.data, **state} for state in states]
    for found in page.evaluate(NUMBERS, [figure._esm, settings_of_all]):
        places = [[d + b for d, b in zip(step, found["shape"]["best"])] for step in found["path"]]
        for (low, high), values in zip(found["reach"], zip(*places), strict=True):
            assert low - 1e-6 <= min(values) <= max(values) <= high + 1e-6


@pytest.mark.parametrize("name", list(examples()))
def test_the_page_says_what_python_says(page, name):
    figure = examples()[name]
    for state in [figure.state, *settings(figure, 6)]:
        figure.state = state
        traits = {key: getattr(figure, key) for key in TRAITS}
        said = page.evaluate(SENTENCE, [figure._esm, traits])
        assert said == figure.summary()
