"""The contrast that the other tests rely on, on colours whose contrast is known."""

import pytest
from legible import contrast, contrasts

PAGE = """
<body style="background: black">
  <div style="background: white; color: #767676">grey <b style="color: black">ink</b></div>
  <div style="background: rgb(255 255 255 / 50%)"><i style="color: white">a veil</i></div>
  <p style="color: white; opacity: 0.5">faint</p>
  <p style="display: none; color: black">not there</p>
</body>"""


def test_contrast_is_that_of_the_standard():
    assert contrast([0, 0, 0], [255, 255, 255]) == pytest.approx(21)
    assert contrast([118, 118, 118], [255, 255, 255]) == pytest.approx(4.54, abs=0.005)
    assert contrast([255, 0, 0], [0, 0, 255]) == pytest.approx(2.15, abs=0.005)


def test_what_is_translucent_is_seen_on_what_lies_below(browser):
    page = browser.new_page()
    page.set_content(PAGE)
    found = {text: round(ratio, 1) for text, ratio in contrasts(page.locator("body"))}
    half = contrast([128] * 3, [255] * 3), contrast([128] * 3, [0] * 3)
    assert found == {
        "grey": 4.5,
        "ink": 21.0,
        "a veil": pytest.approx(half[0], abs=0.1),
        "faint": pytest.approx(half[1], abs=0.1),
    }
    page.close()
