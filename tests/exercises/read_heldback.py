"""How answers that the checks never saw are judged: `read_heldback.py [FOLDER] [EXERCISE ...]`.

Per exercise and in all: right ones accepted; wrong ones refused, named, named or located. Then what
every wrong answer was told, beside what its writer says is wrong: whether that is true is for a
reader to say. `--bare` does the same with the known mistakes switched off.
"""

import argparse
import collections
import contextlib
import importlib.util
import sys
import textwrap
from pathlib import Path

from measure import no_known_mistakes

from bnlib.exercises import catalogue, grade

HERE = Path(__file__).parent / "heldback"


def answers_in(path):
    """The functions `right_*` and `wrong_*` of a file, in its order."""
    spec = importlib.util.spec_from_file_location(f"heldback_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where `inspect` looks for a function's source
    spec.loader.exec_module(module)
    found = {name: f for name, f in vars(module).items() if name.startswith(("right_", "wrong_"))}
    for name, function in found.items():
        if not callable(function) or (name.startswith("wrong_") and not function.__doc__):
            raise ValueError(f"{path.name}: {name} is no function that says what is wrong with it")
    return found


def judged(exercise, functions):
    """Counts, and a paragraph to read for every answer that needs one."""
    counts, read = collections.Counter(), []
    for name, function in functions.items():
        verdict = grade(exercise, function)
        if name.startswith("right_"):
            accepted = verdict.status == "passed"
            counts.update(right=1, accepted=accepted)
            if not accepted:
                read.append(f"REFUSED {name}: {verdict.message}")
            continue
        named, located = bool(verdict.misconception), verdict.line is not None
        counts.update(
            wrong=1,
            refused=verdict.status == "failed",
            named=named,
            located=located,
            either=named or located,
        )
        mark = "ACCEPTED " if verdict.status == "passed" else ""
        place = f", line {verdict.line}: {verdict.expression}" if located else ""
        says = " ".join(function.__doc__.split())
        read.append(
            f"{mark}{name}: {says}\n  -> {verdict.misconception}{place}\n  {verdict.message}"
        )
    return counts, read


def line(title, counts):
    """Shares with their counts."""
    right, wrong = counts["right"], counts["wrong"]
    parts = [f"accepted {_share(counts['accepted'], right)}"]
    parts += [
        f"{what} {_share(counts[key], wrong)}"
        for what, key in (
            ("refused", "refused"),
            ("named", "named"),
            ("located", "located"),
            ("named or located", "either"),
        )
    ]
    return f"{title}: {', '.join(parts)}"


def _share(some, whole):
    return f"{some}/{whole}" + (f" ({some / whole:.1%})" if whole else "")


def main(folder, names, bare, brief):
    """Judge a folder; 1 if a right answer is refused or a wrong one accepted."""
    files = sorted(path for path in folder.glob("*.py") if path.stem in (names or catalogue.NAMES))
    if not files:
        print(f"no exercise's file in {folder}")
        return 1
    whole = collections.Counter()
    with no_known_mistakes() if bare else contextlib.nullcontext():
        for path in files:
            counts, read = judged(path.stem, answers_in(path))
            whole.update(counts)
            print(line(path.stem, counts), flush=True)
            for paragraph in [] if brief else read:
                print(textwrap.indent(paragraph, "  "), "\n", sep="")
    print(line("in all", whole))
    return int(whole["accepted"] < whole["right"] or whole["refused"] < whole["wrong"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("arguments", nargs="*", metavar="FOLDER or EXERCISE")
    parser.add_argument("--bare", action="store_true", help="without known mistakes")
    parser.add_argument("--brief", action="store_true", help="the shares alone")
    given = parser.parse_args()
    folders = [Path(a) for a in given.arguments if Path(a).is_dir()] or [HERE]
    names = [a for a in given.arguments if not Path(a).is_dir()]
    sys.exit(main(folders[0], names, given.bare, given.brief))
