"""The real PDFs and the real page of ../shared/corpus: whole, and the same trees as the text copies of the same
resolutions that stand beside them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import vn_resolution as vr
from formats.agreement import Agreement
from support.promises import loss, tree_faults, value_faults
from support.texts import SHARED
from vn_resolution.model import Resolution
from vn_resolution.sources import scan

CORPUS = SHARED / "corpus" / "resolutions"
PDF, SCAN = CORPUS / "ragdemo-hanoi-11-2025-nqhdnd.pdf", CORPUS / "ragdemo-hanoi-12-2025-nqhdnd.pdf"
PAGE = CORPUS / "quangninh-99-2025-nq-hdnd.html"
COPIES = ("-gptmd.md", "-v0.md")
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not there")


@cache
def read(path: Path) -> Resolution:
    if path.suffix == ".pdf":
        pytest.importorskip("pypdfium2", reason="pip install 'vn-resolution[pdf]'")
    return vr.parse(path)


def copy_of(path: Path, ending: str) -> Resolution:
    return read(path.with_name(path.stem + ending))


def labels(doc: Resolution, *, without: tuple[str, ...] = ()) -> list[tuple[str, str, bool]]:
    """Kind, label and whether it is quoted, of the nodes in order."""
    return [(n.kind, n.num or "", n.quoted) for n in doc.walk() if n.kind not in without]


def words(text: str) -> list[str]:
    """The words and figures, in small letters."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())


def compared(a: list[Any], b: list[Any]) -> Agreement:
    found = Agreement()
    found.add(a, b)
    return found


def cells(doc: Resolution) -> Counter[str]:
    return Counter(word for n in doc.walk() for row in n.rows for cell in row for word in words(cell.text))


@pytest.mark.parametrize("ending", COPIES)
def test_the_pdf_and_its_copies(ending: str) -> None:
    """The copies cut its table where pages turn, and take the Roman numbers of rows for headings."""
    doc, copy = read(PDF), copy_of(PDF, ending)
    assert loss(doc) + tree_faults(doc) + value_faults(doc) == []
    aside = ("table", "roman")
    nodes = compared(labels(doc, without=aside), labels(copy, without=aside))
    assert (nodes.same, nodes.all) == (28, 28)
    assert doc.meta.number == copy.meta.number == "11/2025/NQ-HĐND"
    assert doc.meta.signers[0].name == copy.meta.signers[0].name
    assert [b.kind for b in doc.preamble.bases] == [b.kind for b in copy.preamble.bases]
    assert len(doc.meta.recipients) == len(copy.meta.recipients)
    (table,) = (n for n in doc.walk() if n.kind == "table")
    assert len(table.rows) > 90 and {len(row) for row in table.rows} == {5}
    shared = sum((cells(doc) & cells(copy)).values())
    assert shared >= 0.85 * sum(cells(copy).values())
    print(f"{ending}: nodes {nodes}, words of cells {shared} of {sum(cells(doc).values())}")


def test_the_pdf_is_whole() -> None:
    """Against the text that pdfium gives in the order of the file: every word of it, but those told to be left out."""
    import pypdfium2

    doc = read(PDF)
    assert len(doc.source.pages) == 8
    pdf = pypdfium2.PdfDocument(PDF.read_bytes())
    raw = Counter(word for page in pdf for word in words(page.get_textpage().get_text_range().replace("\ufffe", "-")))
    pdf.close()
    have = Counter(words(doc.source.text))
    told = Counter(word for d in doc.diagnostics if d.code == "S104" for word in words(d.message))
    lost = raw - have - told
    assert sum(lost.values()) <= 0.01 * sum(raw.values()), lost
    assert sum((have - raw).values()) <= 0.01 * sum(raw.values()), have - raw


def test_every_character_of_the_pdf_stands_where_pdfium_has_it() -> None:
    import pypdfium2

    source = read(PDF).source
    pdf = pypdfium2.PdfDocument(PDF.read_bytes())
    here: dict[tuple[int, str], list[tuple[float, float]]] = {}
    for number, page in enumerate(pdf, 1):
        text, height = page.get_textpage(), page.get_height()
        for k in range(text.count_chars()):
            left, bottom, _, top = text.get_charbox(k, loose=True)
            here.setdefault((number, text.get_text_range(k, 1)), []).append((left, height - (bottom + top) / 2))
    pdf.close()
    wrong = [
        (page.number, source.text[k], places)
        for page in source.pages
        for k in range(*page.span)
        if not source.text[k].isspace()
        for places in [vr.locate(source, (k, k + 1))]
        if not any(
            abs(x - place.x0) < 1 and place.y0 < y < place.y1
            for place in places
            for x, y in here.get((place.page, source.text[k]), ())
        )
    ]
    assert len(wrong) <= 3, wrong  # pdfium has marks of its own for hyphens at the ends of lines


@pytest.mark.slow
@pytest.mark.skipif(not scan.can_recognise(), reason=f"needs Tesseract: {scan.HOW_TO_GET}")
@pytest.mark.parametrize("ending", COPIES)
def test_the_scan_and_its_copies(ending: str) -> None:
    doc, copy = read(SCAN), copy_of(SCAN, ending)
    assert loss(doc) + tree_faults(doc) + value_faults(doc) == []
    assert "S101" in {d.code for d in doc.diagnostics}
    aside = ("paragraph",)
    nodes = compared(labels(doc, without=aside), labels(copy, without=aside))
    assert nodes.share >= 0.98, nodes
    assert doc.meta.number == copy.meta.number == "12/2025/NQ-HĐND"
    assert doc.meta.signers[0].name == copy.meta.signers[0].name
    assert [b.kind for b in doc.preamble.bases] == [b.kind for b in copy.preamble.bases]
    assert len(doc.meta.recipients) == len(copy.meta.recipients)
    numbers = compared([c.number for c in doc.citations if c.number], [c.number for c in copy.citations if c.number])
    assert numbers.share >= 0.88, numbers  # of 26; each copy has slips of its own
    have, want = words(doc.source.text), words(copy.to_text())
    same = sum(block.size for block in SequenceMatcher(None, want, have, autojunk=False).get_matching_blocks())
    assert same >= 0.93 * len(want)
    print(f"{ending}: nodes {nodes}, numbers of documents {numbers}, words {same} of {len(want)}")


def test_the_page_is_whole() -> None:
    """Against the text that lxml finds in the page, whatever it is: every word, and no other."""
    from lxml import html

    doc = read(PAGE)
    assert loss(doc) + tree_faults(doc) + value_faults(doc) == []
    root = html.fromstring(PAGE.read_bytes())
    for element in root.xpath("//script | //style | //title | //comment()"):
        element.drop_tree()
    assert Counter(words(doc.source.text)) == Counter(words(root.text_content()))
