"""What a learner is told about slips that can happen in any exercise.

As in the catalogue, a message says first what is wrong, then why it matters, then where to look.
"""

from __future__ import annotations

from typing import Any

from bnlib.exercises.outcomes import Raised
from bnlib.exercises.tips import tip


def hard_coded(name: str) -> str:
    """The answer works with its own value in place of an argument that has a default."""
    return (
        f"Your answer does not use the {name} it is given: the result is the same for all values "
        f"tried. The default is only for callers who leave {name} out. Look for where `{name}` "
        "belongs: a number may be written there, or nothing."
    )


def left_out(name: str) -> str:
    """The answer does what it would do if an argument that hardly counts were 0."""
    return (
        f"Your answer does not use {name}: it gives what it would give if {name} were 0, or nearly "
        f"0. Test inputs have values of {name} that count. Look at where it belongs in the "
        "formula."
    )


def never_read(name: str) -> str:
    """The body never reads an argument."""
    return (
        f"Your function never reads `{name}`, so its result cannot depend on it, and it should. "
        "Perhaps a variable of the notebook with a similar name, or a fixed number or formula, "
        "stands in its place."
    )


def default_only(name: str) -> str:
    """Right when an argument is left out, wrong when it is given."""
    return (
        f"Your answer is right when {name} is left out, and in general wrong when the caller gives "
        f"it another value. Test inputs use other values on purpose. Look at every place where "
        f"`{name}` comes in, or should."
    )


def ignores(name: str) -> str:
    """The result does not change when one argument does."""
    if name == "rng":
        return IGNORES_RNG
    return (
        f"Your result stays the same when {name} changes, in what was tried, and it should not. "
        f"Perhaps `{name}` is never used in the body, or a variable of the notebook with a similar "
        "name, or a fixed number, stands in its place."
    )


def drops_out(name: str) -> str:
    """The same, of an argument that the body reads."""
    return (
        f"Your result stays the same when {name} changes, in what was tried, and it should not. "
        f"Your function reads `{name}`, so what is made of it came to nothing: look for a factor "
        "that is 0, two steps of which one undoes the other, a name that is set anew, an axis, or "
        "a step that keeps only a shape, a count or a whole number."
    )


def changed_argument(name: str, kind: str, inside: bool = False) -> str:
    """An argument of a kind is not as it was before the call; or `inside`, an array in it."""
    if inside:
        return (
            f"Your answer changes an array in `{name}`: whoever passed it in can find it changed "
            "afterwards, and a second call starts from that. Look for `-=`, `+=`, `*=`, `/=`, "
            "`out=`, an assignment into a part of an array or to its `.shape`, or a method that "
            f"works in place. A second name for an array, and a copy of `{name}` alone, still "
            "stand for the same arrays: make new ones instead."
        )
    ways = {
        "array": "`-=`, `+=`, `*=`, `/=`, `out=`, an assignment into a part of it or to its "
        "`.shape`, or a method that works in place, such as `.sort()` or `.fill()`",
        "list": "`+=` or `*=`, `del`, an assignment into a part of it, or a method that works in "
        "place, such as `.append()`, `.sort()` or `.pop()`",
        "dictionary": "`|=`, `del`, an assignment to one of its keys, also by `-=` or the like, or "
        "a method that works in place, such as `.update()` or `.pop()`",
    }
    return (
        f"Your answer changes the {kind} that is handed in as `{name}`: whoever passed it in can "
        "find it changed afterwards, and a second call starts from that. Look for "
        f"{ways.get(kind, 'what changes it in place')}. Make a new one instead."
    )


