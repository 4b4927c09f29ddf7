"""The labels that Word computes: by hand for what the standard says, by LibreOffice's rendering as a second opinion."""

# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import vn_resolution as vr
from formats import typed
from formats.make_docx import (
    STYLES_XML,
    abstract,
    level,
    number_list,
    numbered,
    package,
    paragraph,
    start_at,
    table,
    to_docx,
)
from support.texts import sample_paths
from vn_resolution.sources.counting import letters, repeated_letters, roman
from vn_resolution.sources.docx import read_docx
from vn_resolution.sources.numbering import in_format

FOUR = abstract(
    1, level(0, "Điều %1."), level(1, "%2."), level(2, "%3)", "lowerLetter"), level(3, "%2.%4.")
)  # fmt: skip


def lines(data: bytes) -> list[str]:
    """The lines as Word shows them."""
    extract = read_docx(data)
    labels, shown, at = dict(extract.generated), [], 0
    for line in extract.source.text.split("\n"):
        shown.append(f"{labels[at]} {line}" if at in labels else line)
        at += len(line) + 1
    return shown


def labels(steps: str, numbering: str, styles: str = STYLES_XML) -> list[str]:
    """The labels of paragraphs of which each step gives the level, or "list.level"."""
    body = ""
    for step in steps.split():
        number, _, at = step.rpartition(".")
        body += numbered("x", int(number or 1), int(at))
    return [
        line.removesuffix(" x") if line != "x" else ""
        for line in lines(package(body, numbering=numbering, styles=styles))
    ]


def test_levels_count_and_start_anew() -> None:
    assert labels("0 1 2 2 1 2 3 3 0 1", FOUR + number_list(1, 1)) == [
        "Điều 1.", "1.", "a)", "b)", "2.", "a)", "2.1.", "2.2.", "Điều 2.", "1.",
    ]  # fmt: skip


def test_a_level_that_was_skipped_counts_as_used() -> None:
    dotted = abstract(1, level(0, "%1."), level(1, "%1.%2."), level(2, "%1.%2.%3.")) + number_list(1, 1)
    assert labels("1 1 0 2 1", dotted) == ["1.1.", "1.2.", "2.", "2.1.1.", "2.2."]


def test_lists_of_one_abstract_list_count_on_and_starts_are_used_once() -> None:
    lists = (
        FOUR
        + number_list(1, 1)
        + number_list(2, 1)
        + number_list(3, 1, start_at(0, 7))
        + number_list(4, 1, start_at(0, 1))
    )
    assert labels("1.0 2.0 1.0 3.0 3.0 1.0 4.0 3.0", lists) == [
        f"Điều {k}." for k in (1, 2, 3, 7, 8, 9, 1, 2)
    ]  # fmt: skip


def test_a_start_of_a_lower_level_holds_whenever_it_starts_anew() -> None:
    lists = FOUR + number_list(1, 1) + number_list(2, 1, start_at(2, 4))
    assert labels("1.1 2.2 2.2 1.1 2.2 1.1 1.2", lists) == ["1.", "d)", "e)", "2.", "d)", "3.", "a)"]


def test_an_override_may_bring_its_own_level() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "(%1)", "lowerRoman", start=3)}</w:lvlOverride>'
    assert labels("1.0 2.0 2.0 1.0", FOUR + number_list(1, 1) + number_list(2, 1, own)) == [
        "Điều 1.",
        "(ii)",
        "(iii)",
        "Điều 4.",
    ]


@pytest.mark.parametrize(
    ("restart", "shown"),
    [("", "1 2 1 1"), ('<w:lvlRestart w:val="0"/>', "1 2 3 4"), ('<w:lvlRestart w:val="1"/>', "1 2 3 1")],
)
def test_which_level_makes_a_lower_one_start_anew(restart: str, shown: str) -> None:
    numbering = abstract(1, level(0, "%1."), level(1, "%2."), level(2, "%3", more=restart)) + number_list(1, 1)
    found = labels("0 1 2 2 1 2 0 1 2", numbering)
    assert [label for label in found if "." not in label] == shown.split()


