"""Where to look when an answer stops with an exception."""

from __future__ import annotations

import re

import numpy as np

from bnlib.exercises.outcomes import Raised

_SEVERAL_FOR_ONE = ("'tuple'", "unpack", "multiply sequence")
"""Words of Python's and NumPy's for several results where one is due."""
_MISREAD_BY_MAX = ("scalar index", "inhomogeneous", "as an integer")
"""Words of NumPy's for a second array where an axis is due."""


def tip(error: Raised) -> str:
    """A sentence or two, by what the exception says and the line that it came from."""
    if "truth value of an array" in error.text:
        return _one_truth_value(error.code)
    if "np.max(" in error.code and any(word in error.text for word in _MISREAD_BY_MAX):
        return (
            "`np.max` looks for the largest entry of one array, and its second argument is an "
            "axis. The larger of two, entry by entry, is another function: `np.maximum`."
        )
    if "to unpack" in error.text and re.search(r"=\s*[\w.\[\]]*\.shape$", error.code):
        return (
            "A shape has an entry for every axis, and your line counts on another number of them: "
            "look at which shapes the exercise allows."
        )
    if "by non-int of type 'list'" in error.text:
        return (
            "Lists cannot be multiplied by lists: make arrays of them, or go through them one by "
            "one."
        )
    if "unsupported operand" in error.text and "'tuple'" in error.text and ".shape" in error.code:
        return (
            "A shape is a tuple of lengths: if it is that which stands there, pick the one length "
            "that is due, as in `.shape[0]`."
        )
    if "inhomogeneous" in error.text:
        return (
            "What is to become one array has parts of different shapes: arrays to be joined by "
            "`np.concatenate`, perhaps, or several results of a function, of which one is due."
        )
    if any(word in error.text for word in _SEVERAL_FOR_ONE):
        return (
            "Perhaps a function that you call returns several results at once, as "
            "`bnlib.batch_norm` returns a pair, z_tilde and then a cache: give each a name, and go "
            "on with the one you need."
        )
    if "broadcast" in error.text:
        return _broadcast(error)
    if "unsupported operand" in error.text and re.search(r"'\w*(function|method)\w*'", error.text):
        return (
            "A function stands there where the value that it gives is due: a call needs brackets "
            "after the name, with the arguments in them."
        )
    if "unsupported operand type(s) for ^" in error.text:
        return "In Python `^` is no power: that is written `**`."
    if "unsupported operand" in error.text and "'dict" in error.text:
        return (
            "A dictionary, or all its values together, cannot be reckoned with as an array can: go "
            "through its names, and reckon with one array after the other."
        )
    if "must have the same shape" in error.text:
        return (
            "`np.stack` and `np.array` put arrays of one shape along a new axis. Arrays of other "
            "lengths are joined along an axis that they have: `np.concatenate`, `np.hstack`."
        )
    if "not subscriptable" in error.text and re.search(r"'\w*(function|method)\w*'", error.text):
        return "Square brackets pick an entry; a function is called with round ones."
    if "as a data type" in error.text and ".view(" in error.code:
        return "NumPy's `view` takes a type of numbers: another shape is made by `reshape`."
    if "as a data type" in error.text:
        return (
            "What stands there is taken for the type of the numbers: a shape of several lengths is "
            "one argument, in brackets of its own, and other arguments may need their names."
        )
    if "'list' object cannot be interpreted" in error.text and "axis=" in error.code:
        return "A list is no axis: where a function takes several axes, they go in as a tuple."
    if "Cannot cast" in error.text and "int" in error.text:
        return (
            "Numbers with digits after the point do not go where whole ones are due, as into an "
            "array made for whole ones: look at its `dtype`, or at what it is a copy of."
        )
    if "generator" in error.text and "no len()" in error.text:
        return "What comes one by one has no length: count while you go through it, or make a list."
    if "tuple index" in error.text and "shape" in error.code:
        return (
            "What you take the shape of has fewer axes there than your line counts on: the shape "
            "of a plain number is `()`, that of a flat array has one entry."
        )
    if "ellipsis" in error.text.lower():
        return "A `...` stands where none can: perhaps one of the stub's is still to be filled in."
    if error.type_name == "RecursionError":
        return "A function calls itself without end, or too often: when is it to stop?"
    if error.type_name == "UnboundLocalError":
        return (
            "The function makes that variable somewhere, but had not done so when it was read: "
            "perhaps in a loop that has no round, in a branch that is not taken, or further down."
        )
    if error.type_name == "NameError":
        return (
            "Nothing of that name was found: it has to be an argument, made in the function, "
            "imported, or defined in a cell above, and spelt the same way there."
        )
    if error.type_name == "SystemExit":
        return "Leave out what ends Python, such as `exit()`: `return` is enough."
    if error.type_name == "MemoryError":
        return "No result here needs much memory: look at the sizes you ask for."
    if error.type_name == "EOFError":
        return "Everything it needs comes as arguments: do not ask with `input()`."
    if "matmul" in error.text or "not aligned" in error.text:
        return (
            "Print the shapes of both sides. A matrix product needs as many columns on the left as "
            "rows on the right, and `.T` turns a matrix over; `*` goes entry by entry."
        )
    if error.type_name == "KeyError":
        return "That key is not in the dictionary: print its keys, and see how they are spelt."
    if "unexpected keyword argument" in error.text:
        return "The function knows no argument of that name: look up which ones it takes."
    found = re.match(r"'(list|tuple|float|int)' object has no attribute '(\w+)'", error.text)
    if found and hasattr(np.ndarray, found[2]):
        return (
            f"That is something NumPy's arrays have, and what stands there is of type {found[1]}."
        )
    if error.type_name == "AttributeError" and re.match(r"module |'numpy\.", error.text):
        return "There is nothing of that name: look up how it is spelt, and where it belongs."
    if not error.code:
        return "Call your function by itself on such an input, and see where it stops."
    return "Try that line by itself, and print what goes into it."


def _broadcast(error: Raised) -> str:
    if re.search(r"\(\d+,\)", error.text):
        return (
            "Print the shapes of both sides. A flat array of shape (n,) counts as a row. Is a "
            "number for each column due there, or for each row? Those make a column, (n, 1)."
        )
    if "*" in error.code and _would_multiply(error.text):
        return (
            "Print the shapes of both sides: `*` goes entry by entry, which is not the product of "
            "two matrices."
        )
    return (
        "Print the shapes of both sides: entry by entry, two lengths have to be equal, or one of "
        "them 1; an array that is written into keeps its own."
    )


def _would_multiply(text: str) -> bool:
    """Whether the two shapes told are those of a matrix product."""
    shapes = re.findall(r"\((\d+),(\d+)\)", text)
    return len(shapes) == 2 and shapes[0][1] == shapes[1][0]


def _one_truth_value(code: str) -> str:
    found = re.search(r"(?<![.\w])(max|min)\(", code)
    if found:
        name = found[1]
        return (
            f"Python's own `{name}` compares whole arrays, with one answer for all entries. Entry "
            f"by entry it is `np.{name}imum`."
        )
    return (
        "Python's `if`, `and`, `or`, `not`, `max` and `min` need one yes or no; a comparison of "
        "arrays has one for every entry. NumPy has functions that go entry by entry."
    )
