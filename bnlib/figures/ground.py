"""Brings Jupyter's page the style that gives figures its own ground, in dark themes as well."""

from __future__ import annotations

from functools import cache
from pathlib import Path

STYLE = Path(__file__).with_suffix(".css")


@cache
def bring() -> object:
    """Have the page take up `STYLE`, once a kernel; nothing is displayed.

    A page takes up a widget's style when it hears of it, shown or not. Among a figure's outputs a
    style would be one more output, and JupyterLab drops it where it does not trust a notebook.
    """
    import anywidget

    class Ground(anywidget.AnyWidget):
        _esm = "export default {}"
        _css = STYLE

    return Ground()