NUMBERS_ARE_RIGHT = "The numbers are right; their form is not yet."
"""Goes before a slip of form that stands alone."""
FLAT = (
    "Your result, or a part of it, has too few axes, at least for some inputs, such as a flat "
    "array where a row or column is due. It may broadcast along the wrong axis later. "
    "Look at how it is made, or at what takes the axis away: a sum, a mean, "
    "an index, a squeeze, a reshape."
)
NUMBER_FOR_ARRAY = (
    "A plain number stands where an array of a single entry is due: what comes next relies on its "
    "shape. Look at what takes the axes away: a sum or a mean, an index, a squeeze."
)
TRANSPOSED = (
    "Rows and columns have changed places in your result, or all of its axes. Whoever goes on with "
    "it takes one for the other. Compare its shape with the docstring's, and look for a `.T`, an "
    "axis or a reshape that turns it round, or for one that is missing."
)
TRANSPOSED_FIRST = (
    "Rows and columns have changed places in your first result. Whoever goes on with it takes one "
    "for the other. Look for a `.T`, or an array that is made the other way round, and compare its "
    "shape with the docstring's."
)
TRANSPOSED_SECOND = TRANSPOSED_FIRST.replace("first", "second")
EXTRA_DIMENSIONS = (
    "Your result, or a part of it, has more dimensions than the exercise asks for, at least for "
    "some inputs: an axis too many, or more, be it of a single entry. Look at the shape of what "
    "you return."
)
UNLIKE_AXES = (
    "Your result has too few axes for one input or in one part, and too many in another, as where "
    "everything is flattened or reshaped alike. The docstring says which shape is due for what: "
    "rows and columns, a plain number, or another. Look at what is done to the shapes."
)
"""Both a flat array and dimensions too many, each in another place: one slip."""
REPEATED_COLUMNS = (
    "Every number, at least in a part of your result, is repeated along its row: one number a "
    "row, in a column, is enough. Broadcasting repeats it wherever it is needed. Look for where "
    "the number of columns comes in."
)
REPEATED_ROWS = (
    "Every number is repeated down its column: one number an example, in a row of shape (1, m), "
    "is enough. Broadcasting repeats it wherever it is needed. Look for where the classes come "
    "in."
)
LIST_FOR_ARRAY = (
    "Your result, or a part of it, is a Python list or tuple, and the exercise asks for a NumPy "
    "array: in the next step, two of them cannot be multiplied or broadcast. Turn it into "
    "an array before you return it."
)
ONE_ARRAY_FOR_TWO = (
    "Your results come stacked in one array, and the exercise asks for two results, each by "
    "itself. Return them with a comma between them."
)
SWAPPED = (
    "Your results come in the other order. Whoever unpacks them takes one for the other. "
    "Compare your `return` line with the docstring."
)
GLOBAL_RANDOM = (
    "Your answer draws from NumPy's or Python's global random state, or seeds it. Then two "
    "experiments can disturb each other, and the generator that you are given may not decide the "
    "result alone. Use that generator, and nothing else."
)
NO_RANDOMNESS_ASKED = (
    "Your answer draws from NumPy's or Python's global random state, or seeds it, and a second "
    "call gives another result. The exercise hands you no generator, since nothing here is left to "
    "chance: the result follows exactly from the arguments. Look for what is due in place of "
    "chance."
)
OWN_RANDOMNESS = (
    "Called twice with equal generators, your answer gives two different results, so something "
    "else has a part in it: another source of chance, or what an earlier call left behind. An "
    "experiment has to be repeatable from its seed: draw everything from the generator that you "
    "are given."
)
IGNORES_RNG = (
    "Your result is the same for every generator tried, so it is not random in the way the "
    "exercise asks. Perhaps there is a generator of your own with a fixed seed, or no draw "
    "decides the result. Use `rng`."
)
REMEMBERS = (
    "Your answer gives different results for the same arguments: perhaps something is kept from "
    "one call to the next, drawn at random, or read from an array that was never filled. Look for "
    "a variable outside the function that it changes, a list or array as a default value, or an "
    "`empty` array."
)
NOTHING_RETURNED = (
    "Your function returns nothing (None), so what it has worked out is lost. Look for a missing "
    "`return` at the end, or on one of the paths through an `if` or a loop."
)
NOTHING_HANDED_ON = (
    "Your function returns None: what stands behind `return` gives nothing back. Methods and "
    "functions that work in place, such as `.sort()`, `.update()` or `fill_diagonal`, change what "
    "they are given and give None; so does a function of yours without a `return`. Call it in a "
    "line of its own, and return what it is to change."
)
PRINTED = (
    "Your function prints, and returns nothing (None), at least for some inputs. What is printed "
    "can be read, but not used in the next line of code. Hand the result back with `return`."
)
NO_TERMINATION = (
    "Your answer did not finish in time and was stopped. Perhaps a loop never reaches its end: "
    "look at what changes from one round to the next, and when the loop is meant to stop."
)
ENDED_PYTHON = (
    "Your answer ended Python itself before it gave a result, which in a notebook would look like "
    "a kernel that died. Look for `os._exit`, a call into a library that crashes, or more memory "
    "than the machine has."
)
FORGED = (
    "What came back from the process in which your answer ran was not written by the checker. "
    "Something in your answer writes to a file descriptor that it did not open itself, or replaces "
    "a function of the checker. A result goes back with `return`, and in no other way."
)
FLOAT32_ONLY = (
    "Your result can go wrong when the numbers come as float32, which is what networks are mostly "
    "trained in. Look for a fixed dtype, a constant too small or too large for float32, or a test "
    "of the type."
)
ONE_EXAMPLE_ONLY = (
    "Your answer is right for the larger batches tried, and can be wrong for a batch of one. "
    "Look for a shape that is squeezed away, a division by m - 1, a case of your own for m = 1, or "
    "a limit that the numbers reach there."
)
ONE_UNIT_ONLY = (
    "Your answer is right for the larger arrays tried, and can be wrong where one has a single "
    "row, as with one unit or one class. Look for a shape that is squeezed away, broadcasting that "
    "only happens to work, or a limit that the numbers reach there."
)
LOST_PRECISION = (
    "Your result is nearly right, but agrees with the right one to a few digits only. Look for a "
    "conversion to float32, a rounded result, a small constant that is not the one asked for, or a "
    "small difference of two large numbers."
)
WRONG_SIGN = (
    "Your result has the right size and the wrong sign, everywhere. Perhaps a difference is taken "
    "the other way round. Look for a lost or an extra minus."
)


