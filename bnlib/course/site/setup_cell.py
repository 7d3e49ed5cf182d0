"""Notebooks for places that have no bnlib yet: the same, with one cell on top that installs it."""

from __future__ import annotations

import copy
from typing import Any

BROWSER = """\
# Run this cell first: it installs bnlib into the Python inside your browser.
%pip install --quiet batch-norm-course[pictures]"""

# Colab comes with an ipywidgets of its own, which is the one that its pages can show: so the extra
# "pictures", which asks for a newer one, is not asked for. matplotlib is there already.
COLAB = """\
# Run this cell first: it installs bnlib on this machine and lets its widgets be shown.
%pip install --quiet {anywidget} "batch-norm-course @ {wheel}"
from google.colab import output

output.enable_custom_widget_manager()"""


def with_setup(notebook: dict, source: str, kernel: dict[str, str] | None = None) -> dict:
    """A copy of a notebook (Jupyter's JSON) with `source` as its first cell.

    Args:
        notebook: a notebook of the course; its outputs stay, so that it can be read at once.
        source: the cell that makes bnlib importable.
        kernel: the kernel's name there, as `kernelspec` has it, if it differs.
    """
    changed = copy.deepcopy(notebook)
    cell: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "install-bnlib",
        "metadata": {},
        "outputs": [],
        "source": source.splitlines(keepends=True),
    }
    changed["cells"].insert(0, cell)
    if kernel:
        changed["metadata"]["kernelspec"] = dict(kernel)
    return changed
