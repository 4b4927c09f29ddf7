"""Reading DOCX: what Word shows of runs, tracked changes, fields, content controls, text boxes, notes and tables."""

# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest

from formats.make_docx import STYLES_XML, W, abstract, level, number_list, numbered, package, paragraph, run, table
from vn_resolution.errors import SourceTooLarge
from vn_resolution.sources.docx import read_docx
from vn_resolution.sources.limits import Limits


def text(body: str, **parts: object) -> str:
    return read_docx(package(body, **parts)).source.text  # type: ignore[arg-type]


def codes(body: str, **parts: object) -> list[str]:
    return [d.code for d in read_docx(package(body, **parts)).diagnostics]  # type: ignore[arg-type]


def style(name: str, inner: str, kind: str = "paragraph", more: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}"{more}>{inner}</w:style>'


# -- runs --------------------------------------------------------------------------------------------------


def test_a_paragraph_a_line() -> None:
    assert (
        text(paragraph(run("Điều 1. Thông ") + run("qua", "<w:b/>")) + paragraph("Điều 2."))
        == "Điều 1. Thông qua\nĐiều 2."
    )


def test_empty_paragraphs_are_gaps() -> None:
    body = paragraph("") + paragraph("một") + paragraph("") + paragraph("  ") + paragraph("hai") + paragraph("")
    assert text(body) == "một\n\nhai"


def test_signs() -> None:
    inner = "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t><w:tab/><w:t>d</w:t><w:noBreakHyphen/><w:t>e</w:t><w:softHyphen/><w:t>f</w:t></w:r>"
    assert text(paragraph(inner)) == "a\nb\nc\td-e\u00adf"


def test_the_tab_after_a_label_is_a_space_and_tab_stops_are_no_text() -> None:
    stops = '<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>'
    for label in ("1.", "a)", "-", "Điều 1.", "1.1.", "(1)", "II.", "•"):
        assert text(paragraph(f"{label}\tNội dung", stops)) == f"{label} Nội dung"
    assert text(paragraph("\tThụt\tvào")) == "Thụt\tvào"


def test_page_breaks_are_gaps() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    assert (
        text(paragraph("một") + paragraph(page + run("hai")) + paragraph(run("ba") + page) + paragraph("bốn"))
        == "một\n\nhai\nba\n\nbốn"
    )
    assert text(paragraph(run("một") + page + run("hai"))) == "một\n\nhai"
    assert text(paragraph(run("mộ") + "<w:r><w:lastRenderedPageBreak/></w:r>" + run("t"))) == "một"


def test_space_at_the_ends_of_a_text_counts_where_it_says_so() -> None:
    assert (
        text(
            paragraph(
                "<w:r><w:t>\n a </w:t></w:r><w:r><w:t xml:space='preserve'> b</w:t></w:r><w:r><w:t>c\nd</w:t></w:r>"
            )
        )
        == "a bc d"
    )


def test_hidden_text() -> None:
    styles = (
        STYLES_XML + style("An", "<w:rPr><w:vanish/></w:rPr>", "character") + style("AnP", "<w:rPr><w:vanish/></w:rPr>")
    )
    body = (
        paragraph(
            run("một")
            + run("x", "<w:vanish/>")
            + run("x", '<w:rStyle w:val="An"/>')
            + run("!", '<w:vanish w:val="0"/>')
        )
        + paragraph(run("x"), '<w:pStyle w:val="AnP"/>')
        + paragraph(run("hai", '<w:vanish w:val="false"/>') + run("x"), '<w:pStyle w:val="AnP"/>')
        + paragraph("", "<w:rPr><w:vanish/></w:rPr>")
        + paragraph("ba")
    )
    assert text(body, styles=styles) == "một!\nhai\nba"


def test_capitals() -> None:
    styles = STYLES_XML + style("Ten", "<w:rPr><w:caps/></w:rPr>") + style("Ten2", '<w:basedOn w:val="Ten"/>')
    body = paragraph(run("nghị quyết ", "<w:caps/>") + run("này")) + paragraph(
        run("về kế hoạch ") + run("năm", '<w:caps w:val="off"/>'), '<w:pStyle w:val="Ten2"/>'
    )
    assert text(body, styles=styles) == "NGHỊ QUYẾT này\nVỀ KẾ HOẠCH năm"


