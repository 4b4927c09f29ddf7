"""Vietnamese encodings from before Unicode: whole files, fonts, capitals; and sound text, which nothing may touch."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from support.texts import sample_paths, shared_paths, text_of
from vn_resolution.grammar import load_grammar
from vn_resolution.sources import legacy, read_source
from vn_resolution.sources.legacy import TCVN3, VISCII, VNI, font_encoding, from_font, is_syllable, vietnamese_share

TEXTS = [p for p in sample_paths() + shared_paths() if not p.name.startswith(("mtc-ws", "ocr-copy"))]
QUOTES = {"“": '"', "”": '"', "–": "-", "…": "..."}


@cache
def table(section: str) -> dict[str, Any]:
    return dict(load_grammar().file("legacy")[section])


def one_byte(text: str, section: str) -> bytes:
    """As the old programs wrote it; TCVN3 has no toned capitals, so the small letter stands for one."""
    codes = table(section)
    out = bytearray()
    for char in text:
        code = codes.get(char, codes.get(char.lower()) if section == "tcvn3" else None)
        out += bytes((code,)) if code is not None else char.encode("cp1252", errors="replace")
    return bytes(out)


def vni(text: str) -> bytes:
    return "".join(table("vni").get(char, char) for char in text).encode("cp1252", errors="replace")


def scrambled(text: str) -> str:
    """UTF-8 read as windows-1252."""
    return "".join(
        chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes((byte,)).decode("cp1252")
        for byte in text.encode("utf-8")
    )


def plain(text: str) -> str:
    """What all of the encodings can hold."""
    text = unicodedata.normalize("NFC", text)
    return "".join(char for char in text if char.isascii() or char in table("viscii") or char in QUOTES)


ENCODINGS: dict[str, tuple[Callable[[str], bytes], str, str]] = {
    "tcvn3": (lambda text: one_byte(text, "tcvn3"), "S110", TCVN3),
    "viscii": (lambda text: one_byte(text, "viscii"), "S110", VISCII),
    "vni": (vni, "S110", VNI),
    "mojibake": (lambda text: scrambled(text).encode(), "S111", "UTF-8"),
    "mojibake twice": (lambda text: scrambled(scrambled(text)).encode(), "S111", "UTF-8"),
    "tcvn3 saved as utf-8": (lambda text: one_byte(text, "tcvn3").decode("cp1252", "replace").encode(), "S110", TCVN3),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_round_trips(name: str) -> None:
    """At least 99.9 % of the characters of all texts; all of them where case does not count."""
    encode, code, said = ENCODINGS[name]
    same = whole = 0
    for path in TEXTS:
        text = plain(text_of(path)).replace("\r", "")
        if name == "viscii":  # it has no such signs
            text = "".join(QUOTES.get(char, char) for char in text)
        source, doubts = read_source(encode(text))
        assert [d.code for d in doubts] == [code], path.name
        assert said in doubts[0].message
        assert source.text.lower() == text.lower(), path.name
        same += sum(a == b for a, b in zip(source.text, text, strict=True))
        whole += len(text)
    assert same / whole >= 0.999


@pytest.mark.parametrize("name", ["tcvn3", "vni"])
@pytest.mark.parametrize("capitals", [False, True], ids=["as it is", "capitals"])
@pytest.mark.parametrize(("words", "share"), [(8, 0.8), (20, 0.97)])
def test_short_texts(name: str, capitals: bool, words: int, share: float) -> None:
    """Of few words most are converted, and those that are, are converted rightly."""
    right = count = 0
    for path in TEXTS[:40]:
        all_words = plain(text_of(path)).split()
        for start in range(0, len(all_words) - words, max(words, len(all_words) // 6)):
            text = " ".join(all_words[start : start + words])
            text = text.upper() if capitals else text
            if text.isascii():
                continue
            source, doubts = read_source(ENCODINGS[name][0](text), media_type="text/plain")
            count += 1
            right += source.text.lower() == text.lower()
            assert source.text.lower() == text.lower() or "S110" not in {d.code for d in doubts}, text
    print(f"{name}, {words} words: {right} of {count}")
    assert right >= share * count


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_sound_text_is_never_touched(path: Any) -> None:
    text = text_of(path)
    assert legacy.repaired(text) is None
    assert legacy.repaired(unicodedata.normalize("NFD", text)) is None
    for line in text.splitlines():
        assert legacy.repaired(line) is None, line


@pytest.mark.parametrize(
    "text",
    [
        "The Council’s “résumé” of the naïve café: £5, €7, ©2004 – façade, coöperate.",
        "Le café est fermé à midi; l'été dernier, où étiez-vous? Garçon, élève, forêt, Noël, sûr, maïs, déjà vu.",
        "Die Straße über die Brücke ist für Fußgänger schön, während Öl größer wird; Übung, Ärger, Mädchen.",
        "El niño mañana comió jalapeño; año, señor, corazón, acción, razón, jamón, pingüino.",
        "São Paulo não é só coração; avó, avô, ação, irmão, pães, lições.",
        "Fjerner brukeren «s» fra gruppen «s», endret «t» til «s».",
        "Omitiendo «c» ya que el repositorio «s» no admite «t».",
        "",
        "Điều 1. Thông qua.",
        "100 % ± 5 °C × 2 ÷ 3 ½ ¼",
    ],
)
def test_other_languages_and_signs_are_never_touched(text: str) -> None:
    assert legacy.repaired(text) is None
    try:
        data = text.encode("cp1252")
    except UnicodeEncodeError:
        return
    assert legacy.from_bytes(data) is None
    assert read_source(data)[0].text == text


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("Quyết định về phí chợ của huyện vùng cao", "Quyết định về phí chợ của huyện vùng cao"),
        ("HỘI ĐỒNG NHÂN DÂN TỈNH", "HỘI ĐỒNG NHÂN DÂN TỈNH"),
        ("Ở xã Hồ Đá, chợ họp ngày rằm", "ở xã Hồ Đá, chợ họp ngày rằm"),
        ("NGHỊ QUYẾT\nVề kế hoạch trồng rừng", "NGHỊ QUYẾT\nVề kế hoạch trồng rừng"),
        ("NGHỊ QUYẾT\nVỀ KẾ HOẠCH TRỒNG RỪNG", "NGHỊ QUYẾT\nVỀ KẾ HOẠCH TRỒNG RỪNG"),
        ("Kính gửi:\nVỀ VIỆC THU PHÍ", "Kính gửi:\nVỀ VIỆC THU PHÍ"),
    ],
)
def test_capitals_of_tcvn3_come_back_where_the_word_shows_them(shown: str, meant: str) -> None:
    long = "Căn cứ tờ trình của Ủy ban nhân dân về việc thu phí chợ ở các xã vùng cao thuộc huyện. "
    found = legacy.from_bytes(one_byte(long + shown, "tcvn3"))
    assert found is not None and found.text.endswith(meant)


@pytest.mark.parametrize(
    ("font", "encoding", "capitals"),
    [
        (".VnTime", TCVN3, False),
        (".VnTimeH", TCVN3, True),
        (".VnArial NarrowH", TCVN3, True),
        ("ABCDEF+.VnTimeH,Bold", TCVN3, True),
        ("VNI-Times", VNI, False),
        ("VNI-Helve-Condense Bold", VNI, False),
        ("Times New Roman", None, False),
        ("Verdana", None, False),
    ],
)
def test_fonts(font: str, encoding: str | None, capitals: bool) -> None:
    assert font_encoding(font) == (encoding, capitals)


def test_text_in_such_fonts() -> None:
    assert from_font("Céng hoµ x· héi", ".VnTime") == "Cộng hoà xã hội"
    assert from_font("héi ®ång nh©n d©n", ".VnTimeH") == "HỘI ĐỒNG NHÂN DÂN"
    assert from_font("Coäng hoøa xaõ hoäi", "VNI-Times") == "Cộng hòa xã hội"
    assert from_font("Céng hoµ", "Times New Roman") is None
    assert from_font("Cộng hoà xã hội chủ nghĩa", ".VnTime") is None  # it is in Unicode, whatever the font


@pytest.mark.parametrize("word", ["nghiêng", "quyết", "giếng", "gì", "Đắk", "ương", "khuỷu", "yêu", "ỷ", "quốc", "oăn"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["café", "mạc̣h", "Größe", "hàc", "xyz", "ộtộ", "bảp"])
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


def test_how_well_a_text_reads_as_vietnamese() -> None:
    assert vietnamese_share("Hội đồng nhân dân tỉnh thông qua kế hoạch") == 1.0
    assert vietnamese_share("Hoi dong nhan dan tinh thong qua ke hoach") == 0.0
    assert vietnamese_share("Céng hoµ x· héi chñ nghÜa ViÖt Nam") < 0.5


def test_a_string_of_the_caller_stays_as_it_is() -> None:
    text = scrambled("Hội đồng nhân dân tỉnh thông qua kế hoạch")
    assert read_source(text)[0].text == text


def test_where_the_charset_is_given_nothing_is_guessed() -> None:
    data = one_byte("Hội đồng nhân dân tỉnh thông qua kế hoạch trồng rừng", "tcvn3")
    assert read_source(data, media_type="text/plain; charset=cp1252")[0].text == data.decode("cp1252")
