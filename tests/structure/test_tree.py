"""The tree: labels placed by succession, headings told from text, quoted wording kept apart."""

from __future__ import annotations

import pytest

from tests.structure.support import body, outline


def codes(text: str) -> list[str]:
    return [d.code for d in body(text).diagnostics if d.code.startswith("N")]


def test_the_usual_ladder() -> None:
    assert outline(
        "Điều 1. Thông qua kế hoạch như sau:\nI. MỤC TIÊU\nGiữ vững ổn định.\nII. CHỈ TIÊU\n1. Về kinh tế\na) Thu ngân sách:\n"
        "- Thu nội địa: 5 tỷ đồng;\n+ Phần tỉnh hưởng;\n- Thu khác.\nb) Chi ngân sách.\n2. Về xã hội\nGiảm nghèo.\nĐiều 2. Giao Ủy ban nhân dân tỉnh thực hiện."
    ) == [
        "article 1 Thông qua kế hoạch như sau:",
        "  roman I [MỤC TIÊU] Giữ vững ổn định.",
        "  roman II [CHỈ TIÊU]",
        "    clause 1 [Về kinh tế]",
        "      point a [Thu ngân sách]",
        "        bullet - Thu nội địa: 5 tỷ đồng;",
        "          bullet + Phần tỉnh hưởng;",
        "        bullet - Thu khác.",
        "      point b Chi ngân sách.",
        "    clause 2 [Về xã hội] Giảm nghèo.",
        "article 2 Giao Ủy ban nhân dân tỉnh thực hiện.",
    ]


def test_dotted_clauses_stand_in_the_unit_that_counts_their_head() -> None:
    assert outline(
        "Điều 1. Dự toán như sau:\n1. Thu:\n1.1. Thu nội địa;\n1.2. Thu khác.\n2. Chi:\n2.1. Đầu tư;\n2.1.1. Vốn tỉnh;\n2.2. Thường xuyên."
    ) == [
        "article 1 Dự toán như sau:",
        "  clause 1 [Thu]",
        "    clause 1.1 Thu nội địa;",
        "    clause 1.2 Thu khác.",
        "  clause 2 [Chi]",
        "    clause 2.1 Đầu tư;",
        "      clause 2.1.1 Vốn tỉnh;",
        "    clause 2.2 Thường xuyên.",
    ]


def test_dotted_clauses_under_a_roman_section() -> None:
    assert outline("Điều 1. Như sau:\nI. MỤC TIÊU\nII. NHIỆM VỤ\n2.1. Trồng rừng.\n2.2. Bảo vệ rừng.") == [
        "article 1 Như sau:",
        "  roman I [MỤC TIÊU]",
        "  roman II [NHIỆM VỤ]",
        "    clause 2.1 Trồng rừng.",
        "    clause 2.2 Bảo vệ rừng.",
    ]


@pytest.mark.parametrize(
    "labels",
    [
        ("a)", "b)", "c)", "d)", "đ)", "e)", "g)", "h)", "i)", "k)", "l)"),
        ("a)", "b)", "c)", "d)", "e)", "f)", "g)", "h)", "i)", "j)"),
        ("a.", "b.", "c.", "d.", "đ."),
        ("1)", "2)", "3)"),
        ("(1)", "(2)", "(3)"),
        ("1/", "2/", "3/"),
        ("(i)", "(ii)", "(iii)"),
        ("I.", "II.", "III.", "IV.", "V.", "VI."),
        ("A.", "B.", "C.", "D."),
        ("1.", "2.", "3.", "4.", "5.", "6.", "7.", "8.", "9.", "10.", "11."),
    ],
)
def test_every_style_counts_on(labels: tuple[str, ...]) -> None:
    doc = body(
        "Điều 1. Gồm các nội dung sau:\n" + "\n".join(f"{label} Nội dung thứ nhất của mục này;" for label in labels)
    )
    assert [child.marker for child in doc.body[0].children] == list(labels)
    assert not [d for d in doc.diagnostics if d.code.startswith("N")]


