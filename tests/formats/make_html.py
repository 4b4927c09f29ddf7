"""Sets a resolution as an HTML page, as portals and Word write them: labels typed, as lists, or as Word's printed list
labels; in UTF-8, windows-1252 with character references, or windows-1258."""

# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from formats.typed import Block, Columns, PageBreak, Par, Table

_ORDERED = re.compile(r"(\d{1,3})\.")


@dataclass(frozen=True)
class HtmlStyle:
    """How a page is written. `labels`: typed, lists (`<ol>`, `<ul>`), word (mso-list). `gaps`: an empty paragraph where
    the text has an empty line. `wrap`: lines of the HTML are broken at this width, which means nothing."""

    name: str
    labels: str = "typed"
    charset: str = "utf-8"
    gaps: bool = False
    wrap: int = 0
    chrome: bool = False


STYLES = (
    HtmlStyle("portal", chrome=True),
    HtmlStyle("gaps", gaps=True, wrap=72),
    HtmlStyle("word", labels="word", charset="windows-1252", wrap=80),
    HtmlStyle("lists", labels="lists"),
    HtmlStyle("cp1258", charset="windows-1258", gaps=True),
)
_CHROME = (
    "<nav><ul><li><a href='/'>Trang chủ</a></li><li><a href='/vb'>Văn bản</a></li><li><a href='/lh'>Liên hệ</a></li></ul></nav>"
    "<div class='breadcrumb'><a href='/'>Trang chủ</a> » <a href='/vb'>Văn bản</a></div>"
    "<script>document.write('Điều 99. Không có');</script><p style='display: none'>Điều 98. Ẩn</p>"
)
_FOOT = "<footer><p>Bản quyền thuộc Cổng thông tin điện tử</p></footer>"


def to_html(blocks: Sequence[Block], style: HtmlStyle = STYLES[0]) -> bytes:
    """The page."""
    printer = _Printer(style)
    for block in blocks:
        printer.block(block)
    printer.close_lists()
    body = "\n".join(printer.out)
    if style.wrap:
        body = "\n".join(
            textwrap.fill(line, style.wrap, break_long_words=False, break_on_hyphens=False) or line
            for line in body.split("\n")
        )
    top, bottom = (_CHROME, _FOOT) if style.chrome else ("", "")
    page = (
        f"<!DOCTYPE html>\n<html><head><meta http-equiv=Content-Type content='text/html; charset={style.charset}'>"
        f"<title>Văn bản</title><style>.MsoNormal{{margin:6pt}} /* {{}} */</style></head>\n<body>{top}\n{body}\n{bottom}</body></html>"
    )
    return encode(page, style.charset)


def encode(page: str, charset: str) -> bytes:
    """The page in a charset, with character references for what it lacks."""
    return page.encode(charset, errors="xmlcharrefreplace")


class _Printer:
    def __init__(self, style: HtmlStyle) -> None:
        self.style = style
        self.out: list[str] = []
        self.lists: list[str] = []

    def block(self, block: Block) -> None:
        if isinstance(block, Par):
            self._paragraph(block)
        elif isinstance(block, Columns):
            self.close_lists()
            cells = "".join(
                f"<td style='border:none;padding:0cm 5.4pt' valign=top>{''.join(self._plain(p) for p in side)}</td>"
                for side in (block.left, block.right)
            )
            self.out.append(f"<table border=1 style='border:none'><tr>{cells}</tr></table>")
        elif isinstance(block, Table):
            self.close_lists()
            rows = "".join(
                "<tr>" + "".join(f"<td><p>{escape(c)}</p></td>" for c in row) + "</tr>" for row in block.rows
            )
            self.out.append(f"<table border=1 cellspacing=0><tbody>{rows}</tbody></table>")
        elif isinstance(block, PageBreak):
            self.close_lists()
            self.out.append("<br clear=all style='page-break-before:always'>")

    def close_lists(self) -> None:
        while self.lists:
            self.out.append(f"</li></{self.lists.pop()}>")

    def _paragraph(self, par: Par) -> None:
        if self.style.labels == "lists" and par.label and self._item(par):
            return
        self.close_lists()
        if par.gap and self.style.gaps:
            self.out.append("<p>&nbsp;</p>")
        self.out.append(self._plain(par))

    def _plain(self, par: Par) -> str:
        text = self._words(par.text, par.shown)
        if par.label and self.style.labels == "word":
            text = (
                f"<![if !supportLists]><span style='mso-list:Ignore'>{escape(par.label)}<span style='font:7.0pt \"Times New "
                f"Roman\"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>{text}"
            )
        elif par.label:
            text = f"{self._words(par.label, 'b')} {text}"
        return f"<p class=MsoNormal{' align=center' if par.centred else ''}>{text}</p>"

    def _words(self, text: str, shown: str) -> str:
        text = escape(text, quote=False)
        for tag in shown:
            text = f"<{tag}>{text}</{tag}>"
        return text

    def _item(self, par: Par) -> bool:
        """The paragraph as the item of a list, where a browser would number it just so."""
        number = _ORDERED.fullmatch(par.label or "")
        kind = "ol" if number else "ul" if par.label == "-" else ""
        if not kind:
            return False
        value = f" value={number[1]}" if number else ""
        if kind in self.lists:
            while self.lists[-1] != kind:
                self.out.append(f"</li></{self.lists.pop()}>")
            self.out.append(f"</li><li{value}>{self._words(par.text, par.shown)}")
        else:
            self.lists.append(kind)
            start = f" start={number[1]}" if number else ""
            self.out.append(f"<{kind}{start}><li>{self._words(par.text, par.shown)}")
        return True
