"""Automatic differentiation in one small class: what every framework does at its core.

Every operation on a `Variable` makes a new one that remembers what it was made of, and the slope
of the result with respect to each part. `backward` walks this record from the end to the start and
applies the chain rule. The idea is that of karpathy/micrograd.
"""

from __future__ import annotations


class Variable:
    """A number that remembers where it came from.

    Attributes:
        value: the number.
        gradient: the derivative of what `backward` was called on with respect to this.
        made_of: pairs (variable, slope of this one with respect to it).
    """

    def __init__(self, value: float, made_of: tuple[tuple[Variable, float], ...] = ()) -> None:
        self.value, self.made_of, self.gradient = value, made_of, 0.0

    def __add__(self, other: Variable | float) -> Variable:
        other = as_variable(other)
        return Variable(self.value + other.value, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other: Variable | float) -> Variable:
        other = as_variable(other)
        return Variable(self.value * other.value, ((self, other.value), (other, self.value)))

    def __pow__(self, power: float) -> Variable:
        return Variable(self.value**power, ((self, power * self.value ** (power - 1)),))

    def __sub__(self, other: Variable | float) -> Variable:
        return self + as_variable(other) * -1.0

    __radd__, __rmul__ = __add__, __mul__

    def backward(self) -> None:
        """Leave the derivative of this with respect to everything it was made of in `gradient`."""
        order = in_order(self, [])
        for each in order:
            each.gradient = 0.0
        self.gradient = 1.0
        for each in reversed(order):
            for part, slope in each.made_of:
                part.gradient += slope * each.gradient  # the chain rule; += because paths add up

    def __repr__(self) -> str:
        return f"Variable({self.value:g}, gradient={self.gradient:g})"


def as_variable(number: Variable | float) -> Variable:
    """A plain number becomes a `Variable` that was made of nothing."""
    return number if isinstance(number, Variable) else Variable(float(number))


def in_order(last: Variable, seen: list[Variable]) -> list[Variable]:
    """Everything that `last` was made of, each before what it went into; `last` at the end."""
    for part, _ in last.made_of:
        if all(part is not each for each in seen):
            in_order(part, seen)
    if all(last is not each for each in seen):
        seen.append(last)
    return seen
