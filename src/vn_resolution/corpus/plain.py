"""Makes of any text the words that are compared and looked for: lower case, one placement of tones, with or without
diacritics."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from vn_resolution.grammar import fold

_WORD: Final = re.compile(r"[^\W_]+")


class _Base(dict[int, str]):
    """Letter to letter without diacritics, found when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        letters = "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c))
        base = self[code] = "d" if char == "đ" else letters if len(letters) == 1 else char
        return base


_BASE: Final = _Base()


def folded(text: str) -> str:
    """The text as it is compared with its diacritics: NFC, lower case, "hoà" as "hòa", plain dashes.

    >>> folded("Hoà Bình")
    'hòa bình'
    """
    return fold(unicodedata.normalize("NFC", text))


def plain(text: str) -> str:
    """The same without diacritics.

    >>> plain("Đầu tư công")
    'dau tu cong'
    """
    return bare(folded(text))


def bare(low: str) -> str:
    """A folded text without diacritics, of the same length."""
    return low if low.isascii() else low.translate(_BASE)


class BareWords(dict[str, str]):
    """Folded words without diacritics, by the word: for texts so long that the same syllables come again and again."""

    def __missing__(self, word: str) -> str:
        if word.isascii():
            return word  # figures, of which there is no end
        found = self[word] = bare(word)
        return found


def words_of(text: str) -> list[str]:
    """The words of a text, folded: syllables and numbers.

    >>> words_of("Nghị quyết số 31/NQ-HĐND")
    ['nghị', 'quyết', 'số', '31', 'nq', 'hđnd']
    """
    return _WORD.findall(folded(text))


def is_plain(text: str) -> bool:
    """Whether it bears no diacritics, so that it may stand for words that do."""
    return folded(text) == plain(text)


def same_text(wanted: str, text: Any) -> bool:
    """Whether a text has the wanted words; a wanted one without diacritics stands for any.

    >>> same_text("ha nam", "Hà Nam"), same_text("Hà Nàm", "Hà Nam"), same_text("Hoà Bình", "Hòa Bình")
    (True, False, True)
    >>> same_text("ba ria-vung tau", "Bà Rịa - Vũng Tàu")
    True
    """
    if not isinstance(text, str):
        return False
    words, its = words_of(wanted), words_of(text)
    return [bare(word) for word in its] == words if is_plain(wanted) else its == words


__all__ = ["BareWords", "bare", "folded", "is_plain", "plain", "same_text", "words_of"]
