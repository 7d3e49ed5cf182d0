"""The picture of what four norms average over."""

from __future__ import annotations

import numpy as np
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from bnlib.experiments.norm_axes import NORMS, averaged_with
from bnlib.figures.canvas import new_panels, show
from bnlib.figures.style import LIGHT, NEUTRAL, WITH

IMAGES, CHANNELS, AT = 5, 4, (1, 1)


def norm_axes() -> None:
    """Four grids of images by channels: which share their statistics with one of them."""
    figure, axes = new_panels(
        "Batch norm alone looks at the other images",
        "images",
        ["channels", "", "", ""],
        panels=len(NORMS),
        panel_titles=[f"{norm} norm" for norm in NORMS],
        size=(8.6, 2.7),
    )
    said = []
    for norm, ax in zip(NORMS, axes):
        shared = averaged_with(norm, IMAGES, CHANNELS, AT)
        squares = [Rectangle(place, 0.86, 0.86) for place in np.ndindex(shared.shape)]
        looks = ["none", WITH], [LIGHT, NEUTRAL]
        faces, edges = ([colors[int(each)] for each in shared.flat] for colors in looks)
        ax.add_collection(PatchCollection(squares, facecolors=faces, edgecolors=edges))
        ax.annotate("this", (AT[0] + 0.43, AT[1] + 0.43), ha="center", va="center", color="white")
        ax.set(xlim=(-0.2, IMAGES + 0.1), ylim=(CHANNELS + 0.1, -0.2), xticks=[], yticks=[])
        ax.set_box_aspect((CHANNELS + 0.3) / (IMAGES + 0.3))
        said.append(
            f"{norm} norm: {shared.any(axis=1).sum()} of {IMAGES} images, "
            f"{shared.any(axis=0).sum()} of {CHANNELS} channels"
        )
    show(
        figure,
        alt=f"""Four grids, five images across and four channels down, each square all pixels of a
        channel of an image. Coloured are the squares whose numbers go into the statistics of the
        second channel of the second image. {"; ".join(said)}.""",
    )
