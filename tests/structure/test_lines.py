"""Lines: content told from layout, every character in one of the two."""

from vn_resolution.grammar import load_grammar
from vn_resolution.structure import lines as module
from vn_resolution.structure.line import Lines


def read_lines(text: str, *, markdown: bool = True) -> Lines:
    return module.read_lines(text, load_grammar().zones, markdown=markdown)


def kinds(lines: Lines) -> list[tuple[str, str]]:
    return [(a.kind, lines.text[a.span[0] : a.span[1]]) for a in lines.artifacts]


def texts(lines: Lines) -> list[str]:
    return [line.text for line in lines.lines]


def test_emphasis_and_headings_of_markdown_are_marks() -> None:
    lines = read_lines("# NGHỊ QUYẾT\n\n**Điều 1.** Thông qua *dự toán* năm 2020\n\n> Ghi chú")
    assert texts(lines) == ["NGHỊ QUYẾT", "Điều 1. Thông qua dự toán năm 2020", "Ghi chú"]
    assert [mark for _, mark in kinds(lines)] == ["#", "**", "**", "*", "*", "> "]


def test_emphasis_that_runs_over_lines() -> None:
    lines = read_lines("*Căn cứ Luật Đầu tư\ncông;*\n\n**Điều 2.\nHiệu lực**")
    assert texts(lines) == ["Căn cứ Luật Đầu tư", "công;", "Điều 2.", "Hiệu lực"]
    assert [line.strong for line in lines.lines] == [False, False, True, True]


def test_a_star_may_be_a_bullet_or_a_note() -> None:
    lines = read_lines("* Tăng trưởng đạt 8%\n* Thu ngân sách tăng\n\nGiá đất (*) tính theo mét vuông")
    assert texts(lines)[0] == "* Tăng trưởng đạt 8%"
    assert texts(lines)[2] == "Giá đất (*) tính theo mét vuông"
    assert kinds(lines) == []


def test_a_star_alone_above_its_words_is_a_bullet_and_one_that_closes_an_emphasis_is_none() -> None:
    lines = read_lines("Mức chi:\n*\nVăn bản mới: 500.000 đồng;\n*\nVăn bản thay thế: 300.000 đồng.")
    assert [line.text for line in lines.lines] == [
        "Mức chi:", "*", "Văn bản mới: 500.000 đồng;", "*", "Văn bản thay thế: 300.000 đồng."
    ]  # fmt: skip
    closing = read_lines("*Đã ký và đóng dấu\n*\n\nNơi nhận:")
    assert [line.text for line in closing.lines][-1] == "Nơi nhận:"
    assert (13 + 6, 13 + 7, "markdown") in {(a.span[0], a.span[1], a.kind) for a in closing.artifacts}


def test_a_star_at_the_end_of_a_line_closes_whatever_blanks_stand_beside_it() -> None:
    for end in ("", " ", " \t"):
        lines = read_lines(f"*Phú Thọ, ngày 27\ntháng 11 năm 2025 *{end}\n\nHết")
        assert texts(lines) == ["Phú Thọ, ngày 27", "tháng 11 năm 2025", "Hết"]


def test_an_escaped_sign_is_one_of_the_text() -> None:
    lines = read_lines(r"1\. Mức \*thu\* theo \#5 và a\_b, **đậm\***; C:\xã \“trích”")
    assert texts(lines) == [r"1. Mức *thu* theo #5 và a_b, đậm*; C:\xã \“trích”"]
    assert [mark for _, mark in kinds(lines)] == ["\\"] * 5 + ["**", "\\", "**"]


def test_signs_of_a_text_that_is_no_markdown_are_its_own() -> None:
    text = "# 5\n* Mức *thu*\na | b | c\n|\n&nbsp;<b>\u00ad\n> 1\\.\n---"
    lines = read_lines(text, markdown=False)
    assert texts(lines) == ["# 5", "* Mức *thu*", "a | b | c", "|", "&nbsp;<b>", r"> 1\."]
    assert kinds(lines) == [("invisible", "\u00ad"), ("rule", "---")]


def test_words_between_angles_are_no_tag() -> None:
    lines = read_lines('Nhóm <b và c> dưới <a href="x" id=y>5</a> tuổi')
    assert texts(lines) == ["Nhóm <b và c> dưới 5 tuổi"]


def test_a_tag_that_ends_a_line_reads_as_a_space_and_one_in_a_word_as_nothing() -> None:
    lines = read_lines("Nghị<br>quyết t<i>hử</i>")
    assert texts(lines) == ["Nghị", "quyết thử"]
    assert lines.reader.text((0, len(lines.text))) == "Nghị quyết thử"


