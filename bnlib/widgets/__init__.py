"""Live figures and predict questions for the notebooks; they compute in the page."""

from bnlib.widgets.batch_size import batch_size
from bnlib.widgets.bias_before_batch_norm import bias_before_batch_norm
from bnlib.widgets.company import company
from bnlib.widgets.decay import decay
from bnlib.widgets.descent import descent
from bnlib.widgets.gamma_beta import gamma_beta
from bnlib.widgets.gradient_paths import gradient_paths
from bnlib.widgets.live_figure import LiveFigure
from bnlib.widgets.predict import Predict, predict
from bnlib.widgets.temperature import temperature

__all__ = [
    "LiveFigure",
    "Predict",
    "batch_size",
    "bias_before_batch_norm",
    "company",
    "decay",
    "descent",
    "gamma_beta",
    "gradient_paths",
    "predict",
    "temperature",
]
