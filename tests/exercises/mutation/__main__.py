"""`python -m mutation [NAME ...]`: search exercises for accepted faults, in all processors."""

import multiprocessing
import sys
import time

from bnlib.exercises import catalogue
from mutation.search import OPEN, Search


def searched(name: str) -> tuple[str, int, int, list[str], float]:
    """One exercise's mutants, how many were accepted, which of these are wrong, and the seconds.

    A fault in words, as the inputs of some exercises are functions, which no process can send.
    """
    start = time.perf_counter()
    found = Search(name).run()
    faults = [str(fault) for fault in found.faults]
    return name, found.mutants, found.accepted, faults, time.perf_counter() - start


def main(names: list[str]) -> int:
    """Search, and print what is found; 1 if anything is, but for exercises known to be open."""
    faults = 0
    with multiprocessing.Pool(min(len(names), multiprocessing.cpu_count())) as pool:
        for name, mutants, accepted, found, seconds in pool.imap_unordered(searched, names):
            faults += len(found) if name not in OPEN else 0
            print(
                f"{name}: {mutants} mutants, {accepted} accepted, "
                f"{len(found)} of them wrong, {seconds:.0f} s"
            )
            print(*found, sep="\n", flush=True)
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(catalogue.NAMES)))
