"""Answers written from the exercise text alone, before and independently of the checks.

One file an exercise, marked as those in `answers/` are. `wrong` names the diagnosis that would be
right, whether or not the checker gives it: an independent reader decided on it after seeing the
answer, and where the checker knows no such mistake the name is one it should have.
"""
