"""The published pages in a real browser: axe finds nothing, and nothing runs out of a phone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import press_house
from tests.conftest import tool

pytestmark = pytest.mark.browser
BASE = "/news/"
PAGES = (
    "",
    "404.html",
    "fr/",
    "fr/2026/",
    "ar/",
    "zh/404.html",
    "fr/complete/",
    "ar/complete/",
    "zh/complete/",
    "ar/fallback/",
    "en/draft/",
    "zh/corrected/",
    "ar/retracted/",
    "fr/withdrawn/",
    "ar/one/",
    "zh/archived/",
    "en/behind/",
)
TINY = (
    ".languages ul { gap: 0 } .languages a { display: block; overflow: hidden; width: 6px; height: 3px;"
    " padding: 0; font-size: 3px; line-height: 3px }"
)
PHONE, SCREEN = {"width": 320, "height": 640}, {"width": 1200, "height": 900}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("served")
    found = press_house.every_state(root / "press")
    for path, data in press_house.built(found).files.items():
        file = root / BASE.strip("/") / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(root))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{BASE}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield chromium
        chromium.close()


def _violations(page: Page, axe: Path) -> list[str]:
    page.evaluate(axe.read_text("utf-8"))
    levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    rules = json.dumps({"runOnly": levels, "rules": {"target-size": {"enabled": True}}})
    found: list[dict[str, Any]] = page.evaluate(f"axe.run(document, {rules}).then(told => told.violations)")
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "screen"])
def test_axe_finds_nothing(address: str, browser: Browser, scheme: Any, size: str) -> None:  # noqa: ANN401
    axe = tool("axe-core/axe.min.js")
    viewport: Any = PHONE if size == "phone" else SCREEN
    context = browser.new_context(viewport=viewport, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    told = {}
    for path in PAGES:
        page.goto(address + path)
        told[path] = _violations(page, axe)
    context.close()
    assert {path: found for path, found in told.items() if found} == {}


def test_nothing_runs_out_of_a_phone(address: str, browser: Browser) -> None:
    viewport: Any = PHONE
    context = browser.new_context(viewport=viewport)
    page = context.new_page()
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    context.close()


@pytest.mark.parametrize(
    ("planted", "rule"),
    [("h1 { color: #ccc }", "color-contrast"), (TINY, "target-size")],
)
def test_what_only_a_browser_sees_is_caught_there(
    address: str, browser: Browser, planted: str, rule: str
) -> None:
    axe = tool("axe-core/axe.min.js")
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}en/complete/")
    page.add_style_tag(content=planted)
    assert [one for one in _violations(page, axe) if one.startswith(rule)]
    context.close()
