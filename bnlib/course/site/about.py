"""What a page says of itself to search engines, and to places that show a card for a link to it."""

from __future__ import annotations

import html
import io
import re
from typing import NamedTuple

from PIL import Image

from bnlib.course.site import webp

CARDS = "cards"
CARD = (1200, 630)  # pixels: the size that such places ask for
SMALL = (360, 216)  # of a card on the front page; on sharp screens of twice as many
MARGIN = 40
LENGTH = 160  # characters of a description that are shown
_MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*`$]")


class About(NamedTuple):
    """A page's title, its description, and its card's file within the site, if it has one."""

    title: str
    description: str
    card: str | None = None


def of_markdown(text: str, card: str | None = None) -> About:
    """What a page of Markdown is about: its title, and the beginning of its first paragraph.

    Raises:
        ValueError: it does not begin with a title.
    """
    found = re.match(r"# (.+)\n", text)
    if found is None:
        raise ValueError(f"expected a page that begins with a title, got {text[:40]!r}")
    paragraphs = re.split(r"\n\s*\n", text[found.end() :])
    prose = next((p for p in paragraphs if re.match(r"[\w*`\"\[]", p.strip())), found[1])
    return About(_plain(found[1]), _cut(_plain(prose)), card)


def tags(about: About, page: str, address: str | None) -> str:
    """The tags for a page's head; those that need the site's address, if that is known."""
    said = {"og:type": "article", "og:title": about.title, "og:description": about.description}
    if address:
        said["og:url"] = address + page
        if about.card:
            said["og:image"] = address + about.card
    lines = [f'<meta name="description" content="{html.escape(about.description)}" />']
    lines += [f'<meta property="{k}" content="{html.escape(v)}" />' for k, v in said.items()]
    if "og:image" in said:
        lines.append('<meta name="twitter:card" content="summary_large_image" />')
    return "\n    " + "\n    ".join(lines) + "\n"


def card(picture: bytes) -> bytes:
    """A figure in the middle of a white card, as PNG."""
    out = io.BytesIO()
    _card(picture, CARD, MARGIN).quantize(32, dither=Image.Dither.NONE).save(
        out, format="png", optimize=True
    )
    return out.getvalue()


def thumbnail(picture: bytes, times: int) -> bytes:
    """A figure for its notebook's card on the front page, as WebP.

    times: how many of its pixels there are to one of the page.
    """
    sheet = _card(picture, (times * SMALL[0], times * SMALL[1]), 0).quantize(
        16, dither=Image.Dither.NONE
    )
    return webp.of(sheet)


def _card(data: bytes, size: tuple[int, int], margin: int) -> Image.Image:
    with Image.open(io.BytesIO(data)) as picture:
        figure = picture.convert("RGB")
    figure.thumbnail((size[0] - 2 * margin, size[1] - 2 * margin), Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", size, "white")
    sheet.paste(figure, ((size[0] - figure.width) // 2, (size[1] - figure.height) // 2))
    return sheet


def _plain(markdown: str) -> str:
    return " ".join(_MARKS.sub(lambda found: found[1] or "", markdown).split())


def _cut(text: str) -> str:
    if len(text) <= LENGTH:
        return text
    whole = re.match(rf".{{60,{LENGTH - 1}}}[.?!](?= )", text)
    return whole[0] if whole else text[: LENGTH - 1].rsplit(" ", 1)[0] + "…"
