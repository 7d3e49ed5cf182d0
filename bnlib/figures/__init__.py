"""Figures: the course's style (`style`), and one module a notebook with its drawings."""

import logging

# On a fresh machine, and in every new browser tab, it would stand in red above the first figure.
logging.getLogger("matplotlib.font_manager").addFilter(
    lambda record: "building the font cache" not in str(record.msg)
)