def test_symbols() -> None:
    sym = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    font = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'
    boxes = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings" w:char="zz"/><w:sym/></w:r>'
    assert (
        text(paragraph(run("đạt ") + sym + run(" 5% ") + run("\uf0a3", font) + run(" 3% ") + run("m", font) + boxes))
        == "đạt ≥ 5% ≤ 3% μ☑"
    )


def test_fonts_from_before_unicode() -> None:
    abc = '<w:rFonts w:ascii=".VnTime"/>'
    # The letter ư stands where Unicode has the soft hyphen, which Word may write as an element of its own.
    soft = f"<w:r><w:rPr>{abc}</w:rPr><w:t>n</w:t><w:softHyphen/><w:t>íc, n\u00adíc</w:t></w:r>"
    body = paragraph(run("Héi ®ång ", abc) + run("nh©n d©n ", '<w:rFonts w:ascii=".VnTimeH"/>') + soft)
    assert text(body) == "Hội đồng NHÂN DÂN nước, nước"
    assert codes(body) == ["S109"]


def test_letters_of_vni_that_are_cut_between_runs() -> None:
    vni, bold = '<w:rFonts w:hAnsi="VNI-Times"/>', '<w:rFonts w:hAnsi="VNI-Times"/><w:b/>'
    body = paragraph(run("Quo", vni) + run("ác ho", bold) + run("äi n", vni) + run("öôùc", bold) + run(" ñ", vni))
    assert text(body) == "Quốc hội nước đ"
    assert text(paragraph(run("Quo", vni) + run("á", '<w:rFonts w:hAnsi="Times New Roman"/>'))) == "Quoá"


def test_the_letters_of_a_run_are_in_the_font_for_letters_beyond_ascii() -> None:
    fonts = {
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi=".VnTime"/>': "nước",
        '<w:rFonts w:ascii=".VnTime" w:hAnsi="Times New Roman"/>': "n\u00adíc",
        '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime" w:hAnsiTheme="majorHAnsi"/>': "n\u00adíc",
        '<w:rFonts w:hAnsiTheme="minorHAnsi"/>': "nước",
    }
    theme = "".join(
        f'<a:{kind}Font><a:latin typeface="{font}"/></a:{kind}Font>'
        for kind, font in (("major", "Arial"), ("minor", ".VnTime"))
    )
    for properties, shown in fonts.items():
        assert text(paragraph(run("n\u00adíc", properties)), parts={"theme": ("theme", theme)}) == shown, properties


def test_numbers_in_fonts_from_before_unicode() -> None:
    abc = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    labels = {
        level(0, "§iÒu %1.", more=f"<w:rPr>{abc}</w:rPr>"): "",
        level(0, "§iÒu %1."): f"<w:rPr>{abc}</w:rPr>",
    }
    for shape, mark in labels.items():
        numbering = abstract(1, shape) + number_list(1, 1)
        body = paragraph(run("Ph¹m vi", abc), '<w:numPr><w:numId w:val="1"/></w:numPr>' + mark)
        assert read_docx(package(body, numbering=numbering)).generated == ((0, "Điều 1."),)
    # Without a font that says so, the text of the whole document does.
    words = "Héi ®ång nh©n d©n tØnh th«ng qua kÕ ho¹ch ph¸t triÓn kinh tÕ - x· héi n¨m 2003, tr\u00adíc h¹n."
    split = "".join(map(run, ("N", "\u00ad", "íc s¹ch.")))
    extract = read_docx(
        package(numbered(words, 1) + paragraph(split), numbering=abstract(1, level(0, "§iÒu %1.")) + number_list(1, 1))
    )
    assert extract.generated == ((0, "Điều 1."),)
    assert extract.source.text.endswith("\nNước sạch.")


def test_a_document_in_another_encoding_throughout() -> None:
    body = paragraph(
        "§iÒu 1. Héi ®ång nh©n d©n tØnh th«ng qua kÕ ho¹ch ph¸t triÓn kinh tÕ - x· héi n¨m 2003."
    ) + numbered("Tæng s¶n phÈm trªn ®Þa bµn t¨ng tõ 8% trë lªn so víi n¨m tr\u00adíc, thu ng©n s¸ch ®¹t kÕ ho¹ch.", 1)
    extract = read_docx(package(body, numbering=abstract(1, level(0, "%1.")) + number_list(1, 1)))
    first, second = extract.source.text.split("\n")
    assert first.startswith("Điều 1. Hội đồng nhân dân tỉnh") and second.endswith(
        "năm trước, thu ngân sách đạt kế hoạch."
    )
    assert extract.generated == ((len(first) + 1, "1."),)


