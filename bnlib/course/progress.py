"""`make progress`: the table; with FOLDER=..., a class's submissions as one CSV."""

import argparse
import sys

from bnlib.course.classroom import command
from bnlib.course.trouble import wrapped
from bnlib.exercises.cards import compose, text
from bnlib.records import notebooks
from bnlib.records.progress import progress


def main(arguments: argparse.Namespace) -> int:
    """Print how far the learner has come, or write what a class has passed."""
    try:
        if arguments.folder:
            return command.main(arguments)
        card = compose.of_progress(progress(notebooks.require_root()))
        print(text.fitting(text.page(card, text.has_colors())))
    except notebooks.NotebookError as error:
        print(wrapped(error), file=sys.stderr)
        return 2
    return 0
