"""Large arrays are computed in blocks of rows: the same results, within bounds of memory."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from test_batch_norm import textbook_backward, textbook_batch_norm

import bnlib
from bnlib.equations import batch_norm as equations
from bnlib.equations import blocks

SHAPES = [(9, 70_000), (1100, 1024), (3, 1 << 18), (1, 1 << 19), (1 << 17, 8), (1 << 20, 1)]


def batch(shape, order="C"):
    rng = np.random.default_rng(0)
    z, dz_tilde = (np.asarray(rng.normal(3, 2, shape), np.float32, order=order) for _ in range(2))
    gamma, beta = (rng.normal(1, 1, (shape[0], 1)).astype(np.float32) for _ in range(2))
    return z, gamma, beta, dz_tilde


@pytest.fixture
def calls(monkeypatch):
    """How many rows each call of the equations was given."""
    seen = []
    forward = equations._forward

    def counted(z, *rest, **options):
        seen.append(len(z))
        return forward(z, *rest, **options)

    monkeypatch.setattr(equations, "_forward", counted)
    return seen


@pytest.mark.parametrize("shape", SHAPES)
def test_blocks_give_what_the_textbook_gives(shape, calls):
    z, gamma, beta, dz_tilde = batch(shape)
    z_tilde, cache = bnlib.batch_norm(z, gamma, beta, 1e-3)
    assert (len(calls) > 1 and sum(calls) == shape[0]) or shape[0] == 1
    wide = [array.astype(np.float64) for array in (z, gamma, beta, dz_tilde)]
    expected, z_norm, mu, var = textbook_batch_norm(*wide[:3], 1e-3)
    for found, right in (
        (z_tilde, expected),
        (cache.z_norm, z_norm),
        (cache.mu, mu),
        (cache.var, var),
        *zip(
            bnlib.batch_norm_backward(dz_tilde, cache),
            textbook_backward(wide[3], wide[0], wide[1], 1e-3),
        ),
    ):
        assert found.shape == right.shape and found.dtype == np.float32
        assert np.abs(found - right).max() <= 1e-5 * max(1, np.abs(right).max())


def test_the_order_in_memory_does_not_matter(calls):
    c, f = batch((600, 2048)), batch((600, 2048), "F")
    for one, other in zip(bnlib.batch_norm(*c[:3])[1], bnlib.batch_norm(*f[:3])[1]):
        np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-5)
    # Rows that do not lie together in memory gain nothing from blocks, nor do few.
    assert len(calls) > 2 and calls[-1] == 600
    bnlib.batch_norm(*batch((20, 300))[:3])
    assert calls[-1] == 20
    cache = bnlib.batch_norm(*c[:3])[1]
    for one, other in zip(
        bnlib.batch_norm_backward(c[3], cache), bnlib.batch_norm_backward(f[3], cache)
    ):
        np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-4)


def test_a_bad_value_in_the_last_block_is_named():
    z, gamma, beta, dz_tilde = batch((700, 1024))
    _, cache = bnlib.batch_norm(z, gamma, beta)
    z[699, 7] = dz_tilde[698, 3] = np.nan
    with pytest.raises(ValueError, match=r"z holds nan at \[699, 7\]"):
        bnlib.batch_norm(z, gamma, beta)
    with pytest.raises(ValueError, match=r"dz_tilde holds nan at \[698, 3\]"):
        bnlib.batch_norm_backward(dz_tilde, cache)


@pytest.mark.parametrize("shape", [(4, 500), (700, 1024)])
def test_numpys_buffer_is_put_back_also_after_an_error(shape):
    usual = np.getbufsize()
    z, gamma, beta, dz_tilde = batch(shape)
    _, cache = bnlib.batch_norm(z, gamma, beta)
    bnlib.batch_norm_backward(dz_tilde, cache)
    assert np.getbufsize() == usual
    with pytest.raises(ZeroDivisionError):
        fail_within(shape[1], usual)
    assert np.getbufsize() == usual


def fail_within(m, usual):
    with blocks.short_buffers(m):
        assert np.getbufsize() < usual
        raise ZeroDivisionError


@pytest.mark.parametrize("shape", [(256, 256), (512, 1024), (1024, 4096)])
def test_no_more_than_three_arrays_are_needed_output_and_cache_included(shape):
    z, gamma, beta, dz_tilde = batch(shape)
    bnlib.batch_norm(z, gamma, beta)  # what is kept for good, such as the averaging weights
    tracemalloc.start()
    try:
        z_tilde, cache = bnlib.batch_norm(z, gamma, beta)
        dz, _, _ = bnlib.batch_norm_backward(dz_tilde, cache)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert z_tilde.nbytes == dz.nbytes == z.nbytes
    assert peak <= 3.1 * z.nbytes


def test_without_vecdot_the_results_are_the_same(monkeypatch):
    z, gamma, beta, dz_tilde = batch((30, 500))
    results = []
    for vecdot in (equations._vecdot, None):
        monkeypatch.setattr(equations, "_vecdot", vecdot)
        z_tilde, cache = bnlib.batch_norm(z, gamma, beta)
        results.append([z_tilde, *cache, *bnlib.batch_norm_backward(dz_tilde, cache)])
    for one, other in zip(*results):
        np.testing.assert_allclose(one, other, rtol=2e-4, atol=1e-5)
