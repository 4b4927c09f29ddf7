"""Turns text in a Vietnamese encoding from before Unicode (TCVN3, VNI, VISCII), or UTF-8 that was read as windows-1252,
into Unicode; and never touches a text that is sound.

A text is converted only where its words are no Vietnamese syllables as they stand and are syllables once converted. No
list of words decides that, only how a syllable is built (grammars/legacy.toml).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from vn_resolution.grammar import load_grammar

TCVN3, VNI, VISCII = "TCVN3 (ABC)", "VNI", "VISCII"
_SOUND = 0.85
"""The share of marked words that are syllables in a Vietnamese text; foreign names are the rest."""
_HEALTHY = 0.9
_UNSOUND = 0.5
_FEWEST = 3
_TELLING = 1.9
"""Of a few words, so many must be none in any other encoding."""
_MANY = 12
_SAMPLE = 40_000
_WORD = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"[^\s]+")
_NEXT_RUN = re.compile(r"[^\S\n]+(\S{1,40})")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_STOP_TONES = frozenset("\u0301\u0323")
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(r"(?:[-, ]*(?:bold|italic|regular|normal|mt|oblique))+$", re.IGNORECASE)
# What UTF-8 bytes of Vietnamese letters look like in windows-1252.
_MOJIBAKE = re.compile(
    "[\u00c3-\u00c6\u00e1\u00e2]"
    "(?:(?<=\u00e1)[\u00ba\u00bb][\u0080-\u00ff\u0152-\u2122 ]|(?<=\u00e2)[\u0080\u20ac]"
    "|(?<=[\u00c3-\u00c6])[\u0080-\u00ff\u0152-\u2122 ])"
)
_LOST_NBSP = re.compile("(?<=\u00c3) (?=[\\w ,.;:)]|$)")


class Converted(NamedTuple):
    """The `text` in Unicode, and what it had been written in."""

    text: str
    encoding: str
    repaired: bool = False


def from_bytes(data: bytes, decoded: str = "") -> Converted | None:
    """The text of bytes that are no UTF-8, where they are Vietnamese in TCVN3, VNI or VISCII, and not sound as
    `decoded` otherwise."""
    if vietnamese_share(decoded) >= _HEALTHY:
        return None
    if found := _convert(shown := _byte_text(data), shown):
        return found
    mended = _unscrambled(decoded)
    return Converted(mended, "UTF-8 as windows-1252", repaired=True) if mended else None


def repaired(text: str) -> Converted | None:
    """The text that was meant, where a legacy encoding or UTF-8 had been read as windows-1252; None for a sound one."""
    if mended := _unscrambled(text):
        return Converted(mended, "UTF-8 as windows-1252", repaired=True)
    if not any("\u0080" <= char <= "\u00ff" for char in text[:_SAMPLE]):
        return None
    if any("\u1ea0" <= char <= "\u1ef9" for char in text[:_SAMPLE]):
        return None
    return _convert(text, text)


def likewise(text: str, other: Converted) -> str:
    """The Unicode text of something that belongs to a text which was converted, and is too short to be judged alone."""
    if other.repaired:
        return _unscrambled_line(text) or text
    return _CONVERTERS[other.encoding](text)


def from_font(text: str, font: str) -> str | None:
    """The Unicode text of a stretch set in a font of TCVN3 or VNI; None in every other font, and for text that is
    Unicode already."""
    encoding, capitals = font_encoding(font)
    if encoding is None or any(char > "\u0400" and unicodedata.category(char)[0] == "L" for char in text):
        return None
    converted = _CONVERTERS[encoding](text)
    converted = converted.upper() if capitals else converted
    return converted if converted != text else None


@lru_cache(maxsize=256)
def font_encoding(font: str) -> tuple[str | None, bool]:
    """(encoding of the font with this name or None, whether it shows every letter as a capital)."""
    name = _STYLE.sub("", _SUBSET.sub("", font).strip())
    fonts = load_grammar().file("legacy")["fonts"]
    if name.lower().startswith(tuple(fonts["vni"])):
        return VNI, False
    if name.lower().startswith(tuple(fonts["tcvn3"])):
        return TCVN3, name.endswith(fonts["capitals"])
    return None, False


def vietnamese_share(text: str) -> float:
    """How well a text reads as Vietnamese, 0 to 1: the share of its words with marks that are Vietnamese syllables; 0
    where hardly a word has marks."""
    marked, good, words = _count(text[:_SAMPLE])
    return good / marked if marked and 3 * marked > words else 0.0


def is_syllable(word: str) -> bool:
    """Whether a word is built as a Vietnamese syllable is."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in decomposed if ord(char) in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", decomposed.translate(_TONES))
    stopped = _syllables().get(bare)
    if stopped is None:
        return False
    return not (stopped and tones and tones[0] not in _STOP_TONES)


