"""What readers get, as somebody at the desk sees to it: a version taken back, an embargo that ends."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations_by_day_and_night as violations
from tests.browser.support import PHONE, Desk
from tests.conftest import tool

pytestmark = pytest.mark.browser
FIELD = "form.work .field"
PATH = "fr/acuerdo-posidonia"


def decide(page: Page, desk: Desk, text: str) -> None:
    """Approve a text of one's own for a sentence that has no codes."""
    page.goto(f"{desk.address}/releases/acuerdo-posidonia/fr?text=ancla+arranca")
    page.locator("a.source").first.click()
    page.locator(FIELD).wait_for()
    page.keyboard.press("Alt+x")
    page.keyboard.type(text)
    page.locator("#note").evaluate("note => { note.closest('details')?.setAttribute('open', ''); }")
    page.locator("#note").fill("as agreed")
    where = page.url
    page.locator("button[value=approve]").click()
    page.wait_for_url(lambda url: url != where)


def publish_everything(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.address}/publishing")
    page.get_by_role("button", name="Publish").first.click()
    expect(page.get_by_text("Readers have everything that is approved.")).to_be_visible(timeout=30_000)


def readers_see(desk: Desk, text: str) -> bool:
    return text in (desk.project / "public" / PATH / "index.html").read_text("utf-8")


def test_a_mistake_that_is_on_line_is_taken_off_by_two_clicks(desk: Desk) -> None:
    page = desk.scripted()
    decide(page, desk, "Une ancre arrache la prairie.")
    publish_everything(page, desk)
    assert readers_see(desk, "Une ancre arrache la prairie.")
    decide(page, desk, "Une ancre arrache la prairie, dit-on.")
    publish_everything(page, desk)
    assert readers_see(desk, "dit-on")
    page.get_by_role("link", name="Versions of the site, and the way back").click()
    expect(page.get_by_text("dit-on")).to_be_visible()
    page.get_by_role("button", name="back on line").click()
    expect(page.get_by_text("taken off line")).to_be_visible()
    assert readers_see(desk, "Une ancre arrache la prairie.")
    assert not readers_see(desk, "dit-on")
    page.goto(f"{desk.address}/publishing")
    expect(page.get_by_text("dit-on")).to_be_visible()


def test_a_language_is_published_once_its_page_was_named(desk: Desk) -> None:
    page = desk.scripted()
    decide(page, desk, "Une ancre arrache en dix secondes.")
    plan = desk.project / "releases/acuerdo-posidonia/release.toml"
    plan.write_text(plan.read_text("utf-8").replace('partial = "draft"', 'partial = "wait"'), "utf-8")
    page.goto(f"{desk.address}/publishing/acuerdo-posidonia")
    held = page.locator("#fr")
    held.get_by_label("Reason").fill("the minister speaks")
    held.get_by_role("button", name="Publish all the same").click()
    named = page.locator("#will summary").filter(has_text="fr/acuerdo-posidonia/index.html")
    expect(named).to_have_count(1)
    expect(page.locator("#will ins").first).to_be_visible()
    page.locator("#will").get_by_role("link", name="Cancel").click()
    expect(page.locator("#will")).to_have_count(0)
    assert not readers_see(desk, "Une ancre arrache en dix secondes.")
    page.locator("#en").get_by_role("link", name="Publish this language now").click()
    expect(page.locator("#will h2")).to_contain_text("English")
    expect(page.locator("#will")).to_contain_text("Readers have everything that is approved of it.")
    plan.write_text(plan.read_text("utf-8").replace('partial = "wait"', 'partial = "draft"'), "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_axe_finds_nothing_on_the_way_back_and_where_something_was_refused(desk: Desk, locale: str) -> None:
    axe = tool("axe-core/axe.min.js")
    writing = desk.scripted()
    decide(writing, desk, f"Une ancre, en {locale}.")
    publish_everything(writing, desk)
    page = desk.scripted(viewport=PHONE, color_scheme="light", locale=locale, bypass_csp=True)
    told = {}
    page.goto(f"{desk.address}/versions")
    assert page.locator("main form button.primary").count() == 1
    told["versions"] = violations(page, axe)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.goto(f"{desk.address}/releases/acuerdo-posidonia/fr/next")
    page.locator("#comments textarea").fill("Is this <b>right</b>? " + "posidonia" * 30)
    page.evaluate("document.querySelector('#comments form.stack').action += '/nowhere'")
    page.locator("#comments form.stack button:not([type=button])").first.click()
    page.locator("main textarea[readonly]").wait_for()
    told["refused"] = violations(page, axe)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.goto(f"{desk.address}/publishing/nowhere")
    told["nowhere"] = violations(page, axe)
    assert {name: found for name, found in told.items() if found} == {}


@pytest.mark.slow
def test_a_release_under_embargo_is_read_from_its_minute_on_and_not_before(desk: Desk) -> None:
    page = desk.scripted(timezone_id="UTC")
    until = dt.datetime.now(dt.UTC).replace(second=0, microsecond=0) + dt.timedelta(minutes=1)
    if (until - dt.datetime.now(dt.UTC)).total_seconds() < 15:
        until += dt.timedelta(minutes=1)
    page.goto(f"{desk.address}/new")
    page.locator("[name=locale]").select_option("fr")
    page.locator("[name=name]").fill("Une balise")
    page.locator("[name=embargo]").fill(until.strftime("%Y-%m-%dT%H:%M"))
    page.locator("textarea").fill("# Une balise\n\nElle éclaire de nouveau la rade.")
    page.get_by_role("button", name="Look at the segments").click()
    page.get_by_role("button", name="Make the release").click()
    expect(page.locator("#une-balise")).to_contain_text("embargo until")
    published = desk.project / "public" / "fr" / "une-balise" / "index.html"
    assert not published.exists()
    page.goto(f"{desk.address}/publishing/une-balise")
    expect(page.locator("#embargo")).to_contain_text("Nobody reads it before")
    page.get_by_role("link", name="Publish in all languages").click()
    expect(page.locator("#will")).to_contain_text("fr/une-balise/index.html")
    assert not published.exists()
    page.get_by_role("button", name="Publish in all languages").click()
    expect(page.get_by_text("A publication is under way")).to_have_count(0)
    assert not published.exists() or dt.datetime.now(dt.UTC) >= until
    page.wait_for_timeout(max(0, (until - dt.datetime.now(dt.UTC)).total_seconds() * 1000) + 6000)
    page.reload()
    expect(page.locator("#fr")).to_contain_text("on line")
    assert published.stat().st_mtime >= until.timestamp()
    reader = desk.browser.new_page()
    reader.goto(desk.published("fr/une-balise"))
    expect(reader.get_by_text("Elle éclaire de nouveau la rade.")).to_be_visible()
