"""Reading HTML: paragraphs, hidden text, charsets, lists, tables, the furniture of portals, what Word writes."""

# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import hashlib

import pytest

from vn_resolution.errors import SourceTooLarge
from vn_resolution.sources.detect import detect_type
from vn_resolution.sources.extract_result import Extract
from vn_resolution.sources.html import read_html
from vn_resolution.sources.limits import Limits


def page(body: str, head: str = "", charset: str = "utf-8") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset={charset}>{head}</head><body>{body}</body></html>".encode(
        charset, errors="xmlcharrefreplace"
    )


def text(body: str, head: str = "") -> str:
    return read_html(page(body, head)).source.text


def labelled(extract: Extract) -> list[str]:
    """The lines, each with the label that is shown before it."""
    lines, at, labels = [], 0, dict(extract.generated)
    for line in extract.source.text.split("\n"):
        lines.append(f"{labels[at]} {line}" if at in labels else line)
        at += len(line) + 1
    return lines


# -- paragraphs --------------------------------------------------------------------------------------------


def test_a_paragraph_a_line_whatever_the_lines_of_the_html() -> None:
    assert (
        text("<p>Điều 1. Thông\n   qua <b>kế\nhoạch</b></p>\n\n<p>Điều 2.</p>") == "Điều 1. Thông qua kế hoạch\nĐiều 2."
    )


@pytest.mark.parametrize("tag", ["p", "div", "h1", "h3", "li", "blockquote", "center", "dd", "section", "address"])
def test_blocks_end_lines(tag: str) -> None:
    assert text(f"một<{tag}>hai</{tag}>ba") == "một\nhai\nba"


@pytest.mark.parametrize("tag", ["b", "i", "span", "a", "font", "sup", "o:p", "st1:place", "u", "abbr", "ins"])
def test_inline_elements_do_not(tag: str) -> None:
    assert text(f"<p>mộ<{tag}>t ha</{tag}>i</p>") == "một hai"


def test_line_ends_inside_of_a_paragraph() -> None:
    assert (
        text("<p>HỘI ĐỒNG NHÂN DÂN<br>\n TỈNH PHÚ LÂM <br/>-------</p>") == "HỘI ĐỒNG NHÂN DÂN\nTỈNH PHÚ LÂM\n-------"
    )


def test_gaps() -> None:
    for gap in ("<p>&nbsp;</p>", "<p><br></p>", "<br>", "<hr>", "<p>&nbsp;</p><p><span>&nbsp;&nbsp;</span></p>"):
        assert text(f"<p>một</p>{gap}<p>hai</p>") == "một\n\nhai", gap
    assert text("<div>một<br><br>hai<br><br><br>ba</div>") == "một\n\nhai\n\nba"
    for none in ("<p></p>", "<p> </p>", "<div><span></span></div>"):
        assert text(f"<p>một</p>{none}<p>hai</p>") == "một\nhai", none


def test_runs_of_spaces_that_are_shown_stay() -> None:
    # They part the two columns of a head that was set with spaces.
    assert text("<p>TỈNH A&nbsp;&nbsp;&nbsp; CỘNG HÒA</p>") == "TỈNH A\u00a0\u00a0\u00a0 CỘNG HÒA"
    assert text("<p>&nbsp;&nbsp; Thụt vào&nbsp;</p>") == "Thụt vào"


def test_preformatted_text() -> None:
    assert text("<pre>một  hai\n   ba\n\nbốn</pre>") == "một  hai\nba\n\nbốn"
    assert text("<div style='white-space: pre-wrap'>một\nhai</div>") == "một\nhai"


def test_text_is_composed() -> None:
    assert text("<p>Ho\u0323\u0302i</p>") == "Hội"


