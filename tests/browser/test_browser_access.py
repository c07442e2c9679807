"""Everybody can use the desk: axe finds nothing on any page, and nothing runs out of a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations_by_day_and_night as violations
from tests.browser.support import PHONE, WIDE, Desk
from tests.conftest import tool

pytestmark = pytest.mark.browser
PAGES = (
    "/",
    "/?text=nothing",
    "/search?text=posidonia",
    "/news",
    "/progress",
    "/new",
    "/jobs",
    "/jobs?release=rapport",
    "/publishing",
    "/publishing?release=nothing",
    "/versions",
    "/publishing/acuerdo-posidonia",
    "/publishing/acuerdo-posidonia?look=1",
    "/publishing/acuerdo-posidonia?look=en",
    "/publishing/acuerdo-posidonia/history",
    "/publishing/acuerdo-posidonia/source",
    "/publishing/heat-alerts/source",
    "/releases/rapport-littoral/ar/page",
    "/me",
    "/people",
    "/glossary?text=eau",
    "/glossary/term",
    "/glossary/term?file=terms.csv&line=2",
    "/glossary/suggestions?source=fr&target=es",
    "/releases/acuerdo-posidonia/fr",
    "/releases/acuerdo-posidonia/fr?show=missing",
    "/releases/rapport-littoral/ar/document",
    "/releases/acuerdo-posidonia/fr/next",
    "/nowhere",
)
# Counts the requests of a page's scripts that have no answer yet.
COUNTED = """
window.underWay = 0;
const asked = window.fetch;
window.fetch = (...what) => {
  window.underWay += 1;
  return asked(...what).finally(() => { window.underWay -= 1; });
};
"""
# Waits for the answers, and till what was made of them is drawn.
UNTIL_QUIET = """async () => {
  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  do await drawn(); while (window.underWay);
  await drawn();
}"""


def settled(page: Page, desk: Desk, path: str) -> None:
    page.goto(desk.address + path)
    if path.endswith("document"):
        page.locator("a.sentence").nth(12).click()
        page.locator(".in-place .field").wait_for()
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    page.evaluate(UNTIL_QUIET)


@pytest.mark.slow
@pytest.mark.parametrize(("locale", "size"), [("en", WIDE), ("ar", WIDE), ("fr", PHONE), ("ar", PHONE)])
def test_axe_finds_nothing(desk: Desk, locale: str, size: dict[str, int]) -> None:
    axe = tool("axe-core/axe.min.js")
    page = desk.scripted(viewport=size, color_scheme="light", locale=locale, bypass_csp=True)
    page.add_init_script(COUNTED)
    told = {}
    for path in PAGES:
        settled(page, desk, path)
        told[path] = violations(page, axe)
    page.goto(f"{desk.address}/releases/acuerdo-posidonia/fr/next")
    page.keyboard.press("Control+Slash")
    told["keys"] = violations(page, axe)
    page.keyboard.press("Escape")
    page.goto(f"{desk.address}/releases/acuerdo-posidonia/fr/next")
    page.locator("[name=text][form=words]").fill("port")
    page.keyboard.press("Enter")
    page.locator(".pairs mark").first.wait_for()
    told["words"] = violations(page, axe)
    page.goto(f"{page.url.partition('?')[0]}/words?text=port")
    told["words as a page"] = violations(page, axe)
    page.go_back()
    page.locator(".field").wait_for()
    page.keyboard.press("Control+s")
    page.locator("[data-step] button").wait_for()
    told["decided"] = violations(page, axe)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.keyboard.press("Alt+z")
    page.wait_for_url("**undone**")
    told["taken back"] = violations(page, axe)
    page.goto(f"{desk.address}/publishing/acuerdo-posidonia/source")
    page.locator("textarea").fill(page.locator("textarea").input_value() + "\nOtra **frase** al final.\n")
    page.locator("form.making button.primary").click()
    page.locator("form.making [name=kept]").wait_for(state="attached")
    told["source"] = violations(page, axe)
    page.context.clear_cookies()
    page.goto(f"{desk.address}/sign-in")
    told["/sign-in"] = violations(page, axe)
    page.context.close()
    assert {path: found for path, found in told.items() if found} == {}


@pytest.mark.parametrize("locale", ["en", "ar", "fr"])
def test_nothing_runs_out_of_a_phone(desk: Desk, locale: str) -> None:
    page = desk.scripted(viewport=PHONE, locale=locale)
    page.add_init_script(COUNTED)
    for path in PAGES:
        settled(page, desk, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    page.context.close()


@pytest.mark.parametrize("locale", ["en", "ar", "fr", "es"])
def test_the_name_at_the_top_stays_on_its_line(desk: Desk, locale: str) -> None:
    page = desk.scripted(locale=locale)
    for width in (360, 780, 900, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        for path in ("/", "/publishing", "/releases/acuerdo-posidonia/fr"):
            page.goto(f"{desk.address}{path}")
            box = page.locator(".brand").bounding_box()
            assert box
            assert box["height"] < 40, (path, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
    page.context.close()


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_boxes_to_tick_in_a_list_are_large_enough_for_fingers(desk: Desk, size: dict[str, int]) -> None:
    page = desk.context(size).new_page()
    page.goto(f"{desk.address}/releases/acuerdo-posidonia/fr")
    box = page.locator(".segments input[type=checkbox]").first.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24  # WCAG 2.2, 2.5.8
    page.context.close()


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_the_days_of_a_chart_stand_above_their_dates(desk: Desk, locale: str) -> None:
    page = desk.scripted(locale=locale)
    page.goto(f"{desk.address}/progress")
    bars, dates = page.locator(".plot rect"), page.locator(".plot + p span")
    for end in (0, -1):
        bar, date = bars.nth(end).bounding_box(), dates.nth(end).bounding_box()
        assert bar
        assert date
        assert date["x"] - 1 <= bar["x"] + bar["width"] / 2 <= date["x"] + date["width"] + 1
    page.context.close()


@pytest.mark.parametrize("locale", ["en", "fr", "es", "ar"])
def test_names_of_languages_stay_whole_in_the_tables_of_a_phone(desk: Desk, locale: str) -> None:
    page = desk.scripted(viewport={"width": 360, "height": 740}, locale=locale)
    page.goto(f"{desk.address}/progress")
    lines = page.evaluate(
        "[...document.querySelectorAll('.small-table th bdi')].map((one) => one.getClientRects().length)"
    )
    assert lines
    assert set(lines) == {1}
    over = "[...document.querySelectorAll('.small-table')].map((one) => one.getBoundingClientRect())"
    assert page.evaluate(f"{over}.every((box) => box.left >= 0 && box.right <= innerWidth)")
