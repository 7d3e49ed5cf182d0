"""Where submissions are graded: in threads of this machine, or by a Dask cluster's workers."""

import contextlib
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

from bnlib.course.classroom import confine
from bnlib.records.notebooks import NotebookError

PATIENCE = 10  # seconds until a cluster answers


@contextlib.contextmanager
def here() -> Iterator[tuple[Executor, int]]:
    """Threads, each waiting for a child process of its own; and how many tasks to hand out."""
    confine.start_again()
    count = os.cpu_count() or 1
    with ThreadPoolExecutor(count) as pool:
        try:
            yield pool, 2 * count
        finally:
            confine.stop()


@contextlib.contextmanager
def dask(address: str) -> Iterator[tuple[Executor, int]]:
    """A cluster's workers, which must see the same folders and this version of the course.

    Raises:
        NotebookError: `distributed` is not installed, or there is no cluster at the address.
    """
    try:
        from distributed import Client
    except ImportError:
        raise NotebookError(
            "--dask needs the package `distributed`: `.venv/bin/python -m uv pip install "
            "--no-deps --require-hashes -r requirements/dask.txt`"
        ) from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NotebookError(f"There is no Dask cluster at {address}: {error}") from None
    # pure: a task that was sent before and failed is not answered from memory.
    with client, client.get_executor(pure=False) as executor:
        yield executor, 2 * max(1, sum(client.nthreads().values()))
