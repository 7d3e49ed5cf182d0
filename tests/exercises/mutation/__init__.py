"""A search for wrong answers that the checker accepts: what its inputs cannot see.

`edits.py` makes every one-edit mutant of an answer. `search.py` judges them by the checker's own
inputs, and holds those that pass against the reference on legal inputs far wider than the
checker's. A mutant that passes and differs is an accepted fault: an input is missing in the
exercise's file.

All of it for some exercises, from the folder above: `python -m mutation normalize softmax`; without
a name, for all of them.
"""
