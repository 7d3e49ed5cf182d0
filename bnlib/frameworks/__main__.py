"""A trained batch-norm layer from one framework to another, from the shell.

    python -m bnlib.frameworks translate --from keras --to pytorch in.npz out.npz --set epsilon=0.01

The files are NumPy's. One file may hold several layers: what stands before the last "." or "/" of
a name is the layer's, and stays. The target's eps and momentum are printed, and stored in the new
file by their names, each as an array of one number; in the old file they are read the same way.
What has neither running statistics nor momentum, such as a kernel, is copied as it is, and named.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, is_zipfile

import numpy as np

from bnlib.frameworks.conventions import Convention
from bnlib.frameworks.declarations import CONVENTIONS, NAMES
from bnlib.frameworks.translate import NO_MOMENTUM, translate

KERNELS = {"keras": "kernel", "keras2_fused": "kernel", "flax": "kernel", "pytorch": "weight"}
"""What a dense layer calls its kernel: (n_in, n_out), PyTorch's weight (n_out, n_in)."""


def main(arguments: list[str] | None = None) -> int:
    """Returns 0, or 2 with a sentence on what was expected and what came."""
    parser = argparse.ArgumentParser(prog="python -m bnlib.frameworks", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("translate", help="carry trained batch-norm layers over")
    command.add_argument("--from", dest="source", required=True, choices=NAMES)
    command.add_argument("--to", dest="target", required=True, choices=NAMES)
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        type=_setting,
        help="eps or momentum, by the source's own name; its default where not given",
    )
    command.add_argument("weights", type=Path, help="an .npz file")
    command.add_argument("out", type=Path, help="the .npz file to write")
    chosen = parser.parse_args(arguments)
    try:
        return _translate(chosen)
    except (ValueError, TypeError, OSError, BadZipFile) as error:
        print(error, file=sys.stderr)
        return 2


def _setting(text: str) -> tuple[str, float]:
    name, _, number = text.partition("=")
    try:
        return name, float(number)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}, expected NAME=NUMBER") from None


def _translate(chosen: argparse.Namespace) -> int:
    if chosen.weights.is_file() and not is_zipfile(chosen.weights):
        raise ValueError(f"translate: {chosen.weights} is not an .npz file of NumPy's")
    with np.load(chosen.weights, allow_pickle=False) as file:
        stored = {name: _array(file, name, dict(chosen.set)) for name in file.files}
    out: dict[str, Any] = {}
    layers, source = _layers(stored), CONVENTIONS[chosen.source]
    own = {*source.names, source.settings[1]}  # with a momentum, but its statistics left behind
    norms = [prefix for prefix, layer in layers.items() if own & set(layer)]
    if not norms and len(layers) > 1:  # a layer alone gets translate's sentence on its names
        raise ValueError(
            f"translate: no layer has {source.framework}'s {' or '.join(source.names)}; "
            f"it holds {', '.join(stored)}"
        )
    for prefix, layer in layers.items():
        if norms and prefix not in norms:
            out |= {prefix + name: value for name, value in layer.items()}
            print(
                f"{prefix.rstrip('./') or 'without a layer'}: copied as it is: {', '.join(layer)}"
            )
            continue
        try:
            _refuse_strays(layers, prefix, source)
            known = [name for name in source.settings if name in layer]
            given = {name: _number(name, layer.pop(name)) for name in known} | dict(chosen.set)
            arrays, settings = translate(layer, given, source=chosen.source, target=chosen.target)
        except (ValueError, TypeError) as error:
            said = str(error).removeprefix("translate: ")
            raise ValueError(f"translate: {prefix.rstrip('./') or 'the layer'}: {said}") from None
        out |= {prefix + name: value for name, value in arrays.items()}
        out |= {prefix + name: np.array(value) for name, value in settings.items()}
        said = ", ".join(f"{name} = {value!r}" for name, value in settings.items())
        print(f"{prefix.rstrip('./') or 'the layer'}: build it in {chosen.target} with {said}")
        if defaults := [name for name in source.settings if name not in given]:
            print(f"  ({' and '.join(defaults)}: {chosen.source}'s default, as none was given)")
    print(*_doubts(layers, norms, chosen.source), sep="", end="")
    with open(chosen.out, "wb") as written:  # np.savez would add .npz to another name
        np.savez(written, **out)
    return 0


def _refuse_strays(
    layers: dict[str, dict[str, np.ndarray]], prefix: str, source: Convention
) -> None:
    """ValueError where what a layer lacks, and no more, stands under another layer's name."""
    lacks = [name for name in (*source.parameters, *source.names) if name not in layers[prefix]]
    shapes = {array.shape for array in layers[prefix].values()}
    strays = [
        repr(other + name)
        for other, held in layers.items()
        if set(held) <= set(lacks) and {array.shape for array in held.values()} <= shapes
        for name in held
    ]
    if strays:
        expected = ", ".join(repr(prefix + name) for name in lacks)
        raise ValueError(f"expected {expected}, got {', '.join(strays)} under another layer's name")


def _doubts(
    layers: dict[str, dict[str, np.ndarray]], norms: list[str], source: str
) -> Iterator[str]:
    """A line for each array of a dense layer whose name or shape is likely wrong."""
    kernel = KERNELS.get(source, "")
    for prefix, layer in layers.items():
        for name in layer if kernel and prefix not in norms else ():
            (close,) = get_close_matches(name, (kernel, "bias"), 1, 0.7) or (name,)
            if close not in layer and "_" not in name:
                yield f"look at it: {prefix + name!r}, expected {prefix + close!r}?\n"
    for (before, layer), (after, norm) in pairwise(layers.items()):
        shape = layer[kernel].shape if kernel in layer else ()
        if len(shape) == 2 and before not in norms and after in norms:
            units, first = max(array.size for array in norm.values()), kernel == "weight"
            if shape[0 if first else 1] != units:
                expected = f"({units}, n_in)" if first else f"(n_in, {units})"
                yield (
                    f"look at it: {before + kernel!r} has shape {shape}, expected {expected} "
                    f"if it feeds {after.rstrip('./')}\n"
                )


def _array(file: Any, name: str, chosen: dict[str, float]) -> np.ndarray:
    try:
        array: np.ndarray = file[name]
    except ValueError:  # NumPy stores other objects, such as a momentum of None, by pickle
        own = _own(name)
        if own in chosen:
            return np.array(chosen[own])
        said = f"; {NO_MOMENTUM}, as in --set momentum=0.1" if own == "momentum" else ""
        raise ValueError(f"translate: {name!r} is no array of numbers{said}") from None
    if not isinstance(array, np.ndarray):  # the bytes of a file in another zip archive
        raise ValueError(
            f"translate: {file.fid.name if file.fid else 'it'} is no .npz file of NumPy's, "
            "as torch.save and model.save write none: see CARRYING.md, programs 1 and 3"
        )
    return array


def _number(name: str, array: np.ndarray) -> float:
    if array.size != 1:
        raise ValueError(f"{name} has shape {array.shape}, expected one number")
    return float(array.reshape(()))


def _own(name: str) -> str:
    return re.split(r"[./]", name)[-1]


def _layers(stored: dict[str, np.ndarray]) -> dict[str, dict[str, np.ndarray]]:
    """The arrays of each layer, by what its names begin with."""
    layers: dict[str, dict[str, np.ndarray]] = {}
    for name, array in stored.items():
        own = _own(name)
        prefix = name.removesuffix(own)
        layers.setdefault(prefix, {})[own] = array
    if not layers:
        raise ValueError("translate: the file holds no arrays")
    return layers


if __name__ == "__main__":
    sys.exit(main())
