"""The report shows what is in the corpus, fetches nothing, and stands in a browser without complaint."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from support.short import resolution
from vn_resolution.cli import run
from vn_resolution.corpus.build import Options, build
from vn_resolution.corpus.report.charts import chart
from vn_resolution.corpus.series import Measured
from vn_resolution.corpus.store import Corpus


def reading(year: str, low: float | None, high: float | None = None, **more: object) -> Measured:
    facts: dict[str, object] = {
        "province": "Hà Nam", "year": year, "document": "a.txt", "eid": None, "start": None, "end": None,
        "concept": "grdp_growth", "name": "GRDP", "status": "actual", "change": "level", "low": low, "high": high,
        "comparator": "eq", "unit": "%", "value": None, "period": None, "qualifiers": (),
    }  # fmt: skip
    return Measured(**{**facts, **more})  # type: ignore[arg-type]


def drawn(*readings: Measured) -> ElementTree.Element:
    return ElementTree.fromstring(chart(readings, {"Hà Nam": 0}, 1, "a & b"))


def test_what_is_drawn() -> None:
    svg = drawn(
        reading("2020", 5, 5), reading("2021", 6, 6), reading("2022", 7, 8, status="target"), reading("2023", 9)
    )
    kinds = [element.get("class") for element in svg.iter() if element.get("class") not in ("grid", "base")]
    assert kinds.count("dot") == 3 and kinds.count("ring") == 1
    assert kinds.count("bar") == 1 and kinds.count("tick") == 1 and kinds.count("link") == 3
    assert svg.get("aria-label") == "a & b"


def test_higher_values_are_higher_and_later_years_further_right() -> None:
    first, second = drawn(reading("2020", 5, 5), reading("2024", 6, 6)).iter("circle")
    assert float(first.get("cx", 0)) < float(second.get("cx", 0)) and float(first.get("cy", 0)) > float(
        second.get("cy", 0)
    )


def test_what_is_said_twice_is_drawn_once() -> None:
    svg = drawn(reading("2020", 5, 5), reading("2020", 5, 5, eid="att_1"), reading("2021", 6, 6))
    assert len(list(svg.iter("circle"))) == 2 and [line.get("class") for line in svg.iter("line")].count("link") == 1


def test_two_values_of_one_year_are_not_joined() -> None:
    svg = drawn(reading("2020", 5, 5), reading("2021", 6, 6), reading("2021", 9, 9), reading("2022", 7, 7))
    assert not [line for line in svg.iter("line") if line.get("class") == "link"]


def test_thousands_of_values_stay_a_small_picture() -> None:
    many = [reading(str(2000 + k % 20), k, k, province=f"P{k % 63}") for k in range(20_000)]
    assert len(chart(many, {"P1": 0, "P2": 1}, 1, "")) < 1_000_000


@pytest.mark.parametrize("low", [0, 1e-9, -3.5, 1e18, 7])
def test_one_value_of_any_size(low: float) -> None:
    (circle,) = drawn(reading("2020", low, low)).iter("circle")
    assert 0 <= float(circle.get("cx", -1)) <= 340 and 0 <= float(circle.get("cy", -1)) <= 190


def test_nothing_to_draw() -> None:
    assert chart([reading("2020", None)], {}, 1, "") == ""


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_counts_what_is_there(samples: Corpus, language: str) -> None:
    page = samples.report("Tên <của> kho", language)  # type: ignore[arg-type]
    assert "<h1>Tên &lt;của&gt; kho</h1>" in page and f'lang="{language}"' in page
    assert "<b>9</b>" in page and "<b>2004–2025</b>" in page
    for province in ("An Giang", "Lạng Sơn", "Cần Thơ"):
        assert f'<th scope="row">{province}</th>' in page
    assert ("Tốc độ tăng trưởng GRDP" if language == "vi" else "GRDP growth") in page
    assert "Luật Tổ chức chính quyền địa phương" in page
    assert page == samples.report("Tên <của> kho", language)  # type: ignore[arg-type]


def test_numbers_are_written_as_the_language_has_them(samples: Corpus) -> None:
    vietnamese, english = samples.report(), samples.report(language="en")
    assert ">6,634 *<" in english and ">6.634 *<" in vietnamese
    assert ">7.5–8 *<" in english and ">7,5–8 *<" in vietnamese
    axis = [re.findall(r'text-anchor="end">([^<]+)<', page) for page in (vietnamese, english)]
    assert [label.translate(str.maketrans(".,", ",.")) for label in axis[0]] == axis[1]
    assert any("," in label for label in axis[1]) and not any(label.endswith("k") for label in axis[1])


def test_doubts_of_most_documents_stand_first_and_are_told_in_the_language(tmp_path: Path) -> None:
    body = "Điều 1. Giao Ủy ban nhân dân tỉnh:\n\n1. Một.\n\n3. Ba.\n\n6. Sáu.\n\n9. Chín."
    for k in range(3):
        text = resolution(f"{k + 1}/NQ-HĐND", body if k == 0 else "Điều 1. Giao Ủy ban nhân dân tỉnh thực hiện.")
        (tmp_path / f"{k}.txt").write_text(text, "utf-8")
    build([tmp_path / f"{k}.txt" for k in range(3)], tmp_path / "corpus", Options(jobs=1))
    with Corpus(tmp_path / "corpus") as corpus:
        page = corpus.report()
    rows = re.findall(r'<td class="n">(\d+)</td><td class="k">([A-Z]\d+)</td><td class="">([^<]*)</td>', page)
    assert [int(count) for count, *_ in rows] == sorted((int(count) for count, *_ in rows), reverse=True)
    said = {code: words for _, code, words in rows}
    assert said["D004"] == "Văn bản có thể bị cắt: thiếu câu thông qua và chữ ký"
    assert list(said) == ["D004", "N001"]


def test_it_fetches_nothing_and_runs_nothing(samples: Corpus) -> None:
    page = samples.report()
    assert "<script" not in page and "style=" not in page
    assert not re.findall(r"""(?:src|href)=["'](?!data:,)""", page)
    assert "url(" not in page and "@import" not in page


