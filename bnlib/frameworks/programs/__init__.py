"""Programs as a framework's users write them: shown in notebook 6, run whole, their output kept.

A program runs in its framework's own environment, where bnlib is not installed, in a folder with
`digits.npz`, `batch.npy` (images as rows) and what the programs before it have written.
`frameworks/program.py` runs and shows them; what they printed is in `recorded/programs`.
"""
