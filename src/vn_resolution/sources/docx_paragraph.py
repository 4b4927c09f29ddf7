"""Gathers what one paragraph of a DOCX says: its style and numbering, and the text of its runs as Word shows it."""

from __future__ import annotations

from dataclasses import dataclass, field

from vn_resolution.sources.docx_styles import NOTHING, DocxStyles, Look
from vn_resolution.sources.fonts import Passage
from vn_resolution.sources.grids import Piece

_XML_SPACE = " \t\n\r"


@dataclass(slots=True)
class Run:
    """A run of text: its own looks, and the character style that it names."""

    look: Look = NOTHING
    style: str | None = None


@dataclass(slots=True)
class DocxParagraph:
    """A paragraph under way. `numbering` and `level` are its own; `mark_deleted` = a tracked change took its end away,
    so that the next paragraph runs on from it; `mark_font` = the font of its end, in which its number is shown too;
    `asides` are text boxes that stand in it."""

    passage: Passage
    style: str | None = None
    numbering: str | None = None
    level: int | None = None
    mark_deleted: bool = False
    mark_hidden: bool = False
    mark_font: str | None = None
    runs: list[Run] = field(default_factory=list)
    asides: list[Piece] = field(default_factory=list)
    _look: Look | None = None

    def look(self, styles: DocxStyles) -> Look:
        """What its style says."""
        if self._look is None:
            self._look = styles.paragraph(self.style)
        return self._look

    def say(self, text: str, styles: DocxStyles, *, sign: bool = False) -> None:
        """Text of the open run, unless it is hidden; a `sign` stands for itself in every font."""
        run = self.runs[-1] if self.runs else Run()
        look = run.look
        if run.style is not None:
            look = look.over(styles.look(run.style))
        look = look.over(self.look(styles))
        if sign and not look.hidden:
            self.passage.add(text)
        elif not look.hidden:
            self.passage.add(text, look.font, upper=bool(look.upper))

    def after(self, earlier: DocxParagraph) -> None:
        """Puts before it what remains of a paragraph whose end was deleted."""
        self.passage.follow(earlier.passage)
        earlier.asides += self.asides
        self.asides = earlier.asides

    def text(self) -> str:
        """Its text; "\\n" where a line ends inside of it."""
        return self.passage.text()


def text_of(content: str, *, preserved: bool) -> str:
    """What a `<w:t>` shows: space at its ends counts only where it says so, line ends of the XML never do."""
    if not preserved:
        content = content.strip(_XML_SPACE)
    return content.replace("\r", "").replace("\n", " ").replace("\u200b", "")
