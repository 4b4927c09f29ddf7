"""Prints a resolution that was read from a text as a PDF, set as offices set them, and as pictures of its pages.

The judge of promise 8: what a text and its print are read as must be the same tree. Needs reportlab and a Times-like
font (Liberation Serif or Tinos), pypdfium2 and Pillow for the pictures.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from vn_resolution.model import Node, Resolution, Span
from vn_resolution.reading import Reader

_FONT_FOLDERS = (
    "/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/liberation-serif", "/usr/share/fonts/liberation-serif-fonts",
)  # fmt: skip
_FACES = {"": "Regular", "b": "Bold", "i": "Italic", "bi": "BoldItalic"}
HOW_TO_GET = "reportlab and the font Liberation Serif (pip install reportlab; apt-get install fonts-liberation)"


@dataclass(frozen=True)
class Style:
    """How a print looks; lengths in points."""

    name: str
    size: float = 14
    leading: float = 18
    indent: float = 36
    hanging: float = 0
    space: float = 6
    justify: bool = True
    margins: tuple[float, float, float, float] = (57, 57, 85, 43)  # top, bottom, left, right
    numbers: str = "top"
    running: str = ""
    ruled: bool = True
    recipients: float = 11
    notes: bool = True


STYLES = (
    Style("official"),
    Style(
        "portal",
        size=12,
        leading=13.8,
        indent=0,
        space=12,
        justify=False,
        margins=(72, 72, 72, 72),
        numbers="",
        recipients=8,
    ),
    Style("tight", size=13, leading=15.5, space=0, numbers="bottom", running="CÔNG BÁO/Số 27 + 28/Ngày 15-8-2024"),
    Style("hanging", size=12.5, leading=17, indent=0, hanging=22, space=5, ruled=False, margins=(60, 60, 72, 56)),
)


@cache
def _fonts() -> str:
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = next((Path(f) for f in _FONT_FOLDERS if (Path(f) / "LiberationSerif-Regular.ttf").is_file()), None)
    if folder is None:
        raise FileNotFoundError("LiberationSerif-Regular.ttf")
    for short, long in _FACES.items():
        pdfmetrics.registerFont(TTFont("Serif" + short, folder / f"LiberationSerif-{long}.ttf"))
        addMapping("Serif", int("b" in short), int("i" in short), "Serif" + short)
    return "Serif"


def can_print() -> bool:
    """Whether reportlab and the font are there."""
    try:
        _fonts()
    except (ImportError, FileNotFoundError):
        return False
    return True


def print_pdf(doc: Resolution, style: Style = STYLES[0]) -> bytes:
    """The resolution as a PDF on A4 paper."""
    return _Printer(doc, style).pdf()


class _Printer:
    def __init__(self, doc: Resolution, style: Style) -> None:
        _fonts()
        self.doc = doc
        self.style = style
        self.reader = Reader(doc.source.text, doc.source.artifacts)
        self.story: list[Any] = []

    def pdf(self) -> bytes:
        from reportlab.lib.pagesizes import A4
        from reportlab.platypus import SimpleDocTemplate

        top, bottom, left, right = self.style.margins
        self.width = A4[0] - left - right
        self._header()
        self._preamble()
        for node in self.doc.body:
            self._node(node)
        self._closing()
        for node in self.doc.attachments:
            self._attachment(node)
        out = io.BytesIO()
        template = SimpleDocTemplate(
            out, pagesize=A4, topMargin=top, bottomMargin=bottom, leftMargin=left, rightMargin=right, invariant=1
        )
        template.build(self.story, onFirstPage=self._first_page, onLaterPages=self._later_page)
        return out.getvalue()

    # -- parts ---------------------------------------------------------------------------------------------

    def _header(self) -> None:
        blocks = list(self.doc.header)
        types = [k for k, b in enumerate(blocks) if b.kind == "doc_type"]
        head = types[0] if types else 0
        left: list[Any] = []
        right: list[Any] = []
        for block in blocks[:head]:
            side = right if block.kind in ("national_title", "motto", "place_date") else left
            shown = "b" if block.kind in ("issuer", "national_title", "motto") else "i" * (block.kind == "place_date")
            side += [self._text(block.text, 4, shown, size=min(self.style.size, 12.5) - 1, space=2, leading=15)]
            if block.kind in ("issuer", "motto"):
                side.append(self._line(60))
        if left and right:
            self._columns(left, right, 0.42)
        else:
            self.story += left + right
        self._space(12)
        for block in blocks[head:]:
            self.story.append(self._text(block.text, 4, "b" if block.kind != "other" else ""))
        self._space(10)

    def _preamble(self) -> None:
        preamble = self.doc.preamble
        pieces = [(b.span, b.text, "i") for b in preamble.bases] + [(b.span, b.text, "") for b in preamble.others]
        if preamble.enacting:
            pieces.append((preamble.enacting.span, preamble.enacting.text, "b"))
        for _, text, shown in sorted(pieces):
            self._paragraph(text, shown, centred=shown == "b" and text.isupper())

    def _node(self, node: Node) -> None:
        if node.kind == "table":
            self._table(node)
            return
        for k, text in enumerate(self._own_paragraphs(node)):
            heading = k == 0 and node.heading is not None
            title = node.kind in ("part", "chapter") or (node.kind in ("section", "subsection") and not node.text)
            self._paragraph(text, "b" if heading else "", centred=title, label=node.marker if k == 0 else None)
        for child in node.children:
            self._node(child)

    def _own_paragraphs(self, node: Node) -> Iterator[str]:
        """The node's own words: heading and text apart where the source breaks the line between them."""
        text = self.doc.source.text
        start, end = node.own
        titled = node.heading_span and node.kind in ("part", "chapter", "section", "subsection")
        if titled and node.heading_span and "\n" in text[start : node.heading_span[0]]:
            yield self.reader.text((start, node.heading_span[0]))
            start = node.heading_span[0]
        if node.heading_span and node.text_span and "\n" in text[node.heading_span[1] : node.text_span[0]]:
            yield self.reader.text((start, node.heading_span[1]))
            start = node.heading_span[1]
        if rest := self.reader.text((start, end)):
            yield rest

    def _closing(self) -> None:
        left: list[Any] = []
        right: list[Any] = []
        small = {"size": self.style.recipients, "leading": self.style.recipients * 1.2, "space": 0}
        for block in self.doc.closing:
            if block.kind in ("recipients_label", "recipient"):
                left.append(self._text(block.text, 0, "bi" if block.kind == "recipients_label" else "", **small))
            elif block.kind.startswith("signature"):
                if block.kind == "signature_name" and right:
                    right.append(self._gap(50))
                right.append(self._text(block.text, 4, "b", space=2))
            else:
                self._paragraph(block.text, "")
        self._space(14)
        if left and right:
            self._columns(left, right, 0.5)
        else:
            self.story += left + right

    def _attachment(self, node: Node) -> None:
        from reportlab.platypus import PageBreak

        self.story.append(PageBreak())
        for span in self._physical_lines(node.own):
            text = self.reader.text(span)
            if text:
                self.story.append(self._text(text, 4, "i" if text.startswith("(") else "b"))
        for child in node.children:
            self._node(child)

    def _physical_lines(self, span: Span) -> Iterator[Span]:
        start = span[0]
        for line in self.doc.source.text[span[0] : span[1]].splitlines(keepends=True):
            yield (start, start + len(line))
            start += len(line)

    # -- pieces --------------------------------------------------------------------------------------------

    def _paragraph(self, text: str, shown: str, *, centred: bool = False, label: str | None = None) -> None:
        style = self.style
        if centred:
            self.story.append(self._text(text, 4, shown))
            return
        hanging = style.hanging if label and len(label) < 6 else 0
        self.story.append(
            self._text(text, "J" if style.justify else 0, shown, first=style.indent - hanging, left=hanging)
        )

    def _text(
        self, text: str, alignment: Any, shown: str = "", *, size: float | None = None, leading: float | None = None,
        space: float | None = None, first: float = 0, left: float = 0,
    ) -> Any:  # fmt: skip
        """A paragraph; `alignment` 0 left, 4 centred, "J" justified; `shown` holds b and i."""
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.platypus import Paragraph

        how = ParagraphStyle(
            "p", fontName="Serif" + ("bi" if set(shown) == {"b", "i"} else shown), fontSize=size or self.style.size,
            leading=leading or self.style.leading, alignment={0: 0, 4: 1, "J": 4}[alignment], firstLineIndent=first,
            leftIndent=left, spaceBefore=0, spaceAfter=self.style.space if space is None else space,
        )  # fmt: skip
        return Paragraph(escape(text), how)

    def _columns(self, left: list[Any], right: list[Any], share: float) -> None:
        from reportlab.platypus import Table, TableStyle

        widths = [self.width * share, self.width * (1 - share)]
        if any(getattr(x, "style", None) and x.style.fontSize < 12 for x in left) and len(left) > 14:
            # Recipients that may not fit on the page: a row each, the signature beside the first ones.
            rows: list[list[Any]] = [[x, ""] for x in left]
            rows[0][1] = right
            style = [("SPAN", (1, 0), (1, min(len(rows), 12) - 1))]
        else:
            rows, style = [[left, right]], []
        plain = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ]
        self.story.append(Table(rows, colWidths=widths, style=TableStyle(plain + style)))

    def _table(self, node: Node) -> None:
        from reportlab.platypus import Table, TableStyle

        columns = max(map(len, node.rows))
        lengths = [max([4] + [min(len(r[c].text), 60) for r in node.rows if c < len(r)]) for c in range(columns)]
        shares = [length**0.7 for length in lengths]
        widths = [self.width * share / sum(shares) for share in shares]
        rows = [
            [self._text(r[c].text if c < len(r) else "", 0, size=11, leading=13, space=0) for c in range(columns)]
            for r in node.rows
        ]
        style = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        if self.style.ruled:
            style.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
        self._space(4)
        self.story.append(Table(rows, colWidths=widths, style=TableStyle(style)))
        self._space(8)

    def _space(self, height: float) -> None:
        self.story.append(self._gap(height))

    def _gap(self, height: float) -> Any:
        from reportlab.platypus import Spacer

        return Spacer(1, height)

    def _line(self, width: float) -> Any:
        from reportlab.platypus import HRFlowable

        return HRFlowable(width=width, thickness=0.7, color="black", spaceBefore=1, spaceAfter=3, hAlign="CENTER")

    def _first_page(self, canvas: Any, template: Any) -> None:
        if self.style.numbers == "bottom":
            self._later_page(canvas, template)

    def _later_page(self, canvas: Any, template: Any) -> None:
        width, height = template.pagesize
        canvas.setFont("Serif", 12)
        number = str(canvas.getPageNumber())
        if self.style.numbers == "top":
            canvas.drawCentredString(width / 2, height - 38, number)
        elif self.style.numbers == "bottom":
            canvas.drawRightString(width - template.rightMargin, 34, number)
        if self.style.running:
            canvas.setFont("Serif", 10)
            canvas.drawString(template.leftMargin, height - 36, self.style.running)