def test_math_and_ruby() -> None:
    math = "<m:oMath><m:r><m:t>x</m:t></m:r><m:r><m:t>=1</m:t></m:r></m:oMath>"
    ruby = "<w:r><w:ruby><w:rt><w:r><w:t>trên</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>dưới</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    assert text(paragraph(run("Mức ") + math + run(" ") + ruby)) == "Mức x=1 dưới"


def test_links_and_tags_are_seen_through() -> None:
    inner = f'<w:hyperlink r:id="rId9">{run("Luật")}</w:hyperlink><w:smartTag w:element="place">{run(" Đất đai")}</w:smartTag>'
    assert text(paragraph(inner)) == "Luật Đất đai"


# -- tracked changes ---------------------------------------------------------------------------------------

WHO = 'w:id="1" w:author="A" w:date="2024-01-01T00:00:00Z"'


def deleted(words: str) -> str:
    return f"<w:del {WHO}><w:r><w:delText>{words}</w:delText></w:r></w:del>"


def test_changes_are_accepted() -> None:
    body = (
        paragraph(run("Thu ") + deleted("100") + f"<w:ins {WHO}>{run('200')}</w:ins>" + run(" tỷ"))
        + f"<w:p><w:moveFrom {WHO}>{run('x')}</w:moveFrom>{run('a')}</w:p><w:p><w:moveTo {WHO}>{run('b')}</w:moveTo></w:p>"
    )
    assert text(body) == "Thu 200 tỷ\na\nb"
    assert codes(body) == ["S011"]


def test_a_deleted_paragraph_end_joins_paragraphs() -> None:
    mark = f"<w:rPr><w:del {WHO}/></w:rPr>"
    assert (
        text(paragraph("một ", mark) + paragraph("hai ", mark) + paragraph("ba") + paragraph("bốn"))
        == "một hai ba\nbốn"
    )
    assert text(paragraph("một") + paragraph(deleted("x"), mark) + paragraph("hai")) == "một\nhai"
    assert text(paragraph("một", mark) + table([["a", "b", "c"], ["1", "2", "3"]])) == "một\n\na\tb\tc\n1\t2\t3"
    assert text(paragraph("một", mark)) == "một"


def test_deleted_and_inserted_rows() -> None:
    rows = "".join(
        f"<w:tr><w:trPr>{change}</w:trPr>" + "".join(f"<w:tc>{paragraph(f'{k}{c}')}</w:tc>" for c in "abc") + "</w:tr>"
        for k, change in enumerate(("", f"<w:del {WHO}/>", f"<w:ins {WHO}/>"))
    )
    assert text(f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr>{rows}</w:tbl>') == "0a\t0b\t0c\n2a\t2b\t2c"


def test_old_properties_count_for_nothing() -> None:
    old = f'<w:pPrChange {WHO}><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'
    before = f"<w:rPr><w:rPrChange {WHO}><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>"
    assert read_docx(package(paragraph(f"<w:r>{before}<w:t>a</w:t></w:r>", old))).generated == ()


# -- fields, content controls, alternatives ----------------------------------------------------------------


def field(code: str, result: str) -> str:
    steps = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', f"<w:r><w:instrText>{code}</w:instrText></w:r>",
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', run(result), '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )  # fmt: skip
    return "".join(steps)


def test_fields_show_their_results() -> None:
    assert text(paragraph(run("Biểu ") + field("SEQ Bieu", "3") + run("."))) == "Biểu 3."
    assert text(paragraph(f'<w:fldSimple w:instr="DATE">{run("2024")}</w:fldSimple>')) == "2024"
    nested = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{run("IF ")}{field("PAGE", "1")}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("a")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert text(paragraph(nested + run("b"))) == "ab"


def test_a_field_that_is_not_closed_hides_one_paragraph_at_most() -> None:
    assert (
        text(paragraph(run("a") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("x")) + paragraph("b"))
        == "a\nb"
    )
    assert text(paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("a"))) == "a"


