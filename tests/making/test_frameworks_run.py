"""Running frameworks in environments of their own, and what was recorded when they ran."""

import importlib.util
import json
import os
import re
import shutil
import sys
import time
import zipfile
from argparse import Namespace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from bnlib import environments, frameworks
from bnlib.course import frameworks as command
from bnlib.environments import NotInstalledError
from bnlib.frameworks import needs, process, run
from bnlib.frameworks.adapters import Adapter

RECORDED = sorted(path.stem for path in run.RECORDS.glob("*.json"))


@pytest.mark.parametrize("name", RECORDED)
def test_the_recorded_network_agrees_with_bnlib(name):
    record = frameworks.recorded(f"networks/{name}")
    adapter = run.ADAPTERS[name]
    found = {key: np.array(value, np.float64) for key, value in record["values"].items()}
    ours = run.expected(adapter.like)
    differences = run.compare(found, ours)
    assert max(differences.values()) <= run.TOLERANCE
    if record["trains"]:
        assert set(found) == set(ours)
        assert record["minimized"] == pytest.approx(5, abs=1e-4)
    assert record["versions"] and record["date"] >= "2026"


def test_another_frameworks_convention_does_not_agree():
    record = frameworks.recorded("networks/pytorch")
    found = {key: np.array(value, np.float64) for key, value in record["values"].items()}
    differences = run.compare(found, run.expected("keras"))
    assert differences["running"] > 0.01 and differences["inferred"] > 0.01


def test_every_adapter_has_an_environment_and_a_convention():
    for name, adapter in run.ADAPTERS.items():
        assert adapter.environment in needs.ENVIRONMENTS
        assert adapter.like in frameworks.NAMES
        assert (run.HERE / "adapters" / f"{name}.py").is_file()
        assert run.lines_of_code(name) > 10 or name == "onnxruntime"


def test_nan_and_a_wrong_shape_count_as_disagreement():
    ours = {"logits1": np.zeros((2, 2)), "cost1": np.array(0.0)}
    assert run.compare({"cost1": np.array(np.nan)}, ours) == {"cost": np.inf}
    assert run.compare({"logits1": np.zeros((2, 1))}, ours) == {"logits": np.inf}


def test_one_that_does_not_run_is_reported_and_the_rest_go_on(monkeypatch, tmp_path, capsys):
    missing = Adapter("Nothing", "jax", "flax", ("nothing",))
    broken = Adapter("Nothing", "pytorch", "pytorch", ("nothing",))
    monkeypatch.setattr(run, "ADAPTERS", {"missing": missing, "broken": broken})
    monkeypatch.setattr(run, "RECORDS", tmp_path / "records")
    monkeypatch.setattr(run, "HERE", tmp_path)
    (tmp_path / "adapters").mkdir()
    (tmp_path / "measure.py").write_text((Path(run.__file__).parent / "measure.py").read_text())
    (tmp_path / "adapters" / "broken.py").write_text("import no_such_framework\n")

    def install(environment, watching=None):
        if environment.name == "jax":
            raise NotInstalledError("pip: no such pin")
        return sys.executable

    def not_now(pythons):
        raise NotInstalledError("not now")

    monkeypatch.setattr(command, "ADAPTERS", run.ADAPTERS)
    monkeypatch.setattr(command, "is_installed", lambda environment: True)
    monkeypatch.setattr(command, "install", install)
    monkeypatch.setattr(run, "install", install)
    monkeypatch.setattr(command.carrying_for_real, "measure", not_now)
    assert command.main(Namespace(name=None, leave_records=False)) == 0
    said = re.sub(r"\n {18}", " ", capsys.readouterr().out)
    lines = [line for line in said.splitlines() if "not run" in line]
    assert "missing" in lines[0] and "not run: pip: no such pin" in lines[0]
    assert "broken" in lines[1] and "No module named 'no_such_framework'" in lines[1]
    assert lines[2].startswith("carrying") and lines[3].startswith("caffe ")
    assert said.endswith("Nothing was run, and nothing recorded.\n")
    assert not (tmp_path / "records").exists()


