"""The page as a text: everything of the source is in it, nothing of the source is markup, and it asks for nothing."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vn_resolution as vr
from render.small import SMALL
from support.texts import media_type_of, sample_paths, shared_paths, text_of
from viewer.hostile import HOSTILE
from vn_resolution.render.html import to_html
from vn_resolution.render.viewer_markup import digest, pair
from vn_resolution.render.viewer_notebook import to_notebook_html

html5lib = pytest.importorskip("html5lib")
_XHTML = "{http://www.w3.org/1999/xhtml}"
_STAND_INS = re.compile("[\ud800-\udfff]")


def _parse(text: str, media_type: str = "text/plain") -> vr.Resolution:
    return vr.parse(text, media_type=media_type, name="thử.txt")


class Page:
    """A page as a browser takes it: read by the HTML standard's own algorithm, after a trip through UTF-8."""

    def __init__(self, doc: vr.Resolution) -> None:
        self.doc = doc
        self.html = to_html(doc)
        parser = html5lib.HTMLParser()
        self.tree: Any = parser.parse(self.html.encode("utf-8").decode("utf-8"))
        self.errors = [f"{name} at {place}" for place, name, _ in parser.errors]
        self.all = list(self.tree.iter())

    def by_class(self, name: str) -> list[Any]:
        return [e for e in self.all if name in str(e.get("class", "")).split()]

    @property
    def source(self) -> str:
        (paper,) = self.by_class("paper")
        return "".join(paper.itertext())

    @property
    def data(self) -> dict[str, Any]:
        (block,) = (e for e in self.all if e.get("id") == "data")
        found: dict[str, Any] = json.loads(block.text)
        return found

    def check(self) -> None:
        shown = _STAND_INS.sub("\ufffd", self.doc.source.text).replace("\0", "\u2400")
        if self.doc.source.text:
            assert self.source == shown
        ids = [e.get("id") for e in self.all if e.get("id")]
        assert len(ids) == len(set(ids))
        for element in self.all:
            href = element.get("href")
            if href is not None:
                assert href == "data:," or (href.startswith("#") and href[1:] in ids), href
        known = len(self.data["items"])
        for stretch in self.by_class("g"):
            assert all(0 <= int(at) < known for at in (stretch.get("data-i") or "").split())
        names = {name for e in self.all for name in e.attrib}
        assert not {name for name in names if name.startswith("on") or name in ("src", "srcset", "style", "action")}
        tags = [str(e.tag).removeprefix(_XHTML) for e in self.all]
        assert tags.count("script") == 3 and tags.count("style") == 1 and tags.count("meta") == 5
        assert not {"iframe", "object", "embed", "base", "img", "link"} & {*tags} - {"link"}
        assert tags.count("link") == 1


@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.name)
def test_a_sample_is_a_valid_page_that_holds_every_character(path: Path) -> None:
    page = Page(vr.parse(path))
    page.check()
    assert not page.errors
    assert page.html == to_html(vr.parse(path))


def test_a_model_made_by_hand_with_everything_in_it() -> None:
    page = Page(SMALL)
    page.check()
    assert not page.errors
    (row,) = [e for e in page.all if e.tag == f"{_XHTML}section" and e.get("id") == "panel-amendment"]
    words = " ".join("".join(row.itertext()).split())
    assert "sửa đổi" in words and "khoản 2, Nghị quyết số 5/2020/NQ-HĐND" in words
    told = [{f[0]: f[1] for f in item[5]} for item in page.data["items"] if item[0] == "amendment"]
    assert [amendment["text"] for amendment in told] == ["“2. Các sở phối hợp.", "các ban"]
    quoted = [e for e in page.by_class("q") if "“2." in "".join(e.itertext())]
    assert quoted, "the quoted new wording is told from the resolution's own"


def test_every_shared_text_is_held_whole() -> None:
    paths = shared_paths()
    if not paths:
        pytest.skip("the shared corpus is not here")
    for path in paths[::4]:
        Page(_parse(text_of(path), media_type_of(path))).check()


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        HOSTILE.replace("\n", "\r\n"),
        "",
        "\n",
        "\r",
        " \n\n\t\r\r\n",
        "\n\nĐiều 1. A",
        "Điều 1. A\r\rĐiều 2. B\rNUL \0 và \ud800 lẻ",
        "Điều 1. " + "x" * 5_000,
        "<" * 3_000,
    ],
)
def test_hostile_and_odd_texts_stay_text(text: str) -> None:
    Page(_parse(text)).check()


@given(st.text(st.one_of(st.characters(), st.sampled_from("<>&\"'\r\n-!/ 1.aĐ")), max_size=300))
def test_any_text_is_held_whole(text: str) -> None:
    Page(_parse(text)).check()


def test_the_policy_names_exactly_the_scripts_and_the_style_of_the_page() -> None:
    page = Page(_parse(HOSTILE))
    (policy,) = (e.get("content") for e in page.all if e.get("http-equiv") == "Content-Security-Policy")
    scripts = [e.text for e in page.all if e.tag == f"{_XHTML}script" and e.get("type") is None]
    (style,) = (e.text for e in page.all if e.tag == f"{_XHTML}style")
    assert "default-src 'none'" in policy
    assert f"script-src {' '.join(map(digest, scripts))};" in policy
    assert f"style-src {digest(style)};" in policy
    assert "unsafe" not in policy and "http" not in policy