def test_legal_numbering_is_decimal_throughout() -> None:
    levels = (
        level(0, "Chương %1", "upperRoman"),
        level(1, "%1.%2", "lowerLetter", "<w:isLgl/>"),
        level(2, "%1.%3", "decimal", '<w:isLgl w:val="0"/>'),
    )
    assert labels("0 0 1 2", abstract(1, *levels) + number_list(1, 1)) == ["Chương I", "Chương II", "2.1", "II.1"]


def test_number_formats() -> None:
    shown = {
        "decimal": "1 4 27 30", "decimalZero": "01 04 27 30", "lowerLetter": "a d aa dd", "upperLetter": "A D AA DD",
        "lowerRoman": "i iv xxvii xxx", "upperRoman": "I IV XXVII XXX", "ordinal": "1 4 27 30", "chicago": "1 4 27 30",
        "cardinalText": "nhất tư 27 30", "vietnameseCounting": "nhất tư 27 30", "none": "   ",
    }  # fmt: skip
    for name, want in shown.items():
        assert [in_format(n, name) for n in (1, 4, 27, 30)] == want.split(" "), name
    assert [in_format(n, "lowerLetter") for n in (0, -1, 10**9)] == ["0", "-1", "l" * 30]
    assert [roman(n) for n in (3_999, 4_000)] == ["mmmcmxcix", "4000"]
    assert [letters(n) for n in (1, 26, 27, 52, 703)] == ["a", "z", "aa", "az", "aaa"]
    assert [repeated_letters(n) for n in (1, 26, 27, 52, 53)] == ["a", "z", "aa", "zz", "aaa"]


@pytest.mark.parametrize(
    ("glyph", "font", "sign"),
    [
        ("-", "", "-"), ("+", "Times New Roman", "+"), ("–", "", "-"), ("\uf0b7", "Symbol", "•"), ("·", "Symbol", "•"),
        ("\uf0b7", "", "•"), ("\uf02d", "Symbol", "-"), ("o", "Courier New", "-"), ("\uf0a7", "Wingdings", "▪"),
        ("\uf0d8", "Wingdings", "➢"), ("\uf0fc", "Wingdings", "✓"), ("v", "Wingdings", "-"), ("\uf04a", "Webdings", "-"),
    ],
)  # fmt: skip
def test_bullets(glyph: str, font: str, sign: str) -> None:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>' if font else ""
    numbering = abstract(1, level(0, glyph, "bullet", fonts)) + number_list(1, 1)
    assert labels("0 0", numbering) == [sign, sign]


def test_levels_that_show_nothing() -> None:
    numbering = abstract(
        1, level(0, "", "decimal"), level(1, " ", "bullet"), level(2, "", "none"), level(3, "Ghi chú:", "none")
    )
    assert labels("0 1 2 3", numbering + number_list(1, 1)) == ["", "", "", "Ghi chú:"]


def test_numbers_by_style() -> None:
    def style(name: str, inner: str) -> str:
        return f'<w:style w:type="paragraph" w:styleId="{name}"><w:basedOn w:val="Normal"/>{inner}</w:style>'

    def heading(words: str, name: str, more: str = "") -> str:
        return paragraph(words, f'<w:pStyle w:val="{name}"/>{more}')

    list_ = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        STYLES_XML + style("Dieu", list_) + style("Khoan", list_.replace("<w:numId", '<w:ilvl w:val="1"/><w:numId'))
    )
    styles += style("Diem", list_) + style("Diem2", "").replace("Normal", "Diem")
    numbering = abstract(
        1, level(0, "Điều %1.", more='<w:pStyle w:val="Dieu"/>'), level(1, "%2.", more='<w:pStyle w:val="Khoan"/>'),
        level(2, "%3)", "lowerLetter", '<w:pStyle w:val="Diem"/>'),
    ) + number_list(1, 1)  # fmt: skip
    body = (
        heading("a", "Dieu") + heading("b", "Khoan") + heading("c", "Diem") + heading("d", "Diem")
        + heading("e", "Dieu", '<w:numPr><w:numId w:val="0"/></w:numPr>')
        + heading("f", "Dieu", '<w:numPr><w:ilvl w:val="1"/></w:numPr>') + heading("g", "Dieu") + heading("h", "Diem2")
    )  # fmt: skip
    assert lines(package(body, numbering=numbering, styles=styles)) == [
        "Điều 1. a", "1. b", "a) c", "b) d", "e", "2. f", "Điều 2. g", "Điều 3. h",
    ]  # fmt: skip


