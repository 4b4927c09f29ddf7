"""Reading sources: encodings, types by content, limits, and what a diagnostic says about them."""

from __future__ import annotations

import codecs
import hashlib
import io
import unicodedata
from pathlib import Path

import pytest

from vn_resolution.errors import SourceTooLarge, UnreadableSource, UnsupportedType
from vn_resolution.sources import load, load_stream, read_source
from vn_resolution.sources.limits import Limits

TEXT = "HỘI ĐỒNG NHÂN DÂN TỈNH PHÚ LÂM\nĐiều 1. Thông qua kế hoạch trồng rừng ở vùng lòng hồ.\n" * 3
HATS = "\u0302\u0306\u031b"


def windows_1258(text: str) -> bytes:
    """As Windows writes it: tones apart from their vowels, hats and horns with them."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        try:
            char.encode("cp1258")
            out.append(char)
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", char)
            letter = unicodedata.normalize("NFC", base + "".join(m for m in marks if m in HATS))
            out.append(letter + "".join(m for m in marks if m not in HATS))
    return "".join(out).encode("cp1258")


def codes(data: bytes | str, name: str | None = None, media_type: str | None = None) -> list[str]:
    return [d.code for d in read_source(data, name, media_type)[1]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings_give_the_same_words(encoding: str) -> None:
    source, found = read_source(TEXT.encode(encoding))
    assert source.text.removeprefix("\ufeff") == TEXT
    assert [d.code for d in found] == ([] if encoding.startswith("utf-8") else ["S004"])


def test_big_endian_utf16_with_its_mark() -> None:
    assert read_source(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"))[0].text == "\ufeff" + TEXT


def test_a_byte_order_mark_stays_in_the_text_so_that_offsets_are_those_of_the_file() -> None:
    source, _ = read_source(b"\xef\xbb\xbfabc")
    assert source.text == "\ufeffabc"


def test_decomposed_letters_stay_as_they_are() -> None:
    decomposed = unicodedata.normalize("NFD", TEXT)
    assert read_source(decomposed.encode())[0].text == decomposed


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_text_of_a_file_is_what_text_mode_reads(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.replace("\n", end).encode())
    assert load(path).source.text == path.read_text("utf-8") == TEXT


def test_the_line_ends_of_a_string_stay() -> None:
    assert read_source("a\r\nb\rc")[0].text == "a\r\nb\rc"


def test_a_fault_behind_line_ends_has_its_place_in_the_text() -> None:
    source, found = read_source(b"a\r\nb\r\n" + "Hộ".encode() * 9 + b"\xe1")
    assert found[0].span is not None
    assert source.text[slice(*found[0].span)] == "\ufffd"


def test_windows_1258() -> None:
    source, found = read_source(windows_1258(TEXT))
    assert unicodedata.normalize("NFC", source.text) == TEXT
    assert [d.message for d in found] == ["decoded as windows-1258"]


def test_windows_1252() -> None:
    text = "Zürich, für 3 € – “très beau” Ò ò"
    source, found = read_source(text.encode("cp1252"))
    assert source.text == text
    assert [d.message for d in found] == ["decoded as windows-1252"]


def test_a_charset_that_is_said_is_used() -> None:
    source, _ = read_source("Pháp: é".encode("latin-1"), media_type="text/plain; charset=ISO-8859-1")
    assert source.text == "Pháp: é"


@pytest.mark.parametrize("charset", ["no-such-thing", "hex", "idna"])
def test_a_charset_that_is_none_is_refused(charset: str) -> None:
    with pytest.raises(UnsupportedType, match=charset):
        read_source(b"\xffabc", media_type=f"text/plain; charset={charset}")


def test_bytes_cut_inside_a_letter_are_utf8_with_one_fault() -> None:
    source, found = read_source(TEXT.encode() + "Hộ".encode()[:-1])
    assert source.text == TEXT + "H\ufffd"
    assert [(d.code, d.span) for d in found] == [("S001", (len(TEXT) + 1, len(TEXT) + 2))]


def test_a_replacement_character_of_the_input_itself_is_no_fault() -> None:
    assert codes("một \ufffd hai".encode()) == []


def test_lone_surrogates_of_a_string_become_replacement_characters_in_place() -> None:
    source, found = read_source("a\ud800b\udfffc")
    assert source.text == "a\ufffdb\ufffdc"
    assert [(d.code, d.span) for d in found] == [("S001", (1, 2))]


@pytest.mark.parametrize("data", [b"", "", b" \r\n\t", "\ufeff".encode(), "\u00a0\n"])
def test_empty_input(data: bytes | str) -> None:
    assert codes(data) == ["S002"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"PK\x03\x04\x14\0\0\0\x08\0" + b"\0" * 16 + b"word/document.xml", "DOCX"),
        (b"PK\x03\x04\x14\0\0\0\x08\0" + b"\0" * 16 + b"notes.txt", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "Word 97-2003"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (bytes(4096), "binary data"),
        (bytes(range(256)) * 16, "binary data"),
        (b"  <!DOCTYPE html><html><body>", "HTML"),
        (b"<?xml version='1.0'?><akomaNtoso/>", "XML"),
    ],
)
def test_other_formats_are_named_and_refused(data: bytes, word: str) -> None:
    with pytest.raises(UnsupportedType, match=word) as caught:
        read_source(data, "nghi-quyet.bin")
    assert str(caught.value).startswith("nghi-quyet.bin: ")
    assert "which is not read" in str(caught.value)


def test_a_lying_name_does_not_hide_a_pdf() -> None:
    with pytest.raises(UnsupportedType, match="PDF"):
        read_source(b"%PDF-1.4 ...", "nghi-quyet.txt")


def test_what_the_caller_calls_text_is_read_as_text() -> None:
    source, _ = read_source(b"%PDF- is how a PDF begins", media_type="text/plain")
    assert source.media_type == "text/plain"
    assert codes(bytes(range(32)) * 4, media_type="text/plain") == ["S003"]


def test_another_media_type_is_refused() -> None:
    with pytest.raises(UnsupportedType, match="PDF"):
        read_source(b"abc", media_type="application/pdf")


def test_a_stray_control_character_is_no_binary_data() -> None:
    assert codes(TEXT.encode() * 10 + b"\0") == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Điều 1. Một", "a.txt", "text/plain"),
        ("Điều 1. Một", "a.md", "text/markdown"),
        ("Điều 1. Một", "a.docx", "text/plain"),
        ("**NGHỊ QUYẾT**\n\n**Điều 1.** Một\n", "a.txt", "text/markdown"),
        ("# NGHỊ QUYẾT\n\n## Điều 1\n", None, "text/markdown"),
        ("* Một\n* Hai\n** chú thích\n*** ba\n", None, "text/plain"),
        ("-----\n| lẻ |\n2 ** 3 ** 4\n# 1\n", None, "text/plain"),
    ],
)
def test_markdown_by_name_and_by_content(text: str, name: str | None, kind: str) -> None:
    assert read_source(text.encode(), name)[0].media_type == kind


def test_the_limit_holds_for_bytes_strings_and_streams() -> None:
    for data in (b"x" * 101, "x" * 101):
        with pytest.raises(SourceTooLarge, match="100 bytes"):
            read_source(data, "a.txt", None, Limits(max_bytes=100))
    with pytest.raises(SourceTooLarge):
        load_stream(io.BytesIO(b"x" * 1000), limits=Limits(max_bytes=100))
    assert read_source(b"x" * 100, "a.txt", None, Limits(max_bytes=100))[0].text == "x" * 100


def test_load_gives_name_and_sha256_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "nghị quyết.txt"
    path.write_bytes(TEXT.encode("utf-16"))
    source = load(path).source
    assert (source.name, source.sha256) == (path.name, hashlib.sha256(path.read_bytes()).hexdigest())
    assert load(str(path)).source == source


def test_what_cannot_be_opened_is_one_clear_error(tmp_path: Path) -> None:
    for path, word in ((tmp_path / "no.txt", "no such file"), (tmp_path, "folder"), ("a\0b", "cannot be read")):
        with pytest.raises(UnreadableSource, match=word):
            load(path)


@pytest.mark.parametrize(
    "text", ["Điều 1. Phạm vi\nĐiều 2. Đối tượng", "Điều 1. Phạm vi " * 1000, "Điều 1.\n" * 10_000]
)
def test_a_text_given_as_a_path_is_told_so_in_short(text: str) -> None:
    with pytest.raises(UnreadableSource, match='a text is read with media_type="text/plain"') as error:
        load(text)
    assert len(str(error.value)) < 200