# -- what is not shown -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a = '<p>x</p>';</script>",
        "<style>p { color: red }</style>",
        "<template><p>x</p></template>",
        "<!-- <p>x</p> -->",
        "<!--[if gte mso 9]><p>x</p><![endif]-->",
        "<p style='display:none'>x</p>",
        "<p style='DISPLAY : None;color:red'>x</p>",
        "<p style='visibility: hidden'>x</p>",
        "<p style='mso-hide:all'>x</p>",
        "<p hidden>x</p>",
        "<div class='sr-only'>x</div>",
        "<select><option>x</option></select>",
        "<textarea>x</textarea>",
        "<button>x</button>",
        "<noscript>x</noscript>",
        "<svg><text>x</text></svg>",
        "<object>x</object>",
        "<xml><w:WordDocument><w:View>x</w:View></w:WordDocument></xml>",
        "<p class=off>x</p>",
        "<p id=gone>x</p>",
        "<del>x</del>",
    ],
)
def test_what_is_hidden_is_left_out(hidden: str) -> None:
    head = "<title>x</title><style>p.off, .other { display: none } #gone{visibility:hidden} @media print { .shown { display:none } }</style>"
    assert text(f"<p>một</p>{hidden}<p class=shown>hai</p>", head) == "một\nhai"


def test_hidden_text_inside_of_a_line() -> None:
    assert text("<p>mộ<span style='display:none'>xxx</span>t</p>") == "một"


def test_deleted_text_is_told() -> None:
    assert [d.code for d in read_html(page("<p>a<del>b</del></p>")).diagnostics] == ["S011"]


def test_what_floats_beside_a_text_is_of_its_line() -> None:
    assert text("<p><span style='display:block;float:left'>1.</span>Trồng rừng</p>") == "1. Trồng rừng"


def test_capitals_by_style() -> None:
    assert (
        text("<p style='text-transform:uppercase'>nghị quyết <span style='text-transform:none'>này</span></p>")
        == "NGHỊ QUYẾT này"
    )


# -- charsets ----------------------------------------------------------------------------------------------

WORDS = "Điều 1. Ủy ban nhân dân – “được”"


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "windows-1258", "iso-8859-1", "us-ascii", "utf-16"])
def test_charsets_with_character_references(charset: str) -> None:
    data = f"<html><head><meta http-equiv=Content-Type content='text/html; charset={charset}'></head><body><p>{WORDS}"
    encoded = data.encode(charset.replace("iso-8859-1", "latin-1"), errors="xmlcharrefreplace")
    assert read_html(encoded).source.text == WORDS


def test_utf8_that_says_windows_1252() -> None:
    assert read_html(page(f"<p>{WORDS}").replace(b"charset=utf-8", b"charset=windows-1252")).source.text == WORDS


def test_no_charset_and_a_byte_order_mark() -> None:
    for data in (f"<p>{WORDS}".encode(), f"\ufeff<p>{WORDS}".encode(), f"<p>{WORDS}".encode("utf-16")):
        assert read_html(data).source.text == WORDS


def test_windows_1258_letters_are_put_together() -> None:
    # "ệ" is ê with a tone of its own there.
    data = b"<meta charset=windows-1258><p>Vi\xea\xf2t Nam v\xe0 \xd0i\xea\xcc\xf0u</p>"
    assert read_html(data).source.text.startswith("Việt Nam")


@pytest.mark.parametrize("charset", ["x-user-defined", "hex", "idna", "utf-7", "", "no such"])
def test_a_charset_that_is_none_is_passed_over(charset: str) -> None:
    assert read_html(page(f"<p>{WORDS}").replace(b"charset=utf-8", f"charset={charset}".encode())).source.text == WORDS


def test_the_charset_is_told() -> None:
    assert [d.message for d in read_html(page("é", charset="windows-1252")).diagnostics] == ["decoded as windows-1252"]


def test_letters_of_fonts_from_before_unicode() -> None:
    head = "<style>.abc { font-family: .VnTime } .hoa { font-family: '.VnTimeH' }</style>"
    body = (
        "<p class=abc>Héi ®ång nh©n d©n</p><p class=hoa>NghÞ quyÕt</p><p><font face='VNI-Times'>Hoäi ñoàng</font></p>"
        "<p style='font-family:VNI-Times'>Quo<b>ác ho</b>äi</p><p class=abc>n&shy;íc</p>"
    )
    extract = read_html(page(body, head))
    assert extract.source.text == "Hội đồng nhân dân\nNGHỊ QUYẾT\nHội đồng\nQuốc hội\nnước"
    assert "S109" in [d.code for d in extract.diagnostics]