def test_a_list_that_borrows_from_a_style_of_lists() -> None:
    styles = (
        STYLES_XML
        + '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    numbering = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>' + FOUR
    assert labels("1.0 2.0 1.2", numbering + number_list(1, 5) + number_list(2, 1), styles) == [
        "Điều 1.",
        "Điều 2.",
        "a)",
    ]


def test_newer_number_formats_stand_beside_older_ones() -> None:
    def both(fallback: str) -> str:
        return (
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" '
            f'w:format="001, 002, 003, ..."/></mc:Choice>{fallback}</mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>'
        )

    fallback = '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
    assert labels("0 0", abstract(1, both(fallback)) + number_list(1, 1)) == ["1.", "2."]
    assert labels("0 0", abstract(1, both("")) + number_list(1, 1)) == ["01.", "02."]


def test_paragraphs_without_text_count_and_show_nothing() -> None:
    data = package(numbered("a", 1) + numbered("", 1) + numbered("c", 1), numbering=FOUR + number_list(1, 1))
    assert lines(data) == ["Điều 1. a", "", "Điều 3. c"]


def test_deleted_and_hidden_paragraphs_do_not_count() -> None:
    gone = numbered("", 1).replace(
        "</w:pPr>",
        '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr><w:del w:id="2" w:author="a"><w:r><w:delText>x</w:delText></w:r></w:del>',
    )
    hidden = numbered("", 1).replace(
        "</w:pPr>", "<w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>"
    )
    data = package(numbered("a", 1) + gone + hidden + numbered("b", 1), numbering=FOUR + number_list(1, 1))
    assert lines(data) == ["Điều 1. a", "Điều 2. b"]


@pytest.mark.parametrize(
    ("numbering", "shown", "reason"),
    [
        (None, ["1. a", "2. b", "1. c"], "list 3 is not defined"),
        (number_list(3, 9), ["1. a", "2. b", "1. c"], "list 3 is not defined"),
        (abstract(1, level(1, "%2.")) + number_list(3, 1), ["1. a", "2. b", "1. c"], "level 1 of list 3 is not defined"),
        (abstract(1, level(0, "%1."), '<w:lvl w:ilvl="1"><w:start w:val="4"/></w:lvl>') + number_list(3, 1), ["1. a", "2. b", "4. c"], "has no text"),
        (abstract(1, level(0, "%1."), level(1, "%2.", start=10**12)) + number_list(3, 1), ["1. a", "2. b", "0. c"], ""),
        ('<w:num w:numId="3"/><w:abstractNum/><w:num/><w:lvl w:ilvl="x"/>', ["1. a", "2. b", "1. c"], "list 3 is not defined"),
    ],
)  # fmt: skip
def test_damaged_numbering_counts_plainly_and_is_told(numbering: str | None, shown: list[str], reason: str) -> None:
    data = package(numbered("a", 3) + numbered("b", 3) + numbered("c", 3, 1), numbering=numbering)
    assert lines(data) == shown
    found = [d.message for d in read_docx(data).diagnostics if d.code == "S010"]
    assert (reason in found[0]) if reason else not found


def test_levels_and_lists_beyond_the_standard() -> None:
    body = (
        numbered("a", 1, 12)
        + numbered("b", 1, -3)
        + paragraph("c", '<w:numPr><w:ilvl w:val="x"/><w:numId w:val="y"/></w:numPr>')
    )
    numbering = abstract(1, level(0, "%1."), level(8, "%9/")) + number_list(1, 1)
    assert lines(package(body, numbering=numbering)) == ["1/ a", "2. b", "1. c"]


# -- a second opinion --------------------------------------------------------------------------------------

ORACLE = {
    "articles": ("0 1 2 2 1 0 1 2 3 3 1", FOUR + number_list(1, 1)),
    "dotted": ("0 1 1 2 2 1 0 1 2 0 2 1", abstract(1, level(0, "%1."), level(1, "%1.%2."), level(2, "%1.%2.%3")) + number_list(1, 1)),
    "lower level first": ("1 1 0 1 2", abstract(1, level(0, "%1."), level(1, "%1.%2."), level(2, "%1.%2.%3")) + number_list(1, 1)),
    "starts": ("1.0 1.0 2.0 2.0 1.0 3.0 2.0", FOUR + number_list(1, 1) + number_list(2, 1, start_at(0, 1)) + number_list(3, 1, start_at(0, 7))),
    "one abstract list": ("1.0 1.0 2.0 2.0 1.0", FOUR + number_list(1, 1) + number_list(2, 1)),
    "own level": (
        "1.0 2.0 2.0 1.0",
        FOUR + number_list(1, 1) + number_list(2, 1, f'<w:lvlOverride w:ilvl="0">{level(0, "(%1)", "lowerLetter", start=3)}</w:lvlOverride>'),
    ),
    "formats": (
        "1.0 1.0 1.0 2.0 2.0 2.0 3.0 3.0 3.0 4.0 4.0 5.0 5.0 6.0 6.0",
        "".join(
            abstract(k, level(0, "%1.", form, start=start))
            for k, (form, start) in enumerate(
                (("decimal", 9), ("decimalZero", 9), ("lowerLetter", 25), ("upperLetter", 26), ("lowerRoman", 3), ("upperRoman", 8)), 1
            )
        ) + "".join(number_list(k, k) for k in range(1, 7)),
    ),
    "letters": ("0 " * 60, abstract(1, level(0, "%1)", "lowerLetter")) + number_list(1, 1)),
    "no start": ("0 0", abstract(1, level(0, "%1.").replace('<w:start w:val="1"/>', "")) + number_list(1, 1)),
    "undefined level": ("0 5 5", abstract(1, level(0, "%1.")) + number_list(1, 1)),
}  # fmt: skip


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_same_labels(tmp_path: Path) -> None:
    ours: dict[str, list[str]] = {}
    for name, (steps, numbering) in ORACLE.items():
        body = "".join(
            numbered(f"p{k}", int(step.rpartition(".")[0] or 1), int(step.rpartition(".")[2]))
            for k, step in enumerate(steps.split())
        )
        data = package(table([["đầu", "b", "c"], ["1", "2", "3"]]) + body, numbering=numbering)
        (tmp_path / f"{name}.docx").write_bytes(data)
        ours[name] = lines(data)
    theirs = libreoffice_lines(tmp_path, list(ORACLE))
    for name, shown in ours.items():
        assert shown[3:] == theirs[name][6:], name


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_same_text_of_the_samples(tmp_path: Path) -> None:
    paths = sample_paths()
    for path in paths:
        blocks = typed.blocks(vr.parse(path))
        (tmp_path / f"{path.stem}.docx").write_bytes(to_docx(blocks, automatic=True, gaps=True))
    theirs = libreoffice_lines(tmp_path, [path.stem for path in paths])
    for path in paths:
        shown = lines((tmp_path / f"{path.stem}.docx").read_bytes())
        ours = [" ".join(cell.split()) for line in shown for cell in line.split("\t") if cell.strip()]
        # Its plain text has one sign for all bullets.
        assert [re.sub("^- ", "• ", line) for line in ours] == [re.sub("^- ", "• ", line) for line in theirs[path.stem]]


def libreoffice_lines(folder: Path, names: list[str]) -> dict[str, list[str]]:
    """The documents as LibreOffice's plain text shows them, the width of white space left aside."""
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
            "txt:Text (encoded):UTF8", "--outdir", str(folder / "out"), *(str(folder / f"{name}.docx") for name in names),
        ],
        check=True, capture_output=True, timeout=170,
    )  # fmt: skip
    found = {}
    for name in names:
        words = (folder / "out" / f"{name}.txt").read_text("utf-8-sig")
        found[name] = [" ".join(line.split()) for line in words.split("\n") if line.strip()]
    return found
