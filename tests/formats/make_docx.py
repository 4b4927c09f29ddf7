"""Sets a resolution as a DOCX, written part by part, its labels typed or left to Word's automatic numbering.

The lists count for themselves here, by the simplest reading of the standard, and share no code with the reader.
"""

# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from formats.typed import Block, Columns, PageBreak, Par, Table

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
STYLES_XML = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr></w:style>"
)


def package(
    body: str,
    *,
    numbering: str | None = None,
    styles: str = STYLES_XML,
    parts: Mapping[str, tuple[str, str]] | None = None,
    members: Mapping[str, bytes] | None = None,
) -> bytes:
    """A DOCX of the inner XML of its parts. `parts`: kind of relation -> (root element, inner XML), for footnotes and
    the like; `members`: further files as they are."""
    trees = {"document": ("document", f"<w:body>{body}</w:body>"), "styles": ("styles", styles)}
    if numbering is not None:
        trees["numbering"] = ("numbering", numbering)
    trees.update(parts or {})
    related = [kind for kind in trees if kind != "document"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        overrides = "".join(
            f'<Override PartName="/word/{kind}.xml" ContentType="{_TYPES}{"document.main" if kind == "document" else kind}+xml"/>'
            for kind in trees
        )
        _write(
            file,
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        )
        _write(file, "_rels/.rels", _relations({"officeDocument": "word/document.xml"}))
        _write(file, "word/_rels/document.xml.rels", _relations({kind: f"{kind}.xml" for kind in related}))
        for kind, (root, inner) in trees.items():
            _write(file, f"word/{kind}.xml", f"<w:{root} {NAMESPACES}>{inner}</w:{root}>")
        for name, data in (members or {}).items():
            file.writestr(name, data)
    return out.getvalue()


def _write(file: zipfile.ZipFile, name: str, xml: str) -> None:
    info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    file.writestr(info, (_HEAD + xml).encode())


def _relations(targets: Mapping[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{k}" Type="{_KINDS}{kind}" Target="{target}"/>'
        for k, (kind, target) in enumerate(targets.items(), 1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def run(text: str, properties: str = "") -> str:
    """A run of text; tabs and line ends become elements."""
    inner = "".join(
        {"\t": "<w:tab/>", "\n": "<w:br/>"}.get(piece, f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
        for piece in re.split(r"([\t\n])", text)
        if piece
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph of text, or of the XML of its runs."""
    inner = content if content.startswith("<") or not content else run(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def numbered(text: str, number: int, level: int = 0) -> str:
    """A paragraph that Word numbers."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(rows: Sequence[Sequence[str]], *, ruled: bool = True) -> str:
    """A table of cells, each the XML of its paragraphs or a text."""
    style = '<w:tblStyle w:val="TableGrid"/>' if ruled else ""
    inner = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:tcPr/>{c if c.startswith('<w:') else paragraph(c)}</w:tc>" for c in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr>{style}</w:tblPr>{inner}</w:tbl>"


def level(at: int, text: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    """One level of an abstract list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f"<w:lvlText w:val={quoteattr(text)}/></w:lvl>"
    )


def abstract(id_: int, *levels: str) -> str:
    """An abstract list."""
    return f'<w:abstractNum w:abstractNumId="{id_}">{"".join(levels)}</w:abstractNum>'


def number_list(id_: int, abstract_id: int, overrides: str = "") -> str:
    """A list that uses an abstract one."""
    return f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{abstract_id}"/>{overrides}</w:num>'


def start_at(at: int, start: int) -> str:
    """The override of a level's start."""
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


# -- a resolution ------------------------------------------------------------------------------------------


def to_docx(blocks: Sequence[Block], *, automatic: bool = False, gaps: bool = False) -> bytes:
    """The resolution; with `automatic`, the labels that Word can count are its business."""
    lists = _Lists() if automatic else None
    body = "".join(_block(block, lists, gaps) for block in blocks)
    if body.endswith("</w:tbl>"):  # which no document of Word does
        body += paragraph("")
    return package(body, numbering=lists.xml() if lists else None)


def _block(block: Block, lists: _Lists | None, gaps: bool) -> str:
    if isinstance(block, Par):
        return (paragraph("") if gaps and block.gap else "") + _par(block, lists)
    if isinstance(block, Columns):
        return table(
            ["".join(_par(p, None) for p in side) for side in (block.left, block.right)]
            and [["".join(_par(p, None) for p in side) for side in (block.left, block.right)]],
            ruled=False,
        )
    if isinstance(block, Table):
        return table(block.rows)
    assert isinstance(block, PageBreak)
    return paragraph('<w:r><w:br w:type="page"/></w:r>')


def _par(par: Par, lists: _Lists | None) -> str:
    shown = "".join(f"<w:{tag}/>" for tag in par.shown)
    centred = '<w:jc w:val="center"/>' if par.centred else ""
    if par.label and lists is not None and (list_ := lists.take(par.label)):
        number, at = list_
        numbers = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'
        return paragraph(run(par.text, shown), numbers + centred)
    text = f"{par.label} {par.text}" if par.label else par.text
    return paragraph(run(text, shown) if text else "", centred)


@dataclass
class _Form:
    """How the labels of one level look: the pattern of the typed label, its number format, its text."""

    typed: re.Pattern[str]
    format: str
    text: str
    level: int


_FORMS = (
    _Form(re.compile(r"Điều (?P<n>\d+)\."), "decimal", "Điều %1.", 0),
    _Form(re.compile(r"(?P<n>\d+)\."), "decimal", "%2.", 1),
    _Form(re.compile(r"(?P<a>[a-z])\)"), "lowerLetter", "%3)", 2),
    _Form(re.compile(r"-"), "bullet", "\uf02d", 3),
)
_ROMAN = re.compile(r"(?P<r>[IVX]+)\.")


class _Lists:
    """One list of four levels for articles, clauses, points and bullets, and one of Roman numerals; a further list with
    an override where a label does not follow on by itself."""

    def __init__(self) -> None:
        self.counts = [0, 0, 0, 0]
        self.roman = 0
        self.lists = [number_list(1, 1), number_list(2, 2)]

    def take(self, label: str) -> tuple[int, int] | None:
        """(list, level) that Word would show this label for; None where it is better typed."""
        if match := _ROMAN.fullmatch(label):
            self.roman = self.roman + 1 if _roman(self.roman + 1) == match["r"] else 0
            return (2, 0) if self.roman else None
        for form in _FORMS:
            if match := form.typed.fullmatch(label):
                return self._count(form, match.groupdict())
        return None

    def _count(self, form: _Form, found: dict[str, str | None]) -> tuple[int, int]:
        at = form.level
        number = int(found["n"] or 0) if "n" in found else ord(found["a"] or "") - 96 if "a" in found else 0
        below = self.counts[at] + 1
        self.counts[at] = number
        self.counts[at + 1 :] = [0] * (3 - at)
        self.counts[:at] = [max(count, 1) for count in self.counts[:at]]  # a level that is skipped counts as used
        if ("n" not in found and "a" not in found) or number == below:
            return (1, at)
        self.lists.append(number_list(len(self.lists) + 1, 1, start_at(at, number)))
        return (len(self.lists), at)

    def xml(self) -> str:
        """numbering.xml"""
        more = '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr>'
        levels = [level(f.level, f.text, f.format) for f in _FORMS]
        levels[3] = levels[3].replace("</w:lvl>", more + "</w:lvl>")
        return abstract(1, *levels) + abstract(2, level(0, "%1.", "upperRoman")) + "".join(self.lists)


def _roman(number: int) -> str:
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (number // 10) + ones[number % 10]
