"""A trained layer from any framework to any other: nothing is lost, and what is wrong is said."""

import subprocess
import sys
from itertools import product
from zipfile import ZipFile

import numpy as np
import pytest

from bnlib.frameworks import CONVENTIONS, NAMES, batch_norm_like, translate
from bnlib.frameworks.__main__ import main
from bnlib.frameworks.translate import meant

PAIRS = [pytest.param(a, b, id=f"{a}-{b}") for a, b in product(NAMES, NAMES)]


def keras_layer(dtype=np.float64, n=5, seed=0):
    rng = np.random.default_rng(seed)
    gamma, beta, mean = rng.normal(size=(3, n)).astype(dtype)
    var = (10 ** rng.uniform(-3, 1, size=n)).astype(dtype)
    return {"gamma": gamma, "beta": beta, "moving_mean": mean, "moving_variance": var}


SETTINGS = {"epsilon": 1e-3, "momentum": 0.99}


def imitation(name, arrays, settings):
    """The layer that a user of the framework would build with these, as the imitation."""
    c = CONVENTIONS[name]
    gamma, beta = (arrays[key][:, np.newaxis] for key in c.parameters)
    eps, momentum = (settings[key] for key in c.settings)
    layer = batch_norm_like(name, gamma, beta, eps=eps, momentum=momentum)
    stored = [arrays[key].reshape(-1, 1) for key in c.names]
    layer._running.load(*stored[:2], *(float(value[0, 0]) for value in stored[2:]))
    return layer


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_there_and_back_is_the_same(source, target):
    start, settings = translate(keras_layer(), SETTINGS, source="keras", target=source)
    there, settings_there = translate(start, settings, source=source, target=target)
    back, settings_back = translate(there, settings_there, source=target, target=source)
    assert settings_back == settings
    assert set(back) == set(start)
    for name, value in start.items():
        np.testing.assert_allclose(back[name], value, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_outputs_are_the_same_and_so_is_the_next_average(source, target):
    rng = np.random.default_rng(1)
    start, settings = translate(keras_layer(np.float32), SETTINGS, source="keras", target=source)
    there, settings_there = translate(start, settings, source=source, target=target)
    before, after = imitation(source, start, settings), imitation(target, there, settings_there)
    z = rng.normal(size=(5, 30)).astype(np.float32)
    np.testing.assert_allclose(after.forward(z, False), before.forward(z, False), atol=1e-5)
    for layer in (before, after):
        layer.forward(z, training=True)
        layer.backward(z)
    np.testing.assert_allclose(after.running_mean, before.running_mean, atol=1e-5)


def test_pytorchs_names_and_numbers_from_keras():
    layer = keras_layer()
    arrays, settings = translate(layer, SETTINGS, source="keras", target="pytorch")
    assert settings == {"eps": 0.001, "momentum": 0.01}
    assert list(arrays) == ["weight", "bias", "running_mean", "running_var"]
    for one, other in zip(arrays.values(), layer.values()):
        np.testing.assert_array_equal(one, other)


def test_lasagne_keeps_one_over_the_deviation_and_caffe_sums():
    layer = keras_layer()
    lasagne, _ = translate(layer, SETTINGS, source="keras", target="lasagne")
    np.testing.assert_allclose(lasagne["inv_std"], 1 / np.sqrt(layer["moving_variance"] + 1e-3))
    caffe, settings = translate(layer, SETTINGS, source="keras", target="caffe")
    assert settings == {"eps": 0.001, "moving_average_fraction": 0.99}
    assert caffe["scale_factor"].shape == (1,)
    np.testing.assert_allclose(
        caffe["variance_sum"] / caffe["scale_factor"], layer["moving_variance"]
    )
    # One batch more weighs what it weighs in Keras: 1 in 100.
    np.testing.assert_allclose(caffe["scale_factor"], 100)


def test_what_is_left_out_is_the_sources_default():
    _, settings = translate(keras_layer(), source="keras", target="chainer")
    assert settings == {"eps": 1e-3, "decay": 0.99}


@pytest.mark.parametrize("shape", [(5,), (5, 1), (1, 5), (1, 5, 1, 1)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_shape_and_type_are_kept(shape, dtype):
    layer = {name: value.reshape(shape) for name, value in keras_layer(dtype).items()}
    for target in NAMES:
        arrays, _ = translate(layer, SETTINGS, source="keras", target=target)
        vectors = {name: value for name, value in arrays.items() if name != "scale_factor"}
        assert {value.shape for value in vectors.values()} == {shape}
        assert {value.dtype for value in arrays.values()} == {np.dtype(dtype)}


def test_a_layer_of_one_unit_keeps_its_shape():
    caffe, _ = translate(keras_layer(n=1), SETTINGS, source="keras", target="caffe")
    assert {value.shape for value in caffe.values()} == {(1,)}


def test_the_arrays_are_copies():
    layer = keras_layer()
    arrays, _ = translate(layer, SETTINGS, source="keras", target="pytorch")
    for value in arrays.values():
        value += 1
    for name, value in keras_layer().items():
        np.testing.assert_array_equal(layer[name], value)


@pytest.mark.parametrize(
    ("value", "short"),
    [
        (1 - 0.99, 0.01),
        (float(np.float32(1e-3)), 1e-3),
        (np.float32(0.9), 0.9),
        (0.1, 0.1),
        (1 / 3, 1 / 3),
        (0.123456789012, 0.123456789012),
    ],
)
def test_a_number_that_was_rounded_on_its_way_is_what_was_meant(value, short):
    assert meant(value) == short


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda a, s: a.pop("moving_variance"), "has no 'moving_variance', expected Keras 3's"),
        (lambda a, s: a.update(running_var=1.0), "has 'running_var', expected Keras 3's names"),
        (lambda a, s: a.update(beta=np.ones(4)), r"beta has shape \(4,\), expected \(5,\), as"),
        (lambda a, s: a.update(gamma=np.ones(4)), r"gamma has shape \(4,\), expected \(5,\), as"),
        (
            lambda a, s: a.update({k: np.ones((5, 5)) for k in a}),
            r"gamma has shape \(5, 5\), expected \(n,\), one entry",
        ),
        (lambda a, s: a.update(eps=1.0), "has 'eps', .* its settings are 'epsilon', 'momentum'"),
        (lambda a, s: a.update(gamma=np.ones(())), r"gamma has shape \(\), expected \(5,\)"),
        (lambda a, s: a.update(moving_variance=-np.ones(5)), "no negative variance"),
        (lambda a, s: a.update(moving_mean=np.full(5, np.nan)), "moving_mean holds nan"),
        (lambda a, s: s.update(eps=1.0), "settings has 'eps', expected Keras 3's names 'epsilon'"),
        (lambda a, s: s.update(epsilon=-1.0), "epsilon is -1.0, expected a finite number"),
        (lambda a, s: s.update(momentum=1.5), "momentum is 1.5, expected at most 1"),
        (lambda a, s: s.update(momentum=None), "momentum'] is None, expected a number"),
    ],
)
def test_what_is_wrong_is_said(change, said):
    layer, settings = keras_layer(), dict(SETTINGS)
    change(layer, settings)
    with pytest.raises(ValueError, match=said):
        translate(layer, settings, source="keras", target="pytorch")


