"""`make test`: the unit tests and every notebook, a learner's copies as well as shipped ones.

command        starts a pytest process for each, and prints what came of them
pytest_run     what is known of such a process
nbval_plugin   has nbval compare a notebook with what holds of it, and grades its exercises
wording        what went wrong in a notebook, in the learner's terms
report         the lines and the table that are printed
"""
