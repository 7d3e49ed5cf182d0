"""What a framework's batch-norm layer can do differently: one field for each difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Convention:
    """One framework's default batch-norm layer, as measured by running it.

    A field that is left out has the commonest value, which is its default here. The strings are
    what a table prints, and what `layer.py` acts on.
    """

    framework: str
    """The name it goes by."""
    layer: str
    """The layer, link or operator that was measured, with default arguments."""
    record: str
    """The file in `recorded/` that holds the measurement."""
    eps: float
    """Added to the variance, under the root."""
    momentum: float
    """The argument's default, whatever it is called."""
    momentum_weighs: Literal["old", "new"]
    """Whether `momentum` multiplies the old average or the new batch."""
    running_variance: Literal["biased", "unbiased"]
    """Which variance goes into the average: divided by m, or by m - 1."""
    axis: str
    """The axis of the units in the framework's own layout."""
    start: tuple[float, float] = (0.0, 1.0)
    """Mean and variance (or what `keeps` names in their place) before the first batch."""
    started_by: Literal["layer", "caller"] = "layer"
    """A bare operator leaves its start to the caller; the measurement began at 0 and 1."""
    keeps: Literal["mean, variance", "mean, 1/std", "sums, scale factor"] = "mean, variance"
    """What is averaged. Caffe keeps sums, and divides them by the sum of their weights."""
    names: tuple[str, ...] = ("running_mean", "running_var")
    """What the framework calls what it keeps."""
    parameters: tuple[str, str] = ("gamma", "beta")
    """What it calls gamma and beta."""
    settings: tuple[str, str] = ("epsilon", "momentum")
    """What it calls eps and momentum."""
    first_batch: Literal["averaged", "copied"] = "averaged"
    """Whether the first batch is averaged with the start, or takes its place."""
    training_uses: Literal["batch", "updated running"] = "batch"
    """The statistics that normalize a training batch."""
    updates_in: Literal["forward", "backward"] = "forward"
    """When the running statistics change."""
    batch_of_one: Literal[
        "beta", "beta, variance NaN", "y = x", "ValueError", "ZeroDivisionError, mean changed"
    ] = "beta"
    """What training on one example gives."""
    empty_batch: Literal["statistics NaN", "unchanged", "error", "crash"] = "statistics NaN"
    """What training on no example does."""
    variance_in: Literal["two passes", "one pass", "one pass, at least 0"] = "two passes"
    """mean of (z - mu)^2, or mean of z^2 - mu^2, which cancels where the mean is large."""
    sums_in: Literal["the layer's type", "float64"] = "the layer's type"
    """The type in which mean and variance are added up."""
    output: Literal["gamma * z_norm + beta", "a * z + b", "a * z + b, fused"] = (
        "gamma * z_norm + beta"
    )
    """The order of the last step. With a = gamma / std, b = beta - a * mean, large numbers cancel;
    "fused" rounds once, after the sum."""
    gradient: Literal["its own", "the equations'"] = "its own"
    """ONNX Runtime has none: it runs networks that are trained elsewhere."""

    @property
    def decay(self) -> float:
        """The weight of the old average, as in `bnlib.BatchNorm`."""
        return self.momentum if self.momentum_weighs == "old" else 1 - self.momentum
