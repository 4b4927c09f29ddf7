"""What the linter finds in a resolution: parts, dates, references, numbering, words."""

from __future__ import annotations

from typing import Any

import pytest

import vn_resolution as vr
from render.small import SMALL
from support.texts import media_type_of, sample_paths, shared_paths, text_of
from vn_resolution.diagnostics import CATEGORIES, CODES, HINTS
from vn_resolution.model import Citation, Meta, Preamble, Resolution
from vn_resolution.render.lint import lint, lint_akn

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def codes(doc: Resolution) -> list[str]:
    return [finding.code for finding in lint(doc)]


def small(**changes: Any) -> Resolution:
    return SMALL.model_copy(update=changes)


def act(body: str) -> Resolution:
    """A resolution out of an Akoma Ntoso document of other origin."""
    xml = f'<akomaNtoso xmlns="{AKN}"><act name="x"><meta/><body>{body}</body></act></akomaNtoso>'
    return Resolution.from_akn(xml.encode())


def articles(*labels: str) -> str:
    return "".join(f"<article><num>{label}</num><content><p>Nội dung.</p></content></article>" for label in labels)


def test_a_whole_resolution_is_clean() -> None:
    assert codes(SMALL) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"preamble": Preamble()}, "D002"),
        ({"meta": SMALL.meta.model_copy(update={"number": None})}, "D005"),
        ({"meta": SMALL.meta.model_copy(update={"adopted": None}), "closing": ()}, "D006"),
        ({"meta": SMALL.meta.model_copy(update={"signers": ()})}, "D007"),
        ({"meta": SMALL.meta.model_copy(update={"issued": "2024-07-01"})}, "V006"),
        ({"meta": SMALL.meta.model_copy(update={"effective_from": "2024-07-01"})}, "V007"),
        ({"meta": SMALL.meta.model_copy(update={"effective_to": "2024-07-10"})}, "V008"),
        ({"meta": SMALL.meta.model_copy(update={"number": "12/2023/NQ-HĐND"})}, "V009"),
        ({"citations": (Citation(id="c", text="khoản 9", provision="khoản 9", internal=True, span=(0, 4)),)}, "R001"),
        ({"citations": (Citation(id="c", text="Phụ lục X", type="phu_luc", internal=True, span=(0, 4)),)}, "R001"),
        ({"citations": (Citation(id="c", text="Luật A", date="2025-01-01", span=(0, 4)),)}, "R002"),
    ],
)
def test_each_fault_has_its_code(changes: dict[str, Any], code: str) -> None:
    assert code in codes(small(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"issued": "2024", "adopted": None},
        {"number": "12/NQ-HĐND"},
        {"effective_from": None, "effective_to": "2024-07-01"},
        {"adopted": "2024-07-01"},
    ],
)
def test_what_may_be_is_no_fault(changes: dict[str, Any]) -> None:
    assert not [code for code in codes(small(meta=SMALL.meta.model_copy(update=changes))) if code[0] == "V"]


def test_a_reference_that_is_found_or_leads_elsewhere_is_no_fault() -> None:
    fine = (
        Citation(id="c", text="khoản 1", provision="khoản 1", internal=True, target="art_1", span=(0, 4)),
        Citation(id="d", text="khoản 1 Điều 5 Luật A", provision="khoản 1 Điều 5", date="2024-07-05", span=(0, 4)),
        Citation(id="e", text="Nghị quyết này", internal=True, span=(0, 4)),
    )
    assert codes(small(citations=fine)) == []


def test_doubts_of_the_parser_are_findings_with_line_and_hint() -> None:
    text = "HỘI ĐỒNG NHÂN DÂN TỈNH X\n\nQUYẾT NGHỊ:\n\nĐiều 1. Một.\n\nĐiều 3. Hai.\n"
    doc = vr.parse(text, media_type="text/plain")
    (gap,) = [finding for finding in lint(doc) if finding.code == "N001"]
    assert (gap.line, gap.severity, gap.category, gap.eid) == (7, "warning", "numbering", "art_3")
    assert gap.span is not None
    assert text[slice(*gap.span)].strip() == "Điều 3."
    assert gap.hint == HINTS["N001"]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("Điều 1.", "Điều 2.", "Điều 3."), []),
        (("Điều 1.", "Điều 3."), ["N001"]),
        (("Điều 1.", "Điều 1."), ["N002"]),
        (("Điều 2.", "Điều 3."), ["N003"]),
        (("Điều 1.", "Điều 2.", "Điều 4.", "Điều 3."), ["N001", "N010"]),
        (("Điều 1.", "Điều 1a.", "Điều 2."), []),
        (("Article 1", "Article 3"), ["N001"]),
    ],
)
def test_numbering_of_what_no_parser_has_read(labels: tuple[str, ...], expected: list[str]) -> None:
    assert [code for code in codes(act(articles(*labels))) if code[0] == "N"] == expected


def test_articles_count_on_through_chapters_and_other_lists_begin_anew() -> None:
    chapters = "".join(
        f"<chapter><num>Chương {n}</num>{articles(*labels)}</chapter>"
        for n, labels in (("I", ["Điều 1.", "Điều 2."]), ("II", ["Điều 3."]))
    )
    assert not [code for code in codes(act(chapters)) if code[0] == "N"]
    lists = "".join(
        f"<article><num>Điều {n}.</num><paragraph><num>1.</num><content><p>x</p></content></paragraph></article>"
        for n in (1, 2)
    )
    assert not [code for code in codes(act(lists)) if code[0] == "N"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Từ ngày 31 tháng 02 năm 2024.", "V001"),
        ("Mức chi 500.000 đồng (Bằng chữ: Năm triệu đồng).", "V004"),
        ("Bổ sung cụm từ “các sở vào khoản 1.", "N005"),
    ],
)
def test_words_of_what_no_parser_has_read(text: str, code: str) -> None:
    found = lint(act(f"<article><num>Điều 1.</num><content><p>{text}</p></content></article>"))
    assert code in {finding.code for finding in found}


def test_every_code_of_the_linter_has_a_category_and_a_hint() -> None:
    assert {code[0] for code in CODES} == set(CATEGORIES)
    assert set(HINTS) <= set(CODES)
    assert not [
        code for code, entry in CODES.items() if code[0] in "RA" and entry.severity == "error" and code not in HINTS
    ]


def test_a_resolution_of_nothing_has_findings_but_no_error() -> None:
    doc = vr.parse(b"")
    assert {finding.severity for finding in lint(doc)} == {"info", "warning"}
    assert lint(Resolution(source=doc.source, meta=Meta()))


@pytest.mark.parametrize("path", [*sample_paths(), *shared_paths()], ids=lambda path: path.name)
def test_the_markup_of_real_texts_is_clean(path: Any) -> None:
    doc = vr.parse(text_of(path), media_type=media_type_of(path))
    assert lint_akn(doc.to_akn()) == ()
    assert not [finding for finding in lint(doc) if finding.severity == "error"]
