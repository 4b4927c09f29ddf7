"""A small resolution with one thing of each kind, made by hand: a person can read what the renderer makes of it.

`PYTHONPATH=src:tests python -m render.small > tests/render/small.xml` writes the golden file anew: read the diff.
"""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import Any

from vn_resolution.model import (
    Amendment,
    AmendmentTarget,
    Basis,
    Block,
    Cell,
    Citation,
    DateMention,
    Deadline,
    Enacting,
    Indicator,
    Issuer,
    Mention,
    Meta,
    Node,
    Preamble,
    Provenance,
    Quantity,
    Resolution,
    Signer,
    Source,
    Task,
)  # fmt: skip

TEXT = """\
HỘI ĐỒNG NHÂN DÂN TỈNH AN LẠC
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/2024/NQ-HĐND
An Lạc, ngày 05 tháng 7 năm 2024
NGHỊ QUYẾT
Về kế hoạch phát triển kinh tế năm 2025
KHÓA XVII, KỲ HỌP THỨ BẢY
Căn cứ Luật Đầu tư công ngày 13 tháng 6 năm 2019;
Xét Tờ trình số 9/TTr-UBND của Ủy ban nhân dân tỉnh An Lạc;
QUYẾT NGHỊ:
Điều 1. Mục tiêu
Phấn đấu đạt các chỉ tiêu sau:
1. GRDP tăng 8,5-9,0%; tạo việc làm cho 34.500 lao động trở lên.
a) Giao Ủy ban nhân dân tỉnh thực hiện khoản 1 Điều này & báo cáo.
đ) D**â**n số <ổn định>.
- Một gạch đầu dòng
Một đoạn văn không đánh số.
STT
Chỉ tiêu
Các chỉ tiêu trên là tối thiểu.
Điều 2. Sửa đổi Nghị quyết số 5/2020/NQ-HĐND như sau:
“2. Các sở phối hợp.
a) Sở Tài chính.”
Điều 3. Nghị quyết này có hiệu lực.
Điều 4. Thay cụm từ “các sở” bằng “các ban” tại điểm a, điểm đ khoản 1 Điều 1.
Điều 5. Bầu bà Trần Thị Bình, Phó Giám đốc Sở Y tế (sau đây gọi là Ủy viên).
Nghị quyết được thông qua ngày 05 tháng 7 năm 2024./.
Nơi nhận:
- Như Điều 3;
- Lưu: VT.
TM. HỘI ĐỒNG NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn A
Phụ lục I
DANH MỤC DỰ ÁN
(Kèm theo Nghị quyết số 12/2024/NQ-HĐND)
1. Dự án cầu An Lạc
Tổng mức
100 tỷ
"""


def at(words: str, after: str = "") -> tuple[int, int]:
    """Where the words stand, behind the first occurrence of `after`."""
    start = TEXT.index(words, TEXT.index(after) if after else 0)
    return start, start + len(words)


def block(kind: str, words: str) -> Block:
    return Block(kind=kind, text=words, span=at(words))


def node(eid: str, kind: str, num: str | None, marker: str | None, text: str = "", **fields: Any) -> Node:
    printed = fields.pop("printed", text)
    place = at(f"{marker} {fields['heading'] if fields.get('heading') else printed}" if marker else printed)
    place = (place[0], at(printed, marker or "")[1])
    children = fields.get("children", ())
    end = children[-1].span[1] if children else place[1]
    return Node(
        id=eid, kind=kind, num=num, marker=marker, text=text, span=(place[0], end), own=place,  # type: ignore[arg-type]
        text_span=at(printed, marker or "") if text else None, **fields,
    )  # fmt: skip


def mention(count: int, kind: str, words: str, after: str, owner: str) -> Mention:
    return Mention(id=f"name_{count}", kind=kind, name=words, text=words, span=at(words, after), node=owner)  # type: ignore[arg-type]


def cells(*rows: tuple[str, ...]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(Cell(text=text, span=at(text) if text else (0, 0)) for text in row) for row in rows)


