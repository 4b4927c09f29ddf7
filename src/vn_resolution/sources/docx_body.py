"""Listens to the tags of a DOCX's document and notes, and says on a sheet what Word would show of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from vn_resolution.sources.docx_paragraph import DocxParagraph, Run, text_of
from vn_resolution.sources.docx_styles import DocxStyles
from vn_resolution.sources.docx_tables import DocxTables
from vn_resolution.sources.fonts import Fonts, Passage
from vn_resolution.sources.grids import Paragraph, Piece
from vn_resolution.sources.numbering import Numbering, in_format
from vn_resolution.sources.sheet import Sheet
from vn_resolution.sources.symbols import from_symbol_font
from vn_resolution.sources.wordml import NAMES, attributes_of, is_on, whole

_UNSHOWN = frozenset(
    (
        "sectPr", "pPrChange", "rPrChange", "tblPrChange", "trPrChange", "tcPrChange", "numberingChange",
        "tblGridChange", "tblPrExChange", "delText", "delInstrText", "instrText", "rt", "background", "tblGrid",
        "footnoteRef", "endnoteRef", "annotationRef", "separator", "continuationSeparator", "tabs",
    )
)  # fmt: skip
_SOFT_HYPHEN = "\u00ad"
"""A place to break a word; in the fonts of TCVN3 the letter ư."""
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": _SOFT_HYPHEN}
_NOTE_FORMATS = {"footnote": "decimal", "endnote": "lowerRoman"}
_FOREIGN = {"altChunk": "another document", "object": "an object of another program"}
_PAGE_BREAK = "\n\n"

Attributes = Mapping[str, str]


@dataclass(slots=True)
class _Note:
    """A note that the text refers to: its mark, and once it was read its content."""

    mark: str
    pieces: list[Piece] = field(default_factory=list)


class BodyReader:
    """The listener: it keeps the names of the open elements, and a stack of open paragraphs (a text box stands inside
    of one)."""

    def __init__(self, styles: DocxStyles, numbering: Numbering) -> None:
        self.sheet = Sheet()
        self.fonts = Fonts()
        self.changes = 0
        self.pictures = 0
        self.foreign: set[str] = set()
        self._styles = styles
        self._numbering = numbering
        self._tables = DocxTables(self.sheet, styles)
        self._names: list[str] = ["", ""]
        self._skip = 0
        self._paragraphs: list[DocxParagraph] = []
        self._unended: list[DocxParagraph | None] = [None]  # by container: what waits for the next paragraph
        self._words: list[str] | None = None
        self._preserved = False
        self._fields: list[bool] = []  # of this paragraph; True = its code is under way, which is not shown
        self._codes = 0
        self._choices: list[bool] = []
        self._placeholders: list[bool] = []
        self._notes: dict[tuple[str, str], _Note] = {}
        self._note_counts: dict[str, int] = {}
        self._note = _Note("")  # the one that is read
        self._on_start = self._start_handlers()
        self._on_end = self._end_handlers()

    # -- what the package calls ------------------------------------------------------------------------------

    def start(self, tag: str, given: Attributes) -> None:
        """An element begins."""
        if self._skip:
            self._skip += 1
            return
        name = NAMES[tag]
        if name in _UNSHOWN:
            self._skip = 1
            return
        handler = self._on_start.get(name)
        if handler is not None:
            handler(name, attributes_of(given) if given else {})
            if self._skip:
                return
        elif name in self._tables.properties:
            self._tables.property(name, self._names[-1], attributes_of(given))
        self._names.append(name)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._skip:
            self._skip -= 1
            return
        handler = self._on_end.get(self._names.pop())
        if handler is not None:
            handler()

    def data(self, text: str) -> None:
        """Text between tags."""
        if self._words is not None and not self._skip:
            self._words.append(text)

    def wants(self, kind: str) -> bool:
        """Whether the text refers to a "footnote", or an "endnote"."""
        return kind in self._note_counts

    def finish(self) -> None:
        """The end: the notes follow, in the order of their marks."""
        self._end_container()
        if any(note.pieces for note in self._notes.values()):
            self.sheet.gap()
        for note in self._notes.values():
            first = next((piece for piece in note.pieces if isinstance(piece, Paragraph) and piece.lines), None)
            if first is not None and note.mark:
                first.lines[0] = f"{note.mark} {first.lines[0]}"
            self.sheet.add(note.pieces)

    # -- paragraphs ------------------------------------------------------------------------------------------

    def _begin_paragraph(self, name: str, attributes: Attributes) -> None:
        self._tables.content_begins()
        self._paragraphs.append(DocxParagraph(Passage(self.fonts)))

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        self._fields.clear()  # a field's code does not reach beyond its paragraph
        self._codes = 0
        if (earlier := self._unended[-1]) is not None:
            paragraph.after(earlier)
        self._unended[-1] = paragraph if paragraph.mark_deleted else None
        if not paragraph.mark_deleted:
            self._say(paragraph)

    def _say(self, paragraph: DocxParagraph) -> None:
        text = paragraph.text()
        blank = not text.strip()
        look = paragraph.look(self._styles)
        if not (blank and (paragraph.mark_hidden or look.hidden)):
            number = paragraph.numbering or look.numbering
            level = look.level if paragraph.level is None else paragraph.level
            label = self._numbering.label(number, level, paragraph.style) if number else None
            font = (label and label.font) or paragraph.mark_font or look.font
            self.sheet.paragraph(text, self.fonts.shown(label.text, font) if label else None)
        self.sheet.add(paragraph.asides)

    def _end_container(self) -> None:
        """What still waits for the end of its paragraph ends with the container."""
        if (paragraph := self._unended[-1]) is not None:
            self._unended[-1] = None
            if paragraph.text().strip() or paragraph.asides:
                self._say(paragraph)

    def _paragraph_style(self, name: str, attributes: Attributes) -> None:
        if self._names[-1] == "pPr" and self._paragraphs:
            self._paragraphs[-1].style = attributes.get("val")

    def _list(self, name: str, attributes: Attributes) -> None:
        if self._names[-2:] == ["pPr", "numPr"] and self._paragraphs:
            if name == "numId":
                self._paragraphs[-1].numbering = attributes.get("val")
            else:
                self._paragraphs[-1].level = whole(attributes.get("val"))

    # -- runs ------------------------------------------------------------------------------------------------

    def _begin_run(self, name: str, attributes: Attributes) -> None:
        if self._paragraphs:
            self._paragraphs[-1].runs.append(Run())

    def _end_run(self) -> None:
        if self._paragraphs and self._paragraphs[-1].runs:
            self._paragraphs[-1].runs.pop()

    def _run_property(self, name: str, attributes: Attributes) -> None:
        if self._names[-1] != "rPr" or not self._paragraphs:
            return
        paragraph = self._paragraphs[-1]
        if self._names[-2] == "pPr":
            if name in ("vanish", "specVanish"):
                paragraph.mark_hidden = is_on(attributes.get("val"))
            elif name == "rFonts":
                paragraph.mark_font = self._styles.font(attributes)
            return
        if self._names[-2] != "r" or not paragraph.runs:
            return
        run = paragraph.runs[-1]
        if name == "rStyle":
            run.style = attributes.get("val")
        elif name == "rFonts":
            run.look = replace(run.look, font=self._styles.font(attributes) or run.look.font)
        elif name == "caps":
            run.look = replace(run.look, upper=is_on(attributes.get("val")))
        else:
            run.look = replace(run.look, hidden=is_on(attributes.get("val")))

    def _text(self, text: str, *, sign: bool = True) -> None:
        if self._paragraphs and not self._codes:
            self._paragraphs[-1].say(text, self._styles, sign=sign)

    def _begin_text(self, name: str, attributes: Attributes) -> None:
        self._words = []
        self._preserved = attributes.get("space") == "preserve" or name != "t"

    def _end_text(self) -> None:
        words, self._words = self._words, None
        if words:
            self._text(text_of("".join(words), preserved=self._preserved), sign=False)

    def _sign(self, name: str, attributes: Attributes) -> None:
        if self._names[-1] == "r":
            self._text(_SIGNS[name], sign=name != "softHyphen")

    def _break(self, name: str, attributes: Attributes) -> None:
        self._text(_PAGE_BREAK if attributes.get("type") == "page" else "\n")

    def _symbol(self, name: str, attributes: Attributes) -> None:
        try:
            code = int(attributes.get("char", ""), 16)
            self._text(from_symbol_font(chr(code), attributes.get("font")))
        except (ValueError, OverflowError):
            return

    def _field(self, name: str, attributes: Attributes) -> None:
        kind = attributes.get("fldCharType")
        if kind == "begin":
            self._fields.append(True)
            self._codes += 1
        elif self._fields and kind in ("separate", "end"):
            self._codes -= self._fields.pop()
            if kind == "separate":
                self._fields.append(False)

    # -- tracked changes, alternatives, content controls -----------------------------------------------------

    def _deletion(self, name: str, attributes: Attributes) -> None:
        self.changes += 1
        self._skip = 1
        if self._names[-2:] == ["pPr", "rPr"] and self._paragraphs:
            self._paragraphs[-1].mark_deleted = True
        elif self._names[-1] == "trPr" and name == "del":
            self._tables.delete_row()

    def _insertion(self, name: str, attributes: Attributes) -> None:
        self.changes += 1

    def _alternatives(self, name: str, attributes: Attributes) -> None:
        self._choices.append(False)

    def _alternative(self, name: str, attributes: Attributes) -> None:
        """Of a choice and its fallback, which say the same twice, the first is read."""
        if self._choices and self._choices[-1]:
            self._skip = 1
        elif self._choices:
            self._choices[-1] = True

    def _end_alternatives(self) -> None:
        self._choices.pop()

    def _begin_control(self, name: str, attributes: Attributes) -> None:
        self._placeholders.append(False)

    def _placeholder(self, name: str, attributes: Attributes) -> None:
        if self._placeholders and self._names[-1] == "sdtPr":
            self._placeholders[-1] = is_on(attributes.get("val"))

    def _control(self, name: str, attributes: Attributes) -> None:
        if self._placeholders and self._placeholders[-1]:
            self._skip = 1

    def _end_control(self) -> None:
        self._placeholders.pop()

    # -- tables, text boxes, notes ---------------------------------------------------------------------------

    def _begin_table(self, name: str, attributes: Attributes) -> None:
        self._end_container()
        self._tables.begin_table()

    def _begin_cell(self, name: str, attributes: Attributes) -> None:
        self._tables.begin_cell()
        self._unended.append(None)

    def _end_cell(self) -> None:
        self._end_container()
        self._unended.pop()
        self._tables.end_cell()

    def _begin_box(self, name: str, attributes: Attributes) -> None:
        self.sheet.open_aside()
        self._unended.append(None)

    def _end_box(self) -> None:
        self._end_container()
        self._unended.pop()
        pieces = self.sheet.close_aside()
        if self._paragraphs:
            self._paragraphs[-1].asides += pieces
        else:
            self.sheet.add(pieces)

    def _reference(self, name: str, attributes: Attributes) -> None:
        kind = name.removesuffix("Reference")
        key = (kind, attributes.get("id", ""))
        custom = is_on(attributes.get("customMarkFollows", "0"))
        if key not in self._notes:
            count = self._note_counts[kind] = self._note_counts.get(kind, 0) + 1
            self._notes[key] = _Note("" if custom else f"[{in_format(count, _NOTE_FORMATS[kind])}]")
        self._text(self._notes[key].mark)

    def _begin_note(self, name: str, attributes: Attributes) -> None:
        if (name, attributes.get("id", "")) not in self._notes:
            self._skip = 1
            return
        self._note = self._notes[name, attributes.get("id", "")]
        self._begin_box(name, attributes)

    def _end_note(self) -> None:
        self._end_container()
        self._unended.pop()
        self._note.pieces = self.sheet.close_aside()

    # -- what is not read ------------------------------------------------------------------------------------

    def _picture(self, name: str, attributes: Attributes) -> None:
        self.pictures += 1

    def _other(self, name: str, attributes: Attributes) -> None:
        self.foreign.add(_FOREIGN[name])

    # -- which handler hears what ----------------------------------------------------------------------------

    def _start_handlers(self) -> dict[str, Callable[[str, Attributes], None]]:
        return {
            "p": self._begin_paragraph, "r": self._begin_run, "t": self._begin_text, "m:t": self._begin_text,
            "pStyle": self._paragraph_style, "numId": self._list, "ilvl": self._list,
            "vanish": self._run_property, "specVanish": self._run_property, "caps": self._run_property,
            "rFonts": self._run_property, "rStyle": self._run_property,
            "br": self._break, "sym": self._symbol, "fldChar": self._field,
            "del": self._deletion, "moveFrom": self._deletion, "ins": self._insertion, "moveTo": self._insertion,
            "mc:AlternateContent": self._alternatives, "mc:Choice": self._alternative,
            "mc:Fallback": self._alternative, "sdt": self._begin_control, "showingPlcHdr": self._placeholder,
            "sdtContent": self._control, "tbl": self._begin_table, "tc": self._begin_cell,
            "txbxContent": self._begin_box, "footnoteReference": self._reference, "endnoteReference": self._reference,
            "footnote": self._begin_note, "endnote": self._begin_note, "pic:pic": self._picture,
            "v:imagedata": self._picture, "altChunk": self._other, "object": self._other,
            **dict.fromkeys(_SIGNS, self._sign),
        }  # fmt: skip

    def _end_handlers(self) -> dict[str, Callable[[], None]]:
        return {
            "p": self._end_paragraph, "r": self._end_run, "t": self._end_text, "m:t": self._end_text,
            "mc:AlternateContent": self._end_alternatives, "sdt": self._end_control, "tr": self._tables.end_row,
            "tc": self._end_cell, "tbl": self._tables.end_table, "txbxContent": self._end_box,
            "footnote": self._end_note, "endnote": self._end_note,
        }  # fmt: skip
