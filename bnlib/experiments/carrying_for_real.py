"""Networks carried from Keras to PyTorch by the frameworks themselves, and recorded.

`make frameworks NAME=carrying` calls `measure` and `save`; notebook 6 and CARRYING.md quote the
record, `recorded/programs.json`.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from bnlib.environments import NotInstalledError
from bnlib.experiments import carrying
from bnlib.experiments.programs import write_digits
from bnlib.frameworks.__main__ import main as translate
from bnlib.frameworks.program import HERE, PROGRAMS, digests

RECORD = HERE / "recorded" / "programs.json"
ENVIRONMENTS = ("pytorch", "jax")
THERE = ("keras_network", "from_keras", "from_keras.npz to to_pytorch.npz", "to_pytorch")
BACK = ("from_pytorch", "from_pytorch.npz to to_keras.npz", "to_keras")
STEPS = ("pytorch_network", "flax_network", *THERE, *BACK)
INKS = {"pixels 0 to 1": 1.0, "pixels 0 to 1/16": 1 / 16}


def measure(pythons: Mapping[str, Path]) -> dict[str, Any]:
    """Run all programs, with an interpreter for each of `ENVIRONMENTS`. Returns the record.

    Raises:
        NotInstalledError: a program crashed; the message says why.
    """
    with tempfile.TemporaryDirectory() as folder:
        write_digits(Path(folder))
        output = {step: _step(step, Path(folder), pythons) for step in STEPS}
    return {
        "date": datetime.date.today().isoformat(),
        "source": "measured by running the programs, in one thread",
        "programs": digests(),
        "output": output,
        **nine_ways(pythons),
    }


def _step(step: str, folder: Path, pythons: Mapping[str, Path]) -> str:
    """A program's output, or that of the translation from one file to another."""
    if step in PROGRAMS:
        return PROGRAMS[step].run(folder, pythons[PROGRAMS[step].environment])
    before, after = step.split(" to ")
    source, target = (name.split("_")[1].removesuffix(".npz") for name in (before, after))
    paths = [str(folder / before), str(folder / after)]
    with contextlib.redirect_stdout(io.StringIO()) as said:
        if translate(["translate", "--from", source, "--to", target, *paths]):
            raise NotInstalledError(f"crashed: {step}")
    return said.getvalue()


def nine_ways(pythons: Mapping[str, Path]) -> dict[str, Any]:
    """Test accuracy of the networks of seed 0, by way as in `carrying.carry`, in the real layers.

    Also the versions, and the largest difference of a logit when carried with care.
    """
    found: dict[str, Any] = {}
    apart = []
    for title, ink in INKS.items():
        trained = carrying.train(0, ink=ink)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            arrays: dict[str, Any] = {f"array{i}": array for i, array in enumerate(trained.arrays)}
            np.savez(folder / "trained.npz", x=ink * trained.digits.x_test.T, **arrays)
            said = [
                _step(step, folder, pythons) for step in ("nine_ways_keras", "nine_ways_pytorch")
            ]
            with np.load(folder / "keras_logits.npz") as file:
                logits = {"in Keras": file["logits"]}
            with np.load(folder / "pytorch_logits.npz") as file:
                logits |= {way: file[way] for way in ("carried with care", *carrying.MISTAKES)}
        right = [logits[way].argmax(axis=1) == trained.digits.y_test for way in logits]
        found[title] = [round(float(each.mean()), 3) for each in right]
        apart.append(float(np.abs(logits["in Keras"] - logits["carried with care"]).max()))
    versions = ", ".join(text.strip() for text in said)
    return {"versions": versions, "difference": float(f"{max(apart):.1g}"), **found}


def save(record: Mapping[str, Any]) -> None:
    """Write the record, in place of the one before."""
    text = json.dumps(record, indent=1, ensure_ascii=False) + "\n"
    RECORD.write_text(text, encoding="utf-8")
