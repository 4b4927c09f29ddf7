"""Promise 8: the same text gives the same tree as plain text, as Markdown, as HTML and as DOCX, its labels typed or
left to the numbering of Word or of the browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import pytest

import vn_resolution as vr
from formats import typed
from formats.agreement import Agreement, full_nodes
from formats.make_docx import package, paragraph, run, to_docx
from formats.make_html import STYLES, HtmlStyle, to_html
from formats.make_text import to_markdown, to_text
from support.promises import loss, tree_faults, value_faults
from support.texts import SHARED, sample_paths, shared_paths, text_of
from vn_resolution.model import Resolution
from vn_resolution.parser import Parser
from vn_resolution.sources.docx import read_docx
from vn_resolution.sources.extract_result import Extract
from vn_resolution.sources.html import read_html


@cache
def parser() -> Parser:
    return Parser()


BENCH = [path for path in shared_paths() if path.parent == SHARED / "bench" / "dev"]
HTML = {style.name: style for style in STYLES}
Reader = Callable[[bytes, str], Extract]


def tree(doc: Resolution) -> dict[str, Any]:
    """What may not depend on the format."""
    return {
        "meta": doc.meta.model_dump(exclude={"signers": {"__all__": {"span"}}, "recipients": {"__all__": {"span"}}}),
        "bases": [(basis.kind, basis.text) for basis in doc.preamble.bases],
        "enacting": doc.preamble.enacting and doc.preamble.enacting.text,
        "others": [block.text for block in doc.preamble.others],
        "nodes": [
            (n.id, n.kind, n.num, n.heading, n.text, n.quoted, [[cell.text for cell in row] for row in n.rows])
            for n in doc.walk()
        ],
        "citations": [(c.type, c.number, c.date, c.text, c.target) for c in doc.citations],
        "quantities": [(q.low, q.high, q.comparator, q.unit, q.node) for q in doc.quantities],
        "indicators": [(i.name, i.concept, i.change, i.status, i.node) for i in doc.indicators],
        "tasks": [(t.text, t.agents, t.node) for t in doc.tasks],
    }


def parsed(reader: Reader, data: bytes, name: str) -> Resolution:
    extract = reader(data, name)
    return parser().read(extract.source, extract.diagnostics, dict(extract.generated))


def assert_same(doc: Resolution, other: Resolution) -> None:
    want, have = tree(doc), tree(other)
    for part in want:
        assert have[part] == want[part], part
    assert loss(other) + tree_faults(other) + value_faults(other) == []


# -- as an office sets it ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sample_paths() + BENCH, ids=lambda path: path.stem)
def test_the_same_tree_with_the_gaps_of_the_text(path: Path) -> None:
    doc = vr.parse(path)
    blocks = typed.blocks(doc)
    for style in (HTML["gaps"], HTML["cp1258"]):
        assert_same(doc, parsed(read_html, to_html(blocks, style), path.name))
    for automatic in (False, True):
        assert_same(doc, parsed(read_docx, to_docx(blocks, automatic=automatic, gaps=True), path.name))


@pytest.mark.parametrize("path", sample_paths() + BENCH, ids=lambda path: path.stem)
def test_the_same_tree_as_text_and_as_markdown(path: Path) -> None:
    doc = vr.parse(path)
    blocks = typed.blocks(doc)
    assert_same(doc, vr.parse(to_text(blocks), name="a.txt", media_type="text/plain"))
    for apart in (False, True):
        assert_same(doc, vr.parse(to_markdown(blocks, apart=apart), name="a.md", media_type="text/markdown"))


@pytest.mark.parametrize("style", [HTML["portal"], HTML["word"], HTML["lists"]], ids=lambda style: style.name)
@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.stem)
def test_the_same_tree_from_html_without_gaps(path: Path, style: HtmlStyle) -> None:
    doc = vr.parse(path)
    assert_same(doc, parsed(read_html, to_html(typed.blocks(doc), style), path.name))


@pytest.mark.parametrize("automatic", [False, True], ids=["typed", "automatic"])
@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.stem)
def test_the_same_tree_from_docx_without_gaps(path: Path, automatic: bool) -> None:
    doc = vr.parse(path)
    assert_same(doc, parsed(read_docx, to_docx(typed.blocks(doc), automatic=automatic), path.name))


@pytest.mark.skipif(not BENCH, reason="the shared bench is not there")
def test_the_trees_of_the_bench_without_gaps() -> None:
    """Where a paragraph begins in lower case after a comma, only the empty line before it says so."""
    nodes = Agreement()
    for path in BENCH:
        doc = vr.parse(path)
        blocks = typed.blocks(doc)
        for automatic in (False, True):
            nodes.add(full_nodes(doc), full_nodes(parsed(read_docx, to_docx(blocks, automatic=automatic), path.name)))
        for style in (HTML["portal"], HTML["word"], HTML["lists"]):
            nodes.add(full_nodes(doc), full_nodes(parsed(read_html, to_html(blocks, style), path.name)))
    print(f"without gaps: nodes {nodes}")
    assert nodes.share >= 0.997


@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.stem)
def test_labels_that_word_computes_are_marked_as_generated(path: Path) -> None:
    doc = vr.parse(path)
    other = parsed(read_docx, to_docx(typed.blocks(doc), automatic=True), path.name)
    given = [node for node in other.walk() if node.generated]
    numbered = [node for node in doc.walk() if node.marker and re.fullmatch(r"(?:Điều )?\d+\.|[abc]\)|-", node.marker)]
    assert len(given) >= len(numbered) * 0.8
    for node in given:
        shown = other.source.text[slice(*node.own)]
        assert node.marker and not shown.startswith(node.marker)
    typed_doc = parsed(read_docx, to_docx(typed.blocks(doc)), path.name)
    assert not any(node.generated for node in typed_doc.walk())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_same_tree_from_documents_that_libreoffice_has_saved(tmp_path: Path) -> None:
    paths = sample_paths()
    for path in paths:
        data = to_docx(typed.blocks(vr.parse(path)), automatic=True, gaps=True)
        (tmp_path / f"{path.stem}.docx").write_bytes(data)
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
            "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "out"), 
            *(str(tmp_path / f"{path.stem}.docx") for path in paths),
        ],
        check=True, capture_output=True, timeout=170,
    )  # fmt: skip
    for path in paths:
        assert_same(vr.parse(path), parsed(read_docx, (tmp_path / "out" / f"{path.stem}.docx").read_bytes(), path.name))


# -- line for line -----------------------------------------------------------------------------------------


def chunks(text: str) -> list[list[str]]:
    """The lines between empty lines."""
    return [chunk.split("\n") for chunk in re.split(r"\n[ \t\u00a0]*(?:\n[ \t\u00a0]*)*\n", text.strip("\n"))]


def html_of_lines(text: str) -> bytes:
    """Each line ended by `<br>`, runs of spaces kept by no-break spaces."""
    body = "".join(
        "<p>"
        + "<br>\n".join(escape(line).replace("  ", "&nbsp; ").replace("\t", " ") for line in chunk)
        + "</p><p>&nbsp;</p>"
        for chunk in chunks(text)
    )
    return f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


def docx_of_lines(text: str) -> bytes:
    """A paragraph between empty ones, its lines ended by line breaks."""
    return package("".join(paragraph(run("\n".join(chunk))) + paragraph("") for chunk in chunks(text)))


@pytest.mark.parametrize("path", [p for p in sample_paths() + BENCH if p.suffix == ".txt"], ids=lambda path: path.stem)
def test_the_same_tree_line_for_line(path: Path) -> None:
    text = re.sub(r"\n{3,}", "\n\n", text_of(path).replace("\r\n", "\n").replace("\t", " "))
    text = text.replace("**", "")  # a mark of texts, a sign of its own in other formats
    doc = vr.parse(text, media_type="text/plain")
    for reader, data in ((read_html, html_of_lines(text)), (read_docx, docx_of_lines(text))):
        assert_same(doc, parsed(reader, data, path.name))


# -- a real page -------------------------------------------------------------------------------------------

PAGE = SHARED / "corpus" / "resolutions" / "quangninh-99-2025-nq-hdnd.html"


@pytest.mark.skipif(not PAGE.is_file(), reason="the shared corpus is not there")
def test_a_real_page_of_word() -> None:
    extract = read_html(PAGE.read_bytes(), PAGE.name)
    doc = parser().read(extract.source, extract.diagnostics, dict(extract.generated))
    assert (doc.meta.number, doc.meta.issued, doc.meta.session) == ("99/2025/NQ-HĐND", "2025-12-16", "34")
    assert [node.num for node in doc.body] == ["1", "2", "3", "4", "5"]
    assert [node.num for node in doc.body[2].children] == [str(k) for k in range(1, 11)]
    assert (len(doc.preamble.bases), len(doc.meta.recipients), len(doc.meta.signers)) == (6, 15, 1)
    assert loss(doc) + tree_faults(doc) + value_faults(doc) == []
