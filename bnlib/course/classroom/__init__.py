"""`make progress FOLDER=...`: what a class has handed in, graded into one table.

    command     the command: what is graded, with what, into which table
    find        the submissions in a folder, and the notebooks of one
    schedule    tasks to any `concurrent.futures.Executor`, a few at a time; rows as they come
    executors   threads of this machine, or the workers of a Dask cluster
    submission  one submission, wherever it is done: its row
    confine     one child process with limits, and the end of all that it started
    container   the same within bubblewrap: no network, nothing to write, nobody else to see
    grader      the program in that child; `written` reads a notebook without running it
    table       the CSV, a row at a time

A list of all submissions, or of their rows, is nowhere: a class may be a million.
"""
