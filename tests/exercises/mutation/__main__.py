"""`python -m mutation [NAME ...]`: search exercises for accepted faults, in all processors."""

import multiprocessing
import sys
import time

from bnlib.exercises import catalogue
from mutation.search import OPEN, Found, Search


def searched(name: str) -> tuple[str, Found, float]:
    """One exercise's search, and the seconds it took."""
    start = time.perf_counter()
    return name, Search(name).run(), time.perf_counter() - start


def main(names: list[str]) -> int:
    """Search, and print what is found; 1 if anything is, but for exercises known to be open."""
    faults = 0
    with multiprocessing.Pool(min(len(names), multiprocessing.cpu_count())) as pool:
        for name, found, seconds in pool.imap_unordered(searched, names):
            faults += len(found.faults) if name not in OPEN else 0
            print(
                f"{name}: {found.mutants} mutants, {found.accepted} accepted, "
                f"{len(found.faults)} of them wrong, {seconds:.0f} s"
            )
            print(*found.faults, sep="\n", flush=True)
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(catalogue.NAMES)))