def test_symbol_fonts() -> None:
    assert (
        text("<p>đạt <span style='font-family:Symbol'>³</span> 5%, <font face=Symbol>\uf0a3</font> 3%</p>")
        == "đạt ≥ 5%, ≤ 3%"
    )


# -- lists -------------------------------------------------------------------------------------------------


def test_ordered_lists() -> None:
    body = (
        "<ol><li>một</li><li>hai<ol type=a><li>a</li><li value=4>b</li><li>c</li></ol></li><li><p>ba</p><p>tiếp</p></li></ol>"
        "<ol start=7><li>bảy</ol><ol type=I reversed start=3><li>x<li>y</ol>"
    )
    assert labelled(read_html(page(body))) == [
        "1. một", "2. hai", "a. a", "d. b", "e. c", "3. ba", "tiếp", "7. bảy", "III. x", "II. y",
    ]  # fmt: skip


def test_a_reversed_list_counts_down_from_its_items() -> None:
    assert labelled(read_html(page("<ol reversed><li>a<li>b<li>c</ol>"))) == ["3. a", "2. b", "1. c"]


def test_unordered_lists_are_dashes() -> None:
    assert labelled(read_html(page("<ul><li>một<ul><li>hai</ul><li>ba</ul>"))) == ["- một", "- hai", "- ba"]


@pytest.mark.parametrize(
    ("style", "label"),
    [
        ("list-style-type:lower-alpha", "b. "), ("list-style: upper-roman inside", "II. "), ("list-style:none", ""),
        ("list-style-type:decimal-leading-zero", "02. "), ('list-style-type: "+ "', "+ "), ("list-style-type:disc", "- "),
    ],
)  # fmt: skip
def test_lists_by_style(style: str, label: str) -> None:
    assert labelled(read_html(page(f"<ol style='{style}'><li>một</li><li>hai</li></ol>")))[1] == f"{label}hai"


def test_labels_are_no_text() -> None:
    extract = read_html(page("<p>đầu</p><ol><li>một</ol>"))
    assert (extract.source.text, extract.generated) == ("đầu\nmột", ((4, "1."),))


def test_items_without_text_and_outside_of_lists() -> None:
    assert labelled(read_html(page("<ol><li></li><li> </li><li>ba</li></ol><li>lẻ</li>"))) == ["3. ba", "lẻ"]


def test_a_large_start_and_a_wrong_one() -> None:
    assert labelled(read_html(page("<ol start=999999999999><li>a</ol><ol start=x><li value=-2>b<li>c</ol>"))) == [
        "1. a", "-2. b", "-1. c",
    ]  # fmt: skip


def test_the_labels_that_word_prints() -> None:
    body = (
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1."
        "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span><![endif]>Trồng rừng</p>"
        "<p><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "
        '"Times New Roman"\'>&nbsp;&nbsp; </span></span></span><![endif]>Chăn nuôi</p>'
    )
    assert text(body) == "1. Trồng rừng\n• Chăn nuôi"


# -- tables ------------------------------------------------------------------------------------------------


def test_data_tables() -> None:
    body = "<p>Biểu:</p><table border=1><tr><th>TT<th>Nội <br>dung<th>Mức<tr><td>1<td><p>Thuế</p><p>khác</p><td><tr><td><td>Phí<td>5</table><p>hết"
    extract = read_html(page(body))
    assert extract.source.text == "Biểu:\n\nTT\tNội dung\tMức\n1\tThuế khác\t\n\tPhí\t5\n\nhết"
    ((start, end),) = extract.tables
    assert extract.source.text[start:end].startswith("TT\t") and extract.source.text[start:end].endswith("Phí\t5")


def test_merged_cells() -> None:
    body = (
        "<table border=1><tr><td rowspan=2>TT<td colspan=2>Năm<tr><td>2024<td>2025<tr><td>1<td>a<td>b"
        "<tr><td colspan=3>Mục I<tr><td rowspan=0>x<td>y<td>z<tr><td>u<td>v</table>"
    )
    assert text(body) == "TT\tNăm\t\n\t2024\t2025\n1\ta\tb\nMục I\t\t\nx\ty\tz\n\tu\tv"


