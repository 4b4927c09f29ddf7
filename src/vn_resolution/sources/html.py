"""Turns an HTML page, of a portal or saved from Word, into its text: paragraphs one a line, tables row by row."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from lxml import etree

from vn_resolution.diagnostics import diagnostic
from vn_resolution.model import Diagnostic, Source
from vn_resolution.sources.extract_result import Extract
from vn_resolution.sources.fonts import Fonts, Passage, mended
from vn_resolution.sources.html_charset import decode_html
from vn_resolution.sources.html_chrome import Links, Suspicion, is_chrome, suspicion
from vn_resolution.sources.html_lists import HtmlList
from vn_resolution.sources.html_styles import PLAIN, Style, Styles
from vn_resolution.sources.limits import DEFAULT_LIMITS, Clock, Limits
from vn_resolution.sources.sheet import Sheet

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hgroup", "hr", "html", "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "table",
        "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
    )
)  # fmt: skip
_UNSHOWN = frozenset(
    (
        "script", "style", "template", "noscript", "title", "button", "select", "option", "datalist", "textarea",
        "iframe", "object", "embed", "applet", "audio", "video", "canvas", "svg", "map", "xml", "rp", "rt", "del",
    )
)  # fmt: skip
_LEFT_OPEN = ("p", "li", "dd", "dt")
_OPEN_TAGS = 20
"""Old pages leave paragraphs, and what stands in lines, open by the thousand, which the parser takes for nesting: of
such elements so many times the limit may be open."""
_LISTS = ("ol", "ul", "menu", "dir")
_WHITE = re.compile(r"[ \t\n\r\f]+")
_LETTER = re.compile(r"\w")
_BREAK = "\v"
"""Stands for `<br>` until the white space around it, which means nothing, is gone."""
_AROUND_BREAK = re.compile(" ?\n ?")
_MEANT = str.maketrans({"\u200b": None, "\ufeff": None, _BREAK: "\n"})
_NBSP = "\u00a0"
_CHUNK = 65_536
_MOST_COLUMNS = 1_000
_MOST_ROWS = 65_534
_NOTHING: Mapping[str, str] = {}


def read_html(data: bytes, name: str = "the input", limits: Limits = DEFAULT_LIMITS) -> Extract:
    """The text of an HTML page in UTF-8, UTF-16, windows-1252 or -1258, as it says or as its bytes show.

    Hidden text, scripts and the navigation of portals are left out. What a browser numbers by itself (`<ol>`, `<ul>`)
    is in `generated`. Raises SourceTooLarge; malformed HTML is read as browsers read it.
    """
    limits.check_bytes(data, name)
    decoded, diagnostics = decode_html(data)
    reader = _Reader(name, limits)
    parser = etree.HTMLParser(
        target=cast(Any, reader), encoding="utf-8", no_network=True, recover=True, huge_tree=True, remove_comments=True
    )
    encoded = decoded.encode("utf-8", errors="replace")
    del decoded
    if encoded.strip():
        for start in range(0, len(encoded), _CHUNK):
            parser.feed(encoded[start : start + _CHUNK])
        parser.close()
    page, mends = mended(reader.sheet.laid_out())
    if not page.text.strip():
        diagnostics.append(diagnostic("S002"))
    diagnostics += [*reader.doubts(), *mends]
    source = Source(name=name, media_type="text/html", sha256=hashlib.sha256(data).hexdigest(), text=page.text)
    return Extract(source, tuple(diagnostics), page.labels, page.tables, page.merged)


@dataclass(slots=True)
class _Open:
    """An open element that does something at its end: what to restore, and its `role` on the sheet (None = inside of a
    line); whether it may be furniture, and the place of the sheet at its beginning."""

    depth: int
    tag: str
    role: str | None
    apart: bool
    upper: bool
    pre: bool
    font: str | None
    suspicion: Suspicion | None = None
    mark: int = 0


class _Reader:
    """Listens to the tags and text of one page (lxml's parser target interface). No tree is built: memory stays small
    and nothing recurses, however deep elements nest."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.sheet = Sheet()
        self._name = name
        self._limits = limits
        self._clock = Clock(limits, name)
        self._styles = Styles()
        self._css: list[str] | None = None
        self._depth = 0
        self._blocks = 0  # that are open and count
        self._steps = 0
        self._dropped = 0
        self._open: list[_Open] = []
        self._nest: list[str] = []  # "table", "row", "cell" as they are open inside each other
        self._lists: list[HtmlList] = []
        self._label: str | None = None
        self._literal = False
        self._upper = self._pre = False
        self._font: str | None = None
        self._fonts = Fonts()
        self._text = Passage(self._fonts)
        self._articles = 0
        self._anchor = 0
        self._links = Links()
        self._changes = 0

    # -- what the parser calls -----------------------------------------------------------------------------

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if self._dropped:
            return
        if self._depth > _OPEN_TAGS * self._limits.max_depth:
            self._limits.check_depth(self._depth, self._name)
        self._steps += 1
        if not self._steps % 4096:
            self._clock.check()
        attributes: Mapping[str, str] = dict(given) if given else _NOTHING
        tag = tag.lower()
        style = self._styles.of(tag, attributes)
        if tag in _UNSHOWN or style.hidden or "hidden" in attributes or is_chrome(tag, attributes, self._articles > 0):
            self._drop(tag)
            return
        block = tag in _BLOCKS or style.block
        if block:
            if tag not in _LEFT_OPEN:
                self._blocks += 1
                self._limits.check_depth(self._blocks, self._name)
            self._flush()
            role = self._begin_block(tag, attributes, style)
        elif tag == "br":
            self._text.add(_BREAK)
        elif tag == "a" and not self._anchor and Links.leads_away(attributes):
            self._anchor = self._depth
            self._links.count += 1
        elif tag == "font" and "face" in attributes:
            style = style._replace(font=attributes["face"].split(",")[0])
        if block or style is not PLAIN:
            self._push(tag, attributes, style, role if block else None)

    def end(self, tag: str) -> None:
        """An element ends."""
        depth, self._depth = self._depth, self._depth - 1
        if self._dropped:
            if depth == self._dropped:
                self._dropped = 0
                if self._css is not None:
                    self._styles.add_sheet("".join(self._css))
                    self._css = None
            return
        if depth == self._anchor:
            self._anchor = 0
        if self._open and self._open[-1].depth == depth:
            self._pop(self._open.pop())

    def data(self, text: str) -> None:
        """Text between tags."""
        if self._dropped:
            if self._css is not None:
                self._css.append(text)
            return
        if self._pre and not self._literal:
            before = _WHITE.sub(" ", self._text.text())
            self._text.clear()
            self._text.add(before)
            self._literal = True
        shown = _WHITE.sub(" ", text) if self._literal and not self._pre else text
        self._text.add(shown, self._font, upper=self._upper)
        if _LETTER.search(text):
            self._links.text(text, linked=bool(self._anchor))

    def close(self) -> None:
        """The page ends."""
        self._flush()

    def doubts(self) -> list[Diagnostic]:
        """What was left out."""
        return ([diagnostic("S011")] if self._changes else []) + self._fonts.doubts()

    # -- elements ------------------------------------------------------------------------------------------

    def _drop(self, tag: str) -> None:
        self._dropped = self._depth
        if tag == "style":
            self._css = []
        elif tag == "del":
            self._changes += 1
        elif tag in _BLOCKS:
            self._flush()

    def _push(self, tag: str, attributes: Mapping[str, str], style: Style, role: str | None) -> None:
        entry = _Open(self._depth, tag, role, style.apart, self._upper, self._pre, self._font)
        if role is not None:
            entry.suspicion = suspicion(tag, attributes, self._links)
            entry.mark = self.sheet.mark()
        self._upper = self._upper if style.upper is None else style.upper
        self._pre = self._pre if style.pre is None else style.pre
        self._pre = self._pre or tag == "pre"
        self._font = style.font or self._font
        self._open.append(entry)

    def _pop(self, entry: _Open) -> None:
        if entry.role is not None:
            self._blocks -= entry.tag not in _LEFT_OPEN
            self._flush()
            if entry.suspicion is not None and entry.suspicion.confirmed(self._links):
                self.sheet.forget(entry.mark)
            self._end_block(entry.role)
        elif entry.apart:
            self._text.add(" ")
        self._upper, self._pre, self._font = entry.upper, entry.pre, entry.font

    def _begin_block(self, tag: str, attributes: Mapping[str, str], style: Style) -> str:
        """Tells the sheet what begins; what the element is there."""
        inside = self._nest[-1] if self._nest else ""
        if tag == "table":
            self.sheet.open_table(_table_ruled(attributes))
            return self._enter("table")
        if tag == "tr" and inside == "table":
            self.sheet.open_row()
            return self._enter("row")
        if tag in ("td", "th") and inside in ("table", "row"):
            columns, rows = (
                _span(attributes.get("colspan"), _MOST_COLUMNS),
                _span(attributes.get("rowspan"), _MOST_ROWS),
            )
            self.sheet.open_cell(columns, rows, ruled=style.ruled, head=tag == "th")
            return self._enter("cell")
        if tag in _LISTS:
            self._lists.append(HtmlList(tag, attributes, style.list_type))
            return "list"
        if tag == "li" and self._lists:
            self._label = self._lists[-1].item(attributes, style.list_type)
            return "item"
        if tag in ("article", "main"):
            self._articles += 1
            return "article"
        if tag == "hr":
            self.sheet.gap()
        return ""

    def _enter(self, role: str) -> str:
        self._nest.append(role)
        return role

    def _end_block(self, role: str) -> None:
        if role in ("table", "row", "cell"):
            self._nest.pop()
        if role == "cell":
            self.sheet.close_cell()
        elif role == "row":
            self.sheet.close_row()
        elif role == "table":
            self.sheet.close_table()
        elif role == "list":
            self._lists.pop().close()
        elif role == "item":
            self._label = None  # an item without text shows nothing to read
        elif role == "article":
            self._articles -= 1

    def _flush(self) -> None:
        """The end of a paragraph."""
        if not self._text:
            return
        text = self._text.text()
        self._text.clear()
        if not self._literal:
            text = _WHITE.sub(" ", text)
        self._literal = False
        text = text.translate(_MEANT)
        if "\n" in text:
            text = _AROUND_BREAK.sub("\n", text)
        if text.strip():
            paragraph = self.sheet.paragraph(text, self._label)
            if self._label is not None:
                self._lists[-1].shown(paragraph)
                self._label = None
        elif "\n" in text or _NBSP in text:
            self.sheet.gap()


def _table_ruled(attributes: Mapping[str, str]) -> bool | None:
    border = attributes.get("border")
    if border is not None:
        return border.strip() not in ("0", "0px")
    return True if "bordered" in attributes.get("class", "") else None


def _span(value: str | None, most: int) -> int:
    """A colspan or rowspan; a rowspan of 0 reaches to the end of the table."""
    if value is None:
        return 1
    digits = value.strip()[:6]
    return min(int(digits), most) if digits.isascii() and digits.isdigit() else 1