def test_what_documents_say_is_text(tmp_path: Path) -> None:
    evil = "Về <script>alert(1)</script>"
    (tmp_path / "a.txt").write_text(
        resolution("1/NQ-HĐND", "Điều 1. Thực hiện Luật <img src=x onerror=y> năm 2020.", title=evil), "utf-8"
    )
    (tmp_path / "b<b>.docx").write_bytes(b"PK\x03\x04 no document")
    build([tmp_path / "a.txt", tmp_path / "b<b>.docx"], tmp_path / "corpus", Options(jobs=1))
    page = Corpus(tmp_path / "corpus").report("<b>")
    assert "<script" not in page and "<img" not in page and "<b>.docx" not in page
    assert "b&lt;b&gt;.docx" in page


def test_an_empty_view(samples: Corpus) -> None:
    assert "<b>0</b>" in samples.where(province="nowhere").report()


def test_in_a_browser(samples: Corpus, tmp_path: Path) -> None:
    from viewer.browser import chromium, complaints, picture, save, set_dark, set_size, settle

    with chromium() as browser:
        browser.get(save(samples.report(), tmp_path, "report"))
        for width, dark in ((1200, False), (390, True)):
            set_size(browser, width, 900)
            set_dark(browser, dark)
            settle(browser)
            assert browser.execute_script("return document.documentElement.scrollWidth") <= width
            cut = """return [...document.querySelectorAll('.chart text')].filter(t => {
                const inner = t.getBoundingClientRect(), outer = t.ownerSVGElement.getBoundingClientRect();
                return inner.left < outer.left - 4 || inner.right > outer.right + 12;
            }).map(t => t.textContent)"""
            assert browser.execute_script(cut) == []
        assert complaints(browser) == []
        set_size(browser, 1200, 1150)
        set_dark(browser, False)
        browser.get(save(samples.report("Samples", "en"), tmp_path, "report"))
        picture(browser, "corpus-report.png")


def test_command(samples_folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert run(["corpus", "report", str(samples_folder), "-o", str(page), "--language", "en", "--year", "2021"]) == 0
    assert "<b>2</b>documents" in page.read_text("utf-8")
    assert run(["corpus", "report", str(tmp_path), "-o", str(page)]) == 3
