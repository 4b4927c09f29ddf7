"""The page in a real browser: what a person sees, clicks and types, and what a hostile document cannot do."""

from __future__ import annotations

import base64
import re
import sys
import time
import unicodedata
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import vn_resolution as vr
from support.texts import ROOT, SAMPLES
from viewer.browser import chromium, complaints, picture, save, set_dark, set_size, settle
from viewer.hostile import HOSTILE

PLAN = SAMPLES / "annual-socio-economic-plan.txt"
KEYS = {"Esc": "\ue00c", "Enter": "\ue007", "Left": "\ue012", "Up": "\ue013", "Right": "\ue014", "Down": "\ue015"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


class Viewer:
    """One page in the browser, freshly opened and without memory of earlier visits."""

    def __init__(self, browser: Any, folder: Path, source: Path | vr.Resolution, fragment: str = "") -> None:
        self.browser = browser
        self.doc = vr.parse(source) if isinstance(source, Path) else source
        name = source.stem if isinstance(source, Path) else f"text-{self.doc.source.sha256[:8]}"
        self.address = save(self.doc.to_html(), folder, name)
        browser.get(self.address)
        browser.execute_script("localStorage.clear()")
        browser.get("about:blank")
        complaints(browser)
        browser.get(self.address + fragment)
        settle(browser)

    def run(self, script: str, *values: Any) -> Any:
        return self.browser.execute_script(f"return {script}", *values)

    def one(self, selector: str) -> Any:
        return self.browser.find_element("css selector", selector)

    def click(self, selector: str) -> None:
        self.one(selector).click()
        settle(self.browser)

    def type(self, keys: str, where: str | None = None) -> None:
        (self.one(where) if where else self.browser.switch_to.active_element).send_keys(keys)
        settle(self.browser)

    def item(self, kind: str, number: int = 0) -> int:
        """The index of the number-th finding of a kind."""
        return int(
            self.run(
                "JSON.parse(document.getElementById('data').textContent).items"
                ".map((item, at) => [item[0], at]).filter(([kind]) => kind === arguments[0])[arguments[1]][1]",
                kind,
                number,
            )
        )

    def seen(self, selector: str) -> bool:
        """Whether the first such element stands in sight within the side that scrolls it."""
        return bool(
            self.run(
                "(() => { const box = document.querySelector(arguments[0]).getClientRects()[0];"
                "const hit = document.elementFromPoint(box.left + Math.min(8, box.width / 2),"
                "box.top + box.height / 2);"
                "return Boolean(hit?.closest(arguments[0])); })()",
                selector,
            )
        )

    @property
    def hash(self) -> str:
        return str(self.run("decodeURIComponent(location.hash)"))

    @property
    def tab(self) -> str:
        return str(self.run("document.querySelector('.tab[aria-selected=true]').dataset.tab"))


@pytest.fixture
def plan(browser: Any, folder: Path) -> Iterator[Viewer]:
    set_size(browser, 1440, 900)
    set_dark(browser, False)
    viewer = Viewer(browser, folder, PLAN)
    yield viewer
    assert complaints(browser) == []


def test_it_opens_with_the_whole_text_and_without_a_request(plan: Viewer) -> None:
    assert plan.run("document.documentElement.dataset.ready") == ""
    assert plan.run("document.querySelector('.paper').textContent") == plan.doc.source.text
    assert plan.run("performance.getEntriesByType('resource').length") == 0
    assert plan.run("document.documentElement.lang") == "vi"
    picture(plan.browser, "viewer.png")


def test_a_click_in_the_text_shows_the_row_and_the_values(plan: Viewer) -> None:
    at = plan.item("indicator", 2)
    plan.click(f'.g.indicator[data-i~="{at}"]')
    indicator = plan.doc.indicators[2]
    assert plan.tab == "indicator"
    assert plan.run("document.querySelector('#panel-indicator tr.sel').dataset.i") == str(at)
    assert plan.seen("#panel-indicator tr.sel")
    detail = plan.one("#detail").text
    assert indicator.name in detail and "Chỉ tiêu" in detail and "khoản 2" in detail
    assert plan.hash == f"#{indicator.id}"
    picture(plan.browser, "viewer-indicators.png")


def test_a_number_inside_an_indicator_leads_to_the_indicator_and_back(plan: Viewer) -> None:
    plan.click(f'.g.quantity[data-i~="{plan.item("indicator")}"]')
    assert plan.hash == f"#{plan.doc.indicators[0].id}"
    plan.click("#detail .also button")
    assert plan.tab == "value" and plan.hash.startswith("#qty")


def test_a_name_is_shown_on_both_sides(browser: Any, folder: Path) -> None:
    viewer = Viewer(browser, folder, SAMPLES / "personnel.txt")
    number = next(n for n, mention in enumerate(viewer.doc.mentions) if mention.kind == "person")
    at = viewer.item("mention", number)
    viewer.click("#tab-mention")
    viewer.click(f'tr[data-i="{at}"] a')
    assert viewer.seen(f'.g.sel.mention[data-i~="{at}"]')
    assert viewer.hash == f"#{viewer.doc.mentions[number].id}"
    assert "Người" in viewer.one("#detail").text
    picture(browser, "viewer-names.png")
    assert complaints(browser) == []


def test_the_row_of_tabs_fades_where_more_of_it_is_hidden(plan: Viewer) -> None:
    hidden = "(() => { const row = document.querySelector('.tabs'); return row.scrollWidth - row.clientWidth; })()"
    classes = "document.querySelector('.tabs').className"
    assert (plan.run(hidden) > 2) == ("more" in plan.run(classes))
    plan.click("#tab-about")
    settle(plan.browser)
    assert plan.seen("#tab-about") and "more" not in plan.run(classes)


def test_a_click_on_a_row_shows_the_place_in_the_text(plan: Viewer) -> None:
    plan.click("#tab-task")
    at = plan.item("task", 9)
    plan.click(f'tr[data-i="{at}"] a')
    assert plan.seen(f'.g.sel[data-i~="{at}"]')
    assert plan.hash == f"#{plan.doc.tasks[9].id}"
    shown = plan.run("[...document.querySelectorAll('.g.sel')].map((part) => part.textContent).join('')")
    assert " ".join(shown.split()) == " ".join(plan.doc.source.text[slice(*plan.doc.tasks[9].span)].split())
    picture(plan.browser, "viewer-tasks.png")


def test_pointing_at_one_side_lights_the_other(plan: Viewer) -> None:
    from selenium.webdriver import ActionChains

    plan.click("#tab-indicator")
    at = plan.item("indicator")
    ActionChains(plan.browser).move_to_element(plan.one(f'tr[data-i="{at}"] .num')).perform()
    settle(plan.browser)
    assert plan.run(
        "[...document.querySelectorAll('.g.hot')].every((g) => g.dataset.i.split(' ').includes(arguments[0]))", str(at)
    )
    assert plan.run("document.querySelectorAll('.g.hot').length") > 0


def test_pointing_at_the_text_lights_the_row(plan: Viewer) -> None:
    from selenium.webdriver import ActionChains

    plan.click("#tab-task")
    at = plan.item("task", 2)
    ActionChains(plan.browser).move_to_element(plan.one(f'.g.task[data-i="{at}"]')).perform()
    settle(plan.browser)
    assert plan.run("[...document.querySelectorAll('tr.hot')].map((row) => row.dataset.i)") == [str(at)]


def test_a_table_is_shown_as_it_was_read(browser: Any, folder: Path) -> None:
    """With its merged cells and its head, in a box that scrolls and that the keyboard reaches."""
    rows = "".join(f"<tr><td>{n}</td><td>Cầu số {n}</td><td>{n}.500</td></tr>" for n in range(2, 500))
    html = (
        "<p>Điều 1. Danh mục:</p><table border=1><tr><th>TT</th><th>Tên</th><th>Mức chi</th></tr>"
        f"<tr><td colspan=2>Tổng cộng</td><td>9.500</td></tr>{rows}</table><p>Điều 2. Hết.</p>"
    )
    viewer = Viewer(browser, folder, vr.parse(html.encode(), media_type="text/html", name="bảng.html"))
    viewer.click('.tree a[href$="table_1"]')
    cells = viewer.run(
        "[...document.querySelectorAll('#detail tr')].map((row) =>"
        "[...row.cells].map((cell) => [cell.tagName, cell.textContent, cell.colSpan]))"
    )
    assert cells[:3] == [
        [["TH", "TT", 1], ["TH", "Tên", 1], ["TH", "Mức chi", 1]],
        [["TD", "Tổng cộng", 2], ["TD", "9.500", 1]],
        [["TD", "2", 1], ["TD", "Cầu số 2", 1], ["TD", "2.500", 1]],
    ]
    assert len(cells) == 400 and viewer.one("#detail .cells p").text == "… + 100"
    box = "document.querySelector('#detail .cells')"
    assert viewer.run(f"[{box}.tabIndex, {box}.scrollWidth <= {box}.parentElement.clientWidth]") == [0, True]
    assert complaints(browser) == []


def test_a_table_of_a_sample(browser: Any, folder: Path) -> None:
    viewer = Viewer(browser, folder, SAMPLES / "five-year-plan.md")
    (table,) = (node for node in viewer.doc.walk() if node.rows)
    viewer.click(f'.tree a[href="#{table.id}"]')
    shown = viewer.run(
        "[...document.querySelectorAll('#detail tr')].map((r) => [...r.cells].map((c) => c.textContent))"
    )
    assert shown == [[cell.text for cell in row] for row in table.rows]
    picture(browser, "viewer-table.png")
    assert complaints(browser) == []


def test_in_print_all_stands_on_white_sheets(browser: Any, folder: Path) -> None:
    """The whole text and the lists that it was given for, A4, whatever the theme and the tab on the screen."""
    pdfium = pytest.importorskip("pypdfium2")
    set_dark(browser, True)
    viewer = Viewer(browser, folder, PLAN)
    viewer.click("#tab-value")
    viewer.click(".chip.task")
    made = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
    pages = pdfium.PdfDocument(base64.b64decode(made["data"]))
    assert all(abs(side - a4) < 1 for page in pages for side, a4 in zip(page.get_size(), (595, 842), strict=True))
    words = re.sub(r"\s+", "", unicodedata.normalize("NFC", "".join(p.get_textpage().get_text_range() for p in pages)))
    doc = viewer.doc
    for part in [
        *doc.source.text.split(),
        *(i.name for i in doc.indicators),
        *(a for t in doc.tasks for a in t.agents),
    ]:
        assert re.sub(r"\s+", "", unicodedata.normalize("NFC", part)) in words, part
    assert "Tìmtrongvănbản" not in words and "Thugọn" not in words
    image = pages[0].render().to_pil().convert("L")
    assert image.getpixel((3, 3)) == 255 and image.histogram()[255] > 0.7 * image.width * image.height
    viewer.click(".chip.task")


def test_axe_finds_no_barrier(browser: Any, folder: Path) -> None:
    """axe-core's rules of WCAG 2.1 AA and of good practice, in each list, by day and by night, wide and narrow."""
    pytest.importorskip("axe_core_python")
    axe = files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
    found: list[str] = []
    for width, height, dark in ((1440, 900, False), (390, 844, True)):
        set_size(browser, width, height)
        set_dark(browser, dark)
        viewer = Viewer(browser, folder, SAMPLES / "five-year-plan.md")
        browser.execute_script(axe)
        for tab in ("tree", "indicator", "task", "citation", "value", "mention", "doubt", "about"):
            viewer.run(f"document.getElementById('tab-{tab}').click()")
            viewer.run(f"document.querySelector('#panel-{tab} :is(tr[data-i], .row) a')?.click()")
            told = browser.execute_async_script(
                "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}).then(arguments[0])"
            )
            assert len(told["passes"]) > 30
            found += [
                f"{tab} {width} {fault['id']}: {node['html'][:80]}"
                for fault in told["violations"]
                for node in fault["nodes"]
            ]
    set_size(browser, 1440, 900)
    assert found == []
    assert complaints(browser) == []


def test_a_permalink_of_a_unit_and_of_a_finding(browser: Any, folder: Path) -> None:
    viewer = Viewer(browser, folder, PLAN, "#art_2__para_3")
    assert viewer.seen(".l.in#art_2__para_3")
    assert viewer.run("document.querySelector('.tree li.sel').dataset.n === document.querySelector('.l.in').dataset.n")
    viewer = Viewer(browser, folder, PLAN, "#task_4")
    assert viewer.tab == "task" and viewer.seen(".g.sel")
    viewer = Viewer(browser, folder, PLAN, "#art_99")
    assert viewer.one("#detail").is_displayed() is False
    assert complaints(browser) == []


def test_the_tree_is_walked_with_the_arrows(plan: Viewer) -> None:
    plan.run("document.querySelector('.tree [data-current]').focus()")
    focused = "document.activeElement.querySelector('a').getAttribute('href')"
    for key, place in (
        ("Down", "#preamble"),
        ("Left", "#preamble"),
        ("Down", "#art_1"),
        ("Right", "#art_1__para_1"),
        ("Left", "#art_1"),
        ("Left", "#art_1"),
        ("Down", "#art_2"),
        ("Up", "#art_1"),
        ("Right", "#art_1"),
        ("Right", "#art_1__para_1"),
    ):
        plan.type(KEYS[key])
        assert plan.run(focused) == place, key
    plan.type(KEYS["Enter"])
    assert plan.hash == "#art_1__para_1" and plan.seen(".l.in")
    roles = plan.run("[...document.querySelectorAll('.tree li')].map((li) => [li.role, li.tabIndex])")
    assert {role for role, _ in roles} == {"treeitem"}
    assert [stop for _, stop in roles].count(0) == 1
    outline = plan.run("getComputedStyle(document.activeElement.querySelector('.row')).outlineStyle")
    assert outline == "solid", "the focus is seen"


def test_a_branch_shuts_and_opens_by_its_sign(plan: Viewer) -> None:
    from selenium.webdriver import ActionChains

    row = plan.one('.tree li[data-n] > .row:has(a[href="#art_1"])')
    at = {"width": row.size["width"] // 2 - 8}
    ActionChains(plan.browser).move_to_element_with_offset(row, -at["width"], 0).click().perform()
    assert plan.run("document.querySelector('.tree a[href=\"#art_1\"]').closest('li').ariaExpanded") == "false"
    assert plan.one('.tree a[href="#art_1__para_1"]').is_displayed() is False
    assert plan.hash == ""


def test_search_with_and_without_diacritics(plan: Viewer) -> None:
    text = " ".join(plan.doc.source.text.split()).lower()
    plan.type("/", "body")
    assert plan.run("document.activeElement.id") == "find"
    plan.type("dau tu" + KEYS["Enter"])
    found = "document.querySelector('.find output').textContent"
    assert plan.run(found) == f"1/{text.count('đầu tư')}"
    assert plan.run("[...CSS.highlights.get('found-now')][0].toString()").lower() == "đầu tư"
    plan.click("#b-exact")
    assert plan.run(found) == "Không tìm thấy"
    plan.run("document.getElementById('find').value = ''")
    plan.type("ĐẦU TƯ" + KEYS["Enter"], "#find")
    assert plan.run(found) == f"1/{text.count('đầu tư')}"
    plan.click("#b-previous")
    assert plan.run(found) == f"{text.count('đầu tư')}/{text.count('đầu tư')}"
    picture(plan.browser, "viewer-search.png")
    plan.type(KEYS["Esc"], "#find")
    assert plan.run("[CSS.highlights.size, document.getElementById('find').value]") == [0, ""]


def test_a_phrase_is_found_across_line_ends_and_in_decomposed_text(browser: Any, folder: Path) -> None:
    text = "Điều 1. Giao Ủy ban\n   nhân dân tỉnh thực hiện.\n"
    for form in ("NFC", "NFD"):
        doc = vr.parse(unicodedata.normalize(form, text), media_type="text/plain", name=f"{form}.txt")
        viewer = Viewer(browser, folder, doc)
        for words, exact in (("uy ban nhan dan", False), ("ủy ban nhân dân", True), ("Uỷ", False)):
            if exact:
                viewer.click("#b-exact")
            viewer.run("document.getElementById('find').value = ''")
            viewer.type(words + KEYS["Enter"], "#find")
            assert viewer.run("document.querySelector('.find output').textContent") == "1/1", (form, words)
            if exact:
                viewer.click("#b-exact")
    assert complaints(browser) == []


def test_a_kind_is_switched_off_and_stays_off(plan: Viewer) -> None:
    ground = "getComputedStyle(document.querySelector('.g.quantity')).borderRadius"
    assert plan.run(ground) != "0px"
    plan.click(".chip.quantity")
    assert plan.run(ground) == "0px"
    assert plan.run("document.querySelector('.chip.quantity').ariaPressed") == "false"
    plan.browser.refresh()
    assert plan.run(ground) == "0px"
    plan.click(".chip.quantity")
    assert plan.run(ground) != "0px"


def test_the_keys(plan: Viewer) -> None:
    plan.type("2", "body")
    assert plan.tab == "indicator"
    plan.type("j", "body")
    plan.type("j")
    assert plan.hash == f"#{plan.doc.indicators[1].id}"
    plan.type("k")
    assert plan.hash == f"#{plan.doc.indicators[0].id}"
    plan.type(KEYS["Esc"])
    assert plan.one("#detail").is_displayed() is False and plan.hash == ""
    plan.type("?", "body")
    assert plan.one("#help").is_displayed()
    picture(plan.browser, "viewer-keys.png")
    plan.type(KEYS["Esc"])
    assert plan.one("#help").is_displayed() is False


def test_tabs_go_by_arrows_and_name_their_panels(plan: Viewer) -> None:
    plan.run("document.getElementById('tab-tree').focus()")
    plan.type(KEYS["Right"])
    assert plan.tab == "indicator" and plan.run("document.activeElement.id") == "tab-indicator"
    assert plan.run("[...document.querySelectorAll('.tab')].filter((tab) => tab.tabIndex === 0).length") == 1
    assert plan.run("document.getElementById('panel-indicator').getAttribute('role')") == "tabpanel"
    assert plan.run("document.querySelector('#panel-indicator tbody th').getAttribute('role')") == "rowheader"


def test_english_and_back(plan: Viewer) -> None:
    before = plan.one("aside").text
    plan.click("#b-language")
    assert "Indicators" in plan.one(".tabs").text
    plan.click(f'.g.citation[data-i~="{plan.item("citation")}"]')
    assert "Document type" in plan.one("#detail").text
    plan.type(KEYS["Esc"], "body")
    plan.click("#b-language")
    plan.click("#tab-tree")
    assert plan.one("aside").text == before


def test_day_and_night(plan: Viewer) -> None:
    ground = "getComputedStyle(document.querySelector('.paper')).backgroundColor"
    day = plan.run(ground)
    plan.click("#b-theme")
    night = plan.run(ground)
    assert day != night
    plan.browser.refresh()
    assert plan.run(ground) == night, "the choice is kept"
    plan.click("#b-theme")
    plan.run("localStorage.clear()")
    set_dark(plan.browser, True)
    plan.browser.refresh()
    assert plan.run(ground) == night
    plan.click(f'.g.indicator[data-i~="{plan.item("indicator", 4)}"]')
    picture(plan.browser, "viewer-dark.png")


def test_what_is_copied_is_the_source(plan: Viewer) -> None:
    copied = plan.run(
        "(() => { const range = new Range(); range.setStart(document.querySelector('.paper'), 0);"
        "range.setEndAfter(document.querySelector('.paper').lastChild); getSelection().removeAllRanges();"
        "getSelection().addRange(range); const event = new ClipboardEvent('copy', {clipboardData: new DataTransfer(),"
        "bubbles: true, cancelable: true}); document.querySelector('.l').dispatchEvent(event);"
        "return event.clipboardData.getData('text/plain'); })()"
    )
    assert copied == plan.doc.source.text


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844)])
def test_no_width_makes_the_page_scroll_sideways(browser: Any, folder: Path, width: int, height: int) -> None:
    set_size(browser, width, height)
    try:
        viewer = Viewer(browser, folder, SAMPLES / "five-year-plan.md")
        for tab in ("tree", "indicator", "task", "citation", "value", "doubt", "about"):
            viewer.run(f"document.getElementById('tab-{tab}').click()")
            wide = viewer.run(
                "[document.documentElement, document.querySelector('main'), document.querySelector('.panels')]"
                ".map((part) => part.scrollWidth - part.clientWidth)"
            )
            assert wide == [0, 0, 0], tab
        assert complaints(browser) == []
    finally:
        set_size(browser, 1440, 900)


