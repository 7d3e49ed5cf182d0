"""Controls moved as a hand moves them, on whatever widgets a page has."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import Locator, expect

REACH = """(slider) => {
  const { min, max, value } = slider;
  return (value - min) / (max - min);
}"""
PRESSES = 40
ACTIVE = re.compile(r"\bjp-mod-active\b")  # the cell that a notebook has chosen


def look(figure: Locator) -> tuple[str, str]:
    """A live figure's picture, and its words with the controls' values."""
    words = figure.locator(".bn-sentence, output").all_text_contents()
    return figure.locator(".bn-panels").inner_html(), "\n".join(words)


def changed(figure: Locator, before: tuple[str, str]) -> bool:
    """Whether picture and words both are others than `before`."""
    return all(now != then for now, then in zip(look(figure), before, strict=True))


def soon(figure: Locator, condition: Callable[[], bool], seconds: float = 5) -> bool:
    """Whether `condition` holds within some seconds: a picture follows a frame or more later."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        figure.page.wait_for_timeout(20)
    return True


def by_keyboard(slider: Locator, figure: Locator) -> bool:
    """Press an arrow key, away from the nearer end, until the picture and the words change."""
    key = "ArrowLeft" if slider.evaluate(REACH) > 0.5 else "ArrowRight"
    before = look(figure)
    slider.focus()
    for _ in range(PRESSES):
        slider.page.keyboard.press(key)
        if changed(figure, before):
            return True
    return soon(figure, lambda: changed(figure, before))


def by_mouse(slider: Locator, figure: Locator) -> bool:
    """Take the slider's thumb and drag it along by four tenths of the track."""
    slider.scroll_into_view_if_needed()
    before, share, box = look(figure), slider.evaluate(REACH), slider.bounding_box()
    thumb = 16  # pixels wide, and never beyond the track's ends
    start = box["x"] + thumb / 2 + share * (box["width"] - thumb)
    by = box["width"] * (-0.4 if share > 0.5 else 0.4)
    height = box["y"] + box["height"] / 2
    mouse = slider.page.mouse
    mouse.move(start, height)
    mouse.down()
    mouse.move(start + by, height, steps=6)
    mouse.up()
    moved_by = slider.evaluate(REACH) - share
    return abs(moved_by) > 0.2 and soon(figure, lambda: changed(figure, before))


def each_choice(radio_group: Locator, figure: Locator) -> list[str]:
    """Go through a group of radio buttons by arrow key, then back by mouse; the options that
    changed nothing on the page."""
    radios, idle = radio_group.get_by_role("radio"), []
    count = radios.count()
    start = next(i for i in range(count) if radios.nth(i).is_checked())
    radios.nth(start).focus()
    for step in range(1, count + 1):
        before = look(figure)
        radio_group.page.keyboard.press("ArrowRight")
        expect(radios.nth((start + step) % count)).to_be_checked()
        if not soon(figure, lambda: look(figure) != before):  # noqa: B023, called at once
            idle.append(f"{radios.nth((start + step) % count).input_value()}, by keyboard")
    for i in [i for i in range(count) if i != start] + [start]:
        before = look(figure)
        radio_group.locator("label").nth(i).click()
        expect(radios.nth(i)).to_be_checked()
        if not soon(figure, lambda: look(figure) != before):  # noqa: B023, called at once
            idle.append(f"{radios.nth(i).input_value()}, by mouse")
    return idle


def answers(question: Locator) -> list[str]:
    """Choose every answer of a predict question by keyboard; what each is replied."""
    group, reply = question.get_by_role("radiogroup"), question.locator(".bn-reply")
    radios, replies = group.get_by_role("radio"), []
    radios.first.focus()
    for i in range(radios.count()):
        expect(radios.nth(i)).to_be_focused()
        question.page.keyboard.press("Space")
        expect(radios.nth(i)).to_have_attribute("aria-checked", "true")
        replies.append(reply.text_content())
        question.page.keyboard.press("ArrowDown")
        assert reply.text_content() == replies[-1], "going round must not answer"
    return replies