# -- pictures ----------------------------------------------------------------------------------------------


def scan(
    pdf: bytes, dpi: int = 300, *, skew: float = 0, noise: float = 0, jpeg: int = 0, blur: float = 0, seed: int = 1
) -> list[Any]:
    """The pages as grey pictures as a scanner gives them; `skew` in degrees, `noise` the share of specks, `jpeg` a
    quality."""
    import pypdfium2
    from PIL import Image, ImageFilter

    pictures = []
    chance = random.Random(seed)
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        picture = page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
        if skew:
            picture = picture.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
        if blur:
            picture = picture.filter(ImageFilter.GaussianBlur(blur))
        if noise:
            pixels = picture.load()
            for _ in range(int(noise * picture.width * picture.height)):
                pixels[chance.randrange(picture.width), chance.randrange(picture.height)] = chance.randrange(256)
        if jpeg:
            out = io.BytesIO()
            picture.save(out, "JPEG", quality=jpeg)
            picture = Image.open(io.BytesIO(out.getvalue())).convert("L")
        pictures.append(picture)
    document.close()
    return pictures


def scanned_pdf(pdf: bytes, dpi: int = 300, **damage: Any) -> bytes:
    """A PDF of pictures only."""
    pictures = scan(pdf, dpi, **damage)
    out = io.BytesIO()
    pictures[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=pictures[1:])
    return out.getvalue()
