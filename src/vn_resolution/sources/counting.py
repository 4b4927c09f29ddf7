"""Writes counts the way lists show them: letters, Roman numerals."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 3_999
_LONGEST = 30


def letters(number: int) -> str:
    """a … z, then aa, ab … az, ba, as browsers count. Positive numbers only."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(97 + rest) + text
    return text


def repeated_letters(number: int) -> str:
    """a … z, then aa, bb … zz, aaa, as Word counts. Positive numbers only."""
    times, rest = divmod(number - 1, 26)
    return chr(97 + rest) * min(times + 1, _LONGEST)


def roman(number: int) -> str:
    """Roman numerals in lower case; beyond 3,999 plain digits. Positive numbers only."""
    if number > _LARGEST_ROMAN:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text
