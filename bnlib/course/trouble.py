"""What can go wrong while the environment is made, and what a learner can do about it.

Like environment.py, which imports it: the standard library only, and Python 3.6's syntax.
"""

import os
import re
import sys
import textwrap

OLDEST, NEWEST = (3, 11), (3, 15)
WIDTH = 80  # columns of a terminal
ANY_PYTHON = "BNLIB_ANY_PYTHON"  # set, it lets a newer one through

# What an installer's output means, most telling first, and what the learner can do about it.
EXPLANATIONS = (
    (
        r"No space left|Errno 28|os error 28|quota exceeded|not enough space",
        "The disk is full. The environment needs about 1 GB: make room, then run the same command "
        "again.",
    ),
    (
        # pip's own word of what failed before a build began may be "See above".
        r"(?:Failed to build\W+|Failed building wheel for\W+|"
        r"Collecting (?=(?:(?!Collecting )[\s\S])*metadata-generation-failed))"
        r"(?P<package>[\w.-]+)",
        "The package PACKAGE has no ready-made file (a wheel) for this Python on this machine, and "
        "building it here failed. With Python 3.12 to 3.15 on Linux, macOS and Windows of 64 bits "
        "nothing has to be built, but matplotlib on Alpine Linux for ARM: install another Python "
        "and run the same command again.",
    ),
    (
        r"ensurepip is not|No module named '?(ensurepip|venv)",
        "This Python cannot make environments. On Debian and Ubuntu that part is a package of its "
        f"own: sudo apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv installs "
        "it. Then run the same command again.",
    ),
    (
        r"do not match the hashes|hash mismatch",
        "A package arrived other than it was recorded, so it was refused. Most often a download "
        "was cut short: run the same command again. If it stays so, tell the course's maintainers.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|invalid peer certificate|UnknownIssuer",
        "The package index's certificate is not trusted here, as happens behind some firewalls. "
        "Ask for your organisation's certificate file, set PIP_CERT and SSL_CERT_FILE to its path "
        "and run the same command again.",
    ),
    (
        r"Permission denied|Errno 13|Read-only file system|Access is denied|used by another",
        "The folder .venv cannot be written. Close every JupyterLab and terminal that uses the "
        "course, or move the course to a folder of your own, then run the same command again.",
    ),
    (
        r"name resolution|getaddrinfo|resolve host|dns error|NewConnectionError|establish|refused|"
        r"unreachable|timed? ?out|proxy|error sending request|failed to fetch|connection error|"
        r"No matching distribution|Could not find a version|no index|not found in the",
        "No package index could be reached, and the packages have to be downloaded once. See that "
        "you are online, then run the same command again; nothing is lost. Behind a proxy, set "
        "HTTPS_PROXY first. If your organisation has an index of its own, set PIP_INDEX_URL to it.",
    ),
)


class Trouble(Exception):
    """Something the learner can put right; the message is the paragraph that says how."""


def wrong_python(version):
    """What to tell someone who runs the course with Python `version`; empty if it suits."""
    version = tuple(version[:2])
    if OLDEST <= version and (version <= NEWEST or os.environ.get(ANY_PYTHON)):
        return ""
    named, newest = (".".join(map(str, each)) for each in (version, NEWEST))
    if version < OLDEST:
        fault = f"This is Python {named}, which is too old: the course needs 3.11 or newer."
    else:
        fault = (
            f"This is Python {named}, newer than any that the course was tried with, and packages "
            f"may not exist for it yet. To try it nevertheless, set {ANY_PYTHON}=1 first."
        )
    return (
        f"{fault} Python 3.11 to {newest} are known to do. Install one beside it (from python.org, "
        "or with apt, dnf, brew or conda), open a new terminal and run the same command again. If "
        "you have one already, name it: make lab PYTHON=/path/to/python3.12, or without make "
        "/path/to/python3.12 bnlib/course/environment.py"
    )


def explain(output):
    """The paragraph for a learner about a failure in which an installer said `output`."""
    for pattern, paragraph in EXPLANATIONS:
        found = re.search(pattern, output, re.IGNORECASE)
        if found:
            return paragraph.replace("PACKAGE", found.groupdict().get("package", ""))
    last = [line for line in output.splitlines() if line.strip()][-8:]
    return (
        "Making the environment failed. Run make clean (without make: delete the folder .venv) and "
        "try again. If it fails again, tell the course's maintainers these last words of the "
        "installer:\n  " + "\n  ".join(last)
    )


def complain(paragraph):
    """Print a paragraph, wrapped; its further lines quote an installer and stay as they are."""
    words, *quoted = paragraph.split("\n")
    print("\n" + wrapped(words), *quoted, "", sep="\n", file=sys.stderr, flush=True)


def wrapped(message):
    """A message with its longer lines broken at 80 columns; a path or a `command` stays whole."""
    lines = []
    for line in str(message).splitlines():
        margin = re.match(r" *(- |\S{,20} {2,})?", line).end()
        whole = re.sub(r"`[^`]*`", lambda quoted: quoted.group().replace(" ", "\xa0"), line)
        filled = textwrap.fill(
            whole,
            WIDTH,
            subsequent_indent=" " * margin,
            break_long_words=False,
            break_on_hyphens=False,
        )
        lines.append(filled.replace("\xa0", " ") if len(line) > WIDTH else line)
    return "\n".join(lines)
