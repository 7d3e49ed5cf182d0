"""Notebook 3's figures say their numbers, and its questions and exercises have what they need."""

import numpy as np
import pytest

import bnlib
from bnlib.experiments import batch_noise, cats, scale_invariance, sweeps
from bnlib.experiments.internal_shift import ShiftRun
from bnlib.figures import canvas
from bnlib.figures import why as draw

RISING = np.array([0.1, 0.5, 0.8, 0.9])


@pytest.fixture
def drawn(monkeypatch):
    """The figures that were shown, and their words."""
    shown = []
    for module in ("why", "scale_and_noise"):
        monkeypatch.setattr(f"bnlib.figures.{module}.show", lambda f, alt: shown.append((f, alt)))
    return shown


def words(drawn):
    ((figure, alt),) = drawn
    assert len(figure.get_suptitle()) > 20
    assert "nan" not in alt
    return " ".join(alt.split())


def test_cats(drawn):
    rng = np.random.default_rng(0)
    net = bnlib.Network([2, 3, 2], batch_norm=False, activation="tanh", rng=rng)
    draw.cats(net, {kind: cats.animals(kind, 20, rng) for kind in cats.COLOURS})
    assert "black: " in words(drawn)
    assert canvas.picture(drawn[0][0], drawn[0][1]).png.startswith(b"\x89PNG")


def shift_run(times):
    lines = times * np.array([[0.0, -1, -1, -1], [1, 2, 3, 4], [2, 4, 6, 8]])
    return ShiftRun(np.arange(4), lines, times * np.outer([1, 2, 3], RISING), np.ones(3), 0.75)


def test_percentiles_and_shift(drawn):
    names = ("without batch norm", "without, larger first weights", "with batch norm")
    ends = np.outer((100, 10, 0.1), (0.9, 1.8, 2.7))
    draw.layer_shift(names, np.stack([ends] * 3))
    assert "batch norm 90, 200, 300; " in words(drawn)
    assert "with batch norm 0.09, 0.2, 0.3." in words(drawn)
    drawn.clear()
    draw.unit_percentiles({name: shift_run(times) for name, times in zip(names, (100, 10, 0.1))})
    assert "with batch norm: the median goes through a range of 0.3" in words(drawn)


def test_noisy_norm(drawn):
    runs = np.tile([RISING, 0.2 + RISING, RISING], (3, 4, 1, 1))
    draw.noisy_norm(("batch norm", "noisy", "very noisy", "without"), (22, 44, 66, 88), runs)
    assert "0.8 and 1, 90 % and 90 % (noisy)" in words(drawn)


def test_smoothness(drawn):
    both = [[0.1 * RISING] * 2, [10 * RISING] * 2]
    draw.smoothness(("ReLU", "sigmoid"), (1, 2, 4, 8), np.array([[both, both]]))
    assert "ReLU, range of the cost: 0.01 at first and 0.09 at last with" in words(drawn)
    assert "9 at last without; sigmoid" in words(drawn)


def test_sweeps_and_starts(drawn):
    values, ticks = (0.01, 0.1, 1, 10), (0.01, 10)
    runs = np.array([[[0.5, 0.9, 0.95, 0.1], [0.5, 0.9, 0.1, 0.1]]] * 3)
    draw.sweeps({"rate": (values, ticks, runs), "scale": (values, ticks, runs)})
    assert "rate, with batch norm: 0.1 to 1, at best 95 %; rate, without: 0.1, " in words(drawn)
    drawn.clear()
    draw.good_starts({"default start": np.array([0.1, 0.2]), "batch norm": np.array([0.9, 0.96])})
    assert "default start 15 %; batch norm 93 %" in words(drawn)
    table = sweeps.reached(values, (110,), runs[..., np.newaxis])
    assert table.splitlines()[1].split()[-4:] == ["0", "3", "3", "0"]


def test_scale_of_the_weights(drawn):
    run = scale_invariance.DescentRun(np.array([2.0, 1, 0.5]), np.array([[1.0, 1], [2, 2], [8, 8]]))
    growth = np.array([[[1.0, 1, 1], [1, 2, 8]], [[1.0, 1, 1], [1, 2, 10]]])
    draw.growing_norms((1.0, 10.0), (1, 2, 3), growth)
    assert "10: 9.0 times (8.0 to 10.0), 1 %" in words(drawn)
    drawn.clear()
    draw.same_descent({"a": run, "b": run, "c": run})
    assert "At the end: a 0.500" in words(drawn)
    drawn.clear()
    draw.decayed_norms(np.tile([[4.0, 1.0], [0.5, 0.6]], (3, 1, 1)), (0.8, 0.1))
    assert "0.8: from 4.0 to 1.0; 0.1: from 0.5 to 0.6" in words(drawn)


def test_noise_and_regularizing(drawn):
    sizes = np.array([4, 16])
    noise = batch_noise.BatchNoise(sizes, np.array([0.5, 0.25]), np.array([0.5, 0.2]))
    draw.batch_noise(noise, 64, {"one": noise.independent, "other": noise.mini_batches})
    assert "m = 16: 0.250 and 0.200" in words(drawn)
    drawn.clear()
    runs = np.zeros((4, 2, 2)) + 0.5
    runs[:, 0, 0] += [0.01, 0.03, 0.01, 0.03]
    draw.batch_sizes((4, 128), {128: runs, 512: runs})
    assert "after 128 steps, with batch norm: +2.0 ± 0.6; " in words(drawn)
    drawn.clear()
    gain = np.array([[0.01], [0.03], [0.01], [0.03]])
    draw.dropout((128,), {f"batch norm {k}": k * gain for k in range(4)})
    assert "batch norm 1: +2.0 ± 0.6; batch norm 2: +4.0 ± 1.2" in words(drawn)