def test_content_controls() -> None:
    inner = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('một')}</w:sdtContent></w:sdt>"
    block = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph('Bấm vào đây')}</w:sdtContent></w:sdt>"
    )
    whole = f"<w:sdt><w:sdtContent>{paragraph('hai')}{paragraph('ba')}</w:sdtContent></w:sdt>"
    assert text(paragraph(inner) + block + whole) == "một\nhai\nba"


def box(words: str, way: str = "choice") -> str:
    content = f"<w:txbxContent>{''.join(map(paragraph, words.split('|')))}</w:txbxContent>"
    shape = f"<w:drawing><a:graphic><a:graphicData><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    if way == "old":
        return f"<w:r>{old}</w:r>"
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>'


@pytest.mark.parametrize("way", ["choice", "old"])
def test_a_text_box_is_read_once_after_the_paragraph_that_holds_it(way: str) -> None:
    assert (
        text(paragraph(run("một ") + box("DỰ THẢO|Lần 2", way) + run("hai")) + paragraph("ba"))
        == "một hai\nDỰ THẢO\nLần 2\nba"
    )


def test_a_text_box_in_a_cell_and_in_a_numbered_paragraph() -> None:
    body = table([["a", paragraph(run("b") + box("c")), "d"], ["1", "2", "3"]]) + numbered("", 1).replace(
        "</w:pPr>", "</w:pPr>" + box("hộp") + run("mục")
    )
    assert text(body, numbering=abstract(1, level(0, "%1.")) + number_list(1, 1)) == "a\tb c\td\n1\t2\t3\n\nmục\nhộp"


# -- notes, headers, pictures ------------------------------------------------------------------------------


def test_footnotes_and_endnotes_stand_at_the_end() -> None:
    def note(kind: str, id_: int, words: str, more: str = "") -> str:
        return f'<w:{kind} w:id="{id_}"{more}>{paragraph(f"<w:r><w:{kind}Ref/></w:r>" + run(words)) + paragraph("thêm")}</w:{kind}>'

    parts = {
        "footnotes": ("footnotes", note("footnote", -1, "x", ' w:type="separator"') + note("footnote", 5, "Năm") + note("footnote", 2, "Hai") + note("footnote", 9, "x")),
        "endnotes": ("endnotes", note("endnote", 3, "Cuối")),
    }  # fmt: skip
    body = paragraph(
        run("Điều 5")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + run(" và ")
        + '<w:r><w:footnoteReference w:id="5"/></w:r>'
        '<w:r><w:endnoteReference w:id="3"/></w:r>'
    ) + paragraph("hết")
    assert text(body, parts=parts) == "Điều 5[1] và [2][i]\nhết\n\n[1] Hai\nthêm\n[2] Năm\nthêm\n[i] Cuối\nthêm"


def test_a_note_that_is_missing_or_has_a_mark_of_its_own() -> None:
    own = '<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    parts = {"footnotes": ("footnotes", f'<w:footnote w:id="1">{paragraph("* Ghi chú")}</w:footnote>')}
    assert (
        text(paragraph(run("a") + own + '<w:r><w:footnoteReference w:id="7"/></w:r>'), parts=parts)
        == "a*[2]\n\n* Ghi chú"
    )
    assert text(paragraph(run("a") + '<w:r><w:footnoteReference w:id="7"/></w:r>')) == "a[1]"


def test_headers_and_footers_are_no_text() -> None:
    parts = {
        "header": ("hdr", paragraph("CÔNG BÁO")),
        "footer": ("ftr", paragraph(field("PAGE", "2"))),
        "comments": ("comments", paragraph("x")),
    }
    body = paragraph("a") + '<w:sectPr><w:headerReference r:id="rId2"/></w:sectPr>'
    assert text(body, parts=parts) == "a"


def test_what_cannot_be_read_is_told() -> None:
    pictures = paragraph(
        '<w:r><w:drawing><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"/></w:drawing></w:r>'
    )
    assert codes(pictures) == ["S002", "S012"]
    assert codes(paragraph("a") + '<w:altChunk r:id="rId9"/>') == ["S013"]
    assert codes("") == ["S002"]


# -- tables ------------------------------------------------------------------------------------------------


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(paragraph, words.split('|')))}</w:tc>"


