"""A slip is taken back at once, above what comes next: by key, by mouse and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support import PHONE, WIDE, Desk

pytestmark = pytest.mark.browser
FIELD, STEP, STANDING = ".work .field", "[data-step]", ".target-side h2 .standing"
RELEASE = "rapport-littoral/ar"


def opened(page: Page, desk: Desk, *, among: int = 0) -> str:
    """One of the segments that wait for a reviewer; its address."""
    page.goto(f"{desk.address}/releases/{RELEASE}?show=translated")
    address = desk.address + str(page.locator("a.source").nth(among).get_attribute("href")).partition("?")[0]
    page.goto(address)
    page.locator(STANDING).wait_for()
    return address


def approved(page: Page) -> None:
    here = page.url
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != here)
    page.locator(FIELD).wait_for()


def test_undo_works_without_scripts(desk: Desk) -> None:
    page = desk.context().new_page()
    slip = opened(page, desk)
    before, source = page.locator(STANDING).inner_text(), page.locator(".source-text").inner_text()
    page.get_by_role("button", name="Approve").click()
    notice = page.get_by_role("status").filter(has_text="Approved.")
    expect(notice).to_be_in_viewport()
    expect(notice.get_by_role("link")).to_have_text(source)
    notice.get_by_role("button", name="Undo").click()
    assert page.url.startswith(slip)
    expect(page.get_by_text("Taken back. It stands as it did before.")).to_be_in_viewport()
    expect(page.locator(STANDING)).to_have_text(before, use_inner_text=True)
    page.context.close()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_one_key_takes_an_approval_back_and_leads_to_it(
    desk: Desk, locale: str, size: dict[str, int]
) -> None:
    page = desk.scripted(viewport=size, locale=locale)
    slip = opened(page, desk, among=1)
    approved(page)
    for seen in (page.locator(f"{STEP} button"), page.locator(FIELD)):
        expect(seen).to_be_in_viewport()
    page.keyboard.press("Alt+z")
    page.wait_for_url(lambda url: url.startswith(slip))
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator(STEP)).to_be_in_viewport()
    expect(page.locator(f"{STEP} button")).to_have_count(0)
    expect(page.locator(f"{STANDING}.translated")).to_have_count(1)
    page.context.close()


def test_what_was_typed_meanwhile_is_kept(desk: Desk) -> None:
    page = desk.scripted()
    opened(page, desk)
    approved(page)
    following = page.url.partition("?")[0]
    page.keyboard.press("End")
    page.keyboard.type(" وبعد")
    page.keyboard.press("Alt+z")
    page.wait_for_url(lambda url: "undone" in url)
    page.goto(following)
    expect(page.locator(FIELD)).to_contain_text("وبعد")
    page.keyboard.press("Alt+x")
    page.context.close()


def test_undo_in_the_document_puts_the_sentence_back(desk: Desk) -> None:
    page = desk.scripted()
    page.goto(f"{desk.address}/releases/{RELEASE}/document")
    sentence = page.locator("a.sentence.translated").first
    name = sentence.get_attribute("data-segment")
    done = page.locator("[data-done]").inner_text()
    sentence.click()
    page.locator(FIELD).wait_for()
    target = page.locator(FIELD).inner_text()
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"{STEP} button")).to_be_in_viewport()
    expect(page.locator("[data-done]")).not_to_have_text(done)
    page.locator(f"{STEP} button").click()
    expect(page.locator(f"a.sentence[data-segment='{name}']").first).to_have_class("sentence translated")
    expect(page.locator("[data-done]")).to_have_text(done)
    expect(page.get_by_text("Taken back. It stands as it did before.").last).to_be_in_viewport()
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator(FIELD)).to_have_text(target, use_inner_text=True)
    page.context.close()


@pytest.mark.parametrize("view", ["segment", "document"])
def test_what_somebody_decided_in_between_stays_and_is_said(desk: Desk, view: str) -> None:
    mine, theirs = desk.scripted(), desk.scripted("vera")
    slip = opened(mine, desk)
    name = slip.rpartition("/")[2]
    if view == "document":
        mine.goto(f"{desk.address}/releases/{RELEASE}/document#s-{name}")
        mine.locator(FIELD).wait_for()
        mine.keyboard.press("Control+Enter")
    else:
        approved(mine)
    mine.locator(f"{STEP} button").wait_for()
    theirs.goto(slip)
    theirs.locator(FIELD).wait_for()
    theirs.keyboard.press("End")
    theirs.keyboard.type(f" {view}")
    theirs.keyboard.press("Control+s")
    theirs.wait_for_url(lambda url: not url.startswith(slip))
    mine.keyboard.press("Alt+z")
    told = mine.get_by_text("Vera decided this since, so nothing was taken back.").last
    expect(told).to_be_in_viewport()
    expect(mine.locator(FIELD)).to_contain_text(view)
    for one in (mine, theirs):
        one.context.close()
