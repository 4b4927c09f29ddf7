"""Reads the label that a line may open with, and tells whether one label follows on from another.

The idea that a label is judged by its predecessor and not by its looks is the one that every good parser of
legislation shares: a line is a new item only where its number continues a list or begins one.
"""

from __future__ import annotations

from dataclasses import dataclass

from vn_resolution.grammar import Grammar, MarkerRule
from vn_resolution.sources.counting import roman

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_QUOTES_OPEN = '“"«‘„'


@dataclass(slots=True)
class Label:
    """A possible opener of a unit: its `num` as printed, its `value` for counting on, `end` = where in the line's
    text the marker ends. `weak` = it opens a unit only where it exactly follows on."""

    kind: str
    style: str
    counting: str
    num: str
    value: tuple[int, ...]
    end: int
    weak: bool
    rule: str

    @property
    def first(self) -> bool:
        """Whether a list may begin with this label."""
        return self.value[-1:] == (1,)


class LabelReader:
    """Reads labels with the marker rules of one grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._by_first: dict[str, list[MarkerRule]] = {}
        for marker in grammar.markers:
            for char in marker.rule.data["first"]:
                self._by_first.setdefault(char, []).append(marker)
        data = grammar.file("markers")
        alphabets = data["alphabets"]
        self._vietnamese = {char: k for k, char in enumerate(alphabets["vietnamese"], 1)}
        self._latin = {char: k for k, char in enumerate(alphabets["latin"], 1)}
        self._ordinals: dict[str, int] = data["ordinals"]

    def read(self, text: str, low: str, start: int = 0) -> list[Label]:
        """The labels that the text may open with at `start`, in the order in which the grammar names them."""
        rules = self._by_first.get(low[start : start + 1])
        if not rules:
            return []
        found: list[Label] = []
        for marker in rules:
            match = marker.rule.regex.match(low, start)
            if not match:
                continue
            label = self._label(marker, text, match.start("num"), match.end("num"), match.end(), match.groupdict())
            if label:
                found.append(label)
        return found

    def _label(
        self, marker: MarkerRule, text: str, left: int, right: int, end: int, groups: dict[str, str | None]
    ) -> Label | None:
        data = marker.rule.data
        num = text[left:right]
        upper = data.get("upper")
        if upper is not None and num[0].isupper() != upper:
            return None
        num = num.replace("ð", "đ").replace("Ð", "Đ")
        value = self._value(marker.counting, num.lower())
        if not value:
            return None
        weak = bool(data.get("weak", False))
        if "rest" in data and text[end : end + 1].islower():
            if data["rest"] == "capital":
                return None
            weak = True
        while end < len(text) and text[end] == " ":
            end += 1
        point = (groups.get("p") or "").strip()
        style = marker.style.replace("{p}", point)
        num = num.upper() if marker.counting == "roman" and upper else num.replace(" ", "")
        return Label(marker.kind, style, marker.counting, num, value, end, weak, marker.rule.id)

    def _value(self, counting: str, num: str) -> tuple[int, ...]:
        if counting == "sign":
            return (1,)
        if num.isdigit():
            return (int(num),)
        if counting == "dotted":
            parts = num.replace(" ", "").strip(".")
            if parts[0].isdigit():
                return tuple(int(p) for p in parts.split("."))
            head = self._vietnamese.get(parts[0], 0)
            return (head, int(parts[1:].strip(".")))
        if counting in ("arabic", "roman", "word"):
            if counting == "word" and num in self._ordinals:
                return (self._ordinals[num],)
            if num[:-1].isdigit():  # Điều 5a
                return (int(num[:-1]), self._latin.get(num[-1], 27))
            if len(num) == 1 and num not in _ROMAN:
                return (self._latin[num],) if num in self._latin else ()
            value = roman_value(num)
            return (value,) if value else ()
        if counting == "latin":
            return (self._vietnamese.get(num[0], 0) or self._latin.get(num[0], 0) + 40, *([0] if len(num) > 1 else []))
        return ()

    def step(self, before: Label, after_num: str, after_value: tuple[int, ...], counting: str) -> int:
        """How many labels are missing between two of one list: 0 where the second follows on, -1 where it cannot
        come after the first."""
        if counting == "latin":
            return self._latin_step(before.num.lower(), after_num.lower())
        a, b = before.value, after_value
        if len(a) == len(b) and a[:-1] == b[:-1]:
            return b[-1] - a[-1] - 1 if b[-1] > a[-1] else -1
        if counting == "arabic":  # Điều 5, Điều 5a, Điều 6
            if len(a) < len(b) and a[0] == b[0]:
                return 0 if b[1] == 1 else b[1] - 1
            if len(a) > len(b) and b[0] > a[0]:
                return b[0] - a[0] - 1
        return -1

    def _latin_step(self, before: str, after: str) -> int:
        if len(before) != len(after):
            return 0 if len(after) == 2 and after == "aa" else -1
        steps = []
        for alphabet in (self._vietnamese, self._latin):
            a, b = alphabet.get(before[0]), alphabet.get(after[0])
            if a and b and b > a:
                steps.append(b - a - 1)
        return min(steps, default=-1)


def roman_value(num: str) -> int:
    """The value of a Roman numeral in lower case; 0 where it is none ("iiv")."""
    total = 0
    before = 0
    for char in reversed(num):
        value = _ROMAN.get(char, 0)
        if not value:
            return 0
        total += value if value >= before else -value
        before = max(before, value)
    return total if total and roman(total) == num else 0


def opening_quote(text: str) -> int:
    """How many opening quotation marks the text begins with (white space after them counted in)."""
    k = 0
    while k < len(text) and text[k] in _QUOTES_OPEN:
        k += 1
    if k:
        while k < len(text) and text[k] == " ":
            k += 1
    return k
