"""How a figure's panels are cut out of its picture, to stand one below the other on a phone.

Side by side, two panels on a screen of 390 pixels have letters that nobody can read. A picture says
where its panels are; the site cuts them out and stacks them.
"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the picture, as PIL's crop takes them."""


def panels(figure: Figure, pixels_per_inch: float) -> list[list[Box]]:
    """Of each panel its pieces, to be put side by side; empty where the figure cannot be cut.

    The figure must have been drawn. A panel that leaves the numbers of its y axis to the first of
    its row has that one's as a piece of its own. Rows that share the numbers of an x axis stay
    together.
    """
    grid: dict[tuple[int, int], Axes] = {}
    extra = []
    for ax in figure.axes:
        spec = ax.get_subplotspec()
        if spec is None or ax.get_label() == "<colorbar>":
            extra.append(ax)
        elif (place := (spec.rowspan.start, spec.colspan.start)) in grid or spec.num1 != spec.num2:
            return []
        else:
            grid[place] = ax
    rows, columns = ({place[axis] for place in grid} for axis in (0, 1))
    if len(columns) < 2 or len(grid) != len(rows) * len(columns) or figure.legends:
        return []
    extents = {place: _extent(ax) for place, ax in grid.items()}
    for ax in extra:
        x0, y0, x1, y1 = _extent(ax)
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)
        near = min(grid, key=lambda place: _distance(extents[place], middle))
        a0, b0, a1, b1 = extents[near]
        extents[near] = (min(a0, x0), min(b0, y0), max(a1, x1), max(b1, y1))

    dots = figure.dpi
    width, height = (dots * inches for inches in figure.get_size_inches())
    across = _cuts([[extents[r, c] for r in rows] for c in sorted(columns)], 0, 0, width)
    together = len(rows) == 1 or any(
        not ax.xaxis.get_tick_params().get("labelbottom", True) for ax in grid.values()
    )
    bands = [sorted(rows)] if together else [[row] for row in sorted(rows)]
    upward = [[extents[r, c] for r in band for c in columns] for band in reversed(bands)]
    top = max(box[3] for box in extents.values())
    title = getattr(figure, "_suptitle", None)
    edge = (top + title.get_window_extent().y0) / 2 if title else height
    down = _cuts(upward, 1, 0, max(edge, top))
    if across is None or down is None:
        return []

    def box(left: float, right: float, low: float, high: float) -> Box:
        scale = pixels_per_inch / dots
        sides = (left, height - high, right, height - low)
        return tuple(round(scale * side) for side in sides)  # type: ignore[return-value]

    found = []
    for number, band in enumerate(bands):
        low, high = down[-2 - number], down[-1 - number]
        for k, column in enumerate(sorted(columns)):
            ax = grid[band[0], column]
            pieces = [box(across[k], across[k + 1], low, high)]
            if k and not ax.yaxis.get_tick_params().get("labelleft", True):
                numbers = grid[band[0], min(columns)].get_window_extent().x0
                pieces.insert(0, box(0, numbers, low, high))
            found.append(pieces)
    return found


def _extent(ax: Axes) -> tuple[float, float, float, float]:
    box = ax.get_tightbbox() or ax.get_window_extent()
    return (box.x0, box.y0, box.x1, box.y1)


def _distance(box: tuple[float, float, float, float], point: tuple[float, float]) -> float:
    across = max(box[0] - point[0], 0, point[0] - box[2])
    return across + max(box[1] - point[1], 0, point[1] - box[3])


def _cuts(groups: list[list[tuple]], axis: int, first: float, last: float) -> list[float] | None:
    """Where to cut between neighbouring groups of boxes; None where two of them overlap."""
    ends = [(min(b[axis] for b in group), max(b[axis + 2] for b in group)) for group in groups]
    middles = []
    for (_, before), (after, _) in zip(ends, ends[1:], strict=False):
        if before > after + 1:
            return None
        middles.append((before + after) / 2)
    return [first, *middles, last]
