"""Reads the few style properties that decide what a page shows: hidden, in capitals, a block, a list's numbering,
borders, fonts; from `style` attributes and from the simple rules (tag, .class, #id) of style sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"([{}])")
_SIMPLE = re.compile(r"[\w-]*(?:[.#][\w-]+)?")
_READ = frozenset(
    (
        "display", "visibility", "mso-hide", "text-transform", "white-space", "list-style", "list-style-type",
        "font-family", "font", "mso-list", "border", "border-top", "border-bottom", "border-left", "border-right",
        "border-style", "float",
    )
)  # fmt: skip
_INVISIBLE_CLASSES = frozenset(("sr-only", "visually-hidden", "screen-reader-text", "d-none", "hidden"))
_NO_BORDER = re.compile(r"\b(?:none|hidden|0)\b", re.IGNORECASE)
_BORDER = re.compile(r"\b(?:solid|double|dashed|dotted|groove|ridge|inset|outset)\b", re.IGNORECASE)
_MOST_RULES = 20_000
_LONGEST_SELECTOR = 200
_LONGEST_BLOCK = 4_000
_MOST_CACHED = 4_096


class Style(NamedTuple):
    """What the styles of one element say; None = nothing. `apart`: it stands beside what follows. `list_type` is a
    keyword of list-style-type, or the sign itself between quotation marks."""

    hidden: bool = False
    block: bool = False
    apart: bool = False
    upper: bool | None = None
    pre: bool | None = None
    list_type: str | None = None
    font: str | None = None
    ruled: bool | None = None


PLAIN = Style()


class Styles:
    """The style sheets of one page."""

    def __init__(self) -> None:
        self._rules: dict[str, dict[str, str]] = {}
        self._cache: dict[tuple[str, str, str, str], Style] = {}

    def add_sheet(self, css: str) -> None:
        """The rules of a style sheet. Those for particular media (in nested braces) and selectors of more than one step
        are passed over."""
        for selectors, block in _rules(_COMMENT.sub(" ", css)):
            kept = _declarations(block)
            if not kept or len(self._rules) > _MOST_RULES:
                continue
            for selector in selectors.lower().split(","):
                selector = selector.strip()
                if selector and len(selector) < _LONGEST_SELECTOR and _SIMPLE.fullmatch(selector):
                    self._rules.setdefault(selector, {}).update(kept)
        self._cache.clear()

    def of(self, tag: str, attributes: Mapping[str, str]) -> Style:
        """The style of an element, what it inherits left aside."""
        if not attributes and tag not in self._rules:
            return PLAIN
        inline = attributes.get("style", "")
        names = attributes.get("class", "")
        id_ = attributes.get("id", "")
        if not inline and not names and (not self._rules or (tag not in self._rules and not id_)):
            return PLAIN
        key = (tag, names, id_ if self._rules else "", inline)
        style = self._cache.get(key)
        if style is None:
            if len(self._cache) >= _MOST_CACHED:
                self._cache.clear()
            style = self._cache[key] = self._compute(tag, names.lower().split(), id_.lower(), inline)
        return style

    def _compute(self, tag: str, classes: list[str], id_: str, inline: str) -> Style:
        said: dict[str, str] = {}
        if self._rules:
            keys = [tag, *(f".{name}" for name in classes), *(f"{tag}.{name}" for name in classes)]
            keys += [f"#{id_}", f"{tag}#{id_}"] if id_ else []
            for key in keys:
                said.update(self._rules.get(key, {}))
        said.update(_declarations(inline))
        if not said:
            return Style(hidden=True) if not _INVISIBLE_CLASSES.isdisjoint(classes) else PLAIN
        display = said.get("display", "")
        space = said.get("white-space")
        transform = said.get("text-transform")
        floats = said.get("float") in ("left", "right")
        return Style(
            hidden=display == "none"
            or said.get("visibility") in ("hidden", "collapse")
            or said.get("mso-hide") == "all"
            or (not _INVISIBLE_CLASSES.isdisjoint(classes) and not display),
            block=display in ("block", "list-item", "table", "table-row", "table-cell", "flex", "grid") and not floats,
            apart=floats,
            upper=None if transform is None else transform == "uppercase",
            pre=None if space is None else space in ("pre", "pre-wrap", "break-spaces", "pre-line"),
            list_type=_list_type(said),
            font=_font(said),
            ruled=_ruled(said),
        )


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """(selectors, declarations) of the rules that stand in no block of an at-rule."""
    depth = 0
    selectors = ""
    for part in _BRACE.split(css):
        if part == "{":
            depth += 1
        elif part == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            selectors = part.rpartition(";")[2].strip()  # @import and the like end without a block
        elif depth == 1 and not selectors.startswith("@"):
            yield selectors, part


def _declarations(block: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for declaration in block[:_LONGEST_BLOCK].split(";"):
        name, colon, value = declaration.partition(":")
        name = name.strip().lower()
        if colon and name in _READ:
            value = value.replace("!important", "").strip()
            found[name] = value if name.startswith(("list-style", "font")) else value.lower()
    return found


def _list_type(said: Mapping[str, str]) -> str | None:
    value = said.get("list-style-type") or said.get("list-style")
    if not value:
        return None
    if sign := re.search(r"\"([^\"]*)\"|'([^']*)'", value):
        return '"' + (sign[1] or sign[2] or "").strip() + '"'
    words = [word for word in value.lower().split() if word not in ("inside", "outside") and "(" not in word]
    return words[0] if words else None


def _font(said: Mapping[str, str]) -> str | None:
    value = said.get("font-family")
    if value is None:
        # The shorthand: what follows the size.
        value = said.get("font", "").rpartition("pt ")[2]
    return value.split(",")[0].strip(" \"'") or None


def _ruled(said: Mapping[str, str]) -> bool | None:
    sides = [value for name, value in said.items() if name.startswith("border")]
    if not sides:
        return None
    if any(_BORDER.search(value) and not re.match(r"\s*0(?:p[tx])?\b", value) for value in sides):
        return True
    return False if any(_NO_BORDER.search(value) for value in sides) else None
