"""The surroundings in which the commands run notebooks: the same for everyone, leaving no trace."""

import os
import sys
from pathlib import Path
from typing import Any, cast

from bnlib.records import verdicts

# Two notebooks run side by side, and a rounding must not depend on how many threads share a sum.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
UNWANTED = ("PYTHONSTARTUP", "PYTHONWARNINGS", "FORCE_COLOR", "PYTEST_ADDOPTS", "PYTEST_PLUGINS")


def environment(scratch: Path, store: Path | None) -> dict[str, str]:
    """Environment variables for a process that runs notebooks.

    scratch: a folder to be thrown away. store: where `check` keeps verdicts; None for nowhere.
    """
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    package = Path(__file__).resolve().parents[2]
    return {
        **kept,
        **dict.fromkeys(THREADS, "1"),
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(package),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        # A profile of one's own may run start-up files, and writes a history.
        "IPYTHONDIR": str(scratch / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(scratch / "runtime"),
        verdicts.VARIABLE: str(store or ""),
    }


def skip_address_checks() -> None:
    """Keep jsonschema, on nbformat's behalf, from importing its check of web addresses.

    It takes a second to import; nbformat never asks for it, and jsonschema does without.
    """
    # None stands for a module that is not there; typeshed knows modules only
    cast("dict[str, Any]", sys.modules).setdefault("rfc3987_syntax", None)