def rows(*cells: str, properties: str = '<w:tblStyle w:val="TableGrid"/>', before: str = "") -> str:
    inner = "".join(f"<w:tr>{f'<w:trPr>{before}</w:trPr>' if before else ''}{row}</w:tr>" for row in cells)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid><w:gridCol/></w:tblGrid>{inner}</w:tbl>"


def test_data_tables() -> None:
    extract = read_docx(
        package(
            paragraph("Biểu:")
            + rows(cell("TT") + cell("Nội|dung") + cell("Mức"), cell("1") + cell("") + cell("5\n6"))
            + paragraph("hết")
        )
    )
    assert extract.source.text == "Biểu:\n\nTT\tNội dung\tMức\n1\t\t5 6\n\nhết"
    assert [extract.source.text[slice(*span)] for span in extract.tables] == ["TT\tNội dung\tMức\n1\t\t5 6"]


def test_merged_cells() -> None:
    span2, top, below = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = rows(
        cell("TT", top) + cell("Năm", span2), cell("x", below) + cell("2024") + cell("2025"), cell("1") + cell("a") + cell("b"),
        cell("Mục I", '<w:gridSpan w:val="3"/>'), cell("m", '<w:hMerge w:val="restart"/>') + cell("n", "<w:hMerge/>") + cell("o"),
    )  # fmt: skip
    assert text(body) == "TT\tNăm\t\n\t2024\t2025\n1\ta\tb\nMục I\t\t\nm\t\to"
    assert (
        text(rows(cell("a") + cell("b"), cell("c") + cell("d"), before='<w:gridBefore w:val="1"/>')) == "\ta\tb\n\tc\td"
    )


def test_borders_come_from_the_table_its_style_or_its_cells() -> None:
    two = (cell("Kính gửi") + cell("Ông A"), cell("Về việc") + cell("Kế hoạch"))
    data, loose = "Kính gửi\tÔng A\nVề việc\tKế hoạch", "Kính gửi\nÔng A\nVề việc\nKế hoạch"
    assert text(rows(*two)) == data
    assert text(rows(*two, properties="")) == loose
    borders = '<w:tblBorders><w:top w:val="{0}"/><w:insideV w:val="{0}"/></w:tblBorders>'
    assert text(rows(*two, properties=borders.format("single"))) == data
    assert text(rows(*two, properties='<w:tblStyle w:val="TableGrid"/>' + borders.format("nil"))) == loose
    based = STYLES_XML + style("Bang", '<w:basedOn w:val="TableGrid"/>', "table")
    assert text(rows(*two, properties='<w:tblStyle w:val="Bang"/>'), styles=based) == data
    own = '<w:tcBorders><w:top w:val="single"/></w:tcBorders>'
    assert text(rows(cell("a", own) + cell("b", own), cell("c", own) + cell("d", own), properties="")) == "a\tb\nc\td"


def test_the_head_and_the_foot_of_a_resolution() -> None:
    head = rows(
        cell("HỘI ĐỒNG NHÂN DÂN|TỈNH A|-------")
        + cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc"),
        cell("Số: 1/NQ-HĐND") + cell("A, ngày 1 tháng 2 năm 2024"),
    )
    foot = rows(cell("Nơi nhận:|- Như trên;|- Lưu: VT.") + cell("TM. HỘI ĐỒNG NHÂN DÂN|CHỦ TỊCH||Nguyễn Văn A"))
    assert text(head + paragraph("NGHỊ QUYẾT") + foot).split("\n") == [
        "HỘI ĐỒNG NHÂN DÂN", "TỈNH A", "-------", "Số: 1/NQ-HĐND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "A, ngày 1 tháng 2 năm 2024", "", "NGHỊ QUYẾT", "", "Nơi nhận:", "- Như trên;",
        "- Lưu: VT.", "TM. HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH", "", "Nguyễn Văn A",
    ]  # fmt: skip


def test_tables_in_cells() -> None:
    inner = rows(cell("1") + cell("2") + cell("3"), cell("4") + cell("5") + cell("6"))
    outer = f"<w:tc>{paragraph('trước')}{inner}{paragraph('sau')}</w:tc>"
    assert text(rows(outer, properties="")) == "trước\n\n1\t2\t3\n4\t5\t6\n\nsau"
    assert (
        text(
            rows(
                cell("a") + f"<w:tc>{rows(cell('b') + cell('c'), properties='')}{paragraph('')}</w:tc>" + cell("d"),
                cell("1") + cell("2") + cell("3"),
            )
        )
        == "a\tb c\td\n1\t2\t3"
    )


