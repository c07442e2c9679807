"""What hands do at the desk: come in and go out, take a suggestion over, drag a code, write in Arabic."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support import Desk

pytestmark = pytest.mark.browser
FIELD = "form.work .field"
PASSWORD = "four plain small words"  # noqa: S105 - opens nothing but a test


def test_somebody_comes_in_by_password_is_led_on_and_goes_out(desk: Desk) -> None:
    page = desk.scripted("ana")
    page.goto(f"{desk.address}/me")
    page.get_by_label("A new one").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_text("Done.")).to_be_visible()
    page.locator("header").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.goto(f"{desk.address}/releases/heat-alerts/es?show=all")
    for password, then in (("not the password", "/sign-in"), (PASSWORD, "/releases/heat-alerts/es?show=all")):
        page.get_by_label("Login").fill("ana")
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(f"{desk.address}{then}")
    page.locator("header").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    del desk.others["ana"]


def with_a_suggestion(page: Page, desk: Desk) -> str:
    """Opens a segment that the memory knows something like; what that is."""
    page.goto(f"{desk.address}/releases/rapport-littoral/ar/next")
    for _ in range(30):
        page.locator(FIELD).wait_for()
        if page.locator("[data-suggestion='1']").count():
            return str(page.locator("[data-suggestion='1']").get_attribute("data-use"))
        where = page.url
        page.keyboard.press("Alt+ArrowRight")
        page.wait_for_url(lambda url, before=where: url != before)
    raise AssertionError("the memory knows nothing")


def test_a_suggestion_is_taken_over_by_its_number(desk: Desk) -> None:
    page = desk.scripted()
    offered = with_a_suggestion(page, desk)
    page.keyboard.press("Alt+x")
    expect(page.locator(FIELD)).to_have_text("")
    page.keyboard.press("Control+1")
    words = re.sub(r"<[^>]*>", "", offered).split()
    for word in words:
        expect(page.locator(FIELD)).to_contain_text(word)
    page.keyboard.press("Control+z")
    expect(page.locator(FIELD)).to_have_text("")
    page.locator("[data-suggestion='1']").click()
    expect(page.locator(FIELD)).to_contain_text(words[0])


def test_a_code_is_dragged_into_the_text(desk: Desk) -> None:
    page = desk.scripted()
    page.goto(f"{desk.address}/releases/heat-alerts/es?text=STOP")
    page.locator("a.source").first.click()
    page.locator(FIELD).wait_for()
    page.keyboard.press("Alt+x")
    page.keyboard.type("Escriba ")
    page.locator(".tool.code").first.drag_to(page.locator(FIELD))
    expect(page.locator(f"{FIELD} .chip")).to_have_count(1)
    expect(page.locator(f"{FIELD} .chip")).to_contain_text("STOP")


def test_an_arabic_text_is_decided_in_the_arabic_interface(desk: Desk) -> None:
    page = desk.scripted(locale="ar")
    page.goto(f"{desk.address}/releases/rapport-littoral/ar/next")
    assert page.locator("html").get_attribute("dir") == "rtl"
    where = page.url
    field = page.locator(FIELD)
    field.wait_for()
    assert field.evaluate("field => getComputedStyle(field).direction") == "rtl"
    source, target = page.locator(".source-text").bounding_box(), field.bounding_box()
    assert source
    assert target
    assert source["x"] > target["x"], "the source is on the right, where one begins to read"
    page.locator("[data-insert]").first.click()
    page.keyboard.press("Control+z")
    page.locator("details.note summary").first.click()
    page.locator("#note").fill("مراجَع")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != where)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
