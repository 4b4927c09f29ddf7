"""Folds text for matching: lower case, one placement of tone marks, plain dashes; never a change of length."""

from __future__ import annotations

import re

_LIKENESS = (("ð", "đ"), ("ƣ", "ư"), ("–", "-"), ("—", "-"), ("−", "-"), ("‐", "-"), ("‑", "-"), ("\u00a0", " "))
_LOST_HORN = tuple("u" + o for o in "ơớờởỡợ")
"""What is printed for "ươ" where the horn of its first letter was lost ("nguời", "đuợc"): no word but "thuở" is so."""

# "hoà", "khoẻ", "uỷ" are the old placement of the tone in an open syllable; "quý" is right in both.
_OLD_TONE = re.compile(r"[ou](?:(?<=o)[àáảãạèéẻẽẹ]|(?<=u)(?<!qu)[ỳýỷỹỵ])\b")
_MAY_BE_OLD = re.compile(r"[àáảãạèéẻẽẹỳýỷỹỵ]\b(?<=o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])")
"""Nearly the same, and faster to look for: these vowels are rarer than o and u."""
_NEW_TONE = {
    **{"o" + a: o + "a" for o, a in zip("òóỏõọ", "àáảãạ", strict=True)},
    **{"o" + e: o + "e" for o, e in zip("òóỏõọ", "èéẻẽẹ", strict=True)},
    **{"u" + y: u + "y" for u, y in zip("ùúủũụ", "ỳýỷỹỵ", strict=True)},
}


def fold(text: str) -> str:
    """The text (NFC) for matching. `len(fold(text)) == len(text)`, so that a match's offsets hold in the text."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    if not low.isascii():
        for sign, plain in _LIKENESS:  # a look for each sign is faster than one translation of every character
            if sign in low:
                low = low.replace(sign, plain)
        for pair in _LOST_HORN:
            if pair in low:
                low = low.replace(pair, "ư" + pair[1])
        if _MAY_BE_OLD.search(low):
            low = _OLD_TONE.sub(lambda match: _NEW_TONE[match[0]], low)
    return low
