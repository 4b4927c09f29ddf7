"""Starts the Chromium that the browser tests look through; without it they are skipped, and say so."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from support.texts import ROOT

IMAGES = ROOT / "docs" / "images"
WRITE_IMAGES = bool(os.environ.get("VN_RESOLUTION_SCREENSHOTS"))
"""Set to 1 to take the screenshots of docs/images anew."""

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--force-color-profile=srgb",
)  # fmt: skip


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser with a profile of its own, 1440 × 900."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs the package selenium")
    binary = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not binary or not driver:
        pytest.skip("needs Chromium: apt-get install chromium chromium-driver")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = binary
        for flag in (*_FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
        try:
            set_size(browser, 1440, 900)
            yield browser
        finally:
            browser.quit()


def set_size(browser: Any, width: int, height: int) -> None:
    """The window's inside, exactly; below 600 a phone's."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def set_dark(browser: Any, dark: bool) -> None:
    """What the system wants."""
    feature = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


def complaints(browser: Any) -> list[str]:
    """What the console said since the last question."""
    return [entry["message"] for entry in browser.get_log("browser")]


def settle(browser: Any) -> None:
    """Wait until two frames are drawn."""
    browser.execute_async_script(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));"
    )


def picture(browser: Any, name: str) -> None:
    """A screenshot into docs/images, where it was asked for."""
    if WRITE_IMAGES:
        settle(browser)
        IMAGES.mkdir(exist_ok=True)
        browser.save_screenshot(str(IMAGES / name))


def save(page: str, folder: Path, name: str) -> str:
    """The page as a file; its address."""
    path = folder / f"{name}.html"
    path.write_text(page, "utf-8")
    return path.as_uri()