def test_other_errors():
    with pytest.raises(ValueError, match="target is 'torch', expected one of pytorch, keras"):
        translate(keras_layer(), source="keras", target="torch")
    with pytest.raises(TypeError, match="gamma has dtype"):
        translate(keras_layer() | {"gamma": ["a"] * 5}, source="keras", target="pytorch")
    lasagne, _ = translate(keras_layer(), source="keras", target="lasagne")
    with pytest.raises(ValueError, match="inv_std holds 0, expected numbers above 0"):
        translate(lasagne | {"inv_std": np.zeros(5)}, source="lasagne", target="keras")
    caffe, _ = translate(keras_layer(), source="keras", target="caffe")
    with pytest.raises(ValueError, match="scale_factor has shape"):
        translate(caffe | {"scale_factor": np.ones(2)}, source="caffe", target="keras")


def test_pytorchs_count_of_batches_stays_behind():
    state, _ = translate(keras_layer(), source="keras", target="pytorch")
    arrays, _ = translate(
        state | {"num_batches_tracked": np.array(7)}, source="pytorch", target="keras"
    )
    assert set(arrays) == set(keras_layer())


class TestGivenStatistics:
    @pytest.mark.parametrize("name", NAMES)
    def test_a_layer_starts_from_them(self, name):
        gamma, beta, mean, var = (v[:, np.newaxis] for v in keras_layer().values())
        layer = batch_norm_like(name, gamma, beta, mean=mean, var=var, eps=1e-3)
        np.testing.assert_allclose(layer.running_mean, mean)
        np.testing.assert_allclose(layer.running_var, var)
        z = np.random.default_rng(0).normal(size=(5, 7))
        expected = gamma * (z - mean) / np.sqrt(var + 1e-3) + beta
        np.testing.assert_allclose(layer.forward(z, training=False), expected)

    @pytest.mark.parametrize("name", NAMES)
    def test_they_may_be_assigned_and_stored_follows(self, name):
        layer = batch_norm_like(name, np.ones((2, 1)), np.zeros((2, 1)))
        before = {key: value.copy() for key, value in layer.stored.items()}
        layer.running_mean = [[1.0], [2.0]]
        layer.running_var = [[3.0], [4.0]]
        np.testing.assert_allclose(layer.running_mean, [[1], [2]])
        np.testing.assert_allclose(layer.running_var, [[3], [4]])
        for key in CONVENTIONS[name].names[:2]:
            assert (layer.stored[key] != before[key]).all()
        assert layer.running_mean.dtype == np.float64

    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("momentum_of_new", [0.25])
    def test_the_next_batch_is_averaged_with_them(self, name, momentum_of_new):
        old = CONVENTIONS[name].momentum_weighs == "old"
        momentum = 1 - momentum_of_new if old else momentum_of_new
        mean = np.array([[10.0], [20.0]])
        layer = batch_norm_like(
            name, np.ones((2, 1)), np.zeros((2, 1)), momentum=momentum, mean=mean, var=mean
        )
        z = np.random.default_rng(0).normal(size=(2, 6))
        layer.forward(z, training=True)
        layer.backward(z)
        expected = 0.75 * mean + 0.25 * z.mean(axis=1, keepdims=True)
        np.testing.assert_allclose(layer.running_mean, expected)

    def test_what_is_assigned_is_checked(self):
        layer = batch_norm_like("pytorch", np.ones((2, 1)), np.zeros((2, 1)))
        with pytest.raises(ValueError, match=r"mean has shape \(2,\), expected \(2, 1\)"):
            layer.running_mean = np.zeros(2)
        layer.running_var = -np.ones((2, 1))  # PyTorch loads it without a word
        assert np.isnan(layer.forward(np.ones((2, 3)), training=False)).all()
        with pytest.raises(ValueError, match=r"var has shape \(3, 1\)"):
            batch_norm_like("keras", np.ones((2, 1)), np.zeros((2, 1)), var=np.ones((3, 1)))

    def test_what_is_assigned_is_a_copy(self):
        layer = batch_norm_like("pytorch", np.ones((2, 1)), np.zeros((2, 1)))
        mean = np.zeros((2, 1))
        layer.running_mean = mean
        mean += 1
        np.testing.assert_array_equal(layer.running_mean, 0)


