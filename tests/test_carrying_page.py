"""CARRYING.md, and the programs that it and notebook 6 show: they are what was run and recorded."""

import re
from pathlib import Path

import numpy as np
import pytest

from bnlib.environments import NotInstalledError, folder_of, is_installed, python_of
from bnlib.experiments import carrying_for_real, programs
from bnlib.frameworks import CONVENTIONS, NAMES, recorded
from bnlib.frameworks.needs import ENVIRONMENTS
from bnlib.frameworks.process import run_in_one_thread
from bnlib.frameworks.program import PROGRAMS, Program, digests

PAGE = (Path(__file__).parents[1] / "CARRYING.md").read_text(encoding="utf-8")
OF_THE_PAGE = ("from_keras", "to_pytorch", "from_pytorch", "to_keras")


def test_the_record_is_of_the_programs_as_they_are():
    """After a change: make frameworks NAME=carrying."""
    assert recorded("programs")["programs"] == digests()
    folder = next(iter(PROGRAMS.values())).path.parent
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} == set(PROGRAMS)


def test_the_page_shows_the_programs_and_what_they_printed():
    blocks = [block.strip() for block in re.findall(r"^```\w*\n(.*?)^```$", PAGE, re.M | re.S)]
    output = recorded("programs")["output"]
    for name in OF_THE_PAGE:
        assert PROGRAMS[name].source.strip() in blocks
    for step in ("from_keras", "from_keras.npz to to_pytorch.npz", "to_pytorch", "to_keras"):
        assert output[step].strip() in blocks
    assert f"`{' '.join(NAMES)}`" in PAGE


def test_outputs_agreed_both_ways():
    record = recorded("programs")
    for step in ("to_pytorch", "to_keras"):
        apart = float(record["output"][step].split(": ")[1])
        assert 0 < apart < 1e-5
    assert record["difference"] < 1e-5


@pytest.mark.skipif(
    not is_installed(ENVIRONMENTS["pytorch"]), reason="after make frameworks NAME=pytorch"
)
def test_program_3_says_what_to_do_with_a_state_dict_alone(tmp_path):
    python = python_of(folder_of("pytorch"))
    both = "import runpy, sys, torch; torch.save(torch.nn.Linear(1, 1).state_dict(), 'model.pt'); "
    both += "runpy.run_path(sys.argv[1])"  # one import of torch, not two
    with pytest.raises(NotInstalledError, match=r"holds no model: .* model.load_state_dict\("):
        run_in_one_thread([python, "-c", both, PROGRAMS["from_pytorch"].path], tmp_path, {})


def test_the_names_of_a_batch_norm_tell_it_from_a_dense_layer():
    """What the shell takes for a batch norm has running statistics; no dense layer has."""
    for convention in CONVENTIONS.values():
        assert not {"kernel", "weight", "bias", "W", "b"} & set(convention.names)


def test_the_flatten_order_of_the_page():
    """Channels last flattened through the kernel, and channels first through the turned one."""
    rng = np.random.default_rng(0)
    rows, columns, channels, n_out = 2, 3, 4, 5
    images = rng.normal(size=(6, rows, columns, channels))
    kernel = rng.normal(size=(rows * columns * channels, n_out))
    last = images.reshape(6, -1) @ kernel
    line = re.search(r"kernel = (kernel\.reshape.*)", PAGE)[1]
    turned = eval(line, {}, {**locals()})
    np.testing.assert_allclose(images.transpose(0, 3, 1, 2).reshape(6, -1) @ turned, last)
    assert not np.allclose(images.transpose(0, 3, 1, 2).reshape(6, -1) @ kernel, last)


@pytest.mark.parametrize("name", ["pytorch_network", "keras_network", "flax_network"])
def test_a_program_is_shown_with_its_recorded_output(name, monkeypatch):
    monkeypatch.setattr(Program, "installed_here", False)
    shown = programs.show(name, "A title")
    assert shown.status == f"recorded {recorded('programs')['date']}"
    for text in (repr(shown), shown._repr_markdown_()):
        assert PROGRAMS[name].source.strip() in text and shown.output.strip() in text
    assert shown._repr_markdown_().startswith("<details>")
    accuracy = float(re.search(r"test accuracy ([\d.]+)", shown.output)[1])
    assert accuracy > 0.95


def test_a_program_runs_live_where_its_framework_is(monkeypatch, tmp_path):
    """A stand-in for a framework's program: it has the digits, and what it prints is shown."""
    path = tmp_path / "own_network.py"
    path.write_text(
        "import numpy as np\nprint(*np.load('digits.npz')['x_train'].shape)\n", encoding="utf-8"
    )

    class Own(Program):
        path = tmp_path / "own_network.py"

    monkeypatch.setitem(programs.PROGRAMS, "own_network", Own("own_network", "jax", ("numpy",)))
    monkeypatch.setattr(
        programs, "recorded", lambda name: {"date": "x", "output": {"own_network": "old"}}
    )
    shown = programs.show("own_network", "Own")
    assert (shown.output, shown.status) == ("1297 64\n", "live")
    path.write_text("raise SystemExit('broken')\n", encoding="utf-8")
    shown = programs.show("own_network", "Own")
    assert (shown.output, shown.status) == ("old", "recorded x; installed, but crashed: broken")


def test_the_programs_say_what_the_notebook_says():
    output = recorded("programs")["output"]
    torch, keras, flax = (
        output[name] for name in ("pytorch_network", "keras_network", "flax_network")
    )
    assert "no_grad() without eval(): the running statistics change" in torch
    assert "requires_grad = False, train(): the running statistics change" in torch
    assert "trainable = False, training=True: the moving statistics stay" in keras
    assert "trainable = False: training=True and training=False give the same True" in keras
    assert "(50, 64) (n_out, n_in)" in torch
    assert "(64, 50) (n_in, n_out)" in keras and "(64, 50) (n_in, n_out)" in flax
    assert "[1, 2, 3, 4, 10, 20, 30, 40]" in torch
    assert "[1, 10, 2, 20, 3, 30, 4, 40]" in keras and "[1, 10, 2, 20" in flax


def test_the_record_is_made_in_this_order():
    assert set(recorded("programs")["output"]) == set(carrying_for_real.STEPS)
