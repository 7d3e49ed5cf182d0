"""Figures: the course's style (`style`), and one module a notebook with its drawings."""

from bnlib.figures.style import (
    LIGHT,
    NEUTRAL,
    OTHERS,
    TEST,
    THEORY,
    THEORY_LINE,
    WITH,
    WITHOUT,
    Picture,
    band,
    label_line,
    new_figure,
    picture,
    shades,
    show,
    text_color,
)

__all__ = [
    "LIGHT",
    "NEUTRAL",
    "OTHERS",
    "TEST",
    "THEORY",
    "THEORY_LINE",
    "WITH",
    "WITHOUT",
    "Picture",
    "band",
    "label_line",
    "new_figure",
    "picture",
    "shades",
    "show",
    "text_color",
]