def test_on_a_phone_text_and_lists_take_turns(browser: Any, folder: Path) -> None:
    set_size(browser, 390, 844)
    try:
        set_dark(browser, False)
        viewer = Viewer(browser, folder, PLAN)
        assert viewer.tab == "text" and viewer.seen("#text .l")
        picture(browser, "viewer-phone.png")
        viewer.click("#tab-indicator")
        assert viewer.seen("#panel-indicator tr[data-i]")
        picture(browser, "viewer-phone-indicators.png")
        viewer.click("#panel-indicator tr[data-i] a")
        assert viewer.tab == "text" and viewer.seen(".g.sel") and viewer.one("#detail").is_displayed()
        picture(browser, "viewer-phone-detail.png")
        assert complaints(browser) == []
    finally:
        set_size(browser, 1440, 900)


@pytest.mark.parametrize("bypass", [False, True], ids=["under its policy", "by escaping alone"])
def test_a_hostile_document_runs_nothing(browser: Any, folder: Path, bypass: bool) -> None:
    browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": bypass})
    try:
        doc = vr.parse(HOSTILE, media_type="text/plain", name="<img src=x onerror=alert(1)>.txt")
        viewer = Viewer(browser, folder, doc)
        assert viewer.run("document.querySelector('.paper').textContent") == doc.source.text.replace("\0", "\u2400")
        for tab in ("indicator", "task", "citation", "value", "doubt", "about", "tree"):
            viewer.run(f"document.getElementById('tab-{tab}').click()")
            for row in range(viewer.run(f"document.querySelectorAll('#panel-{tab} tr[data-i]').length")):
                viewer.run(f"document.querySelectorAll('#panel-{tab} tr[data-i] a')[arguments[0]].click()", row)
        viewer.click("#b-language")
        viewer.type("<script>" + KEYS["Enter"], "#find")
        assert viewer.run("document.documentElement.dataset.hacked") is None
        assert viewer.run("document.querySelectorAll('iframe, img, base, object, embed').length") == 0
        assert viewer.run("performance.getEntriesByType('resource').length") == 0
        assert viewer.run("location.href").startswith(viewer.address)
        assert complaints(browser) == []
    finally:
        browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": False})