def test_roman_and_letter_nest_in_the_order_in_which_they_come() -> None:
    assert outline(
        "Điều 1. Như sau:\nA. TÌNH HÌNH\nI. Kết quả\n1. Kinh tế tăng.\nII. Hạn chế\n1. Đầu tư chậm.\nB. NHIỆM VỤ\n1. Thu hút đầu tư."
    )[1:] == [
        "  letter A [TÌNH HÌNH]",
        "    roman I [Kết quả]",
        "      clause 1 Kinh tế tăng.",
        "    roman II [Hạn chế]",
        "      clause 1 Đầu tư chậm.",
        "  letter B [NHIỆM VỤ]",
        "    clause 1 Thu hút đầu tư.",
    ]


def test_c_and_d_after_b_are_letters_and_not_hundreds() -> None:
    doc = body("Điều 1. Như sau:\nA. MỘT\nB. HAI\nC. BA\nD. BỐN\nI. TRONG BỐN")
    assert [(n.kind, n.num) for n in doc.body[0].children] == [
        ("letter", "A"),
        ("letter", "B"),
        ("letter", "C"),
        ("letter", "D"),
    ]


def test_i_after_h_is_a_letter_and_before_ii_a_numeral() -> None:
    points = "\n".join(f"{x}) Nội dung;" for x in "abcdđeghik")
    assert [n.num for n in body(f"Điều 1. Gồm:\n{points}").body[0].children][-2:] == ["i", "k"]
    doc = body("Điều 1. Gồm:\ni) Hồ sơ;\nii) Thủ tục.")
    assert [n.num for n in doc.body[0].children] == ["i", "ii"]


def test_articles_count_on_across_chapters() -> None:
    text = "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nÁp dụng trong tỉnh.\nChương II\nQUY ĐỊNH CỤ THỂ\nĐiều 2. Mức thu\nThu 5.000 đồng."
    assert outline(text) == [
        "chapter I [QUY ĐỊNH CHUNG]",
        "  article 1 [Phạm vi] Áp dụng trong tỉnh.",
        "chapter II [QUY ĐỊNH CỤ THỂ]",
        "  article 2 [Mức thu] Thu 5.000 đồng.",
    ]
    assert codes(text) == []


def test_a_marker_alone_on_its_line() -> None:
    assert outline(
        "Điều\n1. Quy định mức hỗ trợ:\n1.\nHộ nghèo được hỗ trợ.\n2.\nHộ cận nghèo được hỗ trợ.\n-\nMột lần."
    ) == [
        "article 1 Quy định mức hỗ trợ:",
        "  clause 1 Hộ nghèo được hỗ trợ.",
        "  clause 2 Hộ cận nghèo được hỗ trợ.",
        "    bullet - Một lần.",
    ]


def test_two_labels_on_one_line() -> None:
    assert outline("Điều 1. 1. Giao Sở Tài chính thẩm định.\n2. Giao Sở Y tế thực hiện.") == [
        "article 1",
        "  clause 1 Giao Sở Tài chính thẩm định.",
        "  clause 2 Giao Sở Y tế thực hiện.",
    ]


def test_a_slip_of_an_anchor_word_is_read_and_reported() -> None:
    doc = body("Điêu 1. Thông qua đề án.\nĐiểu 2. Giao Ủy ban nhân dân tỉnh.")
    assert [n.num for n in doc.body] == ["1", "2"]
    assert [d.code for d in doc.diagnostics if d.code == "N007"] == ["N007", "N007"]


def test_gaps_repeats_and_false_starts_are_told() -> None:
    assert "N001" in codes("Điều 1. Gồm:\n1. Một;\n2. Hai;\n4. Bốn.")
    assert "N002" in codes("Điều 1. Gồm:\n1. Một;\n2. Hai.\nVề việc khác:\n1. Ba;\n2. Bốn.")
    assert "N003" in codes("Điều 1. Gồm:\n3. Ba;\n4. Bốn.")


def test_a_year_at_the_start_of_a_line_is_no_label() -> None:
    doc = body("Điều 1. Thực hiện theo Nghị quyết ban hành tháng 12 năm\n2020. Kinh phí do ngân sách bảo đảm.")
    assert doc.body[0].children == ()


