"""The suite of citations (data/citations.txt): what is read in a sentence, with near misses that are no citations."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vn_resolution.extract.citations import (
    CitationMatch,
    OwnDocument,
    ShortForms,
    find_citations,
    opens_amendment,
    scan_citations,
)
from vn_resolution.extract.dates import scan_dates
from vn_resolution.grammar import Grammar, fold, load_grammar

ISSUERS = [
    (
        "Nghị quyết số 5/NQ-HĐND ngày 4/3/2021 của HĐND xã Đông Á, tỉnh Hưng Yên, về ngân sách",
        "HĐND xã Đông Á, tỉnh Hưng Yên",
    ),
    ("Báo cáo số 7/BC-KTNS của Ban Kinh tế - Ngân sách và ý kiến thảo luận", "Ban Kinh tế - Ngân sách"),
    ("Quyết định số 9/QĐ-UBND của Chủ tịch Ủy ban nhân dân tỉnh về việc giao vốn", "Chủ tịch Ủy ban nhân dân tỉnh"),
    ("Nghị định số 9/2020/NĐ-CP của Chính phủ khoảng 21 tỷ đồng", "Chính phủ"),
    ("Nghị quyết số 4-NQ/TU của Ban Chấp hành Đảng bộ tỉnh khóa XX đề ra", "Ban Chấp hành Đảng bộ tỉnh khóa XX"),
    ("Thông tư số 9/2020/TT-BKHCN của Bộ khoa học và công nghệ quy định", "Bộ khoa học và công nghệ"),
    ("báo cáo của Ban Pháp chế số 5/BC-PC", "Ban Pháp chế"),
    ("Tờ trình số 5/TTr-UBND của Uỷ ban nhân đân tỉnh và Báo cáo thẩm tra số 6/BC-HĐND", "Uỷ ban nhân đân tỉnh"),
    ("Nghị định số 9/2020/NĐ-CP và Luật Đất đai", None),
]

TITLES = [
    ("Nghị quyết số 5/NQ-HĐND của HĐND tỉnh về việc thu phí; Nghị định", "về việc thu phí"),
    ("Nghị định số 5/2020/NĐ-CP quy định chi tiết Luật Đầu tư công (sau đây", "quy định chi tiết Luật Đầu tư công"),
    ("Nghị định số 5/2020/NĐ-CP của Chính phủ.", None),
]

SHORT_FORMS = [
    (
        "Nghị định số 5/2020/NĐ-CP về phí (sau đây gọi tắt là Nghị định phí).",
        "theo Điều 3 Nghị định phí",
        "5/2020/NĐ-CP",
    ),
    ("Nghị định số 5/2020/NĐ-CP (sau đây gọi là “Nghị định số 5”).", "theo Nghị định số 5", "5/2020/NĐ-CP"),
    ("Quyết định số 7/2021/QĐ-TTg (sau đây viết tắt là Quyết định 7).", "tại Quyết định 7, Sở", "7/2021/QĐ-TTg"),
    ("Luật Thủ đô số 39/2024/QH15 (sau đây gọi là Luật Thủ đô).", "theo khoản 1 Điều 3 Luật Thủ đô", "39/2024/QH15"),
    ("Nghị định số 5/2020/NĐ-CP (sau đây gọi là Nghị định).", "theo khoản 1 Điều 3 Nghị định", "5/2020/NĐ-CP"),
]


def read_suite(path: Path) -> list[tuple[str, list[tuple[str | None, ...]]]]:
    cases: list[tuple[str, list[tuple[str | None, ...]]]] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("    "):
            cases[-1][1].append(tuple(None if part == "-" else part for part in line.strip().split(" | ")))
        elif line and not line.startswith("#"):
            cases.append((line, []))
    return cases


DATA = Path(__file__).parent / "data"
CASES = read_suite(DATA / "citations.txt") + read_suite(DATA / "citations_more.txt")


def read(text: str, grammar: Grammar | None = None, **context: object) -> list[CitationMatch]:
    grammar = grammar or load_grammar()
    folded = fold(text)
    return scan_citations(text, folded, grammar, scan_dates(text, folded, grammar), **context)  # type: ignore[arg-type]


def as_case(text: str, match: CitationMatch) -> tuple[str | None, ...]:
    quote = text[match.start : match.end]
    side = "int" if match.internal else "ext"
    return (quote, match.type, match.number, match.date, match.provision, side)


def found(text: str, grammar: Grammar | None = None) -> list[tuple[str | None, ...]]:
    return [as_case(text, match) for match in read(text, grammar)]


def issuer_of(text: str, grammar: Grammar | None = None) -> str | None:
    return read(text, grammar)[0].issuer


def title_of(text: str, grammar: Grammar | None = None) -> str | None:
    return read(text, grammar)[0].title


def meant_by(definition: str, use: str, grammar: Grammar | None = None) -> str | None:
    """The number of the document that the citation in `use` was defined to stand for."""
    forms = ShortForms()
    read(definition, grammar, short_forms=forms)
    cited = [match for match in read(use, grammar, short_forms=forms) if match.refers]
    return cited[0].refers.number if cited and cited[0].refers else None


@pytest.mark.parametrize(("text", "issuer"), ISSUERS)
def test_issuers(text: str, issuer: str | None) -> None:
    assert issuer_of(text) == issuer


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_titles(text: str, title: str | None) -> None:
    assert title_of(text) == title


@pytest.mark.parametrize(("definition", "use", "number"), SHORT_FORMS)
def test_short_forms(definition: str, use: str, number: str) -> None:
    assert meant_by(definition, use) == number


def test_a_short_form_is_none_before_it_is_defined_and_in_another_document() -> None:
    assert read("theo Nghị định phí", short_forms=ShortForms()) == []
    assert meant_by("Sau đây gọi tắt là Nghị định phí.", "theo Nghị định phí") is None
    assert meant_by("các xã, phường (sau đây gọi chung là cấp xã).", "cấp xã") is None


def test_a_provision_of_a_short_form_names_its_document() -> None:
    forms = ShortForms()
    read("Nghị định số 5/2020/NĐ-CP về phí (sau đây gọi tắt là Nghị định phí).", short_forms=forms)
    (match,) = read("theo Điều 3 Nghị định phí", short_forms=forms)
    assert (match.type, match.provision, match.number) == ("nghi_dinh", "Điều 3", None)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_suite(text: str, expected: list[tuple[str | None, ...]]) -> None:
    assert found(text) == expected


def test_the_suite_is_large_enough() -> None:
    assert len(CASES) + sum(len(expected) for _, expected in CASES) >= 300
    assert len(CASES) >= 150


def test_an_amending_context_makes_bare_provisions_external() -> None:
    text = "Mức chi theo khoản 1 Điều 5. Xem Phụ lục I. Chuyển tiếp theo Điều 3 Nghị quyết này"
    assert [match.internal for match in read(text)] == [True, True, True]
    assert [match.internal for match in read(text, amending=True)] == [False, False, True]
    assert [match.internal for match in read(text, quoted=True)] == [False, False, False]


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("Sửa đổi, bổ sung một số điều của Nghị quyết số 5/2019/NQ-HĐND như sau:", True),
        ("Hội đồng nhân dân tỉnh thống nhất bãi bỏ một số nội dung của Nghị quyết số 5/2019/NQ-HĐND", True),
        ("Sửa đổi, bổ sung khoản 2 Điều 3 như sau:", False),
        ("Nghị quyết này thay thế Nghị quyết số 5/2019/NQ-HĐND", False),
        ("Giao Ủy ban nhân dân tỉnh sửa đổi Quyết định số 5/QĐ-UBND", False),
    ],
)
def test_opens_amendment(text: str, opens: bool) -> None:
    assert opens_amendment(fold(text), load_grammar(), read(text)) is opens


def test_the_documents_own_number_is_no_citation() -> None:
    own = OwnDocument("nghi_quyet", "86/NQ-HĐND", frozenset({"2025-12-09"}))
    assert read("(Kèm theo Nghị quyết số 86/NQ-HĐND ngày 09 tháng 12 năm 2025 của HĐND tỉnh)", own=own) == []
    assert read("Nghị quyết số 86/NQ- HĐND", own=own) == []
    assert len(read("Nghị quyết số 86/NQ-HĐND ngày 09 tháng 12 năm 2019 của HĐND tỉnh", own=own)) == 1
    assert read("(Kèm theo Quyết định số 86/NQ-HĐND)", own=own) == []
    assert len(read("Quyết định số 86/QĐ-UBND", own=own)) == 1


def test_find_citations_in_any_string() -> None:
    text = "Điều 1. Phạm vi\nTheo Luật  Đất\nđai số 31/2024/QH15\n\nĐiều 2\n- Phụ lục I\n- Nghị định số\n5/2020/NĐ-CP"
    citations = find_citations(text)
    assert [c.type for c in citations] == ["luat", "nghi_dinh"]
    assert [text[slice(*c.span)] for c in citations] == ["Luật  Đất\nđai số 31/2024/QH15", "Nghị định số\n5/2020/NĐ-CP"]
    assert citations[0].text == "Luật Đất đai số 31/2024/QH15"
    assert citations[0].iri == "/akn/vn/act/luat/qh/2024/31"
    assert [c.id for c in citations] == ["cit_1", "cit_2"]


def test_find_citations_knows_paragraphs() -> None:
    assert [c.text for c in find_citations("Căn cứ Luật Cây xanh\n\nđô thị năm 2030")] == ["Luật Cây xanh"]
    assert [c.text for c in find_citations("theo Luật Cây xanh\n2. Nghị định số 5/2020/NĐ-CP")] == [
        "Luật Cây xanh",
        "Nghị định số 5/2020/NĐ-CP",
    ]


@pytest.mark.parametrize(
    "text", ["", " ", "số", "Điều", "Luật", "khoản 1,", "Nghị định số ", "điểm", "\ud800 Luật \x00 số 1/"]
)
def test_scraps_do_no_harm(text: str) -> None:
    find_citations(text)


PIECES = [
    "Nghị quyết", "số ", "12/2021/NQ-HĐND", " ngày 5/6/2021", " của Bộ Tài chính", "Luật ", "Đất đai",
    " sửa đổi, bổ sung",
    " một số điều của ", "điểm a", " khoản 1, 2", " Điều 5", " Điều này", "; ", ", ", " và ", ". ", "“", "”", "(", ")",
    "này", "Phụ lục I", " kèm theo ", "\n", "\n\n- ", "sau đây gọi là ", "báo cáo", "quy định", "năm 2020", "Bãi bỏ ",
    "\u0301", "\x00", "mục II", "135", "/", "-", " ",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_gives_ordered_spans_of_itself(text: str) -> None:
    citations = find_citations(text)
    ends = [0, *(c.span[1] for c in citations)]
    for citation, end in zip(citations, ends, strict=False):
        start, stop = citation.span
        assert end <= start < stop <= len(text)
        assert citation.text.split() == unicodedata.normalize("NFC", text[start:stop]).split()
        assert citation.number is None or citation.number in citation.text
        assert citation.provision is None or citation.text.startswith(citation.provision)


@pytest.mark.parametrize(
    "piece",
    [
        "Sửa đổi khoản 1 Điều 2; “",
        "Điều 1, ",
        "Luật A, ",
        "số 1/NQ-HĐND, ",
        "Nghị định số 5/2020/NĐ-CP (sau đây gọi là Nghị định 5). ",
        "của Bộ ",
        "báo cáo của ",
        "điểm a khoản 1 ",
        "Luật sửa đổi, bổ sung Luật Đất đai, ",
        "quy định tại ",
        "phụ lục 01, ",
    ],
)
def test_time_grows_with_length(piece: str) -> None:
    def seconds(repeats: int) -> float:
        text = piece * repeats
        folded = fold(text)
        dates = scan_dates(text, folded, load_grammar())
        best = 9.0
        for _ in range(2):
            start = time.process_time()
            scan_citations(text, folded, load_grammar(), dates, short_forms=ShortForms())
            best = min(best, time.process_time() - start)
        return best

    seconds(20)
    assert seconds(4000) < 40 * max(seconds(400), 0.002)
