"""Header, preamble, closing and attachments: in any order that real copies have."""

from __future__ import annotations

import pytest

from tests.structure.support import TAIL, parse, tree

BODY = "Căn cứ Luật Đầu tư công;\nQUYẾT NGHỊ:\nĐiều 1. Thông qua.\n"
AGAIN = "HỘI ĐỒNG NHÂN DÂN TỈNH LÂM ĐỒNG\nKHÓA X, KỲ HỌP THỨ MƯỜI MỘT\n"


@pytest.mark.parametrize(
    "head",
    [
        "HỘI ĐỒNG NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH LÂM ĐỒNG        Độc lập - Tự do - Hạnh phúc\n"
        "Số: 7/2023/NQ-HĐND       Lâm Đồng, ngày 9 tháng 7 năm 2023\nNGHỊ QUYẾT\nVề mức chi hỗ trợ\n",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHỘI ĐỒNG NHÂN DÂN\nTỈNH LÂM ĐỒNG\n"
        "Lâm Đồng, ngày 9 tháng 7 năm 2023\nSố: 7/2023/NQ-HĐND\nNGHỊ QUYẾT\nVề mức chi hỗ trợ\n",
        "|\n**HỘI ĐỒNG NHÂN\nDÂN**\nTỈNH LÂM ĐỒNG\n-------\n|\n**CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM**\nĐộc lập - Tự do - Hạnh phúc\n|\n|\n"
        "Số:\n7/2023/NQ-HĐND\n|\n*Lâm Đồng,\nngày 9 tháng 7 năm 2023*\n|\n\n**NGHỊ QUYẾT**\n\nVề mức chi\nhỗ trợ\n\n",
        "| **HỘI ĐỒNG NHÂN DÂN** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** |\n|---|---|\n| **TỈNH LÂM ĐỒNG** | **Độc lập - Tự do - Hạnh phúc** |\n"
        "| Số: 7/2023/NQ-HĐND | *Lâm Đồng, ngày 9 tháng 7 năm 2023* |\n\n# NGHỊ QUYẾT\n\n**Về mức chi hỗ trợ**\n\n",
        "HỘI ĐỒNG NHÂN DÂN TỈNH LÂM ĐỒNG --------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ------\n"
        "Số: 7/2023/NQ-HĐND Lâm Đồng, ngày 9 tháng 7 năm 2023\nNGHỊ QUYẾT\nVề mức chi hỗ trợ\n",
        '<p align="center"><b>HỘI ĐỒNG NHÂN DÂN<br>TỈNH LÂM ĐỒNG</b><br>-------</p>\n<p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</p>\n'
        "<p>Số: 7/2023/NQ-HĐND</p>\n<p>Lâm Đồng, ngày 9 tháng 7 năm 2023</p>\n<p><b>NGHỊ QUYẾT</b></p>\n<p><b>Về mức chi hỗ trợ</b></p>\n\n",
    ],
)
def test_the_header_in_every_layout(head: str) -> None:
    meta = parse(head + AGAIN + BODY + TAIL).meta
    assert (meta.doc_type, meta.number, meta.title) == ("Nghị quyết", "7/2023/NQ-HĐND", "Về mức chi hỗ trợ")
    assert (meta.place, meta.issued) == ("Lâm Đồng", "2023-07-09")
    assert meta.issuer is not None
    assert (meta.issuer.name, meta.issuer.level, meta.issuer.province_code) == (
        "Hội đồng nhân dân tỉnh Lâm Đồng",
        "province",
        "VN-35",
    )
    assert (meta.legislature, meta.session) == (10, "Mười một")