QUOTE = "art_2__hcontainer_1__block_1__mod_1__qstr_1"
HEADER = (
    block("issuer", "HỘI ĐỒNG NHÂN DÂN TỈNH AN LẠC"),
    block("national_title", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    block("number", "Số: 12/2024/NQ-HĐND"),
    block("place_date", "An Lạc, ngày 05 tháng 7 năm 2024"),
    block("doc_type", "NGHỊ QUYẾT"),
    block("title", "Về kế hoạch phát triển kinh tế năm 2025"),
    block("session", "KHÓA XVII, KỲ HỌP THỨ BẢY"),
)
LAW, PROPOSAL, ENACTING = TEXT.split("\n")[7:10]
PLACES = "điểm a, điểm đ khoản 1 Điều 1"
ELECTION = "Bầu bà Trần Thị Bình, Phó Giám đốc Sở Y tế (sau đây gọi là Ủy viên)."
SWAP = "Thay cụm từ “các sở” bằng “các ban” tại điểm a, điểm đ khoản 1 Điều 1."
TASK = "Giao Ủy ban nhân dân tỉnh thực hiện khoản 1 Điều này & báo cáo."
BODY = (
    node(
        "art_1", "article", "1", "Điều 1.", "Phấn đấu đạt các chỉ tiêu sau:", heading="Mục tiêu",
        heading_span=at("Mục tiêu"),
        children=(
            node(
                "art_1__para_1", "clause", "1", "1.", "GRDP tăng 8,5-9,0%; tạo việc làm cho 34.500 lao động trở lên.",
                children=(
                    node("art_1__para_1__point_a", "point", "a", "a)", TASK),
                    node("art_1__para_1__point_đ", "point", "đ", "đ)", "Dân số <ổn định>.",
                         printed="D**â**n số <ổn định>."),
                    node("art_1__para_1__indent_nn_1", "bullet", "-", "-", "Một gạch đầu dòng"),
                ),
            ),
            node("art_1__hcontainer_1", "paragraph", None, None, "Một đoạn văn không đánh số."),
            Node(id="art_1__hcontainer_2__table_1", kind="table", span=at("STT\nChỉ tiêu"), own=at("STT\nChỉ tiêu"),
                 rows=cells(("STT", "Chỉ tiêu"), ("", ""))),
            node("art_1__wrapup__p_1", "paragraph", None, None, "Các chỉ tiêu trên là tối thiểu."),
        ),
    ),
    node(
        "art_2", "article", "2", "Điều 2.", "Sửa đổi Nghị quyết số 5/2020/NQ-HĐND như sau:",
        children=(
            node(f"{QUOTE}__para_2", "clause", "2", "“2.", "Các sở phối hợp.", quoted=True,
                 children=(node(f"{QUOTE}__para_2__point_a", "point", "a", "a)", "Sở Tài chính.”", quoted=True),)),
        ),
    ),
    node("art_3", "article", "3", "Điều 3.", "Nghị quyết này có hiệu lực."),
    node("art_4", "article", "4", "Điều 4.", SWAP),
    node("art_5", "article", "5", "Điều 5.", ELECTION),
)  # fmt: skip
CLOSING = (
    block("adoption", "Nghị quyết được thông qua ngày 05 tháng 7 năm 2024./."),
    block("recipients_label", "Nơi nhận:"),
    block("recipient", "- Như Điều 3;"),
    block("recipient", "- Lưu: VT."),
    block("signature_capacity", "TM. HỘI ĐỒNG NHÂN DÂN"),
    block("signature_role", "CHỦ TỊCH"),
    block("signature_name", "Nguyễn Văn A"),
)
APPENDIX = Node(
    id="att_1", kind="appendix", num="I", marker="Phụ lục I", heading="DANH MỤC DỰ ÁN",
    heading_span=at("DANH MỤC DỰ ÁN"), span=(at("Phụ lục I")[0], len(TEXT)),
    own=(at("Phụ lục I")[0], at("NQ-HĐND)")[1]),
    notes=(block("note", "(Kèm theo Nghị quyết số 12/2024/NQ-HĐND)"),),
    children=(
        node("att_1__para_1", "clause", "1", "1.", "Dự án cầu An Lạc"),
        Node(id="att_1__table_1", kind="table", span=at("Tổng mức\n100 tỷ"), own=at("Tổng mức\n100 tỷ"),
             rows=cells(("Tổng mức", "100 tỷ"))),
    ),
)  # fmt: skip
SMALL = Resolution(
    provenance=Provenance(parser_version="0.1.0", grammar_sha256="1" * 64),
    source=Source(
        name="small.txt", sha256="0" * 64, text=TEXT,
        artifacts=({"kind": "markdown", "span": at("**")}, {"kind": "markdown", "span": at("**", "â**n")}),  # type: ignore[arg-type]
    ),
    meta=Meta(
        doc_type="Nghị quyết", number="12/2024/NQ-HĐND",
        issuer=Issuer(name="Hội đồng nhân dân tỉnh An Lạc", level="province", locality="An Lạc", province_code="VN-99"),
        title="Về kế hoạch phát triển kinh tế năm 2025", place="An Lạc", issued="2024-07-05", adopted="2024-07-05",
        effective_from="2024-07-15", legislature=17, session="Bảy", subject=("kinh tế - xã hội",),
        signers=(Signer(name="Nguyễn Văn A", role="Chủ tịch", capacity="TM.", span=at("Nguyễn Văn A")),),
    ),
    header=HEADER,
    preamble=Preamble(
        bases=(
            Basis(id="preamble__cits_1__cit_1", kind="can_cu", text=LAW, span=at(LAW), citations=("c1",)),
            Basis(id="preamble__recs_1__rec_1", kind="xet", text=PROPOSAL, span=at(PROPOSAL)),
        ),
        enacting=Enacting(text=ENACTING, span=at(ENACTING)),
    ),
    body=BODY,
    closing=CLOSING,
    attachments=(APPENDIX,),
    citations=(
        Citation(id="c1", type="luat", text=LAW[7:-1], date="2019-06-13", span=at(LAW[7:-1]),
                 iri="/akn/vn/act/luat/qh/2019-06-13/dau-tu-cong"),
        Citation(id="c2", text="khoản 1 Điều này", internal=True, span=at("khoản 1 Điều này"), target="art_1__para_1"),
        Citation(id="c3", type="nghi_quyet", text="Nghị quyết số 5/2020/NQ-HĐND", number="5/2020/NQ-HĐND",
                 span=at("Nghị quyết số 5/2020/NQ-HĐND")),
        Citation(id="c4", text=PLACES, provision=PLACES, internal=True, span=at(PLACES), node="art_4",
                 target="art_1__para_1__point_a"),
    ),
    quantities=(
        Quantity(id="q1", text="8,5-9,0%", low=Decimal("8.5"), high=Decimal("9.0"), comparator="range", unit="%",
                 span=at("8,5-9,0%"), node="art_1__para_1"),
        Quantity(id="q2", text="34.500 lao động", low=Decimal(34500), comparator="ge", unit="lao động",
                 span=at("34.500 lao động"), node="art_1__para_1"),
    ),
    dates=(
        DateMention(id="d1", text="ngày 13 tháng 6 năm 2019", date="2019-06-13", span=at("ngày 13 tháng 6 năm 2019")),
        DateMention(id="d2", text="năm 2025", date="2025", kind="period", span=at("năm 2025")),
    ),
    mentions=(
        mention(1, "organization", "Ủy ban nhân dân tỉnh An Lạc", "Tờ trình", "preamble__recs_1__rec_1"),
        mention(2, "location", "tỉnh An Lạc", "Tờ trình", "preamble__recs_1__rec_1"),
        mention(3, "organization", "Ủy ban nhân dân tỉnh", "Giao", "art_1__para_1__point_a"),
        mention(4, "person", "Trần Thị Bình", "Điều 5.", "art_5"),
        mention(5, "role", "Phó Giám đốc", "Điều 5.", "art_5"),
        mention(6, "organization", "Sở Y tế", "Điều 5.", "art_5"),
        mention(7, "term", "Ủy viên", "Điều 5.", "art_5"),
    ),
    indicators=(
        Indicator(id="i1", name="GRDP", concept="grdp_growth", quantity="q1", change="increase", period="2025",
                  node="art_1__para_1", span=at("GRDP tăng 8,5-9,0%"), qualifiers=("theo giá so sánh",)),
    ),
    tasks=(
        Task(id="t1", text=TASK, span=at(TASK), agents=("Ủy ban nhân dân tỉnh",),
             deadline=Deadline(text="năm 2025", date="2025"), citations=("c2",), node="art_1__para_1__point_a"),
    ),
    amendments=(
        Amendment(id="a1", action="amend", target=AmendmentTarget(citation="c3", provision="khoản 2"),
                  quoted=f"{QUOTE}__para_2", span=at("Sửa đổi Nghị quyết số 5/2020/NQ-HĐND như sau:"), node="art_2"),
        Amendment(id="a2", action="replace", target=AmendmentTarget(citation="c4", provision=PLACES),
                  quoted="các ban", span=at(SWAP[:-1]), node="art_4"),
    ),
)  # fmt: skip

if __name__ == "__main__":
    sys.stdout.buffer.write(SMALL.to_akn("spans"))
