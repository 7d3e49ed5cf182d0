"""What was measured on: versions and machine, without names of hosts, users or folders."""

from __future__ import annotations

import importlib.metadata
import json
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PACKAGES = ("numpy", "torch", "jax", "flax")


def versions() -> dict[str, str]:
    """Python's version, and of what is installed beside it."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def machine() -> dict[str, str]:
    """Processor, cores and load by pyperf, system, and NumPy's BLAS with the kernels it chose."""
    import threadpoolctl

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "metadata.json")
        command = [sys.executable, "-m", "pyperf", "collect_metadata", "-o", str(file)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        metadata = json.loads(file.read_text(encoding="utf-8"))["metadata"]
    blas: dict[str, Any] = next(
        (x for x in threadpoolctl.threadpool_info() if x["user_api"] == "blas"), {}
    )
    kernels = (blas.get("internal_api"), blas.get("version"), blas.get("architecture"))
    return {
        "processor": str(metadata.get("cpu_model_name", platform.processor())),
        "cores": str(metadata.get("cpu_count", "unknown")),
        "system": f"{platform.system()} {platform.machine()}",
        "load at the start": str(metadata.get("load_avg_1min", "unknown")),
        "blas": " ".join(str(each) for each in kernels if each) or "unknown",
    }