def test_a_title_may_name_a_council_in_its_middle() -> None:
    head = "NGHỊ QUYẾT\nVỀ VIỆC BÃI BỎ NGHỊ QUYẾT CỦA\nHỘI ĐỒNG NHÂN DÂN TỈNH LÂM ĐỒNG VỀ HỌC PHÍ\n"
    assert (
        parse(head + AGAIN + BODY + TAIL).meta.title
        == "VỀ VIỆC BÃI BỎ NGHỊ QUYẾT CỦA HỘI ĐỒNG NHÂN DÂN TỈNH LÂM ĐỒNG VỀ HỌC PHÍ"
    )


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("NGHỊ QUYẾT CỦA HỘI ĐỒNG NHÂN DÂN TỈNH LAI CHÂU\nVề việc thành lập xã\n", "Về việc thành lập xã"),
        ("Nghị quyết của Hội đồng nhân dân tỉnh Lai Châu về việc thành lập xã\n", "về việc thành lập xã"),
        ("NGHỊ QUYẾT\nHỘI ĐỒNG NHÂN DÂN TỈNH LAI CHÂU\nVề việc thành lập xã\nKhóa X, kỳ họp thứ 3\n", "Về việc thành lập xã"),
    ],
)  # fmt: skip
def test_the_council_between_type_and_title(head: str, title: str) -> None:
    meta = parse(head + BODY).meta
    assert (meta.doc_type, meta.title) == ("Nghị quyết", title)
    assert meta.issuer is not None
    assert meta.issuer.name == "Hội đồng nhân dân tỉnh Lai Châu"


def test_documents_of_others_are_called_by_their_type() -> None:
    text = "Chính phủ\nSố: 15   /2025/NĐ-CP\nNghị định của Chính phủ\nQuy định về phí\nCăn cứ Luật Phí;\nNGHỊ ĐỊNH:\nĐiều 1. Phí.\n"
    doc = parse(text)
    assert (doc.meta.doc_type, doc.meta.number, doc.meta.title) == ("Nghị định", "15/2025/NĐ-CP", "Quy định về phí")
    assert doc.preamble.enacting is not None
    assert parse("Căn cứ Luật Phí;\nQUYẾT ĐỊNH:\nĐiều 1. Phí.\n").meta.doc_type is None
    assert parse("Căn cứ Luật Phí;\nQUYẾT NGHỊ:\nĐiều 1. Phí.\n").meta.doc_type == "Nghị quyết"


@pytest.mark.parametrize(
    "addressee", ["Kính gửi: Hội đồng nhân dân tỉnh Lâm Đồng", "**Kính\ngửi:** Hội đồng nhân dân\ntỉnh Lâm Đồng"]
)
def test_whom_a_plan_is_sent_to_is_neither_its_title_nor_its_issuer(addressee: str) -> None:
    text = f"ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG\nSố: 12/KH-UBND\n\nKẾ HOẠCH\nTài chính năm 2026\n\n{addressee}\n\n{BODY}"
    meta = parse(text).meta
    assert (meta.doc_type, meta.number, meta.title) == ("Kế hoạch", "12/KH-UBND", "Tài chính năm 2026")
    assert meta.issuer is None


def test_an_odd_line_does_not_end_the_closing() -> None:
    doc = parse(
        f"NGHỊ QUYẾT\nVề việc thử\n{BODY}{TAIL}CHỦ TỊCH\n![Chữ ký, con dấu]\nTrần Văn An\n[Mã QR]\nNơi nhận:\n- Lưu: VT.\n"
    )
    assert [signer.name for signer in doc.meta.signers] == ["Trần Văn An"]
    assert [item.text for item in doc.meta.recipients] == ["Lưu: VT"]
    assert [block.text for block in doc.closing if block.kind == "other"] == ["![Chữ ký, con dấu]", "[Mã QR]"]
    assert doc.attachments == ()


@pytest.mark.parametrize(
    ("head", "number", "title"),
    [
        (
            "Số: 12/2022/NQ-\nHĐND\nLâm Đồng, ngày 5 tháng 7 năm 2022\nNGHỊ QUYẾT\nSỬA ĐỔI NGHỊ QUYẾT\nSỐ 11/2020/NQ-HĐND\nNGÀY 14 THÁNG 7 NĂM 2020\n",
            "12/2022/NQ-HĐND",
            "SỬA ĐỔI NGHỊ QUYẾT SỐ 11/2020/NQ-HĐND NGÀY 14 THÁNG 7 NĂM 2020",
        ),
        (
            "Lâm Đồng, ngày 5 tháng 7 năm 2022\nNGHỊ QUYẾT\nSố: 12/NQ-HĐND\nBãi bỏ Nghị quyết của Hội đồng nhân dân\ntỉnh, ngày 4 tháng 7 năm 2020\n",
            "12/NQ-HĐND",
            "Bãi bỏ Nghị quyết của Hội đồng nhân dân tỉnh, ngày 4 tháng 7 năm 2020",
        ),
        ("NGHỊ QUYẾT\nVề mức chi theo Nghị quyết\nsố 8/2020/NQ-HĐND của tỉnh\n", None, "Về mức chi theo Nghị quyết số 8/2020/NQ-HĐND của tỉnh"),
        ("NGHỊ QUYẾT\nVề mức chi\nSố: 12/NQ-HĐND\n", "12/NQ-HĐND", "Về mức chi"),
    ],
)  # fmt: skip
def test_a_title_may_name_the_number_and_date_of_another_document(head: str, number: str | None, title: str) -> None:
    meta = parse("HỘI ĐỒNG NHÂN DÂN\nTỈNH LÂM ĐỒNG\n" + head + BODY).meta
    assert (meta.number, meta.title) == (number, title)