class TestShell:
    def run(self, *arguments):
        return subprocess.run(
            [sys.executable, "-m", "bnlib.frameworks", *map(str, arguments)],
            capture_output=True,
            text=True,
        )

    def test_two_layers_there_and_back(self, tmp_path, capsys):
        first, second = keras_layer(seed=1), keras_layer(seed=2, n=3)
        stored = {f"bn1/{k}": v for k, v in first.items()}
        stored |= {f"bn2/{k}": v for k, v in second.items()}
        there, back = tmp_path / "there.npz", tmp_path / "back"
        np.savez(tmp_path / "in.npz", **stored)
        given = ["translate", "--from", "keras", "--to", "pytorch", "--set", "epsilon=0.01"]
        assert main([*given, str(tmp_path / "in.npz"), str(there)]) == 0
        assert (
            "bn2: build it in pytorch with eps = 0.01, momentum = 0.01" in capsys.readouterr().out
        )
        with np.load(there) as file:
            assert float(file["bn1/eps"]) == 0.01
            np.testing.assert_array_equal(file["bn2/running_var"], second["moving_variance"])
        # The settings come out of the file.
        assert main(["translate", "--from", "pytorch", "--to", "keras", str(there), str(back)]) == 0
        with np.load(back) as file:
            assert float(file["bn1/epsilon"]) == 0.01
            for name, value in stored.items():
                np.testing.assert_allclose(file[name], value)

    def test_what_is_no_batch_norm_is_copied_and_named(self, tmp_path, capsys):
        stored = {f"bn/{k}": v for k, v in keras_layer().items()}
        kernel = np.arange(6.0).reshape(2, 3)
        np.savez(tmp_path / "in.npz", **stored, **{"dense/kernel": kernel, "dense/bias": kernel[0]})
        paths = str(tmp_path / "in.npz"), str(tmp_path / "out.npz")
        assert main(["translate", "--from", "keras", "--to", "pytorch", *paths]) == 0
        assert "dense: copied as it is: kernel, bias\n" in capsys.readouterr().out
        with np.load(tmp_path / "out.npz") as file:
            np.testing.assert_array_equal(file["dense/kernel"], kernel)
            assert "bn/running_var" in file

    def test_a_layer_with_a_name_missing_is_not_copied(self, tmp_path, capsys):
        ones = "; where a layer has no gamma, give ones, no beta, zeros"
        for name, told in (("moving_mean", ""), ("gamma", ones)):
            layer = {f"bn2/{k}": v for k, v in keras_layer().items() if k != name}
            first = {f"bn1/{k}": v for k, v in keras_layer().items()}
            np.savez(tmp_path / "in.npz", **first, **layer)
            paths = str(tmp_path / "in.npz"), str(tmp_path / "out.npz")
            assert main(["translate", "--from", "keras", "--to", "pytorch", *paths]) == 2
            said = capsys.readouterr().err.strip()
            assert said.startswith(f"translate: bn2: arrays has no '{name}', expected Keras 3's")
            assert said.endswith(f"'moving_variance'{told}")

    @pytest.mark.parametrize("name", ["gamma", "moving_variance"])
    def test_a_layers_name_mistyped_once_is_said(self, name, tmp_path, capsys):
        stored = {f"{'bnn' if k == name else 'bn'}/{k}": v for k, v in keras_layer().items()}
        np.savez(tmp_path / "in.npz", **stored, **{"dense/bias": np.ones(5)})
        paths = str(tmp_path / "in.npz"), str(tmp_path / "out.npz")
        assert main(["translate", "--from", "keras", "--to", "pytorch", *paths]) == 2
        assert capsys.readouterr().err == (
            f"translate: bn: expected 'bn/{name}', got 'bnn/{name}' under another layer's name\n"
        )

    def test_a_linear_layer_is_no_part_of_a_norm_without_gamma(self, tmp_path, capsys):
        state, _ = translate(keras_layer(), source="keras", target="pytorch")
        norm = {f"1.{k}": v for k, v in state.items() if k.startswith("running")}
        linear = {"0.weight": np.ones((5, 4)), "0.bias": np.ones(5)}
        np.savez(tmp_path / "in.npz", **linear, **norm)
        paths = str(tmp_path / "in.npz"), str(tmp_path / "out.npz")
        assert main(["translate", "--from", "pytorch", "--to", "keras", *paths]) == 2
        assert capsys.readouterr().err.endswith("give ones, no beta, zeros\n")

    def test_a_kernel_of_a_wrong_shape_or_name_is_pointed_at(self, tmp_path, capsys):
        paths = str(tmp_path / "in.npz"), str(tmp_path / "out.npz")
        norm = {f"bn/{k}": v for k, v in keras_layer().items()}
        wrong = {"a/kernal": np.ones((9, 4)), "b/kernel": np.ones((5, 4)), "b/bias": np.ones(5)}
        np.savez(paths[0], **wrong, **norm)
        assert main(["translate", "--from", "keras", "--to", "pytorch", *paths]) == 0
        assert capsys.readouterr().out.splitlines()[-2:] == [
            "look at it: 'a/kernal', expected 'a/kernel'?",
            "look at it: 'b/kernel' has shape (5, 4), expected (n_in, 5) if it feeds bn",
        ]
        right = {"a/kernel": np.ones((9, 4)), "b/kernel": np.ones((4, 5)), "b/bias": np.ones(5)}
        np.savez(paths[0], **right, **norm)
        assert main(["translate", "--from", "keras", "--to", "pytorch", *paths]) == 0
        assert "look at it" not in capsys.readouterr().out
        state, _ = translate(keras_layer(), source="keras", target="pytorch")
        np.savez(paths[0], **{"0.weight": np.ones((4, 5))}, **{f"1.{k}": state[k] for k in state})
        assert main(["translate", "--from", "pytorch", "--to", "keras", *paths]) == 0
        last = capsys.readouterr().out.splitlines()[-1]
        assert last == "look at it: '0.weight' has shape (4, 5), expected (5, n_in) if it feeds 1"

    def test_statistics_left_behind_are_not_copied_over_in_silence(self, tmp_path, capsys):
        paths = str(tmp_path / "in.npz"), str(tmp_path / "out.npz")
        layer = {"bn/gamma": np.ones(3), "bn/beta": np.ones(3), "bn/momentum": np.array(0.99)}
        layer |= {f"bn2/{k}": v for k, v in keras_layer().items()}
        np.savez(paths[0], **layer)
        assert main(["translate", "--from", "keras", "--to", "pytorch", *paths]) == 2
        assert "bn: arrays has no 'moving_mean', 'moving_v" in capsys.readouterr().err

    def test_a_file_without_a_batch_norm_is_told_what_it_holds(self, tmp_path, capsys):
        paths = str(tmp_path / "in.npz"), str(tmp_path / "out.npz")
        np.savez(paths[0], **{"0.weight": np.ones((3, 3)), "check/x": np.ones(3)})
        assert main(["translate", "--from", "pytorch", "--to", "keras", *paths]) == 2
        said = "has PyTorch's running_mean or running_var; it holds 0.weight, check/x\n"
        assert capsys.readouterr().err.endswith(said)

    def test_a_setting_of_two_numbers_is_refused_with_its_layer(self, tmp_path, capsys):
        layer = keras_layer() | {"momentum": np.ones(2)}
        np.savez(tmp_path / "in.npz", **{f"bn/{k}": v for k, v in layer.items()})
        paths = str(tmp_path / "in.npz"), str(tmp_path / "out.npz")
        assert main(["translate", "--from", "keras", "--to", "pytorch", *paths]) == 2
        assert "bn: momentum has shape (2,), expected one number" in capsys.readouterr().err

    def test_a_momentum_of_none_gives_way_to_the_one_that_is_set(self, tmp_path, capsys):
        layer = keras_layer() | {"momentum": None}
        np.savez(tmp_path / "in.npz", **{f"bn/{k}": v for k, v in layer.items()})
        paths = str(tmp_path / "in.npz"), str(tmp_path / "out.npz")
        given = ["translate", "--from", "keras", "--to", "pytorch", "--set", "momentum=0.9"]
        assert main([*given, *paths]) == 0
        built, default = capsys.readouterr().out.splitlines()
        assert built.endswith("momentum = 0.1")
        assert default == "  (epsilon: keras's default, as none was given)"

    def test_as_a_program(self, tmp_path):
        np.savez(tmp_path / "in.npz", **keras_layer())
        paths = tmp_path / "in.npz", tmp_path / "out.npz"
        done = self.run("translate", "--from", "keras", "--to", "lasagne", *paths)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.splitlines() == [
            "the layer: build it in lasagne with epsilon = 0.001, alpha = 0.01",
            "  (epsilon and momentum: keras's default, as none was given)",
        ]

    def test_what_is_wrong_is_one_sentence(self, tmp_path):
        np.savez(tmp_path / "in.npz", gamma=np.ones(3))
        (tmp_path / "text.npz").write_text("no numbers")
        np.savez(tmp_path / "none.npz", **keras_layer() | {"momentum": None})
        with ZipFile(tmp_path / "model.pt", "w") as archive:
            archive.writestr("model/data.pkl", b"as torch.save writes it")
        for name, said in (
            ("in.npz", "has no 'beta', 'moving_mean', 'moving_variance'"),
            ("text.npz", "text.npz"),
            ("none.npz", "'momentum' is no array of numbers; None in PyTorch is a plain"),
            ("model.pt", "model.pt is no .npz file of NumPy's, as torch.save"),
            ("nowhere.npz", "nowhere.npz"),
        ):
            done = self.run(
                *("translate", "--from", "keras", "--to", "onnx"), tmp_path / name, tmp_path / "o"
            )
            assert (done.returncode, done.stdout) == (2, "")
            assert said in done.stderr
            assert len(done.stderr.splitlines()) == 1
            assert not (tmp_path / "o").exists()


def test_every_framework_has_names_of_its_own_for_each_number():
    for convention in CONVENTIONS.values():
        names = (*convention.parameters, *convention.names, *convention.settings)
        assert len(set(names)) == len(names)
