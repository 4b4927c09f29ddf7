"""Reads what the styles of a DOCX say about the text that is shown: hidden, in capitals, numbered, in which font, and
whether tables have borders; inheritance (basedOn) resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from vn_resolution.sources.wordml import child, children, is_on, value, whole

_NO_BORDER = ("nil", "none")
_FONTS = ("hAnsiTheme", "hAnsi", "asciiTheme", "ascii")
_SIDES = ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV")


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says, what it is based on counted in; None = nothing. `level` is that of its own numbering."""

    hidden: bool | None = None
    upper: bool | None = None
    font: str | None = None
    numbering: str | None = None
    level: int | None = None
    ruled: bool | None = None

    def over(self, base: Look) -> Look:
        """This look where it says something, and the base where it does not."""
        return Look(
            base.hidden if self.hidden is None else self.hidden,
            base.upper if self.upper is None else self.upper,
            self.font or base.font,
            self.numbering or base.numbering,
            base.level if self.level is None else self.level,
            base.ruled if self.ruled is None else self.ruled,
        )


NOTHING = Look()


class DocxStyles:
    """The styles of one document (styles.xml); without one, nothing is said."""

    def __init__(self, root: etree._Element | None, theme: etree._Element | None = None) -> None:
        self._own: dict[str, tuple[Look, str | None]] = {}
        self._looks: dict[str, Look] = {}
        self.default_paragraph: str | None = None
        self.default_table: str | None = None
        self._themes = dict(_theme_fonts(theme))
        self._defaults = self._run_look(child(root, "docDefaults", "rPrDefault", "rPr"))
        for style in children(root, "style"):
            name = value(style, "styleId")
            if name is None:
                continue
            look = self._run_look(child(style, "rPr"))
            numbering = child(style, "pPr", "numPr")
            look = replace(
                look,
                numbering=value(child(numbering, "numId")),
                level=whole(value(child(numbering, "ilvl"))),
                ruled=borders(child(style, "tblPr", "tblBorders")),
            )
            self._own[name] = (look, value(child(style, "basedOn")))
            if value(style, "default") in ("1", "true", "on"):
                if value(style, "type") == "paragraph":
                    self.default_paragraph = self.default_paragraph or name
                elif value(style, "type") == "table":
                    self.default_table = self.default_table or name

    def look(self, name: str | None) -> Look:
        """What a style says; a circle of styles is cut where it closes."""
        if name is None or name not in self._own:
            return NOTHING
        chain: dict[str, None] = {}
        step: str | None = name
        while step is not None and step in self._own and step not in self._looks and step not in chain:
            chain[step] = None
            step = self._own[step][1]
        look = self._looks.get(step, NOTHING) if step is not None else NOTHING
        for style in reversed(chain):
            look = self._looks[style] = self._own[style][0].over(look)
        return self._looks[name]

    def font(self, said: Mapping[str, str]) -> str | None:
        """The font that `<w:rFonts>` gives to letters beyond ASCII, of its own or of the theme."""
        for name in _FONTS:
            if font := said.get(name):
                return self._themes.get(font[:5], font) if name.endswith("Theme") else font
        return None

    def paragraph(self, name: str | None) -> Look:
        """What the style of a paragraph says, the document's defaults counted in."""
        return self.look(name or self.default_paragraph).over(self._defaults)

    def _run_look(self, properties: etree._Element | None) -> Look:
        if properties is None:
            return NOTHING
        hidden, upper = child(properties, "vanish"), child(properties, "caps")
        fonts = child(properties, "rFonts")
        return Look(
            hidden=None if hidden is None else is_on(value(hidden)),
            upper=None if upper is None else is_on(value(upper)),
            font=None if fonts is None else self.font({name: value(fonts, name) or "" for name in _FONTS}),
        )


def borders(element: etree._Element | None) -> bool | None:
    """Whether `<w:tblBorders>` or `<w:tcBorders>` draws a line."""
    return None if element is None else borders_of({name: value(child(element, name)) for name in _SIDES})


def borders_of(sides: dict[str, str | None]) -> bool | None:
    """Whether a line is drawn, by what is said of the sides; None = nothing."""
    said = [kind for name, kind in sides.items() if name in _SIDES and kind is not None]
    return any(kind not in _NO_BORDER for kind in said) if said else None


def _theme_fonts(theme: etree._Element | None) -> Iterator[tuple[str, str]]:
    """("major" or "minor", the font for Latin letters) of a theme."""
    for latin in theme.iter("{*}latin") if theme is not None else ():
        parent = latin.getparent()
        kind = etree.QName(parent).localname if parent is not None else ""
        if kind in ("majorFont", "minorFont"):
            yield kind[:5], latin.get("typeface", "")