def test_a_title_that_ends_in_the_term_of_a_council() -> None:
    doc = parse(
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH CÀ MAU\nSố: 8/NQ-HĐND\nNGHỊ QUYẾT\nVề chất vấn tại kỳ họp thứ 9, Hội đồng nhân dân tỉnh\n"
        "khóa XI\nHỘI ĐỒNG NHÂN DÂN TỈNH CÀ MAU\nKHÓA XI, KỲ HỌP THỨ 10\nCăn cứ Luật Đất đai;\nQUYẾT NGHỊ:\nĐiều 1. Giám sát."
    )
    assert doc.meta.title == "Về chất vấn tại kỳ họp thứ 9, Hội đồng nhân dân tỉnh khóa XI"
    assert (doc.meta.legislature, doc.meta.session) == (11, "10")


def test_the_title_on_the_line_of_the_type() -> None:
    meta = parse(
        "Nghị quyết về dự toán ngân sách\nHội đồng nhân dân tỉnh lâm đồng\nKhoá VI, kỳ họp thứ 5\n" + BODY
    ).meta
    assert (meta.title, meta.legislature, meta.session) == ("về dự toán ngân sách", 6, "5")
    assert meta.issuer is not None
    assert meta.issuer.name == "Hội đồng nhân dân tỉnh Lâm Đồng"


@pytest.mark.parametrize(
    ("words", "session"),
    [
        ("KHÓA X, KỲ HỌP THỨ 8", "8"),
        ("KHÓA X - KỲ HỌP THỨ HAI MƯƠI BA", "Hai mươi ba"),
        ("KHÓA X, KỲ HỌP CHUYÊN ĐỀ LẦN THỨ NHẤT", "Chuyên đề lần thứ nhất"),
        ("KHÓA X, NHIỆM KỲ 2021 - 2026, KỲ HỌP THỨ TÁM", "Tám"),
        ("KHÓA X, KỲ HỌP BẤT THƯỜNG", "Bất thường"),
    ],
)
def test_sessions(words: str, session: str) -> None:
    assert parse(f"NGHỊ QUYẾT\nVề việc thử\nHỘI ĐỒNG NHÂN DÂN TỈNH LÂM ĐỒNG\n{words}\n{BODY}").meta.session == session


def test_each_basis_has_its_kind() -> None:
    doc = parse(
        "NGHỊ QUYẾT\nVề việc thử\n"
        "Căn cứ Luật Tổ chức chính quyền địa phương\nngày 19 tháng 6 năm 2015; Luật Đầu tư công;Căn cứ Luật Đất đai;\n"
        "Thực hiện Kết luận số 12-KL/TU;\nTheo đề nghị của Thường trực Hội đồng nhân dân;\nTrên cơ sở báo cáo giám sát;\n"
        "Xét Tờ trình số 5/TTr-UBND;\nBáo cáo thẩm tra của Ban Pháp chế;\nSau khi thảo luận,\nQUYẾT NGHỊ:\nĐiều 1. Thông qua."
    )
    assert [b.kind for b in doc.preamble.bases] == [
        "can_cu",
        "can_cu",
        "thuc_hien",
        "theo",
        "tren_co_so",
        "xet",
        "sau_khi",
    ]
    assert doc.preamble.bases[5].text.endswith("Báo cáo thẩm tra của Ban Pháp chế;")
    assert doc.preamble.enacting is not None
    assert doc.preamble.enacting.text == "QUYẾT NGHỊ:"


