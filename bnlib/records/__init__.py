"""What a copy of the course holds: its notebooks, what was shipped, verdicts, and so progress.

Standard library only: `check` and `progress()` use it wherever a notebook runs, the browser too.
"""
