"""Numbers as they are compared: by their digits, whatever the size."""

from __future__ import annotations

Value = tuple[str, int]
"""A number as its digits without zeros at either end, and the power of ten they are multiplied by."""

ZERO: Value = ("", 0)


def of_digits(whole: str, fraction: str = "", power: int = 0) -> Value:
    """The value of a row of ASCII digits with a fraction, times a power of ten."""
    digits = (whole + fraction).lstrip("0")
    short = digits.rstrip("0")
    return (short, power - len(fraction) + len(digits) - len(short)) if short else ZERO