def test_nothing_is_fetched() -> None:
    page = to_html(vr.parse(sample_paths()[0]))
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style and "@import" not in style and "@font-face" not in style
    script = page[page.rindex("<script>") :]
    assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import)\s*\(", script)
    assert "http://www.w3.org/2000/svg" in script, "the name of SVG, the only address in it"
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", script + style)
    assert "innerHTML" not in script and "eval(" not in script


def test_the_json_block_cannot_end_its_element() -> None:
    page = to_html(_parse(HOSTILE))
    block = page[page.index('id="data">') + 10 :]
    assert "<" not in block[: block.index("</script>")]


def test_a_unit_has_its_eid_as_its_anchor_and_its_findings_their_place() -> None:
    page = Page(vr.parse(next(path for path in sample_paths() if path.name == "budget.txt")))
    places = {place[0]: place for place in page.data["places"]}
    for node in page.doc.walk():
        assert [e for e in page.all if e.get("id") == node.id], node.id
    assert places["art_1__para_1"][1:3] == ["khoản 1", "clause 1"]
    assert page.data["places"][places["art_1__para_1"][3]][0] == "art_1"
    first = page.data["items"][next(k for k, item in enumerate(page.data["items"]) if item[0] == "indicator")]
    indicator = page.doc.indicators[0]
    assert first[1] == indicator.id
    assert first[3:5] == list(indicator.span)
    assert ["normal", "6.634.000.000.000 VND", "6,634,000,000,000 VND"] in first[5]


def test_the_stretches_of_a_finding_are_its_span() -> None:
    for path in sample_paths():
        page = Page(vr.parse(path))
        stretches: dict[int, list[str]] = {}
        for stretch in page.by_class("g"):
            for at in (stretch.get("data-i") or "").split():
                stretches.setdefault(int(at), []).append("".join(stretch.itertext()))
        for at, item in enumerate(page.data["items"]):
            if item[0] != "artifact":
                span = page.doc.source.text[slice(*item[3:5])]
                assert "".join(stretches.get(at, [])).split() == span.split(), item


class _Words(HTMLParser):
    """The keys of the words that a page can say in two languages."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.keys |= {value or "" for name, value in attrs if name.startswith("data-w")}


def test_every_word_of_the_page_is_there_in_both_languages() -> None:
    words = _Words()
    for path in sample_paths():
        doc = vr.parse(path)
        words.feed(to_html(doc))
        known = Page(doc).data["words"]
        for key in words.keys:
            assert len(known[key]) == 2 and all(known[key]), key
    script = to_html(vr.parse(sample_paths()[0]))
    for key in re.findall(r'word\("([a-z]+\.[a-z_]+)"\)', script):
        assert pair(*key.split("."))[1] != key.split(".")[1], key


def test_a_doubt_speaks_both_languages() -> None:
    page = Page(_parse("Điều 1. Giao Sở A.\nĐiều 3. Giao Sở B.\n"))
    doubts = [{f[0]: f[1:] for f in item[5]} for item in page.data["items"] if item[0] == "doubt"]
    gap = next(doubt for doubt in doubts if doubt["code"] == ["N001"])
    assert gap["message"][0] == "Điều 3. đứng ngay sau Điều 1.: thiếu 1 số ở giữa"
    assert gap["message"][1].startswith("Điều 3. follows Điều 1.")


def test_pages_of_the_source_are_marked() -> None:
    doc = vr.parse(next(path for path in sample_paths() if path.name == "budget.txt"))
    second = doc.source.text.index("QUYẾT NGHỊ")
    pages = ({"number": 1, "span": (0, second)}, {"number": 2, "span": (second, len(doc.source.text))})
    paged = doc.model_copy(update={"source": doc.source.model_validate({**doc.source.model_dump(), "pages": pages})})
    (mark,) = Page(paged).by_class("p")
    assert (mark.get("data-p"), "".join(mark.itertext()).strip()) == ("trang 2", "QUYẾT NGHỊ:")


@pytest.mark.parametrize("text", [HOSTILE, "", "Điều 1. Giao Sở A tăng 5%.\n" * 500])
def test_a_notebook_shows_a_small_and_harmless_piece(text: str) -> None:
    doc = _parse(text)
    shown = doc._repr_html_()
    assert shown == to_notebook_html(doc)
    assert len(shown) < 60_000
    tags = {str(e.tag).removeprefix(_XHTML) for e in html5lib.parseFragment(shown).iter()}
    assert not tags & {"script", "style", "img", "iframe", "svg", "a", "link", "meta"}


def test_the_model_opens_the_page() -> None:
    doc = vr.parse(sample_paths()[0])
    assert doc.to_html() == to_html(doc)


def test_rows_with_tabs_stand_in_columns_where_they_fit() -> None:
    def classes(*rows: str) -> list[str]:
        inner = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split('|'))}</tr>" for row in rows)
        html = f"<p>Điều 1. Bảng:</p><table border=1>{inner}</table><p>Điều 2. Hết.</p>"
        page = Page(vr.parse(html.encode(), media_type="text/html"))
        page.check()
        return [str(line.get("class")) for line in page.by_class("t")]

    assert classes("STT|Tên|Mức", "1|Cầu An Lạc|100") == ["l t t3 d1 s s-table", "l t t3 d1"]
    assert classes("STT|Tên", "1|" + "rất dài " * 20) == []
    assert classes("Tên rất dài của một dự án nằm ở xa|Mức", "Cầu|1") == []