def test_the_preamble_of_2025() -> None:
    doc = parse(
        "NGHỊ QUYẾT\nVề mức thu phí\nCăn cứ Luật Phí và lệ phí số 97/2015/QH13;\nXét Tờ trình số 5/TTr-UBND;\n"
        "Hội đồng nhân dân thành phố ban hành Nghị quyết về mức thu phí.\nĐiều 1. Mức thu\nThu 5.000 đồng."
    )
    assert len(doc.preamble.bases) == 2
    assert doc.preamble.enacting is not None
    assert doc.preamble.enacting.text.startswith("Hội đồng nhân dân thành phố ban hành")
    assert tree(doc.body) == ["article 1 [Mức thu] Thu 5.000 đồng."]


@pytest.mark.parametrize(
    "enacting", ["QUYẾT NGHỊ:", "QUYẾT NGHỊ", "NGHỊ QUYẾT:", "Q U Y Ế T  N G H Ị:", "QUYÉT NGHỊ :"]
)
def test_enacting_words(enacting: str) -> None:
    doc = parse(f"NGHỊ QUYẾT\nVề việc thử\nCăn cứ Luật Đất đai;\n{enacting}\nĐiều 1. Thông qua.")
    assert doc.preamble.enacting is not None
    assert [n.kind for n in doc.body] == ["article"]


CLOSINGS = {
    "plain": "Nơi nhận:\n- Chính phủ;\n- Như Điều 3;\n- Lưu: VT.\nCHỦ TỊCH\n(Đã ký)\nTrần Văn An\n",
    "columns": "Nơi nhận:                         CHỦ TỊCH\n- Chính phủ;\n- Như Điều 3;                   (Đã ký)\n- Lưu: VT.                   Trần Văn An\n",
    "slip": "Noi nhận:\n\n- Chính phủ;\n- Như Điều 3;\n- Lưu: VT.\n\nCHỦ TỊCH\n\n\nTrần Văn An\n",
    "signature first": "CHỦ TỊCH\n\nTrần Văn An\n\nNơi nhận:\n- Chính phủ;\n- Như Điều 3;\n- Lưu: VT.\n",
    "flattened table": "|\nNơi nhận:\n- Chính phủ;\n-\nNhư Điều 3;\n- Lưu: VT.\n|\n**CHỦ\nTỊCH**\nTrần\nVăn An\n|\n",
    "html": '<div align="right"><b>CHỦ TỊCH</b><br><br><b>Trần Văn An</b></div>\n\n**Nơi nhận:**\n- Chính phủ;\n- Như Điều 3;\n- Lưu: VT.\n',
    "no bullets": "Nơi nhận:\nChính phủ;\nNhư Điều 3;\nLưu: VT.\nCHỦ TỊCH\nTrần Văn An\n",
}


@pytest.mark.parametrize("name", CLOSINGS)
def test_the_closing_in_every_layout(name: str) -> None:
    doc = parse(f"NGHỊ QUYẾT\nVề việc thử\n{BODY}{TAIL}{CLOSINGS[name]}")
    assert [(s.name, s.role) for s in doc.meta.signers] == [("Trần Văn An", "Chủ tịch")]
    assert [r.text for r in doc.meta.recipients] == ["Chính phủ", "Như Điều 3", "Lưu: VT"]
    assert doc.meta.adopted == "2022-07-05"
    assert doc.attachments == ()


def test_who_signs_for_whom() -> None:
    doc = parse(
        f"NGHỊ QUYẾT\nVề việc thử\n{BODY}{TAIL}TM. HỘI ĐỒNG NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(đã ký)\nLê Thị Bình\n"
    )
    assert [(s.name, s.role, s.capacity) for s in doc.meta.signers] == [("Lê Thị Bình", "Phó Chủ tịch", "KT.")]


def test_an_impossible_date_is_a_doubt_and_no_date() -> None:
    doc = parse(
        "HỘI ĐỒNG NHÂN DÂN TỈNH LÂM ĐỒNG\nLâm Đồng, ngày 31 tháng 02 năm 2020\nNGHỊ QUYẾT\nVề việc thử\n" + BODY
    )
    assert doc.meta.issued is None
    assert "V001" in [d.code for d in doc.diagnostics]