def test_references_at_the_start_of_a_wrapped_line_are_no_units() -> None:
    text = (
        "Điều 1. Các đối tượng được hỗ trợ thực hiện theo quy định tại khoản 2\n"
        "Điều 5 Nghị định của Chính phủ và các văn bản có liên quan trong lĩnh vực\n"
        "này; mức hỗ trợ cụ thể do Ủy ban nhân dân tỉnh quyết định theo điểm a khoản\n"
        "3. Trường hợp khác thì báo cáo.\nĐiều 2. Hiệu lực thi hành."
    )
    assert [n.num for n in body(text).body] == ["1", "2"]
    assert body(text).body[0].children == ()


def test_a_dash_inside_a_wrapped_sentence_is_no_bullet() -> None:
    text = (
        "Điều 1. Thông qua báo cáo của Ủy ban nhân dân tỉnh về tình hình phát triển kinh tế\n"
        "- xã hội và các giải pháp chủ yếu của Sở Lao động\n"
        "- Thương binh và Xã hội trong việc thực hiện chính sách đối với người có công với\n"
        "cách mạng, các chương trình giảm nghèo trên địa bàn tỉnh giai đoạn tới theo đúng\n"
        "quy định; phấn đấu hoàn thành sớm nhiệm vụ được giao của cả giai đoạn trước thời\n"
        "hạn đã đề ra."
    )
    assert [n.kind for n in body(text).body[0].children] in ([], ["bullet"])
    assert "kinh tế - xã hội" in body(text).body[0].text


def test_a_bullet_with_a_label_of_its_own_opens_below_a_full_line_without_a_stop() -> None:
    wrapped = (
        "Điều 1. Đặt tên các tuyến đường sau đây trên địa bàn thành phố\ntheo danh mục mà Ủy ban nhân dân tỉnh trình, gồm các tuyến trong\n"
        "khu dân cư mới và các tuyến hiện có:\n"
        "1. Tuyến qua khu đô thị phía Nam sông Đa Độ (dự án thứ hai trước)\n"
        "- Vị trí đầu (A1): Nút giao đường liên phường Tây Hồ (cạnh trạm bơm\nvà nhà văn hóa của tổ dân phố)\n"
        "- Chiều dài, mặt cắt ngang: 900 m và 12 m, mặt đường là bê tông\nnhựa.\n"
        "2. Tuyến từ cầu Bính qua Trung tâm Hội chợ cũ đến đường tỉnh Hà Nội\n- Hải Phòng, dài 1.200 m, mặt cắt ngang 24 m, đã có vỉa hè và cây\nxanh.\n"
    )
    assert outline(wrapped)[1:] == [
        "  clause 1 [Tuyến qua khu đô thị phía Nam sông Đa Độ (dự án thứ hai trước)]",
        "    bullet - Vị trí đầu (A1): Nút giao đường liên phường Tây Hồ (cạnh trạm bơm và nhà văn hóa của tổ dân phố)",
        "    bullet - Chiều dài, mặt cắt ngang: 900 m và 12 m, mặt đường là bê tông nhựa.",
        "  clause 2 Tuyến từ cầu Bính qua Trung tâm Hội chợ cũ đến đường tỉnh Hà Nội - Hải Phòng, dài 1.200 m, mặt cắt ngang 24 m, "
        "đã có vỉa hè và cây xanh.",
    ]


def test_the_label_of_an_item_and_its_words_on_the_next_line_are_one_text() -> None:
    text = (
        "Điều 1. Phí thẩm định\n- Đơn vị thu:\nSở Xây dựng.\n- Khu vực nông thôn:\nĐối với hộ gia đình: 50.000 đồng.\n"
        "- Mức thu:\n+ Cấp mới: 20.000 đồng."
    )
    assert outline(text) == [
        "article 1 [Phí thẩm định]",
        "  bullet - Đơn vị thu: Sở Xây dựng.",
        "  bullet - [Khu vực nông thôn] Đối với hộ gia đình: 50.000 đồng.",
        "  bullet - [Mức thu]",
        "    bullet + Cấp mới: 20.000 đồng.",
    ]


