"""A figure's narrow variant for a phone: its panels one below the other, cut out of its picture."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image

from bnlib.course.site import webp
from bnlib.figures.stacking import Box

GAP = 12  # pixels of the picture between two panels


def stacked(png: bytes, panels: Sequence[Sequence[Box]]) -> bytes:
    """The picture's panels below one another, without its title, as WebP.

    panels: of each its pieces, to be put side by side, as `bnlib.figures.stacking` gives them.
    """
    with Image.open(io.BytesIO(png)) as picture:
        rows = [[picture.crop(box) for box in pieces] for pieces in panels]
        width = max(sum(piece.width for piece in row) for row in rows)
        height = sum(row[0].height for row in rows) + GAP * (len(rows) - 1)
        sheet = Image.new(picture.mode, (width, height), picture.getpixel((0, 0)))
        if picture.mode == "P":
            sheet.putpalette(picture.getpalette() or [])
    top = 0
    for row in rows:
        left = 0
        for piece in row:
            sheet.paste(piece, (left, top))
            left += piece.width
        top += row[0].height + GAP
    return webp.of(sheet)


def size(panels: Sequence[Sequence[Box]], scale: float) -> tuple[int, int]:
    """Width and height of `stacked` as the page shows it; `scale`: its pixels a picture's pixel."""
    width = max(sum(right - left for left, _, right, _ in row) for row in panels)
    height = sum(row[0][3] - row[0][1] for row in panels) + GAP * (len(panels) - 1)
    return round(scale * width), round(scale * height)
