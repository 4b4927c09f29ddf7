"""Gathers what one paragraph of a DOCX says: its style and numbering, and the text of its runs as Word shows it."""

from __future__ import annotations

from dataclasses import dataclass, field

from vn_resolution.sources.docx_styles import NOTHING, DocxStyles, Look
from vn_resolution.sources.fonts import Fonts
from vn_resolution.sources.grids import Piece

SOFT_HYPHEN = "\u00ad"
_XML_SPACE = " \t\n\r"


@dataclass(slots=True)
class Run:
    """A run of text: its own looks, and the character style that it names."""

    look: Look = NOTHING
    style: str | None = None


@dataclass(slots=True)
class DocxParagraph:
    """A paragraph under way. `numbering` and `level` are its own; `mark_deleted` = a tracked change took its end away,
    so that the next paragraph runs on from it; `asides` are text boxes that stand in it."""

    style: str | None = None
    numbering: str | None = None
    level: int | None = None
    mark_deleted: bool = False
    mark_hidden: bool = False
    runs: list[Run] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    asides: list[Piece] = field(default_factory=list)
    _look: Look | None = None

    def look(self, styles: DocxStyles) -> Look:
        """What its style says."""
        if self._look is None:
            self._look = styles.paragraph(self.style)
        return self._look

    def say(self, text: str, styles: DocxStyles, fonts: Fonts | None = None) -> None:
        """Text of the open run, unless it is hidden; without `fonts` it is a sign of its own and in no font."""
        run = self.runs[-1] if self.runs else Run()
        look = run.look
        if run.style is not None:
            look = look.over(styles.look(run.style))
        look = look.over(self.look(styles))
        if look.hidden:
            return
        if fonts is not None:
            text = fonts.shown(text, look.font)
            if look.upper:
                text = text.upper()
        if text != SOFT_HYPHEN:  # a place to break a word, unless the font has a letter there
            self.pieces.append(text)

    def after(self, earlier: DocxParagraph) -> None:
        """Puts before it what remains of a paragraph whose end was deleted."""
        # A long chain of such paragraphs grows one list.
        earlier.pieces += self.pieces
        earlier.asides += self.asides
        self.pieces, self.asides = earlier.pieces, earlier.asides

    def text(self) -> str:
        """Its text; "\\n" where a line ends inside of it."""
        return "".join(self.pieces)


def text_of(content: str, *, preserved: bool) -> str:
    """What a `<w:t>` shows: space at its ends counts only where it says so, line ends of the XML never do."""
    if not preserved:
        content = content.strip(_XML_SPACE)
    return content.replace("\r", "").replace("\n", " ").replace("\u200b", "")