def test_a_framework_runs_is_compared_and_recorded(monkeypatch, tmp_path, capsys):
    """The whole way, with bnlib's own network in the place of a framework."""
    adapters = tmp_path / "adapters"
    adapters.mkdir()
    here = run.HERE
    (adapters / "own.py").write_text(
        f'"""bnlib itself."""\nimport sys\nsys.path.insert(0, {str(here.parents[1])!r})\n'
        "from bnlib.frameworks.reference import Net as Any\n"
        'VERSIONS = {"bnlib": "1"}\n'
        "class Net(Any):\n    def __init__(self, weights):\n"
        '        super().__init__(weights, "pytorch")\n'
    )
    (tmp_path / "measure.py").write_text((here / "measure.py").read_text())
    monkeypatch.setattr(run, "HERE", tmp_path)
    monkeypatch.setattr(run, "RECORDS", tmp_path / "records")
    monkeypatch.setattr(run, "install", lambda name: sys.executable)
    monkeypatch.setattr(run, "size_in_megabytes", lambda name: 1)
    own = Adapter("bnlib", "pytorch", "pytorch", ("numpy",))
    monkeypatch.setattr(command, "is_installed", lambda environment: True)
    for module in (run, command):
        monkeypatch.setattr(module, "ADAPTERS", {"own": own})
    assert command.main(Namespace(name="own", leave_records=True)) == 0
    said = capsys.readouterr().out
    assert "Records stay as they are." in said and "own               running ...\n" in said
    assert not (tmp_path / "records").exists()
    assert command.main(Namespace(name="own", leave_records=False)) == 0
    said = capsys.readouterr().out
    assert "agrees" in said and "records/own.json" in said and "git restore" in said
    record = json.loads((tmp_path / "records" / "own.json").read_text(encoding="utf-8"))
    assert record["largest_difference"] < run.TOLERANCE and record["versions"] == {"bnlib": "1"}
    # bnlib's step holds the same products, and more; the two were timed in turns.
    assert 0 < record["microseconds_of_products"] < record["microseconds_a_step"]
    assert run.live("own")["framework"] == "bnlib"

    for module in (run, command):
        wrong = {"own": Adapter("bnlib", "jax", "keras", ("numpy",))}
        monkeypatch.setattr(module, "ADAPTERS", wrong)
    monkeypatch.setattr(command, "is_installed", lambda environment: False)
    monkeypatch.setattr(command, "install", lambda environment, watching: watching())
    assert command.main(Namespace(name="own", leave_records=True)) == 1
    said = capsys.readouterr().out
    assert "DISAGREES" in said and "jax               installed (0 s)" in said
    assert said.index("jax               installing ...\n") < said.index("installed (0 s)")


def test_names_that_cannot_be_run(capsys):
    assert command.main(Namespace(name="caffe", leave_records=False)) == 0
    said = capsys.readouterr().out
    assert "recorded with a build of its last source" in " ".join(said.split())
    assert command.main(Namespace(name="touch", leave_records=False)) == 2
    assert "got 'touch', expected one of pytorch, " in capsys.readouterr().out


def test_what_is_about_to_happen_is_said_for_what_was_asked(monkeypatch):
    monkeypatch.setattr(command, "is_installed", lambda environment: False)
    said = command.plan(("pytorch",), keep=True)
    assert "environments/pytorch: to be installed, about 0.8 GB" in said.replace("\\", "/")
    assert "networks/pytorch.json" in said and "--leave-records" in said
    assert "jax" not in said and "tensorflow" not in said
    assert "on Linux far more" in said and "far more" not in command.plan(("flax",), keep=True)
    monkeypatch.setattr(command, "is_installed", lambda environment: True)
    said = command.plan(("pytorch",), keep=False)
    assert "is there already" in said and "GB" not in said and ".json" not in said


def test_other_names_of_a_framework_mean_it():
    for name, meant in command.ALSO_CALLED.items():
        assert name not in run.ADAPTERS
        assert set(meant) <= set(run.ADAPTERS)
    assert command.ALSO_CALLED["tensorflow"] == ("keras_tensorflow",)


def test_an_installer_shows_a_sign_of_life(monkeypatch, tmp_path, capsys):
    """On a terminal: how much is there of how much."""
    (tmp_path / "jax").mkdir()
    (tmp_path / "jax" / "wheel").write_bytes(bytes(3_000_000))
    monkeypatch.setenv("BNLIB_ENVIRONMENTS", str(tmp_path))
    show = command._sign_of_life(needs.ENVIRONMENTS["jax"], start=time.monotonic() - 7)
    show()
    assert capsys.readouterr().out == ""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    show()
    total = run.recorded_megabytes("jax")
    assert re.match(f"\r  3 MB of about {total:,}, [789] s +$", capsys.readouterr().out)
    seen = []
    code, said = environments._run(
        [sys.executable, "-c", "import time; time.sleep(1.5); raise SystemExit('no')"],
        {},
        lambda: seen.append(1),
    )
    assert (code, said.strip(), seen) == (1, "no", [1])


def test_a_program_that_is_missing_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("BNLIB_ENVIRONMENTS", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotInstalledError, match="needs clang on PATH"):
        environments.install(needs.ENVIRONMENTS["tinygrad"])
    assert not environments.is_installed(needs.ENVIRONMENTS["tinygrad"])
    assert environments.cache_folder() == tmp_path
    assert run.live("tinygrad") is None


def test_what_is_installed_is_held_to_hashes():
    for name, tools in (("jax", 2), ("pytorch", 2), ("retired", 1)):
        environment = needs.ENVIRONMENTS[name]
        python = environments.python_of(environments.folder_of(name))
        file = environment.requirements
        *uv, pip = environments._installers(environment, python, file)
        assert len(uv) == tools - 1 and all(words[1:3] == ["-m", "uv"] for words in uv)
        assert pip[0] == str(python)
        for words in (*uv, pip):
            assert words[-4:] == ["--require-hashes", "--no-deps", "-r", str(file)]


