"""Computes the labels that a browser shows before the items of `<ol>` and `<ul>`: "1.", "b.", "iv.", "-"."""

from __future__ import annotations

from collections.abc import Mapping

from vn_resolution.sources.counting import letters, roman
from vn_resolution.sources.grids import Paragraph

_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_SIGNS = ("disc", "circle", "square")
_BULLET = "-"
"""What every sign of an unordered list is read as: resolutions print a dash (gạch đầu dòng)."""
_LARGEST = 1_000_000


class HtmlList:
    """One open list. A reversed list without a start counts down from the number of its items, which is known at its
    end only: until then its labels are left open."""

    def __init__(self, tag: str, attributes: Mapping[str, str], style_type: str | None) -> None:
        self._ordered = tag == "ol"
        self._type = style_type or _TYPES.get(attributes.get("type", ""), "decimal" if self._ordered else "disc")
        self._step = -1 if "reversed" in attributes else 1
        start = _whole(attributes.get("start"))
        self._open_items: list[tuple[Paragraph | None, int]] | None = (
            [] if self._step < 0 and start is None and self._ordered else None
        )
        self._next = (1 if start is None else start) if self._open_items is None else 0

    def item(self, attributes: Mapping[str, str], style_type: str | None) -> str | None:
        """The label of the next item; None where none is shown."""
        value = _whole(attributes.get("value"))
        number = self._next if value is None else value
        self._next = number + self._step
        return self._label(number, style_type or _TYPES.get(attributes.get("type", ""), self._type))

    def shown(self, paragraph: Paragraph | None) -> None:
        """Tells which paragraph bears the label of the last item."""
        if self._open_items is not None:
            self._open_items.append((paragraph, self._next - self._step))

    def close(self) -> None:
        """The end of the list."""
        for paragraph, number in self._open_items or ():
            if paragraph is not None and paragraph.label:
                paragraph.label = self._label(number + len(self._open_items or ()), self._type)

    def _label(self, number: int, kind: str) -> str | None:
        if kind == "none":
            return None
        if kind[0] == '"':
            return kind.strip('"') or None
        if kind in _SIGNS or not self._ordered:
            return _BULLET
        return _counted(number, kind) + "."


def _counted(number: int, kind: str) -> str:
    if number > 0:
        if kind.endswith(("-alpha", "-latin")):
            text = letters(number)
            return text.upper() if kind.startswith("upper") else text
        if kind.endswith("-roman"):
            text = roman(number)
            return text.upper() if kind.startswith("upper") else text
    return f"{number:02}" if kind == "decimal-leading-zero" else str(number)


def _whole(text: str | None) -> int | None:
    if not text:
        return None
    try:
        number = int(text.strip()[:12])
    except ValueError:
        return None
    return number if abs(number) <= _LARGEST else None