ZEROS = (
    "Your result is 0 everywhere (but for rounding), for all inputs tried. Perhaps an array of "
    "zeros is made and never filled, or what fills it comes to nothing. Follow one number from the "
    "arguments to your `return` line."
)


def handed_back(name: str) -> str:
    """The result is one of the arguments."""
    return (
        f"You hand {name} back as it came: the result equals it in every number, for all inputs "
        "tried. Look at what is to be done with it, and whether that reaches your `return` line."
    )


def nothing_for(shapes: str) -> str:
    """None on some inputs, a result on others."""
    return (
        f"Your function returns nothing (None) for {shapes}, and a result for other inputs. Look "
        "for the path that it takes there, through an `if` or a loop: it reaches no `return`, or "
        "one that gives None."
    )


def one_number(value: str, what: str = "result") -> str:
    """The same number in every entry, for all inputs."""
    return (
        f"Your {what} is {value} everywhere, for all inputs tried. A right one depends on the "
        "arguments. Look at where the arguments come in, and whether they reach your `return` line."
    )


def whole_numbers(dtype: str) -> str:
    """An array of whole numbers where fractions are due."""
    return (
        f"Your result is an array of whole numbers, or several (dtype {dtype}), and numbers with "
        "digits after the point are due. What is written into such an array loses those digits "
        "without a word. Look at the dtype with which the array is made."
    )


def one_slip(where: str, question: str) -> str:
    """One edit of the answer makes it right."""
    return f"One slip, in {where}: {question} The rest can stay."


def other_value_needed(where: str, inputs: str, got: str, needed: str, made: bool) -> str:
    """Another value of one expression makes the answer right; it may be `made` of others."""
    before = ", and at what goes into it" if made else ""
    return (
        f"Look at {where}{before}. For {inputs} it gives {got}. If it gave {needed} instead, the "
        "rest of your function would come out right here, and on the other inputs with the value "
        "that is due there."
    )


YES_OR_NO = (
    "What you return is True or False, as a comparison gives it, and a number is due, or several. "
    "Look for a comparison, such as `==` or `<`, where a computation is due."
)
RETURNS_INSIDE = (
    "Your `return` stands inside the loop, so the function ends in the first round that reaches "
    "it, and what the later rounds should do is never done. Look at how far that line is indented."
)
OVERWRITES = (
    "In your loop a round puts its own value in place of what stood there before, which is lost. "
    "Look at what is to happen to the old value."
)
DRAWS = (
    "Your answer makes a generator of random numbers. The exercise hands you none, since nothing "
    "here is left to chance: the result follows exactly from the arguments. A seed only makes "
    "draws repeat. Look at each draw, and at what is due in its place."
)


LIMIT = (
    "You hold a number to a limit: what lies beyond comes out as the limit itself. Without it your "
    "answer would be right, so the limit is not asked for. Look at what it is to guard against."
)
LIMITS = (
    "You hold a number between two limits: what lies beyond comes out as the limit itself. One of "
    "them, or both, is not asked for: without that, your answer would be right. Look at what each "
    "is to guard against."
)
STARTS_ANEW = (
    "What your loop gathers, or a part of it, is set back at the beginning of every round, so in "
    "the end only the last round counts for it. Look at which lines belong before the loop."
)
SETS_ANEW = (
    "Your answer gives an argument another value before it is done with it, so what the caller "
    "passes is lost from there on. Look for a line that sets one of the names in your `def` line."
)


