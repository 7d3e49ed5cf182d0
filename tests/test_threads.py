"""One thread for BLAS in the course's notebooks, and nothing changed for users of the library."""

import json
import os
import subprocess
import sys

import pytest
from threadpoolctl import threadpool_info

from bnlib.experiments import threads

COUNT = """import json, sys
import numpy
from threadpoolctl import threadpool_info
count = lambda: [p["num_threads"] for p in threadpool_info() if p["user_api"] == "blas"]
before = count()
import bnlib
numpy.ones((200, 200)) @ numpy.ones((200, 200))
{hide}
as_library = count()
from bnlib.experiments import bowl
print(json.dumps([before, as_library, count()]))"""
HIDDEN = "sys.modules['threadpoolctl'] = None"


def counts(hide="", **chosen):
    """BLAS's threads at first, with bnlib imported, and with its experiments imported."""
    own = {name: value for name, value in os.environ.items() if name not in threads.CHOSEN_BY}
    code = [sys.executable, "-c", COUNT.format(hide=hide)]
    run = subprocess.run(code, env=own | chosen, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


several = pytest.mark.skipif(
    os.cpu_count() == 1 or not any(pool["user_api"] == "blas" for pool in threadpool_info()),
    reason="this machine has one core, or a BLAS whose threads cannot be counted",
)


@several
def test_a_notebook_works_with_one_thread_and_the_library_leaves_them_alone():
    before, as_library, in_a_notebook = counts()
    assert max(before) > 1
    assert as_library == before
    assert in_a_notebook == [1] * len(before)


@several
def test_a_number_that_was_chosen_stays():
    assert counts(OPENBLAS_NUM_THREADS="2") == [[2]] * 3
    assert counts(OMP_NUM_THREADS="2") == [[2]] * 3


@several
def test_without_threadpoolctl_all_else_works():
    before, _, in_a_notebook = counts(hide=HIDDEN)
    assert in_a_notebook == before
