"""The service as a person starts, uses and ends it: in a real browser, with real files."""

from __future__ import annotations

import io
import json
import re
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import vn_resolution as vr
from support.texts import ROOT, SAMPLES
from viewer.browser import chromium, complaints, picture, set_dark, set_size, settle
from viewer.hostile import HOSTILE
from web.service import service

BUDGET = SAMPLES / "budget.txt"
PLAN = SAMPLES / "five-year-plan.md"


def test_it_answers_and_ends_with_all_its_processes(tmp_path: Path) -> None:
    words = tmp_path / "words"
    with service("--workers", "2", words=words) as (address, process):
        request = urllib.request.Request(
            f"{address}/api/parse?name=budget.txt", BUDGET.read_bytes(), {"content-type": "application/octet-stream"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert json.load(answer)["meta"]["number"] == "31/NQ-HĐND"
            assert "server" not in {name.lower() for name in answer.headers}
        children = _children(process.pid)
        assert len(children) >= 2 or sys.platform != "linux"
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        assert words.read_text() == f"open {address}/ in a browser; Ctrl+C ends the service\n"
    ends = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in children):
        assert time.monotonic() < ends, "a worker outlived the service"
        time.sleep(0.1)


def test_workers_end_when_the_service_is_killed() -> None:
    with service("--workers", "1") as (_, process):
        children = _children(process.pid)
        assert children or sys.platform != "linux"
        process.kill()
        process.wait()
    ends = time.monotonic() + 10
    while any(_runs(pid) for pid in children):
        assert time.monotonic() < ends, "a worker outlived the service"
        time.sleep(0.1)


@pytest.mark.parametrize("missing", ["uvicorn", "fastapi", "python_multipart"])
def test_without_the_extra_one_sentence_says_so(missing: str) -> None:
    code = f"import sys; sys.modules[{missing!r}] = None; from vn_resolution.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "serve"], env={"PYTHONPATH": str(ROOT / "src")}, capture_output=True, timeout=60
    )
    assert done.returncode == 4
    assert done.stderr.decode() == (
        "error: the web application needs the extra 'web': install it with pip install 'vn-resolution[web]'\n"
    )


def _children(pid: int) -> list[int]:
    if sys.platform != "linux":
        return []
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(status.read_text().rsplit(")", 1)[1].split()[1]) == pid:
                found.append(int(status.parent.name))
    return found


