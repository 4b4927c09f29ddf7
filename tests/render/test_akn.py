"""What the renderer makes of particular things; tests/render/small.xml is read by a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import vn_resolution
from render.small import SMALL, TEXT
from vn_resolution.model import (
    Basis,
    Block,
    Cell,
    DateMention,
    Enacting,
    Node,
    Preamble,
    Publication,
    Resolution,
    Source,
)  # fmt: skip
from vn_resolution.render.akn import AKN, to_akn
from vn_resolution.render.akn_reader import from_akn
from vn_resolution.render.akn_units import DEEPEST
from vn_resolution.render.lint import lint_akn

NS = {"a": AKN}
VN = "{https://vn-resolution.invalid/ns/akn-1}"


def doc(**parts: Any) -> Resolution:
    return Resolution(source=Source(sha256="", text=""), **parts)


def unit(kind: str, num: str | None = None, text: str = "", **fields: Any) -> Node:
    return Node(id=f"{kind}-{num}", kind=kind, num=num, text=text, span=(0, 0), own=(0, 0), **fields)  # type: ignore[arg-type]


def block(kind: str, text: str, at: int = 0) -> Block:
    return Block(kind=kind, text=text, span=(at, at + 1))


def tree(resolution: Resolution) -> Any:
    return etree.fromstring(to_akn(resolution))


def eids(resolution: Resolution, path: str) -> list[str]:
    return [element.get("eId") for element in tree(resolution).xpath(path, namespaces=NS)]


def test_the_small_resolution_reads_as_its_golden_file() -> None:
    golden = Path(__file__).with_name("small.xml").read_text("utf-8")
    assert to_akn(SMALL, "spans").decode() == golden


def test_the_ids_of_the_model_are_the_eids_of_the_xml() -> None:
    known = {element.get("eId") for element in tree(SMALL).iter()}
    assert {node.id for node in SMALL.walk()} | {basis.id for basis in SMALL.preamble.bases} <= known


def test_spans_lead_back_to_the_source() -> None:
    spans = {
        span.get("of"): TEXT[int(span.get("start")) : int(span.get("end"))]
        for span in tree(SMALL).iter("{https://vn-resolution.invalid/ns/akn-1}span")
    }
    assert spans["art_1__para_1__point_đ"] == "đ) D**â**n số <ổn định>."
    assert spans["preamble__formula_1"] == "QUYẾT NGHỊ:"


def test_writer_and_parser_are_named_with_their_versions() -> None:
    root = tree(SMALL)
    assert [e.get("version") for e in root.iter(f"{VN}writer")] == [vn_resolution.__version__]
    assert [(e.get("version"), e.get("grammarSha256")) for e in root.iter(f"{VN}parser")] == [("0.1.0", "1" * 64)]
    assert not list(tree(doc()).iter(f"{VN}parser"))


def test_what_is_embedded_is_for_the_caller_to_say() -> None:
    full, spans, none = to_akn(SMALL), to_akn(SMALL, "spans"), to_akn(SMALL, "none")
    assert (b"<vn:record" in full, b"<vn:record" in spans, b"<vn:record" in none) == (True, False, False)
    assert b"<vn:span " in full
    assert b"<vn:span " in spans
    assert b"<vn:span " not in none
    assert b' start="336"' not in none  # of an indicator
    with pytest.raises(ValueError, match="full, spans, none"):
        to_akn(SMALL, "all")  # type: ignore[arg-type]


def test_an_empty_resolution_has_a_body() -> None:
    assert eids(doc(), "//a:body/*") == ["hcontainer_1"]
    assert not tree(doc()).xpath("//a:preface | //a:preamble | //a:conclusions | //a:attachments", namespaces=NS)


def test_text_before_children_is_an_intro_and_alone_it_is_content() -> None:
    root = tree(doc(body=(unit("article", "1", "mở đầu", children=(unit("point", "a", "điểm"),)),)))
    assert root.xpath("string(//a:article/a:intro/a:p)", namespaces=NS) == "mở đầu"
    assert root.xpath("string(//a:point/a:content/a:p)", namespaces=NS) == "điểm"


def test_what_stands_behind_the_last_inner_unit_closes_the_unit() -> None:
    points = (unit("point", "a", "a"), unit("paragraph", None, "giữa"), unit("point", "b", "b"))
    closing = (unit("paragraph", None, "một"), unit("paragraph", None, "hai"))
    article = unit("article", "1", "mở", children=(*points, *closing))
    root = tree(doc(body=(article, unit("article", "2", children=(closing[0],)), closing[1])))
    assert root.xpath("//a:article[1]/a:wrapUp/a:p/text()", namespaces=NS) == ["một", "hai"]
    assert root.xpath("//a:article[1]/a:wrapUp/a:p/@eId", namespaces=NS) == ["art_1__wrapup__p_1", "art_1__wrapup__p_2"]
    assert root.xpath("//a:hcontainer//a:p/text()", namespaces=NS) == ["giữa", "một", "hai"]
    assert not root.xpath("//a:article[2]/a:wrapUp | //a:body/a:wrapUp", namespaces=NS)


def test_quoted_units_and_attachments_keep_their_last_paragraphs() -> None:
    quoted = unit("clause", "1", "q", quoted=True, children=(unit("point", "a", "x", quoted=True),))
    last = unit("paragraph", None, "cuối", quoted=True)
    appendix = unit("appendix", "1", heading="A", children=(unit("clause", "1", "x"), unit("paragraph", None, "y")))
    root = tree(doc(body=(unit("article", "1", "s", children=(quoted, last)),), attachments=(appendix,)))
    assert not root.xpath("//a:wrapUp", namespaces=NS)
    inner = quoted.model_copy(update={"children": (*quoted.children, last)})
    root = tree(doc(body=(unit("article", "1", "s", children=(inner, last.model_copy(update={"quoted": False}))),)))
    assert root.xpath("//a:quotedStructure//a:wrapUp/a:p/text()", namespaces=NS) == ["cuối"]
    assert root.xpath("//a:article/a:wrapUp/a:p/text()", namespaces=NS) == ["cuối"]


def test_parts_of_the_preamble_stand_in_source_order() -> None:
    preamble = Preamble(
        bases=tuple(
            Basis(id=str(at), kind=kind, text=f"b{at}", span=(at, at + 1))  # type: ignore[arg-type]
            for at, kind in ((1, "can_cu"), (3, "can_cu"), (4, "xet"))
        ),
        enacting=Enacting(text="e", span=(5, 6)),
        others=(block("other", "o", 2),),
    )
    resolution = doc(preamble=preamble)
    assert tree(resolution).xpath("//a:preamble//a:p/text()", namespaces=NS) == ["b1", "o", "b3", "b4", "e"]
    assert eids(resolution, "//a:preamble/*") == [
        "preamble__cits_1", "preamble__p_1", "preamble__cits_2", "preamble__recs_1", "preamble__formula_1",
    ]  # fmt: skip


def test_quoted_runs_stand_apart_from_the_units_around_them() -> None:
    quoted = [unit("clause", num, f"q{num}", quoted=True) for num in "123"]
    parts = (quoted[0], quoted[1], unit("paragraph", None, "và"), quoted[2], unit("clause", "1", "k"))
    resolution = doc(body=(unit("article", "1", "sửa đổi:", children=parts),))
    runs = tree(resolution).xpath("//a:mod/a:quotedStructure", namespaces=NS)
    assert [run.xpath(".//a:p/text()", namespaces=NS) for run in runs] == [["q1", "q2"], ["q3"]]
    assert eids(resolution, "//a:article/a:paragraph") == ["art_1__para_1"]


@pytest.mark.parametrize(
    ("number", "text", "expected"),
    [
        ("12/NQ-HĐND", "Số: 12/NQ-HĐND", "12/NQ-HĐND"),
        ("12/NQ", "Số: 12/NQ-HĐND", "12/NQ"),
        ("12/NQ-H", "Số: 12/NQ-HĐND (bản sao)", "12/NQ-HĐND"),
        (None, "Số: …/NQ-HĐND", "Số: …/NQ-HĐND"),
        ("7", "Số: …/NQ-HĐND", "Số: …/NQ-HĐND"),
    ],
)
def test_the_number_is_marked_and_nothing_is_dropped(number: str | None, text: str, expected: str) -> None:
    resolution = doc(header=(block("number", text),)).model_copy(
        update={"meta": SMALL.meta.model_copy(update={"number": number})}
    )
    root = tree(resolution)
    assert root.xpath("string(//a:docNumber)", namespaces=NS) == expected
    assert root.xpath("string(//a:preface/a:p)", namespaces=NS) == text


def references(provision: str) -> list[tuple[str, dict[str, str], list[tuple[str, str]]]]:
    """The references in an instruction that names this provision: element, attributes, the references in it."""
    points = "".join(f"\n{letter}) Việc {letter}." for letter in "abcd")
    text = f"Điều 1. Giao việc:\n\n1. Các sở:{points}\n\n2. Các ban.\n\nĐiều 2. Bãi bỏ {provision} Nghị quyết này.\n"
    read = vn_resolution.parse(text, media_type="text/plain")
    paragraph = tree(read).xpath("//a:article[2]//a:p", namespaces=NS)[0]
    assert "".join(paragraph.itertext()) == f"Bãi bỏ {provision} Nghị quyết này."
    return [
        (
            etree.QName(e).localname,
            {name: value for name, value in e.attrib.items() if name != "eId"},
            [("".join(inner.itertext()), inner.get("href")) for inner in e],
        )
        for e in paragraph
        if etree.QName(e).localname in ("ref", "mref", "rref")
    ]


def test_a_reference_to_one_place_to_several_and_to_a_range() -> None:
    assert references("điểm b khoản 1 Điều 1") == [("ref", {"href": "#art_1__para_1__point_b"}, [])]
    assert references("điểm b, điểm d khoản 1 Điều 1") == [
        ("mref", {}, [("điểm b", "#art_1__para_1__point_b"), ("điểm d khoản 1 Điều 1", "#art_1__para_1__point_d")])
    ]
    assert references("khoản 1, khoản 2 Điều 1") == [
        ("mref", {}, [("khoản 1", "#art_1__para_1"), ("khoản 2 Điều 1", "#art_1__para_2")])
    ]
    assert references("từ điểm a đến điểm c khoản 1 Điều 1") == [
        ("rref", {"from": "#art_1__para_1__point_a", "upTo": "#art_1__para_1__point_c"}, [])
    ]
    assert references("điểm d khoản 3 Điều 1") == [], "it leads nowhere"


def test_when_it_is_in_force() -> None:
    until = SMALL.model_copy(update={"meta": SMALL.meta.model_copy(update={"effective_to": "2025-12-31"})})
    root = tree(until)
    events = root.xpath("//a:lifecycle/a:eventRef", namespaces=NS)
    assert [(e.get("eId"), e.get("date"), e.get("refersTo") or e.get("type")) for e in events] == [
        ("eref_1", "2024-07-05", "generation"),
        ("eref_2", "2024-07-15", "#entry-into-force"),
        ("eref_3", "2025-12-31", "#end-of-force"),
    ]
    (interval,) = root.xpath("//a:temporalData//a:timeInterval", namespaces=NS)
    assert (interval.get("start"), interval.get("end")) == ("#eref_2", "#eref_3")
    assert {e.get("eId") for e in root.xpath("//a:references/a:TLCEvent", namespaces=NS)} == {
        "entry-into-force", "end-of-force",
    }  # fmt: skip
    assert from_akn(to_akn(until, "none")).meta.effective_to == "2025-12-31"


def test_subjects_and_roles_are_shown_in_running_text() -> None:
    meta = SMALL.meta.model_copy(update={"subject": ("dau_tu_cong",)})
    root = tree(SMALL.model_copy(update={"meta": meta}))
    (keyword,) = root.xpath("//a:classification/a:keyword", namespaces=NS)
    assert (keyword.get("value"), keyword.get("showAs")) == ("dau_tu_cong", "Đầu tư công")
    assert root.xpath("//a:TLCRole[@eId='role-chu-tich']/@showAs", namespaces=NS) == ["Chủ tịch"]


def test_where_it_was_published() -> None:
    place = Publication(name="Công báo An Lạc", number="15 + 16", date="2024-07-20", span=(0, 3))
    meta = SMALL.meta.model_copy(update={"publication": place})
    published = SMALL.model_copy(update={"meta": meta})
    (element,) = tree(published).xpath("//a:meta/a:publication", namespaces=NS)
    assert dict(element.attrib) == {
        "date": "2024-07-20", "name": "Công báo An Lạc", "showAs": "Công báo An Lạc", "number": "15 + 16",
    }  # fmt: skip
    assert from_akn(to_akn(published)) == published
    assert from_akn(to_akn(published, "none")).meta.publication == place.model_copy(update={"span": (0, 0)})
    undated = meta.model_copy(update={"publication": place.model_copy(update={"date": None})})
    assert not tree(SMALL.model_copy(update={"meta": undated})).xpath("//a:publication", namespaces=NS)


@pytest.mark.parametrize(
    ("text", "committee", "session"),
    [
        ("KHÓA XVII, KỲ HỌP THỨ BẢY", "KHÓA XVII", "KỲ HỌP THỨ BẢY"),
        ("KHÓA XVII KỲ HỌP THỨ BẢY", "KHÓA XVII KỲ HỌP THỨ BẢY", "KHÓA XVII KỲ HỌP THỨ BẢY"),
    ],
)
def test_term_and_session(text: str, committee: str, session: str) -> None:
    root = tree(doc(header=(block("session", text),), meta=SMALL.meta))
    assert root.xpath("string(//a:docCommittee)", namespaces=NS) == committee
    assert root.xpath("string(//a:session)", namespaces=NS) == session
    assert root.xpath("string(//a:session/@value)", namespaces=NS) == "Bảy"


def test_place_and_date_without_an_issued_date_stay_plain() -> None:
    meta = SMALL.meta.model_copy(update={"issued": "2024-07"})
    root = tree(doc(header=(block("place_date", "An Lạc, ngày … tháng 7 năm 2024"),), meta=meta))
    assert root.xpath("string(//a:preface/a:p)", namespaces=NS) == "An Lạc, ngày … tháng 7 năm 2024"
    assert root.xpath("string(//a:location)", namespaces=NS) == "An Lạc"
    assert not root.xpath("//a:docDate", namespaces=NS)


def test_signers_have_a_paragraph_each() -> None:
    texts = ["CHỦ TỊCH", "A", "THƯ KÝ", "B"]
    blocks = (block(("signature_role", "signature_name")[at % 2], text, at) for at, text in enumerate(texts))
    root = tree(doc(closing=tuple(blocks)))
    signatures = root.xpath("//a:container[@name='signatures']/a:p/a:signature", namespaces=NS)
    assert ["".join(s.itertext()) for s in signatures] == ["CHỦ TỊCH A", "THƯ KÝ B"]
    assert [p.get("as") for p in root.iter(f"{{{AKN}}}person")] == ["#role-chu-tich", "#role-thu-ky"]


def test_a_label_without_recipients_is_kept() -> None:
    root = tree(doc(closing=(block("recipients_label", "Nơi nhận:"),)))
    assert root.xpath("string(//a:container[@name='recipients']/a:p)", namespaces=NS) == "Nơi nhận:"


def test_appendix_in_appendix() -> None:
    inner = unit("appendix", "1", marker="Mẫu 1", children=(unit("paragraph", None, "x"),))
    resolution = doc(attachments=(unit("appendix", "I", heading="QUY ĐỊNH", children=(unit("article", "1"), inner)),))
    assert eids(resolution, "//a:attachment") == ["att_1", "att_1__att_1"]
    components = [
        e.get("value") for e in tree(resolution).xpath("//a:attachment//a:FRBRWork/a:FRBRthis", namespaces=NS)
    ]
    assert [value.rpartition("!")[2] for value in components] == ["appendix_1", "appendix_1/appendix_1"]


def test_an_appendix_that_is_only_a_table() -> None:
    table = unit("table", rows=((Cell(text="STT", span=(0, 0)), Cell(text="", span=(0, 0))),))
    resolution = doc(attachments=(unit("appendix", "", heading="BIỂU", children=(table,)),))
    assert eids(resolution, "//a:mainBody/a:table") == ["att_1__table_1"]
    assert tree(resolution).xpath("string(//a:attachment/a:heading)", namespaces=NS) == "BIỂU"


def test_units_nested_too_deep_are_lifted_and_counted() -> None:
    node = unit("clause", "0", "đáy")
    for depth in range(1, 500):
        node = unit("clause", str(depth), f"tầng {depth}", children=(node,))
    root = tree(doc(body=(node,)))
    assert len(root.xpath("//a:paragraph | //a:hcontainer", namespaces=NS)) == 500
    assert max(len(list(e.iterancestors())) for e in root.iter()) < DEEPEST + 10
    assert int(root.xpath("string(//@liftedUnits)")) == 500 - (DEEPEST - 3) - 1
    text = root.xpath("//a:body//a:p/text()", namespaces=NS)
    assert text == [f"tầng {depth}" for depth in range(499, 0, -1)] + ["đáy"]


def test_an_enormous_text_can_be_read_back() -> None:
    words = "một hai " * 1_500_000
    root = tree(doc(body=(unit("clause", "1", words),)))
    assert "".join(root.find(f".//{{{AKN}}}content").itertext()).split() == words.split()


def test_what_xml_forbids_becomes_the_replacement_character() -> None:
    root = tree(doc(body=(unit("clause", "\x01", "a\x00b\ud800c\uffffd"), unit("clause", "\x02", "e"))))
    assert root.xpath("//a:p/text()", namespaces=NS) == ["a\ufffdb\ufffdc\ufffdd", "e"]


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        ((("STT", "Tên"), ("1", "Cầu An Lạc")), True),
        ((("Chỉ tiêu", "Năm 2025"), ("Dân số", "1.200"), ("Hộ", "")), True),
        ((("STT", "Tên"),), False),
        ((("1", "Cầu An Lạc"), ("2", "Cầu An Bình")), False),
        ((("Tên", ""), ("Cầu An Lạc", "1")), False),
        ((("Xã", "Huyện"), ("An Lạc", "An Bình")), False),
        ((("STT",), ("1",)), False),
        (((), ("1", "2")), False),
    ],
)
def test_the_first_row_is_a_head_where_it_plainly_is(rows: tuple[tuple[str, ...], ...], head: bool) -> None:
    cells = tuple(tuple(Cell(text=text, span=(0, 0)) for text in row) for row in rows)
    root = tree(doc(body=(unit("table", rows=cells),)))
    assert bool(root.xpath("//a:tr[1]/a:th", namespaces=NS)) == head
    assert not root.xpath("//a:tr[position() > 1]/a:th", namespaces=NS)


@pytest.mark.parametrize("text", ["<p>&amp;</p>", "]]>", "&", "<!--", "\"'"])
def test_markup_in_the_text_is_text(text: str) -> None:
    root = tree(doc(body=(unit("clause", "1", text, heading=text, marker=text),)))
    assert root.xpath("//a:num/text() | //a:heading/text() | //a:p/text()", namespaces=NS) == [text] * 3


@pytest.mark.parametrize("kind", ["number", "place_date", "session", "issuer", "other", "title"])
def test_marks_in_a_header_line_are_named_after_it(kind: str) -> None:
    text = "ngày 5/7/2024, Số: 12/NQ-HĐND, ngày 6/7/2024"
    dates = tuple(
        DateMention(id=f"d{at}", text=text[at : at + 13], span=(at, at + 13), date=date)
        for at, date in ((0, "2024-07-05"), (text.index("ngày 6"), "2024-07-06"))
    )
    made = Resolution(
        source=Source(sha256="", text=text),
        meta=SMALL.meta.model_copy(update={"number": "12/NQ-HĐND", "place": "Số"}),
        header=(Block(kind=kind, text=text, span=(0, len(text))),),
        dates=dates,
    )
    assert lint_akn(to_akn(made)) == ()
    assert tree(made).xpath("string(//a:preface)", namespaces=NS).strip() == text
    assert from_akn(to_akn(made)) == made
