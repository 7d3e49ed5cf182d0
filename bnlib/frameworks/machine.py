"""Which computer this is: times from two of them do not belong into one picture."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path


def description() -> str:
    """The processor's name and the number of its cores, as far as the system tells."""
    return f"{_processor()}, {os.cpu_count()} cores"


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        text = ""
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1].strip() if found else platform.processor() or platform.machine()