def test_what_is_left_of_a_title_stands_above_a_paragraph_with_a_label() -> None:
    text = "Điều 1. Các công viên\n1. Công viên\nHồ Sen\nVị trí: phường Tân An; diện tích 2 ha.\n2. Công viên Bờ Sông\nVị trí: phường Hòa Bình."
    assert outline(text) == [
        "article 1 [Các công viên]",
        "  clause 1 [Công viên Hồ Sen] Vị trí: phường Tân An; diện tích 2 ha.",
        "  clause 2 [Công viên Bờ Sông] Vị trí: phường Hòa Bình.",
    ]


def test_what_a_label_counts_may_begin_with_a_number() -> None:
    text = (
        "Điều 1. Mức chi\n1. 0,5 lần mức lương cơ sở.\n2. 05 xã vùng cao:\n2.1. 12 thôn được hỗ trợ;\n"
        "2.2. 1.200 hộ được vay vốn.\n3. 100% trạm y tế có bác sĩ."
    )
    assert outline(text) == [
        "article 1 [Mức chi]",
        "  clause 1 0,5 lần mức lương cơ sở.",
        "  clause 2 [05 xã vùng cao]",
        "    clause 2.1 12 thôn được hỗ trợ;",
        "    clause 2.2 1.200 hộ được vay vốn.",
        "  clause 3 100% trạm y tế có bác sĩ.",
    ]


def test_paragraphs_cut_by_a_page_break_are_one() -> None:
    doc = body(
        "Điều 1. Tập trung đẩy mạnh cải\n\n2\n\ncách hành chính trong năm.\n\nTổ chức thực hiện nghiêm các\n\n\nquy định."
    )
    assert doc.body[0].text == "Tập trung đẩy mạnh cải cách hành chính trong năm."
    assert [n.text for n in doc.body[0].children] == ["Tổ chức thực hiện nghiêm các quy định."]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("1. Về kinh tế", "Về kinh tế"),
        ("1. Mức thu phí:", "Mức thu phí"),
        ("1. Tổ chức thực hiện.", "Tổ chức thực hiện"),
        ("1. Phạm vi điều chỉnh: Nghị quyết này quy định mức thu", None),
        ("1. Giao Ủy ban nhân dân tỉnh:", None),
        ("1. Ban hành các quy định sau:", None),
        ("1. Nghị quyết này áp dụng đối với:", None),
        ("1. Sở Y tế có trách nhiệm:", None),
        ("1. Ủy ban nhân dân các huyện, thành phố:", "Ủy ban nhân dân các huyện, thành phố"),
        ("1. Hội đồng nhân dân tỉnh giám sát chuyên đề:", None),
        ("1. Tuy nhiên, việc quản lý còn hạn chế:", None),
        ("1. Bảo đảm kinh phí hoạt động, bao gồm:", None),
        ("1. Cải cách hành chính, chuyển đổi số", "Cải cách hành chính, chuyển đổi số"),
        ("1. NGUYÊN TẮC PHÂN BỔ", "NGUYÊN TẮC PHÂN BỔ"),
        ("1. Yêu cầu chung", "Yêu cầu chung"),
        ("1. Đề nghị, yêu cầu đối với các ngành", "Đề nghị, yêu cầu đối với các ngành"),
        ("1. Yêu cầu và mục tiêu", "Yêu cầu và mục tiêu"),
        ("1. Kiến nghị", "Kiến nghị"),
        ("1. Kiến nghị về cơ chế, chính sách", "Kiến nghị về cơ chế, chính sách"),
        ("1. Yêu cầu các ngành rà soát thủ tục", None),
        ("1. Đề nghị Chính phủ sớm ban hành quy hoạch", None),
        ("1. Đối với đơn vị (không bao gồm trường học):", "Đối với đơn vị (không bao gồm trường học)"),
        (
            "1. Đối với quyết định ban hành mới hoặc thay thế của Ủy ban nhân dân tỉnh, quyết định ban hành mới hoặc thay "
            "thế của Ủy ban nhân dân cấp huyện:",
            "Đối với quyết định ban hành mới hoặc thay thế của Ủy ban nhân dân tỉnh, quyết định ban hành mới hoặc thay "
            "thế của Ủy ban nhân dân cấp huyện",
        ),
        (
            "1. Hỗ trợ trồng rừng sản xuất và phát triển lâm sản ngoài gỗ:",
            "Hỗ trợ trồng rừng sản xuất và phát triển lâm sản ngoài gỗ",
        ),
    ],
)
def test_titles_and_sentences(line: str, heading: str | None) -> None:
    clause = (
        body(f"Điều 1. Thông qua các nội dung như sau:\n{line}\na) Nội dung thứ nhất;\nb) Nội dung thứ hai.")
        .body[0]
        .children[0]
    )
    assert clause.heading == heading


