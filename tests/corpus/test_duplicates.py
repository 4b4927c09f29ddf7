"""Copies of one resolution are found, whatever their format and misprints; other resolutions are not called copies."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

import vn_resolution as vr
from formats.make_docx import to_docx
from formats.make_html import to_html
from formats.make_pdf import can_print, print_pdf
from formats.typed import blocks
from support import short
from support.corpora import Template, resolution, scanned, templates
from support.texts import SAMPLES
from vn_resolution.corpus.build import Options, build
from vn_resolution.corpus.identity import contradict, identity_of, same
from vn_resolution.corpus.misprints import are_copies, differences, figures_in_place, may_be_misprint
from vn_resolution.corpus.sketch import SIZE, Sketch, likeness, sketch_of, words_of
from vn_resolution.corpus.store import Corpus

PATTERNS = [template for template in templates(shared=False) if template.name != "ocr-copy-2012"]


def found(source: Path, corpus: Path) -> dict[str, tuple[str, str]]:
    """By document, below the source: (original, kind)."""
    build([source], corpus, Options(jobs=2))
    root = len(source.name) + 1
    with Corpus(corpus) as opened:
        rows = list(opened.rows("duplicates"))
    assert all(0 <= row["likeness"] <= 1 for row in rows)
    return {row["document"][root:]: (row["original"][root:], row["kind"]) for row in rows}


def groups(copies: dict[str, tuple[str, str]], documents: list[str]) -> list[set[str]]:
    """Documents that are called copies of each other, the larger groups of one only."""
    together: dict[str, set[str]] = {}
    for document in documents:
        original, kind = copies.get(document, (document, ""))
        together.setdefault(document if kind == "identity" else original, set()).add(document)
    return list(together.values())


def test_copies_in_other_formats_and_scans_are_found_and_other_resolutions_are_not(tmp_path: Path) -> None:
    """Every sample, set in all formats and scanned, beside resolutions of the same council on the same matter: of the
    next year, and of the same day with half of its figures and persons others."""
    source = tmp_path / "in"
    expected: list[set[str]] = []
    for template in PATTERNS:
        first = resolution(template, 1, "Hà Nam", 0, number=31)
        again = Template(template.name, first, template.suffix)
        others = {
            "first": first,
            "next-year": resolution(template, 2, "Hà Nam", 1, number=31),
            "half": resolution(again, 3, None, 0, 0.5, number=32),
        }
        for name, text in others.items():
            place = source / template.name / name
            place.mkdir(parents=True)
            (place / f"text{template.suffix}").write_text(text, encoding="utf-8")
            (place / "scan.txt").write_text(scanned(text, 0.01, len(expected)), encoding="utf-8")
            if name == "first":
                kind = "text/markdown" if template.suffix == ".md" else "text/plain"
                doc = vr.parse(text, media_type=kind)
                (place / "word.docx").write_bytes(to_docx(blocks(doc)))
                (place / "page.html").write_bytes(to_html(blocks(doc)))
                if can_print():
                    (place / "printed.pdf").write_bytes(print_pdf(doc))
            expected.append({f"{template.name}/{name}/{path.name}" for path in place.iterdir()})
    copies = found(source, tmp_path / "corpus")
    assert Counter(kind for _, kind in copies.values())["near"] >= 2 * len(PATTERNS)
    documents = [name for names in expected for name in names]
    got = groups(copies, documents)
    for names in got:
        assert len({name.rpartition("/")[0] for name in names}) == 1, names
    missed = [names for names in expected if names not in got]
    assert len(missed) <= 0.1 * len(expected), missed


def test_the_same_bytes_and_the_same_words(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    text = (SAMPLES / "budget.txt").read_text("utf-8")
    (source / "b.txt").write_text(text, encoding="utf-8")
    (source / "c.txt").write_text(text, encoding="utf-8")
    (source / "d.txt").write_text(text.replace("\n", "\r\n").replace("HÒA", "HOÀ"), encoding="utf-8")
    (source / "e.txt").write_bytes((SAMPLES / "personnel.txt").read_bytes())
    for name in "fgh":
        (source / f"{name}.txt").write_text("\n" * ord(name), encoding="utf-8")
    assert found(source, tmp_path / "corpus") == {"c.txt": ("b.txt", "exact"), "d.txt": ("b.txt", "text")}


def test_the_copy_with_the_fewest_doubts_is_the_original(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    text = (SAMPLES / "budget.txt").read_text("utf-8")
    cut = text[: text.index("Nghị quyết này")]
    (source / "a.txt").write_text(cut, encoding="utf-8")
    (source / "b.txt").write_text(text, encoding="utf-8")
    assert found(source, tmp_path / "corpus") == {"a.txt": ("b.txt", "near")}


def test_one_identity_with_other_words_is_told_as_such(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    text = (SAMPLES / "budget.txt").read_text("utf-8")
    other = (SAMPLES / "annual-socio-economic-plan.txt").read_text("utf-8")
    head = text[: text.index("QUYẾT NGHỊ")]
    (source / "a.txt").write_text(text, encoding="utf-8")
    (source / "b.txt").write_text(head + other[other.index("QUYẾT NGHỊ") :], encoding="utf-8")
    copies = found(source, tmp_path / "corpus")
    assert set(copies.values()) <= {("a.txt", "identity"), ("b.txt", "identity")}
    assert len(copies) == 1


def test_two_persons_elected_on_one_day(tmp_path: Path) -> None:
    """Their resolutions have nearly all words in common; without a number only the persons tell them apart."""
    source = tmp_path / "in"
    source.mkdir()
    text = (SAMPLES / "personnel.txt").read_text("utf-8")
    lines = [line for line in text.split("\n") if "Số:" not in line]
    for name, person in (("a", "Nguyễn Hữu Tấn"), ("b", "Trần Lê Phương Thảo"), ("c", "Hoàng Gia Khiêm")):
        changed = ["1. Ông " + person + ", Giám đốc Sở;" if line.startswith("1. ") else line for line in lines]
        (source / f"{name}.txt").write_text("\n".join(changed), encoding="utf-8")
    assert found(source, tmp_path / "corpus") == {}


def test_without_numbers_a_few_other_figures_make_another_resolution(tmp_path: Path) -> None:
    """A tenth of the figures is other and every word is the same: no scanner does that. A scan stays with its text."""
    source = tmp_path / "in"
    source.mkdir()
    names = []
    for template in PATTERNS:
        header, sign, rest = template.text.partition("QUYẾT NGHỊ")
        first = "\n".join(line for line in header.split("\n") if "Số:" not in line) + sign + rest
        other = resolution(Template(template.name, first, template.suffix), 4, None, 0, 0.1)
        for name, text in (("one", first), ("other", other)):
            (source / f"{template.name}-{name}.txt").write_text(text, encoding="utf-8")
            for rate in (0.02, 0.05):
                scan = scanned(text, rate, 7)
                (source / f"{template.name}-{name}-scan-{rate}.txt").write_text(scan, encoding="utf-8")
            names.append({path.name for path in source.glob(f"{template.name}-{name}*")})
    got = groups(found(source, tmp_path / "corpus"), sorted(name for pair in names for name in pair))
    for together in got:
        assert any(together <= pair for pair in names), together
    assert sum(pair in got for pair in names) >= 0.5 * len(names)


def test_two_matters_of_one_session_are_two_resolutions(tmp_path: Path) -> None:
    """Long legal bases in common, and articles on other matters in words so short that each word of one has a word of
    the other a letter away: what stands beside each other tells them apart."""
    source = tmp_path / "in"
    source.mkdir()
    bases = "\n".join(
        f"Căn cứ Nghị định số {20 + 7 * k}/2015/NĐ-CP ngày {k + 2} tháng {k + 1} năm 2015 của Chính phủ;"
        for k in range(9)
    )
    for name in ("one", "other"):
        chance = random.Random(name)
        words = [chance.choice("bcdghlmnt") + chance.choice(("an", "ai", "ao", "inh", "ong")) for _ in range(300)]
        text = short.resolution("1", f"Điều 1. Giao {' '.join(words)}.", bases=bases)
        lines = [line for line in text.split("\n") if "Số:" not in line]
        (source / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")
    assert found(source, tmp_path / "corpus") == {}


def test_a_scan_that_fits_two_texts_does_not_make_them_one(tmp_path: Path) -> None:
    """Two clean texts that differ by a digit; a scan with so many misreadings may be of either."""
    source = tmp_path / "in"
    source.mkdir()
    text = (SAMPLES / "budget.txt").read_text("utf-8")
    first = "\n".join(line for line in text.split("\n") if "Số:" not in line)
    for name, said in (("first", first), ("other", first.replace("6.634.000", "6.734.000", 1))):
        (source / f"{name}.txt").write_text(said, encoding="utf-8")
    for seed in range(4):
        (source / f"scan-{seed}.txt").write_text(scanned(first, 0.02, seed), encoding="utf-8")
    copies = found(source, tmp_path / "corpus")
    assert "first.txt" not in copies and "other.txt" not in copies
    assert len(copies) >= 3, "the scans are copies of one"


def test_what_changes_a_figure_between_the_same_words() -> None:
    text = [
        "giao",
        "uy",
        "ban",
        "nhan",
        "dan",
        "tinh",
        "chi",
        "125",
        "ty",
        "dong",
        "cho",
        "30",
        "xa",
        "trong",
        "nam",
        "va",
        "48",
        "ty",
        "dong",
        "cho",
        "phuong",
    ]
    found = figures_in_place(text, " ".join(text).replace("125", "126").replace("48", "73").split())
    assert (found.common, found.misread, found.whole) == (3, 1, 1)
    assert not found.are_misread(0.05)
    assert figures_in_place(text, text[::-1]).common == 0, "another order has no common places"
    table = ["muc", "1", "dong", "2", "dong", "3", "dong", "4", "dong"]
    assert figures_in_place(table, [*table, "5", "dong"]).misread == 0, "a row more is no changed figure"
    long = " ".join(f"w{k} v{k} {100 + k} x{k} y{k}" for k in range(80)).split()
    slipped = [word.replace("101", "107").replace("150", "50") for word in long]
    assert figures_in_place(long, slipped).are_misread(0.03), "so many misread words explain two digits"
    assert not figures_in_place(long, slipped).are_misread(0), "without a misread word nothing explains them"


@pytest.mark.parametrize(("old", "new"), [("2024", "2025"), ("Ha", "Nghe"), ("12", "47"), ("Tan", "Khiem")])
def test_one_word_that_says_another_thing_makes_another_text(old: str, new: str) -> None:
    text = "ve du toan nam 2024 cua tinh Ha Nam giao 12 ty dong cho Ong Nguyen Huu Tan quan ly tai cac don vi"
    one, other = (said.lower().split() for said in (text, text.replace(old, new)))
    assert not are_copies(one, other)
    assert are_copies(one, [*one[:9], "trang", "3", *one[9:]]), "what one has in addition changes nothing"


def test_duplicates_are_found_whatever_is_near_them(tmp_path: Path) -> None:
    """A hundred resolutions on one pattern do not hide a copy, nor are they copies."""
    source = tmp_path / "in"
    source.mkdir()
    template = next(template for template in PATTERNS if template.name == "budget")
    for seed in range(100):
        text = resolution(template, seed, "Hà Nam", seed % 7, number=seed + 10)
        (source / f"{seed:03}.txt").write_text(text, encoding="utf-8")
        if seed % 25 == 0:
            (source / f"{seed:03}-scan.txt").write_text(scanned(text, 0.01, seed), encoding="utf-8")
    copies = found(source, tmp_path / "corpus")
    pairs = {tuple(sorted((document, original))) for document, (original, kind) in copies.items() if kind == "near"}
    assert pairs == {(f"{seed:03}-scan.txt", f"{seed:03}.txt") for seed in (0, 25, 50, 75)}


def test_a_sketch_estimates_what_texts_have_in_common() -> None:
    for template in PATTERNS:
        one = vr.parse(template.text, media_type="text/plain")
        other = vr.parse(resolution(template, 3), media_type="text/plain")
        sketches = [sketch_of(doc) for doc in (one, other)]
        sets = []
        for doc in (one, other):
            words = [word.lower() for word in words_of(doc.source)]
            sets.append(set(zip(words, words[1:], words[2:], strict=False)))
        true = len(sets[0] & sets[1]) / len(sets[0] | sets[1])
        error = (true * (1 - true) / SIZE) ** 0.5
        assert abs(likeness(sketches[0].runs, sketches[1].runs) - true) < 4 * error + 0.01
        assert Sketch.from_bytes(sketches[0].to_bytes()) == sketches[0]
        assert likeness(sketches[0].marks, sketches[0].marks) == 1
    assert likeness([], []) == 0
    assert likeness([1, 2], [2, 3]) == pytest.approx(1 / 3)


def test_identities() -> None:
    hanoi = identity_of("Hội đồng nhân dân thành phố Hà Nội", "VN-HN", "31/2024/NQ-HĐND", 2024, "2024-07-01")
    assert same(hanoi, identity_of("Hội đồng nhân dân TP Hà Nội", "VN-HN", "31/2024/NQ-HĐND", 2024, "2024-07-02"))
    assert not same(hanoi, identity_of("Hội đồng nhân dân thành phố Hà Nội", "VN-HN", "31/NQ-HĐND", 2024))
    assert not same(hanoi, identity_of("Hội đồng nhân dân thành phố Hà Nội", "VN-HN", None, 2024))
    for other in (
        ("Hội đồng nhân dân thành phố Hà Nội", "VN-HN", "32/2024/NQ-HĐND", 2024),
        ("Hội đồng nhân dân thành phố Hà Nội", "VN-HN", "31/2023/NQ-HĐND", 2023),
        ("Hội đồng nhân dân thành phố Hà Nội", "VN-HN", "31/NQ-HĐND", 2024),
        ("Hội đồng nhân dân tỉnh Hà Nam", "VN-63", "31/2024/NQ-HĐND", 2024),
        ("Hội đồng nhân dân xã Tân Hội", None, "31/2024/NQ-HĐND", 2024),
        ("Hội đồng nhân dân thành phố Hà Tĩnh", None, "31/2024/NQ-HĐND", 2024),
        ("Hội đồng nhân dân thành phố Hà Nội", "VN-HN", None, 2024, "2024-07-03"),
        ("Hội đồng nhân dân thành phố Hà Nội", "VN-HN", None, 2022),
    ):
        assert contradict(hanoi, identity_of(*other)), other
    for other in (
        ("Hội đồng nhân dân thành phố Hà Nôl", None, "31/2024/NQ-HĐND", 2024, "2024-07-03"),
        ("Hội đồng nhân dân thành phố H Nội", None, "31/2024/NQ-HĐND", 2024),
        ("Hội đồng nhân dân", None, None, None),
        (None, None, "1/2024/NQ-HĐND", None, "2024-07"),
        (None, None, "331/2024/NQ-HĐND", None),
    ):
        assert not contradict(hanoi, identity_of(*other)), other
    communes = [
        identity_of(f"Hội đồng nhân dân xã {name}", None, "3/NQ-HĐND", 2024) for name in ("An Mỹ", "Ân Mỹ", "Ba Mỹ")
    ]
    assert not contradict(communes[0], communes[1]) and contradict(communes[0], communes[2])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("nghi", "nghj", True), ("nghi", "ngh", True), ("nghi", "nghii", True), ("nghi", "nhgi", True),
        ("nghi", "quyet", False), ("an", "ha", False), ("an", "an", True), ("giang", "ninh", False),
    ],
)  # fmt: skip
def test_misprints_of_a_word(one: str, other: str, expected: bool) -> None:
    assert may_be_misprint(one, other) == may_be_misprint(other, one) == expected


def test_differences_of_a_copy_and_of_another_text() -> None:
    words = dict.fromkeys(
        [
            "giao",
            "uy",
            "ban",
            "nhan",
            "dan",
            "tinh",
            "chi",
            "cho",
            "phuong",
            "thuc",
            "hien",
            "nam",
            "ngan",
            "sach",
            "nha",
            "nuoc",
        ],
        3,
    )
    text = Counter({**words, **{str(number): 1 for number in range(1000, 1030)}})
    stamped = text + Counter(["van", "phong", "da", "den", "so", "12", "ngay", "30"])
    assert differences(text, stamped).are_misprints()
    misread = Counter(text)
    misread.subtract({"phuong": 2, "ngan": 1, "1005": 1, "1009": 1})
    misread.update({"phuonq": 2, "nqan": 1, "10o5": 1, "1oo9": 1})
    found = differences(text, +misread)
    assert (found.misprints, found.strange, found.changed) == (3, 0, 0)
    assert found.are_misprints()
    other = Counter({**words, **{str(number): 1 for number in range(1015, 1045)}})
    found = differences(text, other)
    assert (found.misprints, found.strange, found.changed) == (0, 0, 15)
    assert not found.are_misprints("identity")
    persons = text - Counter(["nha", "nuoc", "ngan", "sach"]) + Counter(["tran", "thi", "phuong", "thao"])
    assert not differences(text, persons).are_misprints("identity")