def of_a_kind(kind: str | None) -> tuple[str, str] | None:
    """What a repair says of an answer by its kind alone: an id and a message."""
    return {
        "indent": ("returns-inside-the-loop", RETURNS_INSIDE),
        "overwritten": ("overwrites-in-the-loop", OVERWRITES),
        "limit": ("holds-to-a-limit", LIMIT),
        "limits": ("holds-to-a-limit", LIMITS),
        "reset": ("starts-anew-in-every-round", STARTS_ANEW),
        "set": ("sets-an-argument-anew", SETS_ANEW),
    }.get(kind or "")


def another_value_due(where: str) -> str:
    """Another value there makes the answer right, and no value can be shown beside it."""
    return (
        f"Look at {where}: which value does it give, and which one is due? With another, the rest "
        "of your function would come out right, on all inputs tried."
    )


def and_the_place(message: str, where: str, several: bool = False) -> str:
    """What is wrong, and where; of `several` slips, where all of them have come together."""
    return f"{message} {'They come together in' if several else 'The place:'} {where}."


def wrong_factor(factor: float, shapes: str) -> str:
    """Every entry is the same multiple of what it should be."""
    return (
        f"Your result is right but for a factor: for {shapes}, every number is {factor:.4g} times "
        "what it should be. Look for a division that is missing or too many, by a count such as m "
        "or n, or a square or a root."
    )


def not_callable(type_name: str) -> str:
    """What was handed in is no function."""
    return (
        f"What you handed in is of type {type_name}, and the checker needs the function itself, to "
        "try it on several inputs. Give its name without brackets and arguments after it."
    )


def wrong_arguments(signature: str, error: Raised) -> str:
    """The answer cannot be called as the exercise says."""
    return (
        f"Your function cannot be called as the exercise says, `{signature}`: {_sentence(error)} "
        "Keep the first line of the stub as it was, defaults included."
    )


def raised(error: Raised, shapes: str, wrong_elsewhere: bool = False) -> str:
    """An exception came out of the answer, which may be `wrong_elsewhere` without one."""
    where = f" in line {error.line}, `{error.code}`" if error.line and error.code else ""
    return (
        f"Your answer stops with {_article(error.type_name)}{where}: {_sentence(error)} It happens "
        f"for {shapes}. {tip(error)}{WRONG_ELSEWHERE if wrong_elsewhere else ''}"
    )


WRONG_ELSEWHERE = " For another input its result is wrong."


def _article(type_name: str) -> str:
    return f"{'an' if type_name[0] in 'AEIO' or type_name.startswith('Un') else 'a'} {type_name}"


def _sentence(error: Raised) -> str:
    text = " ".join(error.text.split()) or "no reason given"
    return text if text.endswith((".", "!", "?")) else f"{text}."


def gives_one_by_one(want: str) -> str:
    """A generator."""
    return (
        f"Your function gives its results one by one, as a `yield` does (or a `for` in round "
        f"brackets), or a part of them, where the exercise asks for {want}. Such a "
        "generator has no length and can be walked through only once. Collect all of them, and "
        "return them together."
    )


def wrong_type(got: str, want: str, shapes: str, whole: bool) -> str:
    """A result of another kind, or a part of it."""
    if not whole:
        got, want = (kind.replace("several results", "a tuple") for kind in (got, want))
    what = f"You return {got}" if whole else f"Inside what you return stands {got}"
    return (
        f"{what} where {want} {'are' if want == 'several results' else 'is'} due, for {shapes}. "
        "Whoever uses the result relies on its kind. "
        "Look at your `return` line and the docstring."
    )


def wrong_count(got: str, want: int, shapes: str) -> str:
    """Another number of results."""
    return (
        f"You return {got} where the exercise asks for {want} results, for {shapes}. Whoever "
        "unpacks them gets an error, or parts that are not the ones asked for. Compare your "
        "`return` line with the docstring."
    )


def wrong_shape(which: str, got: tuple[Any, ...], want: tuple[Any, ...], shapes: str) -> str:
    """A result of another shape, whose numbers match nothing known."""
    return (
        f"{which} has shape {got} where {want} is due, for {shapes}. Follow the shape through "
        "your lines one by one, and see where it first is not what you expect."
    )