def test_appendices_with_caption_note_and_title() -> None:
    doc = parse(
        f"NGHỊ QUYẾT\nVề việc thử\n{BODY}{TAIL}CHỦ TỊCH\nTrần Văn An\n\nPHỤ LỤC I\nDANH MỤC DỰ ÁN\n(Kèm theo Nghị quyết số 9/NQ-HĐND ngày 5 tháng 7 năm 2022)\n"
        "1. Dự án đường tỉnh;\n2. Dự án hồ chứa.\nPhụ\nlục II\nMức chi\n| A | B |\n| 1 | 2 |\n"
    )
    assert [(a.num, a.heading, a.marker) for a in doc.attachments] == [
        ("I", "DANH MỤC DỰ ÁN", "PHỤ LỤC I"),
        ("II", None, "Phụ lục II"),
    ]
    assert [n.kind for n in doc.attachments[0].children] == ["clause", "clause"]
    assert doc.attachments[1].children[-1].kind == "table"
    assert doc.meta.number == "9/NQ-HĐND"


def test_a_regulation_issued_with_the_resolution() -> None:
    doc = parse(
        f"NGHỊ QUYẾT\nBan hành quy định\n{BODY}{TAIL}CHỦ TỊCH\nTrần Văn An\nQUY ĐỊNH\nVề mức hỗ trợ học phí\n(Ban hành kèm theo Nghị quyết số 9/2022/NQ-HĐND)\n"
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nTrong tỉnh.\nĐiều 2. Mức hỗ trợ\n1. Mầm non: 50.000 đồng;\n2. Tiểu học: 40.000 đồng."
    )
    assert tree(doc.attachments) == [
        "appendix [Về mức hỗ trợ học phí]",
        "  chapter I [QUY ĐỊNH CHUNG]",
        "    article 1 [Phạm vi] Trong tỉnh.",
        "    article 2 [Mức hỗ trợ]",
        "      clause 1 Mầm non: 50.000 đồng;",
        "      clause 2 Tiểu học: 40.000 đồng.",
    ]


def test_a_note_that_a_wrap_has_cut_names_the_number_and_a_title_over_it_needs_no_caption() -> None:
    doc = parse(
        f"NGHỊ QUYẾT\nVề việc thử\n{BODY}{TAIL}CHỦ TỊCH\nTrần Văn An\n\nPHỤ LỤC I\nDANH MỤC DỰ ÁN\n(Ban\nhành kèm theo Nghị quyết số 9/NQ-HĐND\n"
        "ngày 5 tháng 7 năm 2022)\n1. Dự án đường tỉnh;\n2. Dự án hồ chứa.\n\nTIỀN\nCÔNG CỦA NGƯỜI TRÔNG COI RỪNG\n(Kèm theo Nghị\nquyết số 9/NQ-HĐND)\n"
        "1. Vùng một: 5 đồng;\n2. Vùng hai: 6 đồng.\n"
    )
    assert doc.meta.number == "9/NQ-HĐND"
    assert [(a.num, a.heading, len(a.children), len(a.notes)) for a in doc.attachments] == [
        ("I", "DANH MỤC DỰ ÁN", 2, 1),
        ("", "TIỀN CÔNG CỦA NGƯỜI TRÔNG COI RỪNG", 2, 1),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n",
        "\x00\x01",
        "\ufeff",
        "|",
        "|\n|\n|",
        "“",
        "---",
        "1.",
        "Điều",
        "Điều 1.",
        "PHỤ LỤC",
        "* * *",
        "<b>",
        "Nơi nhận:",
    ],
)
def test_scraps_are_read_without_complaint(text: str) -> None:
    parse(text)


def test_an_english_law_says_that_it_is_no_resolution() -> None:
    doc = parse("PUBLIC LAW 1\nAn Act to provide for roads.\n1. Short title.\n2. Definitions.\n")
    assert "D001" in [d.code for d in doc.diagnostics]


def test_a_basis_ends_where_something_else_begins() -> None:
    text = "Căn cứ Luật Đầu tư công;\n\nCỘNG HÒA XÃ HỘI.\n\nlời dẫn bị lạc,\n\nXét Tờ trình số 1/TTr-UBND;\nQUYẾT NGHỊ:\nĐiều 1. Thông qua.\n"
    doc = parse(text)
    assert [basis.text for basis in doc.preamble.bases] == ["Căn cứ Luật Đầu tư công;", "Xét Tờ trình số 1/TTr-UBND;"]
    assert [other.text for other in doc.preamble.others] == ["CỘNG HÒA XÃ HỘI.", "lời dẫn bị lạc,"]