def wheel(folder: Path, name: str, version: str) -> str:
    """A package with nothing in it. Returns its line with its hash."""
    kept = f"{name.replace('-', '_')}-{version}"
    path = folder / f"{kept}-py3-none-any.whl"
    files = {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": f"{kept}.dist-info/METADATA,,\n{kept}.dist-info/WHEEL,,\n",
    }
    with zipfile.ZipFile(path, "w") as file:
        for each, text in files.items():
            file.writestr(f"{kept}.dist-info/{each}", text)
    return f"{name}=={version} \\\n    --hash=sha256:{sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def index(monkeypatch, tmp_path):
    """A folder of wheels, the only one that pip and uv know; requirements are in `pins`."""
    for folder in ("index", "pins", "environments"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(environments, "FOLDER", tmp_path / "pins")
    monkeypatch.setenv("BNLIB_ENVIRONMENTS", str(tmp_path / "environments"))
    for tool in ("PIP", "UV"):
        monkeypatch.setenv(f"{tool}_NO_INDEX", "1")
        monkeypatch.setenv(f"{tool}_FIND_LINKS", str(tmp_path / "index"))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    return tmp_path / "index"


@pytest.mark.parametrize("tool", ["uv", "pip"])
def test_a_file_with_another_hash_is_refused_and_named(monkeypatch, index, tool):
    if tool == "pip":
        monkeypatch.setattr(environments.importlib.util, "find_spec", lambda name: None)
    elif not importlib.util.find_spec("uv"):
        pytest.skip("uv is not here")
    environment = needs.ENVIRONMENTS["onnx"]
    line = wheel(index, "small", "1.0")
    right, wrong = line, re.sub("[0-9a-f]{64}", "0" * 64, line)
    environment.requirements.write_text(wrong, encoding="utf-8")
    with pytest.raises(NotInstalledError, match=r"^small.*: the file that came has none of"):
        environments.install(environment)
    assert not environments.is_installed(environment)
    environment.requirements.write_text(right, encoding="utf-8")
    environments.install(environment)
    assert environments.is_installed(environment)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is one kind of wheel")
def test_pytorch_for_the_processor_alone_comes_without_cuda_where_pip_knows_it(index):
    environment = needs.ENVIRONMENTS["pytorch"]
    common = wheel(index, "torch", "1.0"), wheel(index, "small", "1.0")
    cuda = wheel(index, "nvidia-x", "1.0").replace(" \\\n", " ; sys_platform == 'linux' \\\n")
    environment.requirements.write_text("".join((*common, cuda)), encoding="utf-8")
    pins = environments.FOLDER / "torch-cpu.txt"
    pins.write_text(wheel(index, "torch", "1.0+cpu"), encoding="utf-8")

    def installed() -> set[str]:
        packages = environments.install(environment).parents[1].glob("lib/*/site-packages/*-info")
        return {path.name.removesuffix(".dist-info") for path in packages}

    found = installed()
    assert {"torch-1.0+cpu", "small-1.0"} <= found
    assert not found & {"torch-1.0", "nvidia_x-1.0"}
    rest = environments.folder_of(environment.name) / "rest.txt"
    assert rest.read_text(encoding="utf-8") == common[1]  # no tool is asked for PyTorch again

    # Another file under the same name ends it: no gigabytes are fetched in its place.
    shutil.rmtree(environments.cache_folder())
    wrong = re.sub("[0-9a-f]{64}", "0" * 64, pins.read_text(encoding="utf-8"))
    pins.write_text(wrong, encoding="utf-8")
    with pytest.raises(NotInstalledError, match=r"^torch.*cpu: the file that came"):
        environments.install(environment)

    (index / "torch-1.0+cpu-py3-none-any.whl").unlink()
    assert {"torch-1.0", "small-1.0", "nvidia_x-1.0"} <= installed()


def test_make_s_own_variables_do_not_reach_a_framework(monkeypatch, tmp_path):
    """tinygrad has a device named PYTHON, and reads its number from there."""
    monkeypatch.setenv("PYTHON", "")
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    code = "import os; print([name for name in ('PYTHON', 'PYTHONPATH') if name in os.environ])"
    assert process.run_in_one_thread([sys.executable, "-c", code], tmp_path, {}) == "[]\n"


def test_new_pins_make_an_environment_anew(monkeypatch, tmp_path):
    monkeypatch.setattr(environments, "FOLDER", tmp_path)
    environment = environments.Environment("jax")
    environment.requirements.write_text("a==1\n", encoding="utf-8")
    before = environments.marker_text(environment)
    environment.requirements.write_text("a==2\n", encoding="utf-8")
    assert environments.marker_text(environment) != before