def _runs(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with service("--workers", "1") as (started, _):
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    set_size(browser, 1440, 900)
    set_dark(browser, False)
    browser.get(address)
    browser.execute_script("localStorage.clear()")
    complaints(browser)
    browser.get(address)
    yield browser
    assert complaints(browser) == []


def _wait_for(page: Any, script: str) -> Any:
    ends = time.monotonic() + 20
    while not (found := page.execute_script(f"return {script}")):
        assert time.monotonic() < ends, script
        time.sleep(0.05)
    return found


def _frame(page: Any) -> None:
    """Into the viewer of the document that is shown."""
    _wait_for(page, "document.querySelector('#view iframe') !== null")
    page.switch_to.frame(page.find_element("css selector", "#view iframe"))
    _wait_for(page, "document.documentElement.dataset.ready === ''")


def _give(page: Any, *paths: Path) -> None:
    page.find_element("css selector", "#file").send_keys("\n".join(map(str, paths)))


def test_files_are_read_into_the_viewer(page: Any) -> None:
    picture(page, "web-start.png")
    _give(page, BUDGET, PLAN)
    _wait_for(page, "document.querySelectorAll('#list button').length === 2")
    _frame(page)
    assert "31/NQ-HĐND" in page.find_element("css selector", "h1").text
    page.find_element("css selector", "#tab-indicator").click()
    page.find_element("css selector", "#panel-indicator tr[data-i] a").click()
    settle(page)
    assert page.find_element("css selector", ".g.sel").is_displayed()
    page.switch_to.default_content()
    picture(page, "web-viewer.png")
    _wait_for(page, "document.querySelectorAll('#list .reading').length === 0")
    page.find_elements("css selector", "#list button")[1].click()
    settle(page)
    _frame(page)
    assert "28/2021" in page.find_element("css selector", "h1").text
    page.switch_to.default_content()


def test_files_are_dropped_on_the_page(page: Any) -> None:
    script = (
        "const given = new DataTransfer();"
        "for (const [name, words] of arguments[1]) given.items.add(new File([words], name, {type: 'text/plain'}));"
        "const event = new DragEvent(arguments[0], {dataTransfer: given, bubbles: true, cancelable: true});"
        "return document.querySelector('#drop').dispatchEvent(event);"
    )
    files = [["một.txt", BUDGET.read_text("utf-8")], ["hai.txt", "Điều 1. Giao Sở A."]]
    page.execute_script(script, "dragenter", [])
    assert page.execute_script("return document.documentElement.classList.contains('dragging')")
    assert page.execute_script(script, "dragover", []) is False, "the browser does not open the file itself"
    assert page.execute_script(script, "drop", files) is False
    assert not page.execute_script("return document.documentElement.classList.contains('dragging')")
    _wait_for(page, "document.querySelectorAll('#list button').length === 2")
    _frame(page)
    assert "31/NQ-HĐND" in page.find_element("css selector", "h1").text
    page.switch_to.default_content()


def test_the_language_is_chosen_outside_and_reaches_the_viewer(page: Any) -> None:
    _give(page, BUDGET)
    _frame(page)
    page.switch_to.default_content()
    page.find_element("css selector", "#language").click()
    assert page.find_element("css selector", "#more").text == "Add"
    page.switch_to.frame(page.find_element("css selector", "#view iframe"))
    _wait_for(page, "document.querySelector('#tab-tree').textContent === 'Structure'")
    assert page.find_element("css selector", "#b-language").is_displayed() is False
    page.switch_to.default_content()


def test_pasted_hostile_text_runs_nothing(page: Any) -> None:
    page.execute_script("document.getElementById('words').value = arguments[0]", HOSTILE)
    page.find_element("css selector", "#paste button").click()
    _frame(page)
    text = page.execute_script("return document.querySelector('.paper').textContent")
    assert text.split() == HOSTILE.split()
    for tab in ("indicator", "task", "citation", "value", "doubt", "about"):
        page.execute_script(f"document.getElementById('tab-{tab}').click()")
    assert page.execute_script("return document.documentElement.dataset.hacked") is None
    assert page.execute_script("return window.origin") == "null", "the frame has no origin"
    page.switch_to.default_content()
    assert page.execute_script("return document.documentElement.dataset.hacked") is None


def test_a_file_that_cannot_be_read_is_explained(page: Any, tmp_path: Path) -> None:
    picture_file = tmp_path / "ảnh <b>.png"
    picture_file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    _give(page, picture_file)
    _wait_for(page, "document.querySelector('.message.bad') !== null")
    why, said = (part.text for part in page.find_elements("css selector", ".message.bad p"))
    assert why.endswith(".") and not why.isascii(), "a sentence in Vietnamese"
    assert "ảnh <b>.png" in said
    assert page.execute_script("return document.querySelector('.menu').inert"), "there is nothing to download"
    page.find_element("css selector", "#language").click()
    (only,) = page.find_elements("css selector", ".message.bad p")
    assert only.text == said
    refused = complaints(page)
    assert len(refused) == 1 and "the server responded with a status of" in refused[0]


def test_every_error_about_a_document_is_said_in_vietnamese() -> None:
    from vn_resolution.web.openapi import errors

    known = set(re.findall(r"^    (\w+): \"", (ROOT / "src/vn_resolution/web/static/app.js").read_text("utf-8"), re.M))
    told = {
        code
        for status, answer in errors().items()
        for code in answer["content"]["application/json"]["examples"]
        if status not in (400, 421)  # a browser sends neither
    }
    assert told == known


def test_the_chosen_document_is_in_sight(page: Any, tmp_path: Path) -> None:
    set_size(page, 390, 844)
    paths = [tmp_path / f"nghị quyết về một việc dài thứ {n}.txt" for n in range(6)]
    for path in paths:
        path.write_text("Điều 1. A", "utf-8")
    _give(page, *paths)
    _wait_for(page, "document.querySelectorAll('#list .reading').length === 0")
    page.execute_script("document.querySelectorAll('#list button')[5].click()")
    settle(page)
    box = "document.querySelector('#list [aria-current]').getBoundingClientRect()"
    assert page.execute_script(f"return {box}.left >= 0 && {box}.right <= innerWidth")


def test_downloads(page: Any, tmp_path: Path) -> None:
    behaviour = {"behavior": "allow", "downloadPath": str(tmp_path)}
    page.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)
    _give(page, BUDGET)
    _frame(page)
    page.switch_to.default_content()
    for selector in ('[data-to="json"]', '[data-to="akn"]', '[data-to="html"]', '[data-to="zip"]'):
        page.find_element("css selector", selector).click()
        _wait_for(page, "document.querySelector('[data-to][disabled]') === null")
    page.find_element("css selector", ".menu summary").click()
    page.find_element("css selector", '[data-what="tasks"]').click()
    wanted = {"budget.json", "budget.akn.xml", "budget.html", "budget.zip", "budget.tasks.csv"}
    ends = time.monotonic() + 20
    while {path.name for path in tmp_path.iterdir()} != wanted:
        assert time.monotonic() < ends, list(tmp_path.iterdir())
        time.sleep(0.1)
    doc = vr.parse(BUDGET)
    assert (tmp_path / "budget.akn.xml").read_bytes() == doc.to_akn()
    assert (tmp_path / "budget.html").read_text("utf-8") == doc.to_html()
    with zipfile.ZipFile(io.BytesIO((tmp_path / "budget.zip").read_bytes())) as archive:
        assert archive.read("budget.json").decode() == doc.to_json()


def test_without_script_the_form_gives_the_viewer(browser: Any, address: str) -> None:
    from selenium.webdriver.support.wait import WebDriverWait

    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(address)
        browser.find_element("css selector", "#words").send_keys("Điều 1. Giao Sở A tăng 5%.")
        browser.find_element("css selector", "#paste button").click()
        papers = WebDriverWait(browser, 30).until(lambda opened: opened.find_elements("css selector", ".paper"))
        assert "Giao Sở A" in papers[0].text
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_the_page_of_the_api_needs_nothing_from_elsewhere(page: Any, address: str) -> None:
    page.get(f"{address}/docs")
    assert "/api/convert" in page.find_element("css selector", "body").text
    assert page.execute_script("return performance.getEntriesByType('resource').length") == 0
    picture(page, "web-api.png")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844)])
def test_no_width_makes_the_application_scroll_sideways(page: Any, width: int, height: int) -> None:
    set_size(page, width, height)
    for step in ("start", "viewer"):
        if step == "viewer":
            _give(page, BUDGET)
            _frame(page)
            page.switch_to.default_content()
        root = "document.documentElement"
        assert page.execute_script(f"return {root}.scrollWidth - {root}.clientWidth") == 0, step
        if width < 600:
            picture(page, f"web-phone-{step}.png")