def test_the_head_of_a_resolution_runs_down_its_columns() -> None:
    body = (
        "<table border=1 style='border:none'><tr><td style='border:none'><p>HỘI ĐỒNG NHÂN DÂN<br>TỈNH A</p></td>"
        "<td style='border:none'><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</p></td></tr>"
        "<tr><td>Số: 1/NQ-HĐND</td><td>A, ngày 1 tháng 2 năm 2024</td></tr></table>"
    )
    assert text(body) == (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH A\nSố: 1/NQ-HĐND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "A, ngày 1 tháng 2 năm 2024"
    )


def test_the_foot_of_a_resolution_too() -> None:
    rows = "".join(f"<tr><td>{left}</td><td>{right}</td></tr>" for left, right in (
        ("Nơi nhận:", "CHỦ TỊCH"), ("- Chính phủ;", ""), ("- Lưu: VT.", "Nguyễn Văn A"),
    ))  # fmt: skip
    assert text(f"<p>hết./.</p><table>{rows}</table>").split("\n") == [
        "hết./.", "", "Nơi nhận:", "- Chính phủ;", "- Lưu: VT.", "CHỦ TỊCH", "Nguyễn Văn A",
    ]  # fmt: skip


def test_a_table_that_speaks_of_receiving_is_data() -> None:
    body = "<table border=1><tr><td>Thủ tục<td>Nơi nhận hồ sơ<tr><td>Cấp mới<td>Bộ phận một cửa</table>"
    assert text(body) == "Thủ tục\tNơi nhận hồ sơ\nCấp mới\tBộ phận một cửa"


def test_tables_that_only_place_text() -> None:
    paragraphs = "".join(f"<p>Điều {k}. Nội dung.</p>" for k in range(1, 12))
    menu = "<ul><li><a href=/a>Tin tức</a><li><a href=/b>Văn bản</a><li><a href=/c>Liên hệ</a></ul>"
    data = "<table border=1><tr><td>a<td>b<td>c<tr><td>1<td>2<td>3</table>"
    body = f"<table border=0><tr><td>{menu}</td><td>{paragraphs}{data}</td></tr></table>"
    lines = text(body).strip().split("\n")
    assert lines == [f"Điều {k}. Nội dung." for k in range(1, 12)] + ["", "a\tb\tc", "1\t2\t3"]


def test_borderless_columns_of_figures_are_data() -> None:
    rows = "".join(
        f"<tr><td style='border:none'>Chỉ tiêu {k}</td><td style='border:none'>{k}.000</td></tr>" for k in range(4)
    )
    assert text(f"<table>{rows}</table>").split("\n")[1] == "Chỉ tiêu 1\t1.000"


def test_broken_tables() -> None:
    for body in ("<table><td>a</table>", "<td>a</td>", "<tr>a</tr>", "<table>a</table>", "<table><tr>a<td></table>"):
        assert text(body).strip() == "a", body
    assert text("<table border=1><td>a<td>b<td>c<tr><td>d<table><tr><td>e</table><td>f<td>g").split("\n")[:2] == [
        "a\tb\tc",
        "d e\tf\tg",
    ]


# -- portals -----------------------------------------------------------------------------------------------


def test_the_furniture_of_portals_is_left_out() -> None:
    links = "<a href='/a'>Một</a> | <a href='/b'>Hai</a>"
    body = (
        f"<header><a href='/'>Cổng thông tin</a></header><nav><ul><li>{links}</ul></nav><div role=banner>Ảnh</div>"
        f"<div class='breadcrumb'>{links}</div><ul><li><a href=1>x</a><li><a href=2>y</a><li><a href=3>z</a></ul>"
        f"<main><p>Điều 1. <a href='/luat'>Luật Đất đai</a></p><ul><li><a href='#a'>a</a><li><a href='#b'>b</a><li><a href='#c'>c</a></ul>"
        f"<footer>Ghi chú</footer></main><aside>{links}</aside><div id=footer>{links}</div><footer>Bản quyền</footer>"
    )
    assert text(body) == "Điều 1. Luật Đất đai\na\nb\nc\nGhi chú"


