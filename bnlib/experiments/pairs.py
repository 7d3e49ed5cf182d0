"""Whether a difference is more than noise: runs that share their seeds, compared in pairs."""

from __future__ import annotations

import numpy as np


def paired_difference(with_it: np.ndarray, without_it: np.ndarray) -> tuple[float, float]:
    """Mean of the differences of two arrays `(k,)`, run by run, and the mean's standard error."""
    differences = np.asarray(with_it) - np.asarray(without_it)
    error = differences.std(ddof=1) / np.sqrt(differences.size)
    return float(differences.mean()), float(error)


def points(with_it: np.ndarray, without_it: np.ndarray) -> str:
    """The same of two arrays of accuracies, in percentage points: "+1.7 ± 0.2"."""
    mean, error = paired_difference(with_it, without_it)
    return f"{100 * mean:+.1f} ± {100 * error:.1f}"


def times(with_it: np.ndarray, without_it: np.ndarray) -> str:
    """Their quotients, run by run, by the mean of the logarithms: "3.9 times ± 5 %".

    Without the error where it rounds to 0 %, and "equal" where the quotient then rounds to 1.
    """
    mean, error = paired_difference(np.log(with_it), np.log(without_it))
    quotient = f"{float(f'{np.exp(mean):.2g}'):g}"
    if error < 0.005:
        return "equal" if quotient == "1" else f"{quotient} times"
    return f"{quotient} times ± {100 * error:.0f} %"
