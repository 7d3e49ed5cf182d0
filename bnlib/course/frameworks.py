"""`make frameworks`: run the course's network in other frameworks, compare with bnlib, and record.

A framework that does not install is reported with the reason, and the rest go on. NAME=carrying
runs the programs that notebook 6 and CARRYING.md show.
"""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from bnlib.course.trouble import wrapped
from bnlib.environments import (
    Environment,
    NotInstalledError,
    folder_of,
    install,
    is_installed,
    megabytes_of,
)
from bnlib.experiments import carrying_for_real
from bnlib.frameworks import run
from bnlib.frameworks.adapters import ADAPTERS, RECORDED_ONLY
from bnlib.frameworks.needs import ENVIRONMENTS

ROOT = Path(__file__).resolve().parents[2]
CARRYING = "carrying"
ALSO_CALLED = {
    "torch": ("pytorch",),
    "tensorflow": ("keras_tensorflow",),
    "keras": ("keras_tensorflow", "keras_jax"),
    "jax": ("flax", "keras_jax"),
    "paddlepaddle": ("paddle",),
    "onnx": ("onnxruntime",),
}
"""What people call a framework, and the adapters that this means."""


def main(arguments: Namespace) -> int:
    """Run `arguments.name`, or all. Returns 1 if a framework that ran disagrees with bnlib."""
    name = arguments.name
    if name in RECORDED_ONLY:
        print(wrapped(f"{name}: cannot be installed: {RECORDED_ONLY[name]}."))
        return 0
    chosen = ALSO_CALLED.get(name, (name,)) if name else (*ADAPTERS, CARRYING)
    if unknown := set(chosen) - {*ADAPTERS, CARRYING}:
        known = ", ".join([*ADAPTERS, CARRYING, *RECORDED_ONLY, *ALSO_CALLED])
        print(wrapped(f"frameworks: got {unknown.pop()!r}, expected one of {known}."))
        return 2
    keep = not arguments.leave_records
    print(wrapped(plan(chosen, keep)), flush=True)
    disagreeing, ran = 0, False
    for each in chosen:
        try:
            for environment in environments(each):
                _installed(environment)
            print(f"{each:17} running ...", flush=True)
            said, agrees = _carrying(keep) if each == CARRYING else _adapter(each, keep)
        except NotInstalledError as error:
            print(wrapped(f"{each:17} not run: {error}"), flush=True)
            continue
        ran = True
        disagreeing += not agrees
        print(wrapped(said), flush=True)
    if name is None:
        for each, reason in RECORDED_ONLY.items():
            print(wrapped(f"{each:17} not run: {reason}"))
    print(wrapped(next_step(chosen, keep) if ran else "Nothing was run, and nothing recorded."))
    return 1 if disagreeing else 0


def environments(name: str) -> list[Environment]:
    """What the adapter `name`, or "carrying", runs in."""
    needed = carrying_for_real.ENVIRONMENTS if name == CARRYING else (ADAPTERS[name].environment,)
    return [ENVIRONMENTS[each] for each in needed]


def record_of(name: str) -> Path:
    """The tracked file that a run of `name` rewrites."""
    return carrying_for_real.RECORD if name == CARRYING else run.RECORDS / f"{name}.json"


def plan(chosen: Sequence[str], keep: bool) -> str:
    """What a run of `chosen` is about to do: installs, with their size, and files rewritten."""
    needed = {each.name: each for name in chosen for each in environments(name)}
    lines = ["Environments of their own, beside the course's:"]
    for environment in needed.values():
        size = run.recorded_megabytes(environment.name)
        about = f"about {size / 1000:.1f} GB on disk when recorded" if size else "size not recorded"
        state = "is there already" if is_installed(environment) else f"to be installed, {about}"
        lines.append(f"  {folder_of(environment.name)}: {state}")
        if environment.name == "pytorch" and not is_installed(environment):
            lines.append("    (on Linux far more, unless pip's index has torch+cpu)")
    if keep:
        lines.append("Rewritten, and tracked by git (ARGS=--leave-records leaves them alone):")
        lines += [f"  {_short(record_of(name))}" for name in chosen]
    else:
        lines.append("Records stay as they are.")
    return "\n".join(lines)


def next_step(chosen: Sequence[str], keep: bool) -> str:
    """What to do with what was found."""
    removal = "make clean ARGS=--all lists the environments and removes them."
    if not keep:
        return (
            "Next: in notebook 6, `framework_rows.collect(everywhere=True)` shows it live.\n"
            + removal
        )
    folder = _short(run.HERE / "recorded")
    return (
        f"Next: run notebook 6; its rows come from the new records. `git diff --stat {folder}`\n"
        f"shows what changed, `git restore {folder}` takes it back.\n{removal}"
    )


def _short(path: Path) -> str:
    return (path.relative_to(ROOT) if path.is_relative_to(ROOT) else path).as_posix()


def _adapter(name: str, keep: bool) -> tuple[str, bool]:
    result = run.run(name)
    if keep:
        run.save(name, result)
    return run.summary(name, result), result["largest_difference"] <= run.TOLERANCE


def _carrying(keep: bool) -> tuple[str, bool]:
    pythons = {each.name: install(each) for each in environments(CARRYING)}
    record = carrying_for_real.measure(pythons)
    if keep:
        carrying_for_real.save(record)
    apart = record["difference"]
    said = f"{CARRYING:17} logits differ by {apart:.0e} at most; {record['versions']}"
    return said, apart <= run.TOLERANCE


def _installed(environment: Environment) -> None:
    """Install it, unless it is there; with a sign of life, by what is on the disk already."""
    if is_installed(environment):
        return
    start = time.monotonic()
    print(f"{environment.name:17} installing ...", flush=True)
    install(environment, watching=_sign_of_life(environment, start))
    print(f"\r{environment.name:17} installed ({time.monotonic() - start:.0f} s)".ljust(70))


def _sign_of_life(environment: Environment, start: float) -> Callable[[], None]:
    total = run.recorded_megabytes(environment.name)

    def show() -> None:
        if sys.stdout.isatty():
            found = megabytes_of(folder_of(environment.name))
            line = f"  {found:,} MB" + (f" of about {total:,}" if total else "")
            line += f", {time.monotonic() - start:.0f} s"
            print("\r" + line.ljust(60), end="", flush=True)

    return show
