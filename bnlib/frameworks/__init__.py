"""Every framework's default batch norm: declared, imitated, recorded, and run where it installs.

`CONVENTIONS` is the table; `batch_norm_like` gives a layer that behaves as a row of it says;
`translate` carries a trained layer from one framework to another.
"""

from bnlib.frameworks.conventions import Convention
from bnlib.frameworks.declarations import CONVENTIONS, NAMES
from bnlib.frameworks.layer import FrameworkBatchNorm, batch_norm_like
from bnlib.frameworks.records import columns, recorded
from bnlib.frameworks.translate import translate

__all__ = [
    "CONVENTIONS",
    "NAMES",
    "Convention",
    "FrameworkBatchNorm",
    "batch_norm_like",
    "columns",
    "recorded",
    "translate",
]
