"""The repository's commands: `python -m bnlib.course lab`, and so on; `make lab` calls them.

Each command is the `main(arguments) -> int` of a module of its own, imported only when asked for.
"""

import argparse
import importlib
import os
import shlex
import sys

MORE = "COURSE_ARGS"  # what `make ... ARGS=` gives: more arguments, written as for a shell
MODULES = {
    "lab": "bnlib.course.lab",
    "test": "bnlib.course.testing.command",
    "progress": "bnlib.course.progress",
    "mine": "bnlib.course.mine",
    "reset": "bnlib.course.reset",
    "update": "bnlib.course.update",
    "shipping-check": "bnlib.course.shipping",
    "ship": "bnlib.course.ship",
    "clean": "bnlib.course.clean",
    "frameworks": "bnlib.course.frameworks",
    "bench": "bnlib.benchmarks.run",
    "pins": "bnlib.course.pins",
    "site": "bnlib.course.site.build",
    "test-browser": "bnlib.course.browser_tests",
}


def parse(argv: list[str]) -> argparse.Namespace:
    """The command line as a namespace: `command`, and what that command takes.

    Only `lab` and `test-browser` take options that are not listed here: JupyterLab's and pytest's
    (`options`).
    """
    parser = argparse.ArgumentParser(prog="python -m bnlib.course", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    which = argparse.ArgumentParser(add_help=False)
    which.add_argument("notebook", nargs="?", help="one notebook only: its number, 1 to 6")

    commands.add_parser("lab", help="open the course in JupyterLab; takes its options")
    test = commands.add_parser(
        "test", parents=[which], help="check the library, the notebooks and your exercises"
    )
    test.add_argument("--cell-timeout", type=float, metavar="S", help="seconds a cell may take")
    progress = commands.add_parser("progress", help="show which exercises you have passed")
    progress.add_argument("folder", nargs="?", help="a class's submissions: write them as a table")
    progress.add_argument("--csv", metavar="FILE", help="where to; - is standard output")
    progress.add_argument(
        "--contained", action="store_true", help="each submission within bubblewrap (Linux)"
    )
    progress.add_argument("--dask", metavar="ADDRESS", help="by the workers of a Dask cluster")
    progress.add_argument("--shard", metavar="K/N", help="only the K-th of N parts, from 0")
    progress.add_argument(
        "--seconds", type=float, default=60.0, metavar="S", help="for one notebook (60)"
    )
    commands.add_parser("mine", help="write the answers that passed into my_batch_norm.py")
    commands.add_parser(
        "reset", parents=[which], help="start a notebook afresh; your copy is kept beside it"
    )
    commands.add_parser("update", help="get the newest version of the course; your work is kept")
    commands.add_parser(
        "shipping-check", parents=[which], help="check what holds of the course as it is shipped"
    )
    commands.add_parser(
        "ship", parents=[which], help="execute the notebooks and record their outputs"
    )
    frameworks = commands.add_parser(
        "frameworks", help="run the course's network in other frameworks, and compare"
    )
    frameworks.add_argument("name", nargs="?", help="one framework only, such as pytorch")
    frameworks.add_argument(
        "--leave-records", action="store_true", help="rewrite no record that git tracks"
    )
    bench = commands.add_parser("bench", help="measure bnlib beside NumPy's textbook and PyTorch")
    bench.add_argument("--quick", action="store_true", help="few rounds: does everything run?")
    bench.add_argument("--jax", action="store_true", help="measure JAX too")
    pins = commands.add_parser("pins", help="compile the versions that pyproject.toml declares")
    pins.add_argument("--upgrade", action="store_true", help="take the newest of each")
    site = commands.add_parser("site", help="build the course as a static site, in .site")
    site.add_argument("--pyodide", help="a folder with Pyodide: answers are checked, and run")
    browser = commands.add_parser("test-browser", help="try the course in a real browser")
    browser.add_argument("only", nargs="*", help="pytest arguments, such as -k notebooks")
    clean = commands.add_parser("clean", help="delete the environment and caches, nothing of yours")
    clean.add_argument("--all", action="store_true", help="the tools' environments as well")
    try:
        # Before what make gives as it stands, after a "--": a folder may be called -x.
        argv = [*argv[:1], *shlex.split(os.environ.pop(MORE, "")), *argv[1:]]
    except ValueError as error:
        parser.error(f"{MORE}: {error}")
    arguments, options = parser.parse_known_args(argv)
    if options and arguments.command not in ("lab", "test-browser"):
        parser.error("unrecognized arguments: " + " ".join(options))
    arguments.options = options
    return arguments


def main(argv: list[str]) -> int:
    """Run the command that `argv` names. Returns its exit status."""
    arguments = parse(argv)
    try:
        return importlib.import_module(MODULES[arguments.command]).main(arguments)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
