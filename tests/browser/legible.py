"""Whether text on a page can be read: its contrast as rendered, after WCAG 2.2, section 1.4.3."""

from __future__ import annotations

from playwright.sync_api import Locator

ENOUGH = 4.5

# Text and ground as they come out on the screen: what is translucent is painted, layer on layer,
# on what lies below, in a canvas of one pixel. An element counts if it has text of its own.
COLORS = """(element) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const paint = (color, opacity) => {
    canvas.globalAlpha = opacity;
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const found = [];
  for (const node of [element, ...element.querySelectorAll("*")]) {
    const own = [...node.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE);
    const text = own.map((child) => child.textContent.trim()).join(" ").trim();
    if (!text || !node.checkVisibility()) continue;
    const layers = [];
    for (let at = node; at; at = at.parentElement) layers.unshift(getComputedStyle(at));
    let ground = paint("white", 1);
    for (const layer of layers) ground = paint(layer.backgroundColor, 1);
    const opacity = layers.reduce((product, layer) => product * Number(layer.opacity), 1);
    found.push([text, paint(layers.at(-1).color, opacity), ground]);
  }
  return found;
}"""


def contrasts(place: Locator) -> list[tuple[str, float]]:
    """Every piece of text in `place`, with its contrast."""
    return [(text, contrast(ink, ground)) for text, ink, ground in place.evaluate(COLORS)]


def contrast(one: list[int], other: list[int]) -> float:
    """The contrast of two colours, each red, green, blue of 0 to 255: from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(color: list[int]) -> float:
    """The relative luminance of a colour: from 0, black, to 1, white."""
    shares = [c / 255 for c in color]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