def test_menus_in_tables_and_divisions_without_a_name() -> None:
    links = "<a href=/1>Giới thiệu</a> | <a href=/2>Tin tức</a> | <a href=/3>Văn bản</a>"
    body = f"<p>trước</p><table><tr><td class=menu>{links}</td><td><p>Điều 1. Một</p><p>Hai</p></td></tr></table><div>{links}</div>"
    assert text(body) == "trước\n\nĐiều 1. Một\nHai"
    few = "<div><a href=/1>Luật Đất đai</a>; <a href=/2>Luật Nhà ở</a></div>"
    assert text(few) == "Luật Đất đai; Luật Nhà ở"


def test_notices_of_rights_at_the_foot_of_a_page_are_furniture() -> None:
    notice = "<p>© 2022 Cổng thông tin điện tử tỉnh. Điện thoại: 0123 456 789</p>"
    for foot in (f"<div class='site-footer'>{notice}</div>", f"<div id=copyright>{notice}</div>"):
        assert text(f"<p>Điều 1. Một</p>{foot}") == "Điều 1. Một"
    tools = "<div class=tools><a href='javascript:print()'>In trang</a> | <a href='mailto:a@b'>Gửi</a> | Chia sẻ</div>"
    assert text(f"<p>Điều 1. Một</p>{tools}") == "Điều 1. Một"
    law = "<p>Điều 1. Bảo hộ bản quyền tác giả.</p>"
    assert text(f"<div class=content>{law}</div>") == "Điều 1. Bảo hộ bản quyền tác giả."
    long = "".join(f"<p>Điều {k}. {'Bảo hộ bản quyền tác giả. ' * 9}</p>" for k in range(1, 9))
    assert text(f"<div class=footer>{long}</div>").count("Điều") == 8


def test_a_document_in_something_called_header_stays() -> None:
    assert (
        text("<div class=header><p>NGHỊ QUYẾT</p></div><header><h1>Về kế hoạch</h1></header>")
        == "NGHỊ QUYẾT\nVề kế hoạch"
    )


# -- limits ------------------------------------------------------------------------------------------------


def test_limits() -> None:
    with pytest.raises(SourceTooLarge, match=r"trang\.html: .*50 bytes"):
        read_html(b"x" * 51, "trang.html", Limits(max_bytes=50))
    open_ = "".join(f"<p><font face=Arial><b>{k} <span>và" for k in range(3_000))
    assert text(open_).count("\n") == 2_999
    with pytest.raises(SourceTooLarge, match="nest deeper than the limit of 9"):
        read_html(page("<div>" * 10 + "a"), limits=Limits(max_depth=9))
    with pytest.raises(SourceTooLarge, match="takes longer than the limit of 0 s"):
        read_html(page("<p>a" * 10_000), limits=Limits(max_seconds=0))


def test_empty_pages() -> None:
    for data in (b"", b"   ", b"<html></html>", page("<script>x</script>")):
        extract = read_html(data)
        assert (extract.source.text, [d.code for d in extract.diagnostics]) == ("", ["S002"])


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"<!DOCTYPE html><p>a", None, "text/html"),
        (b"\xef\xbb\xbf <HTML><body>a", "a.bin", "text/html"),
        (
            b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"><html>',
            None,
            "text/html",
        ),
        (b"<!-- saved from url=(0014)about:internet -->\n<html>", None, "text/html"),
        ("<html><body>Điều 1.".encode("utf-16"), None, "text/html"),
        (b"<p>a fragment</p>", "a.html", "text/html"),
        (b"<p>a fragment</p>", "a.txt", "text/plain"),
        (b"1 < 2 and 3 > 2", "a.html", "text/plain"),
        (b"<?xml version='1.0'?><akomaNtoso/>", None, "application/xml"),
    ],
)
def test_pages_are_known_by_their_content(data: bytes, name: str | None, kind: str) -> None:
    assert detect_type(data, name) == kind


def test_the_source() -> None:
    data = page("<p>a</p>")
    source = read_html(data, "a.html").source
    assert (source.name, source.media_type, source.sha256) == ("a.html", "text/html", hashlib.sha256(data).hexdigest())
