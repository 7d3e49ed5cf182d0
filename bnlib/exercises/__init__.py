"""Exercises that are checked, and answered with the name of the mistake.

    check(normalize)        in a notebook: shows the verdict as a card; never stops Run All
    hint("normalize")       the next hint
    solution("normalize")   the reference solution, as source
    progress()              the whole course: passed, wrong, not attempted
    grade("normalize", fn)  the verdict as data: .status, .misconception, .message,
                            .line, .expression

`catalogue` holds the exercises, one file each, and says how to write one. An answer runs in a
process of its own (`sandbox`) through the exercise's inputs (`trial`); what it did comes back as
plain data (`outcomes`) and is compared (`compare`) with what the reference and every known mistake
do (`known`, `adjust`); `diagnose` makes the verdict of that `evidence`, with `symptoms`, `unused`
and `extremes` for what is no known mistake; `degenerate` and `slips` say what is general. The place
of a slip is looked for by `search`, in a child of its own: one edit (`edits`, `repair`) or one
value (`substitute`) that makes the answer pass its `exam`. `display` is what a learner types, and
`cards` what comes back.
"""

from bnlib.exercises.diagnose import Verdict
from bnlib.exercises.display import check, hint, progress, solution
from bnlib.exercises.grading import grade

__all__ = ["Verdict", "check", "grade", "hint", "progress", "solution"]