def test_the_seam_of_two_lines_is_no_seam_of_columns() -> None:
    lines = read_lines("- \r\n   Lưu: VT.   \tCHỦ TỊCH")
    joined = lines.lines[0].joined(lines.lines[1])
    assert [column.text for column in lines.columns(joined)] == ["- Lưu: VT.", "CHỦ TỊCH"]


def test_marks_stand_apart() -> None:
    lines = read_lines('<p class="a_*b"><!-- `x` -->**a<i title="*">b</i>**`</p> | ---**--- |\n|--**--| x |')
    edges = [edge for artifact in lines.artifacts for edge in artifact.span]
    assert edges == sorted(edges)


def test_stars_without_space_are_bullets_where_nothing_closes_them() -> None:
    lines = read_lines("*Về kinh tế\n*Về xã hội\n\n*Về môi trường;*")
    assert texts(lines) == ["*Về kinh tế", "*Về xã hội", "Về môi trường;"]
    lines = read_lines("Tổng sản phẩm *(GRDP)\n*tăng 8%")
    assert texts(lines) == ["Tổng sản phẩm (GRDP)", "tăng 8%"]


def test_rules_and_tags_are_layout() -> None:
    lines = read_lines(
        'TỈNH A\n-------\n<p align="center"><b>NGHỊ QUYẾT</b><br>Về kế hoạch</p>\n<jsontable name="x"> </jsontable>'
    )
    assert texts(lines) == ["TỈNH A", "NGHỊ QUYẾT", "Về kế hoạch"]


def test_page_numbers_count_on() -> None:
    text = "Điều 1. Nội dung của kế hoạch\n\n2\n\ntiếp theo trang sau.\n\nTrang 3/9\n\nHết."
    lines = read_lines(text)
    assert kinds(lines) == [("page_number", "2"), ("page_number", "Trang 3/9")]
    assert lines.lines[1].page


def test_a_number_in_a_column_of_figures_is_no_page_number() -> None:
    lines = read_lines("Xã Đông\n120\n45\nXã Tây\n80\n7\n")
    assert kinds(lines) == []


def test_running_headers_beside_page_numbers() -> None:
    head = "CÔNG BÁO/Số 15/Ngày 10-01-2024"
    text = "\n".join(f"Đoạn văn thứ {n} còn dài,\n\n{n}\n{head}\n\nvà hết." for n in (2, 3, 4))
    lines = read_lines(text)
    assert [k for k, _ in kinds(lines)].count("running_header") == 3
    assert head not in texts(lines)


def test_pipe_rows() -> None:
    lines = read_lines("| STT | Chỉ tiêu |\n|---|:---:|\n| 1 | GRDP |\n| 2 | |")
    assert [(x.row, x.column, x.text) for x in lines.lines] == [
        (0, 0, "STT"),
        (0, 1, "Chỉ tiêu"),
        (1, 0, "1"),
        (1, 1, "GRDP"),
        (2, 0, "2"),
    ]


def test_a_table_flattened_to_one_cell_a_line() -> None:
    lines = read_lines("|\n**TT**\n|\n**Mức chi**\n|\n|\n1\n|\n5.000\nđồng\n|\n|\n2\n|\n|\n\nHết bảng")
    cells = [(x.row, x.column, x.text) for x in lines.lines if x.table >= 0]
    assert cells == [(0, 0, "TT"), (0, 1, "Mức chi"), (1, 0, "1"), (1, 1, "5.000"), (1, 1, "đồng"), (2, 0, "2")]
    assert lines.lines[-1].table == -1


def test_word_segmented_text_reads_with_spaces() -> None:
    text = "Hội_đồng_nhân_dân tỉnh Phú_Thọ\n" * 6
    lines = read_lines(text)
    assert texts(lines)[0] == "Hội đồng nhân dân tỉnh Phú Thọ"
    assert lines.lines[0].low == "hội đồng nhân dân tỉnh phú thọ"


def test_front_matter_is_layout() -> None:
    lines = read_lines('---\ntitle: "Nghị quyết"\n---\nNGHỊ QUYẾT\n')
    assert texts(lines) == ["NGHỊ QUYẾT"]
    assert kinds(lines)[0][0] == "front_matter"
    assert texts(read_lines("--- \rtitle: x\r--- \rNGHỊ QUYẾT\r")) == ["NGHỊ QUYẾT"]


def test_rows_between_tabs() -> None:
    lines = read_lines("STT\tNội dung\tMức\n1\tThu nội địa\t9.500\n\tTổng\t9.500\nGhi chú.")
    cells = [(x.row, x.column, x.text) for x in lines.lines if x.table >= 0]
    assert cells[3:] == [(1, 0, "1"), (1, 1, "Thu nội địa"), (1, 2, "9.500"), (2, 1, "Tổng"), (2, 2, "9.500")]
    assert lines.lines[-1].table == -1