def test_a_document_of_300_kb_opens_within_two_seconds(browser: Any, folder: Path) -> None:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        from material import dense_text
    finally:
        sys.path.remove(str(ROOT / "benchmarks"))
    text = dense_text(300_000)
    doc = vr.parse(text, media_type="text/plain", name="big.txt")
    opened = []
    for _ in range(3):  # other work goes on on the machine: the best of three is the page's own time
        browser.get("about:blank")
        started = time.perf_counter()
        viewer = Viewer.__new__(Viewer)
        viewer.browser, viewer.doc = browser, doc
        viewer.address = save(doc.to_html(), folder, "big")
        written = time.perf_counter()
        browser.get(viewer.address)
        settle(browser)
        opened.append((time.perf_counter() - written, written - started))
    assert min(opened)[0] < 2.0
    assert min(made for _, made in opened) < 2.0
    busy = viewer.run(
        "[() => document.querySelectorAll('.g.indicator')[900].click(),"
        "() => document.querySelectorAll('.tree li a')[40].click(), () => document.getElementById('tab-value').click()]"
        ".map((act) => { const begun = performance.now(); act(); document.body.offsetHeight;"
        "return performance.now() - begun; })"
    )
    assert max(busy) < 500, busy
    viewer.type("thu ngan sach" + KEYS["Enter"], "#find")
    assert viewer.run("document.querySelector('.find output').textContent").startswith("1/")
    assert complaints(browser) == []


def test_without_script_it_is_a_page_to_read(browser: Any, folder: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        doc = vr.parse(PLAN)
        browser.get(save(doc.to_html(), folder, "plain"))
        text = browser.find_element("css selector", ".paper").text
        assert "QUYẾT NGHỊ" in text
        assert browser.find_element("css selector", "#panel-indicator").is_displayed()
        assert browser.find_element("css selector", "#panel-about").is_displayed()
        assert browser.find_element("css selector", "#b-theme").is_displayed() is False
        browser.find_element("css selector", '.tree a[href="#art_2"]').click()
        assert browser.current_url.endswith("#art_2")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