def test_numbers_in_cells_are_part_of_the_text() -> None:
    lists = abstract(1, level(0, "%1")) + number_list(1, 1)
    numbers = table([["TT", "Tên", "Mức"], [numbered("", 1), "a", "5"], [numbered("", 1), numbered("b", 1), "6"]])
    extract = read_docx(package(numbers, numbering=lists))
    assert (extract.source.text, extract.generated) == ("TT\tTên\tMức\n1\ta\t5\n2\t3 b\t6", ())


def test_broken_tables() -> None:
    for body in (
        f"<w:tbl><w:tc>{paragraph('a')}</w:tc></w:tbl>", f"<w:tc>{paragraph('a')}</w:tc>", f"<w:tr>{paragraph('a')}</w:tr>",
        f"<w:tbl>{paragraph('a')}</w:tbl>", f"<w:tbl><w:tr>{paragraph('a')}<w:tc/></w:tr></w:tbl>",
        f"<w:tbl><w:tr><w:tc><w:tc>{paragraph('a')}</w:tc></w:tc></w:tr></w:tbl>", paragraph("a") + "<w:tbl/>",
    ):  # fmt: skip
        assert text(body) == "a", body


# -- packages ----------------------------------------------------------------------------------------------


def rewritten(data: bytes, change: object) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            name, content = change(info.filename, old.read(info))  # type: ignore[operator]
            new.writestr(name, content)
    return out.getvalue()


LISTED = numbered("một", 1) + table([["a", "b", "c"], ["1", "2", "3"]])
NUMBERING = abstract(1, level(0, "%1.")) + number_list(1, 1)


def test_the_strict_dialect() -> None:
    def strict(name: str, content: bytes) -> tuple[str, bytes]:
        content = content.replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        return name, content.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    data = package(LISTED, numbering=NUMBERING)
    assert read_docx(rewritten(data, strict)).source.text == read_docx(data).source.text
    assert read_docx(rewritten(data, strict)).generated == ((0, "1."),)


def test_parts_with_other_names_and_upper_case() -> None:
    def renamed(name: str, content: bytes) -> tuple[str, bytes]:
        for old, new in (
            ("word/document.xml", "word/document2.xml"),
            ("word/numbering.xml", "word/lists/n.xml"),
            ("word/_rels/document.xml.rels", "word/_rels/document2.xml.rels"),
        ):
            name = new if name == old else name
        return name.replace("styles.xml", "Styles.XML"), content.replace(
            b"word/document.xml", b"/word/document2.xml"
        ).replace(b"numbering.xml", b"lists/n.xml")

    extract = read_docx(rewritten(package(LISTED, numbering=NUMBERING), renamed))
    assert (extract.source.text, extract.generated) == ("một\n\na\tb\tc\n1\t2\t3", ((0, "1."),))


def test_utf16_parts_and_stored_members() -> None:
    def wide(name: str, content: bytes) -> tuple[str, bytes]:
        words = content.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
        return name, words.encode("utf-16") if name == "word/document.xml" else content

    assert read_docx(rewritten(package(paragraph("Điều 1.")), wide)).source.text == "Điều 1."


def test_the_source() -> None:
    data = package(paragraph("a"))
    source = read_docx(data, "a.docx").source
    assert (source.name, source.sha256) == ("a.docx", hashlib.sha256(data).hexdigest())
    assert source.media_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_limits() -> None:
    data = package(paragraph("a") * 5_000)
    with pytest.raises(SourceTooLarge, match=r"a\.docx: larger than the limit of 100 bytes"):
        read_docx(data, "a.docx", Limits(max_bytes=100))
    with pytest.raises(SourceTooLarge, match="unpacks to more than the limit of 50000 bytes"):
        read_docx(data, "a.docx", Limits(max_unpacked=50_000))
    with pytest.raises(SourceTooLarge, match="nest deeper than the limit of 4"):
        read_docx(data, "a.docx", Limits(max_depth=4))
    with pytest.raises(SourceTooLarge, match="takes longer than the limit of 0 s"):
        read_docx(data, "a.docx", Limits(max_seconds=0))
