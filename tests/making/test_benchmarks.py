"""`make bench` as far as it can be held without PyTorch: peers, statistics, targets, the page."""

from __future__ import annotations

import dataclasses
import json
import re
from argparse import Namespace

import numpy as np
import pytest

import bnlib
from bnlib.benchmarks import (
    accuracy,
    batch_norm,
    environment,
    growth,
    imports,
    inference,
    memory,
    page,
    run,
    softmax,
    tables,
    targets,
    timing,
    training,
    verdicts,
)
from bnlib.benchmarks.agreement import DisagreementError, require_agreement
from bnlib.frameworks.needs import ENVIRONMENTS

BRIEF = dataclasses.replace(timing.QUICK, seconds=0, sample=0, processes=1, exercise_stride=40)


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture(scope="module")
def recorded():
    """The results that the committed page was written from."""
    return json.loads((run.HERE / "results.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("dtype", batch_norm.DTYPES)
@pytest.mark.parametrize(("n", "m"), [(3, 5), (100, 60), (64, 2048)])
def test_the_textbook_batch_norm_is_bnlibs(n, m, dtype, rng):
    require_agreement(batch_norm.numpy_peers(batch_norm.a_batch(n, m, dtype, rng)))


def test_the_batch_is_of_the_dtype_that_is_measured(rng):
    for dtype in batch_norm.DTYPES:
        assert {each.dtype.name for each in batch_norm.a_batch(3, 4, dtype, rng)} == {dtype}


def test_the_copy_floor_moves_what_must_move(rng):
    b = batch_norm.a_batch(3, 4, "float64", rng)
    z_tilde, dz = batch_norm.copy_floor(b)()
    np.testing.assert_array_equal(z_tilde, b.z)
    np.testing.assert_array_equal(dz, b.dz_tilde + b.z)


def test_the_textbook_cross_entropy_is_bnlibs(rng):
    z = rng.standard_normal((10, 32)).astype(np.float32)
    require_agreement(softmax.numpy_peers(z, rng.integers(10, size=32)))


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_the_textbook_network_trains_as_bnlibs(activation, rng):
    net = bnlib.Network([8, 16, 16, 4], activation=activation, rng=rng, dtype=np.float32)
    x, y = rng.standard_normal((8, 20)).astype(np.float32), rng.integers(4, size=20)
    peers = training.numpy_peers(net, activation, x, y)
    require_agreement({name: training.costs(step) for name, step in peers.items()})


def test_the_matrix_products_are_those_of_a_step(rng):
    """Counted, as they leave nothing else to see: L forward, L for dW, L - 1 for da."""
    net = bnlib.Network([6, 5, 4, 3], rng=rng)
    step = training.matrix_products(net, rng.standard_normal((6, 7)))
    multiply, shapes = np.matmul, []

    def counting(a, b, out):
        shapes.append((*a.shape, b.shape[1]))
        return multiply(a, b, out=out)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(np, "matmul", counting)
        step()
    forward, backward = shapes[:3], shapes[3:]
    assert forward == [(5, 6, 7), (4, 5, 7), (3, 4, 7)]
    assert backward == [(3, 7, 4), (4, 3, 7), (4, 7, 5), (5, 4, 7), (5, 7, 6)]


@pytest.mark.parametrize(
    "other",
    [
        lambda: [np.ones(3) * 1.001],
        lambda: [np.array([1, 1, np.nan])],
        lambda: [np.ones((3, 1))],
        lambda: [np.ones(3), np.ones(3)],
    ],
)
def test_a_peer_that_computes_something_else_stops_the_run(other):
    with pytest.raises(DisagreementError, match="PyTorch"):
        require_agreement({"bnlib": lambda: [np.ones(3)], "PyTorch": other})


def test_ratios_are_paired_by_round():
    """Twice a busy round: times jump by ten, the ratios of each round do not."""
    load = np.array([1, 10, 1, 10, 1])
    found = timing.compared({"bnlib": 2e-6 * load, "peer": 8e-6 * load})
    assert found["peer"]["ratio"] == {"median": 0.25, "low": 0.25, "high": 0.25}
    assert found["bnlib"] == {"microseconds": {"median": 2, "low": 2, "high": 20}}


def test_medians_and_quartiles_are_numpys():
    values = np.random.default_rng(1).exponential(size=101)
    low, median, high = np.quantile(values, (0.25, 0.5, 0.75))
    found = timing.quartiles(values)
    assert found == pytest.approx({"median": median, "low": low, "high": high}, rel=1e-3)


def test_everyone_is_timed_once_a_round_in_changing_order(rng):
    called = []
    functions = {name: lambda name=name: called.append(name) for name in "abc"}
    effort = dataclasses.replace(BRIEF, least_rounds=20)
    times = timing.times_in_turn(functions, effort, rng)
    assert {name: len(seconds) for name, seconds in times.items()} == dict.fromkeys("abc", 20)
    rounds = [tuple(called[-60:][i : i + 3]) for i in range(0, 60, 3)]
    assert all(sorted(each) == ["a", "b", "c"] for each in rounds)
    assert len(set(rounds)) > 2


def test_a_quick_function_is_repeated_and_a_slow_one_is_not():
    assert timing.calls_for(lambda: None, 1e-3) > 100
    assert timing.calls_for(lambda: sum(range(100_000)), 1e-5) == 1


def test_slopes_are_those_of_power_laws():
    times = {"16": np.array([16.0, 4]), "64": np.array([64.0, 8]), "256": np.array([256.0, 16])}
    np.testing.assert_allclose(growth.slopes((16, 64, 256), times), [1, 0.5])


def test_memory_counts_results_and_temporaries(rng):
    b = batch_norm.a_batch(256, 256, "float32", rng)
    assert memory.peak_in_arrays(lambda: b.z + 1, b) == 1
    assert memory.peak_in_arrays(lambda: (b.z + 1, b.z * 2, b.z - 1), b) == 3
    assert memory.peak_in_arrays(lambda: np.exp(b.z + 1).sum(), b) == 2
    assert memory.peak_in_arrays(batch_norm.copy_floor(b), b) == 0


def test_accuracy_of_the_exact_result_is_rounding(rng):
    z = rng.normal(1e4, 1, (2, 4096)).astype(np.float32)
    exact = accuracy.outputs(z.astype(np.float64))["textbook"]
    assert accuracy.errors({"rounded": exact.astype(np.float32)}, z)["rounded"] < 1e-6


def test_folded_inference_is_measured(rng):
    found = inference.measure_batch(4, BRIEF, rng)
    assert found["unfolded"]["ratio"]["median"] > 0
    assert "ratio" not in found["folded"]


def test_verdicts_and_imports_are_measured(rng):
    import sys

    assert set(verdicts.run(BRIEF)) == {"first of an exercise", "every further one"}
    found = imports.run({"bnlib": sys.executable}, BRIEF, rng)
    assert found["numpy"]["milliseconds"]["median"] > 0 < found["bnlib"]["milliseconds"]["median"]


def missed(subjects: dict) -> dict:
    """The same results with every target's number far above its limit."""
    worse = json.loads(json.dumps(subjects))
    for target in targets.TARGETS:
        found = worse
        for key in target.path[:-1]:
            found = found.get(key, {})
        if target.path and target.path[-1] in found:
            found[target.path[-1]] = 1000 * target.limit
    return worse


def test_targets_are_met_up_to_their_limit_and_missed_beyond():
    target = targets.Target("", ("growth", "slope"), 0.5)
    for measured, expected in ((0.5, "met"), (0.51, "missed"), (float("nan"), "missed")):
        assert targets.verdict(target, {"growth": {"slope": measured}}) == expected
    assert targets.verdict(target, {"growth": {}}) == "not measured"


def test_every_target_is_measured_by_a_full_run(recorded):
    """Otherwise a renamed case would turn a target into "not measured", unseen."""
    unmeasured = [
        target
        for target in targets.TARGETS
        if targets.value(target, recorded["subjects"]) is None
        # a machine without a C++ compiler has no torch.compile
        and "torch.compile" not in target.path
    ]
    assert unmeasured == []


def test_the_page_says_missed_where_a_target_is_missed(recorded):
    text = page.text(recorded | {"subjects": missed(recorded["subjects"])})
    rows = {line.split("|")[1].strip(): line for line in text.splitlines() if line[:1] == "|"}
    for target in targets.TARGETS:
        assert "missed" in rows[target.what]


def test_the_page_is_that_of_the_recorded_results(recorded):
    assert (run.HERE / "README.md").read_text(encoding="utf-8") == page.text(recorded)


@pytest.mark.parametrize(("load", "busy"), [("0.2", False), ("6.3", True), ("unknown", False)])
def test_the_page_of_a_busy_machine_says_so(recorded, load, busy):
    machine = recorded["machine"] | {"load at the start": load}
    assert ("provisional" in page.text(recorded | {"machine": machine})) == busy


def test_the_record_names_no_host_and_no_folder(recorded):
    assert set(recorded) == {"date", "versions", "machine", "subjects"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", recorded["date"])
    facts = " ".join([*recorded["machine"].values(), *recorded["versions"].values()])
    assert "/" not in facts and "\\" not in facts


def test_a_page_of_some_subjects_leaves_the_others_out(recorded):
    subjects = {name: recorded["subjects"][name] for name in ("batch_norm", "training")}
    text = page.text(recorded | {"subjects": subjects})
    assert "Softmax with" not in text
    assert "not measured" in text


def test_numbers_are_written_as_people_write_them():
    for measured, written in ((0.2834, "0.283"), (12345.6, "12,300"), (6e-7, "6.0e-7"), (3, "3")):
        assert tables.number(measured) == written
    assert (tables.ratio(0.2834), tables.ratio(52.57)) == ("0.28", "53")


def test_a_quick_run_and_a_single_subject_write_nothing(recorded, monkeypatch, capsys):
    monkeypatch.setattr(run, "measure", lambda subjects, quick, jax: recorded)
    monkeypatch.setattr(run, "write", lambda results: pytest.fail("something was written"))
    assert run.main(Namespace(quick=True, jax=False)) == 0
    assert run.main(Namespace(quick=False, jax=False, only=["memory"])) == 0
    assert "Targets" in capsys.readouterr().out


def test_a_full_run_writes_the_page_with_its_picture(recorded, tmp_path):
    run.write(recorded, tmp_path)
    assert (tmp_path / "results.png").read_bytes().startswith(b"\x89PNG")
    assert json.loads((tmp_path / "results.json").read_text(encoding="utf-8")) == recorded
    assert (tmp_path / "README.md").exists()


def test_without_its_environment_the_reason_is_told(monkeypatch, capsys):
    def fail(jax):
        raise run.NotInstalledError("pip: no space left on device")

    monkeypatch.setattr(run, "bench_python", fail)
    assert run.main(Namespace(quick=True, jax=False)) == 1
    assert "no space left" in capsys.readouterr().err


def test_the_environment_has_the_courses_numpy():
    pins = (environment.ROOT / "requirements.txt").read_text(encoding="utf-8")
    course = set(re.findall(r"^numpy==[\d.]+", pins, re.MULTILINE))
    assert {pin.partition(";")[0] for pin in ENVIRONMENTS["pytorch"].pins} >= course
