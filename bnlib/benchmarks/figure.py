"""The page's picture: bnlib's batch norm beside the textbook and PyTorch, over the size."""

from __future__ import annotations

from typing import Any

PEERS = {"textbook": "textbook NumPy", "PyTorch": "PyTorch", "PyTorch's kernel": "PyTorch's kernel"}


def series(subjects: dict[str, Any]) -> dict[str, dict[str, dict[str, float]]]:
    """{peer: {"64 x 64": the quartiles of the ratio}}, float32, smallest size first."""
    cases = {
        case.removesuffix(", float32"): found
        for case, found in subjects["batch_norm"].items()
        if case.endswith("float32")
    }
    return {peer: {size: found[peer]["ratio"] for size, found in cases.items()} for peer in PEERS}


def title(subjects: dict[str, Any]) -> str:
    """What the picture shows, as a statement that its numbers support."""
    of_textbook = [ratio["median"] for ratio in series(subjects)["textbook"].values()]
    low, high = min(of_textbook), max(of_textbook)
    return f"Batch norm in bnlib takes {low:.2f} to {high:.2f} of textbook NumPy's time"


def alternative_text(subjects: dict[str, Any]) -> str:
    """The picture in words and numbers."""
    said = []
    for peer, ratios in series(subjects).items():
        numbers = ", ".join(f"{size} {ratio['median']:.2f}" for size, ratio in ratios.items())
        said.append(f"Beside {PEERS[peer]}: {numbers}.")
    return (
        "bnlib's time for batch norm, forward and backward, over others' time, by size (units x "
        "examples), float32, one thread; below 1 bnlib is the quicker. " + " ".join(said)
    )


def draw(subjects: dict[str, Any]) -> bytes:
    """The picture as a PNG."""
    from bnlib.figures import canvas, drawing, style

    colors = dict(zip(PEERS, (style.OTHERS[1], style.OTHERS[0], style.NEUTRAL)))
    drawn, ax = canvas.new_figure(
        title(subjects), "size of the batch, units × examples", "bnlib's time / the other's"
    )
    for peer, ratios in series(subjects).items():
        x = range(len(ratios))
        low, median, high = (
            [ratio[name] for ratio in ratios.values()] for name in ("low", "median", "high")
        )
        ax.fill_between(x, low, high, color=colors[peer], alpha=0.18, linewidth=0)
        ax.plot(x, median, color=colors[peer], marker="o", markersize=4, linewidth=1.8)
        drawing.label_line(ax, x[-1], median[-1], PEERS[peer], colors[peer])
        ax.set_xticks(x, [size.replace(" x ", "×") for size in ratios])
    ax.hlines(1, 0, x[-1], **style.THEORY_LINE)
    drawing.label_line(ax, x[-1], 1, "bnlib", style.THEORY)
    ax.set_yscale("log")
    bottom, top = ax.get_ylim()
    ticks = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
    drawing.plain_ticks(ax, y=[tick for tick in ticks if bottom <= tick <= top])
    return canvas.picture(drawn, alternative_text(subjects)).png