def test_a_leaf_has_no_title() -> None:
    doc = body("Điều 1. Hỗ trợ như sau:\n1. Cây giống\n2. Phân bón")
    assert [n.heading for n in doc.body[0].children] == [None, None]


def test_a_table_that_the_text_is_without_leaves_a_title() -> None:
    doc = body(
        "Điều 1. Mức phí như sau:\n1. Đối với xe ô tô:\n<htmltable id='1'></htmltable>\n2. Mức thu\n<htmltable id='2'></htmltable>\n"
        "3. Diện tích đất chưa sử dụng\nđưa vào sử dụng\nĐơn vị tính: ha\n<htmltable id='3'></htmltable>\n4. Đối với tàu, thuyền:\n5. Cây giống"
    )
    clauses = doc.body[0].children
    titles = ["Đối với xe ô tô", "Mức thu", "Diện tích đất chưa sử dụng đưa vào sử dụng", "Đối với tàu, thuyền", None]
    assert [n.heading for n in clauses] == titles
    assert clauses[2].text == "Đơn vị tính: ha"


def test_what_a_form_leaves_blank_is_no_title() -> None:
    doc = body(
        "Điều 1. Mẫu đơn như sau:\n1. CCCD: …………………\nDo cơ quan cấp.\n2. ……………\nTôi cam kết.\n3. Ghi chú\na) Một;"
    )
    assert [n.heading for n in doc.body[0].children] == [None, None, "Ghi chú"]


def test_quoted_new_wording_is_kept_apart() -> None:
    text = (
        "Điều 1. Sửa đổi, bổ sung một số điều của Quy định như sau:\n1. Sửa đổi khoản 2 Điều 3 như sau:\n“2. Mức hỗ trợ\na) Hộ nghèo: 5 triệu đồng;\n"
        "b) Hộ cận nghèo: 3 triệu đồng.”\n2. Sửa đổi Điều 4 như sau:\n“Điều 4. Kinh phí\n1. Ngân sách tỉnh;\n2. Ngân sách xã.”.\n3. Bãi bỏ Điều 5.\nĐiều 2. Giao các Ban giám sát."
    )
    assert outline(text) == [
        "article 1 Sửa đổi, bổ sung một số điều của Quy định như sau:",
        "  clause 1 Sửa đổi khoản 2 Điều 3 như sau:",
        "    “clause 2 [Mức hỗ trợ]",
        "      “point a Hộ nghèo: 5 triệu đồng;",
        "      “point b Hộ cận nghèo: 3 triệu đồng.”",
        "  clause 2 Sửa đổi Điều 4 như sau:",
        "    “article 4 [Kinh phí]",
        "      “clause 1 Ngân sách tỉnh;",
        "      “clause 2 Ngân sách xã.”.",
        "  clause 3 Bãi bỏ Điều 5.",
        "article 2 Giao các Ban giám sát.",
    ]


def test_a_quotation_that_is_never_closed_ends_where_the_amending_text_goes_on() -> None:
    text = "Điều 1. Sửa đổi như sau:\n1. Sửa đổi Điều 3 như sau:\n“Điều 3. Mức thu\nThu 5.000 đồng.\n2. Bãi bỏ Điều 4.\nĐiều 2. Hiệu lực"
    doc = body(text)
    assert [n.num for n in doc.body] == ["1", "2"]
    assert [n.num for n in doc.body[0].children] == ["1", "2"]
    assert "N005" in [d.code for d in doc.diagnostics]


