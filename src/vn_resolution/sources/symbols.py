"""Turns the characters of symbol fonts (Symbol, Wingdings), which mean signs by their place in the font, into those
signs; and the glyph of a bullet into the sign that opens such a line in print."""

from __future__ import annotations

from functools import lru_cache

from vn_resolution.grammar import load_grammar

_PRIVATE = 0xF000
"""Word moves the codes of symbol fonts to this block of Unicode, or leaves them where they are."""

_SYMBOL = {
    **dict(enumerate("!∀#∃%&∋()*+,-./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_", 0x21)),
    **dict(enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}~", 0x61)),
    **dict(enumerate("€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊", 0xA0)),
    0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖",
    0x77: "◆", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔",
    0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {0x50: "✓", 0x52: "☑", 0x53: "☒", 0x97: "●", 0xA3: "□"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def from_symbol_font(text: str, font: str | None) -> str:
    """What a text shows that is set in this font; characters of other fonts, and unknown ones, stay."""
    table = _table(font) if font else None
    return text.translate(table) if table else text


def bullet_sign(glyph: str, font: str | None) -> str:
    """The sign that a bullet's glyph is read as: its own where lines may open with it, else a dash."""
    sign = from_symbol_font(glyph, font).strip()
    if len(sign) == 1 and ord(sign) >> 8 == _PRIVATE >> 8:  # a symbol font by its code, although none is named
        sign = from_symbol_font(sign, "symbol")
    return sign if sign and sign in _bullets() else "-"


@lru_cache(maxsize=64)
def _table(font: str) -> dict[int, str] | None:
    signs = _FONTS.get(font.strip(" \"'").lower())
    if signs is None:
        return None
    return {**signs, **{code + _PRIVATE: sign for code, sign in signs.items()}}


@lru_cache(maxsize=1)
def _bullets() -> frozenset[str]:
    return frozenset(
        char for marker in load_grammar().markers if marker.kind == "bullet" for char in marker.rule.data["first"]
    )