# -- converting --------------------------------------------------------------------------------------------


def _convert(shown: str, raw: str) -> Converted | None:
    """The best conversion of `raw` (each character a byte, or what windows-1252 shows for it), if one is sound."""
    sample = shown[:_SAMPLE]
    marked, good, _ = _count(sample)
    if not any(char >= "\u0080" for char in sample) or (marked and good >= _HEALTHY * marked):
        return None
    shares: list[tuple[float, int, int, str]] = []
    for encoding, converter in _CONVERTERS.items():
        marked, good, words = _count(converter(raw[:_SAMPLE]), 2)  # quotation marks become words of one letter
        share = good / marked - _alien(raw[:_SAMPLE], encoding) if marked else 0.0
        shares.append((share, marked, words, encoding))
    shares.sort(key=lambda found: -found[0])
    share, marked, words, encoding = shares[0]
    if marked >= _MANY:
        sure = share >= _SOUND
    else:  # A few words may be syllables by chance, of two encodings or of none: most words bear marks in Vietnamese.
        sure = share == 1 and (1 - shares[1][0]) * marked >= _TELLING and 2 * marked > words
    if marked < _FEWEST or not sure:
        return None
    text = _CONVERTERS[encoding](raw)
    return Converted(_even_case(text) if encoding == TCVN3 else text, encoding)


def _alien(raw: str, encoding: str) -> float:
    """The share of marked characters that the encoding has no letter for."""
    high = [char for char in raw if char >= "\u00a1"]
    if not high:
        return 0.0
    known = _known(encoding)
    return sum(char not in known and unicodedata.category(char)[0] == "L" for char in high) / len(high)


def _byte_text(data: bytes) -> str:
    """The bytes as windows-1252 shows them; those that it has no character for as the control characters they are."""
    return "".join(map(_surface, data)) if any(0x80 <= byte < 0xA0 for byte in data) else data.decode("latin-1")