def test_tables_are_nodes_with_rows() -> None:
    doc = body(
        "Điều 1. Mức thu như sau:\n| STT | Nội dung | Mức |\n|---|---|---|\n| 1 | Cấp mới | 50.000 |\n| 2 | Cấp lại | |\nĐiều 2. Giao Sở Tài chính."
    )
    table = doc.body[0].children[0]
    assert table.kind == "table"
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["STT", "Nội dung", "Mức"],
        ["1", "Cấp mới", "50.000"],
        ["2", "Cấp lại", ""],
    ]


def test_a_document_without_any_article() -> None:
    doc = body("1. Phê chuẩn quyết toán.\n2. Giao Ủy ban nhân dân tỉnh công khai.")
    assert [(n.kind, n.num) for n in doc.body] == [("clause", "1"), ("clause", "2")]
    assert "D003" in [d.code for d in doc.diagnostics]


def test_which_bullets_stand_under_which() -> None:
    assert outline(
        "Điều 1. Gồm:\n1. Mức thu:\n- Cấp mới:\n+ Cá nhân;\n+ Tổ chức;\n- Cấp lại;\n* Trường hợp khác do xã quyết định.\n2. Giải pháp\n* Về kinh tế\n- Thu hút đầu tư;\n* Về xã hội:\n- Giảm nghèo."
    )[1:] == [
        "  clause 1 [Mức thu]",
        "    bullet - [Cấp mới]",
        "      bullet + Cá nhân;",
        "      bullet + Tổ chức;",
        "    bullet - Cấp lại;",
        "    bullet * Trường hợp khác do xã quyết định.",
        "  clause 2 [Giải pháp]",
        "    bullet * [Về kinh tế]",
        "      bullet - Thu hút đầu tư;",
        "    bullet * [Về xã hội]",
        "      bullet - Giảm nghèo.",
    ]


def test_a_heading_loses_its_stop_and_keeps_an_ellipsis() -> None:
    lines = outline("Điều 1. Mức chi.\n1. CHI KHÁC...\na) Cấp tỉnh: 5.\n2. CHI THƯỜNG XUYÊN:\na) Cấp xã: 6.\n")
    assert [line.strip() for line in lines if "[" in line] == [
        "article 1 [Mức chi]", "clause 1 [CHI KHÁC...]", "clause 2 [CHI THƯỜNG XUYÊN]",
    ]  # fmt: skip


def test_a_label_that_appears_again_is_a_sibling() -> None:
    assert outline("Điều 1. Mức trích.\na) Trích 30%.\nc) Trích 20%.\nc) Trích 10%.\nd) Không trích.\n") == [
        "article 1 [Mức trích]",
        "  point a Trích 30%.",
        "  point c Trích 20%.",
        "  point c Trích 10%.",
        "  point d Không trích.",
    ]


def test_short_lines_over_a_list_are_titles() -> None:
    text = (
        "Điều 1. Phí.\n1. Mục tiêu cụ thể:\n- Đơn vị thu\n+ Sở Tài chính;\n+ Sở Y tế.\n- Thu của tỉnh, trong đó cụ thể:\n+ Một.\n"
        "2. Dự án 2: Quy hoạch dân cư\na) Một.\n3. Dự án mới: Quy hoạch dân cư\na) Một.\n4. Năm 25: 500 đồng\na) Một.\n"
    )
    assert [line.strip() for line in outline(text) if "[" in line] == [
        "article 1 [Phí]", "clause 1 [Mục tiêu cụ thể]", "bullet - [Đơn vị thu]", "clause 2 [Dự án 2: Quy hoạch dân cư]",
    ]  # fmt: skip


def test_what_cannot_begin_a_paragraph_runs_on() -> None:
    text = "Điều 1. Mức chi các năm trước ...\n\n) và năm nay ...\n\n; theo Quyết định ngày 5 tháng 5 năm\n\n2024 của tỉnh.\n"
    assert outline(text) == [
        "article 1 Mức chi các năm trước ... ) và năm nay ... ; theo Quyết định ngày 5 tháng 5 năm 2024 của tỉnh."
    ]
