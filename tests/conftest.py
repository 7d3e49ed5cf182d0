"""Settings that hold for every test."""

from hypothesis import settings

# No deadline: a busy machine is no failure. Derandomized: the same examples on every run.
settings.register_profile("course", deadline=None, derandomize=True, max_examples=60, database=None)
settings.load_profile("course")