def wrong_keys(got: list[Any], want: list[Any], always: bool) -> str:
    """A dictionary with other keys: `always` these, or on one input, where another has others."""
    missing, more = ([str(k) for k in a if k not in b] for a, b in ((want, got), (got, want)))
    whose, there = ("Your", "") if always else ("For one of the inputs your", " there")
    said = f"{whose} dictionary has {_keys([*map(str, got)])}; asked for{there}: {_keys(want)}."
    if not missing:
        return (
            f"{said} {_too_many(more)}: nobody looks for a name that was not agreed upon. Look at "
            "what you put into the dictionary."
        )
    spelt = " is missing or spelt otherwise" if len(missing) == 1 else " are missing or misspelt"
    return (
        f"{said} {', '.join(missing)}{spelt}: whoever looks there finds nothing. "
        f"{_NAMED if always else _TAKEN}"
    )


_NAMED = "Compare your keys with those asked for, one by one."
_TAKEN = "Look at where your keys come from."


def _keys(names: list[str]) -> str:
    if not names:
        return "no key"
    return f"the key{'' if len(names) == 1 else 's'} {', '.join(names)}"


def _too_many(names: list[str]) -> str:
    return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} too many"


def exchanged(one: str, other: str, both: bool) -> str:
    """An entry of a dictionary stands under the key of another, or two do."""
    too = ", and the other way round" if both else ""
    return (
        f"What stands under `{one}` in your dictionary is due under `{other}`{too}. Whoever looks "
        "it up gets another value, without any error if the shapes agree. Look at which value "
        "goes with which name."
    )


def not_finite(shapes: str) -> str:
    """NaN or infinity where the right result is an ordinary number."""
    return (
        f"Your result holds NaN or infinity, for {shapes}, where the right one is an ordinary "
        "number. One such number can spoil a whole training run. Look for a division by zero, the "
        "logarithm of zero, an exponential of something large, or the root of something negative."
    )


def one_line_wrong(which: str, line: str) -> str:
    """Only the first or the last row or column is wrong."""
    return (
        f"Wherever your result is wrong, only its {which} {line} is. Perhaps a loop begins too "
        "late or ends too early, a slice leaves something out, or an index counts from 1, where "
        "Python counts from 0. Look at where your loops, ranges and slices begin and end."
    )


def rounded(digits: int) -> str:
    """The right result, rounded."""
    count = "one digit" if digits == 1 else f"{digits} digits"
    how = f"{count} after the point" if digits else "whole numbers"
    return (
        f"Your result is the right one, rounded to {how}. What is computed with it further on "
        "loses the rest. Look for a step that rounds; rounding is for what is printed."
    )


def uses_global(name: str) -> str:
    """An unmatched answer that reads a variable of the notebook."""
    return (
        f"Your function reads `{name}`, a variable of the notebook, which stays the same whatever "
        "is passed in. Use the arguments, and only those: then the function works anywhere."
    )


EXAMPLE = "For {}, yours is {}, expected {}."
"""The sentence that a card shows as arrays."""


def unknown(inputs: str, got: str, want: str, small: bool = True) -> str:
    """Nothing is known about the mistake: the smallest input on which it shows."""
    case = "Work this small case out on paper" if small else "Follow this case through your code"
    return (
        f"Your result is not the one expected. {EXAMPLE.format(inputs, got, want)} {case}, and see "
        "at which line your function parts from it."
    )


def unknown_part(inputs: str, part: str, got: str, want: str) -> str:
    """The same for a dictionary: one entry that differs."""
    return f"Your result is not the one expected. {_part(inputs, part, got, want)}"


def unknown_trait(inputs: str, part: str, got: str, want: str) -> str:
    """The same for a random result: what is compared of it, where it differs."""
    return f"Your result is not like the one expected. {_part(inputs, part, got, want)}"


def _part(inputs: str, part: str, got: str, want: str) -> str:
    return (
        f"For {inputs}, look at {part}: yours {got}, expected {want}. Follow this case through "
        "your function, and see at which line it goes another way."
    )


def together(messages: list[str]) -> str:
    """Several mistakes at once."""
    if len(messages) == 1:
        return messages[0]
    count = {2: "Two", 3: "Three"}.get(len(messages), "Several")
    numbered = (f"({i}) {message}" for i, message in enumerate(messages, 1))
    return f"{count} things at once. {' '.join(numbered)}"