@cache
def _surface(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


@cache
def _table(section: str) -> dict[int, str]:
    """For str.translate: what the codes of a one-byte encoding look like in windows-1252, to its letters."""
    found: dict[int, str] = {}
    for letter, code in load_grammar().file("legacy")[section].items():
        found[code] = letter
        found[ord(_surface(code))] = letter
    return found


@cache
def _pairs() -> tuple[re.Pattern[str], dict[str, str]]:
    letters = {shown: letter for letter, shown in load_grammar().file("legacy")["vni"].items()}
    # In capitals a mark may have been typed small or large.
    for shown, letter in list(letters.items()):
        if len(shown) == 2 and shown.isupper():
            letters.setdefault(shown[0] + shown[1].lower(), letter)
    longest = sorted(letters, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), letters


def _from_tcvn3(text: str) -> str:
    return text.translate(_table("tcvn3"))


def _from_viscii(text: str) -> str:
    return text.translate(_table("viscii"))


def _from_vni(text: str) -> str:
    pattern, letters = _pairs()
    return pattern.sub(lambda match: letters[match[0]], text)


_CONVERTERS: dict[str, Callable[[str], str]] = {TCVN3: _from_tcvn3, VNI: _from_vni, VISCII: _from_viscii}


@cache
def _known(encoding: str) -> frozenset[str]:
    if encoding == VNI:
        return frozenset(char for shown in _pairs()[1] for char in shown)
    return frozenset(map(chr, _table("tcvn3" if encoding == TCVN3 else "viscii")))


def _even_case(text: str) -> str:
    """TCVN3 has no toned capitals: in a word whose other letters are capitals ("HéI") they were meant to be. A word of
    one other letter ("VÒ") is as its neighbours are: as the next one in its line, else as the one before."""
    pieces: list[str] = []
    at = 0
    upper_before = False
    for match in _RUN.finditer(text):
        word = match[0]
        if word.isascii() or not _WORD.search(word):
            upper_before = word.isupper() if any(map(str.isalpha, word)) else upper_before
            continue
        sure = _letters_of_sure_case(word)
        meant = len(sure) > 0 and all(map(str.isupper, sure))
        if meant and len(sure) == 1:
            following = _NEXT_RUN.match(text, match.end())
            beside = _letters_of_sure_case(following[1]) if following else []
            meant = not any(map(str.islower, beside)) and (len(beside) > 1 or upper_before)
        if meant and word != word.upper():
            pieces += [text[at : match.start()], word.upper()]
            at = match.end()
        upper_before = meant
    return "".join(pieces) + text[at:]


def _letters_of_sure_case(word: str) -> list[str]:
    """Those that TCVN3 has in both cases: without a tone."""
    return [char for part in _WORD.findall(word) for char in part if char.isascii() or char in "ĂÂÊÔƠƯĐăâêôơưđ"]


# -- UTF-8 read as windows-1252 ------------------------------------------------------------------------------


def _unscrambled(text: str) -> str | None:
    """Line by line, UTF-8 that was read as windows-1252 (once or twice) put right; None where no line is."""
    if not _MOJIBAKE.search(text):
        return None
    lines = text.split("\n")
    changed = 0
    for k in range(len(lines)):
        for _ in range(2):
            mended = _unscrambled_line(lines[k])
            if mended is None:
                break
            lines[k] = mended
            changed += 1
    if not changed:
        return None
    mended_text = "\n".join(lines)
    marked, good, _ = _count(mended_text[:_SAMPLE])
    return mended_text if good > _UNSOUND * marked else None


def _unscrambled_line(line: str) -> str | None:
    if not _MOJIBAKE.search(line):
        return None
    data = bytearray()
    for char in _LOST_NBSP.sub("\u00a0", line):
        code = _byte_of(char)
        if code is None:
            return None
        data.append(code)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


@cache
def _byte_of(char: str) -> int | None:
    if ord(char) < 0x100:
        return ord(char)
    try:
        return char.encode("cp1252")[0]
    except UnicodeEncodeError:
        return None


# -- syllables -----------------------------------------------------------------------------------------------


def _count(text: str, fewest: int = 1) -> tuple[int, int, int]:
    """(words with marks, those of them that are syllables, words in all), of words of at least so many letters."""
    words = [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if len(word) >= fewest]
    marked = [word for word in words if not word.isascii()]
    return len(marked), sum(map(_is_known_syllable, marked)), len(words)


@lru_cache(maxsize=20_000)
def _is_known_syllable(word: str) -> bool:
    return is_syllable(word)


@cache
def _syllables() -> dict[str, bool]:
    """Every syllable without its tone; the value tells whether it ends in a stop."""
    data = load_grammar().file("legacy")["syllables"]
    stops = tuple(data["stops"])
    found: dict[str, bool] = {}
    for rhyme in data["rhymes"]:
        for onset in ("", *data["onsets"]):
            found[onset + rhyme] = rhyme.endswith(stops)
            if onset == "gi" and rhyme[0] == "i":
                found["g" + rhyme] = rhyme.endswith(stops)
            if onset == "qu" and rhyme[0] == "u":
                found["q" + rhyme] = rhyme.endswith(stops)
    return found
