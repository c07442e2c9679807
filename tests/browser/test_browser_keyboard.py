"""A reviewer's day without a mouse: every stop of the Tab key is seen, and everything is reached by it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.support import PHONE, WIDE, Desk

pytestmark = pytest.mark.browser
FIELD = "form.work .field"
MOST = 150  # stops of the Tab key on a page
# What is wrong with how the focus is shown, "" when nothing is: WCAG 2.4.7, 2.4.11 and 2.4.13.
UNSEEN = """() => {
  const at = document.activeElement;
  if (at === document.body || at === document.documentElement) return "";
  const box = at.getBoundingClientRect();
  const say = `${at.tagName} ${at.className} ${(at.textContent || at.value || "").trim().slice(0, 40)}`;
  const line = getComputedStyle(at);
  if (line.outlineStyle === "none" || parseFloat(line.outlineWidth) < 2) return `no ring: ${say}`;
  if (!box.width || !box.height) return `nothing to see: ${say}`;
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  if (!inside) return `off the screen: ${say}`;
  const middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const spots = [[box.left + 2, box.top + 2], [box.right - 2, box.bottom - 2], middle];
  const seen = spots.filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight)
    .map(([x, y]) => document.elementFromPoint(x, y))
    .some((top) => top && (at.contains(top) || top.contains(at)));
  return seen ? "" : `covered: ${say}`;
}"""


def tab_to(page: Page, where: Locator, key: str = "Tab") -> None:
    """Press Tab until something has the focus; every stop on the way is seen."""
    for _ in range(MOST):
        page.keyboard.press(key)
        assert page.evaluate(UNSEEN) == ""
        if where.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {where}")


def from_menu(page: Page, where: Locator, key: str = "Tab") -> None:
    """Go to something of the menu, which is behind a button on a narrow screen, and press it."""
    button = page.locator("header button.menu")
    if button.is_visible():
        tab_to(page, button, key)
        page.keyboard.press("Enter")
        key = "Tab"
    tab_to(page, where, key)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(("locale", "size"), [("en", WIDE), ("ar", WIDE), ("ar", PHONE)])
def test_a_reviewers_day_by_the_keyboard_alone(desk: Desk, locale: str, size: dict[str, int]) -> None:
    login = f"rev-{locale}-{size['width']}"
    page = desk.scripted(login, viewport=size, locale=locale)
    page.goto(desk.address)
    tab_to(page, page.locator("main a[href$='/rapport-littoral/ar/next']"))
    page.keyboard.press("Enter")

    page.locator(FIELD).wait_for()
    expect(page.locator(FIELD)).to_be_focused()
    assert page.evaluate(UNSEEN) == ""
    decided, standing = page.url, page.locator(".target-side h2")
    before = standing.inner_text()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != decided)
    page.locator(FIELD).wait_for()
    expect(page.locator(FIELD)).to_be_focused()

    page.go_back()
    page.reload()
    page.locator(FIELD).wait_for()
    assert standing.inner_text() != before
    undo = page.locator(".history form[action$='/undo'] button")
    tab_to(page, undo)
    page.keyboard.press("Enter")
    expect(standing).to_have_text(before, use_inner_text=True)
    expect(page.locator(FIELD)).to_be_focused()

    saying = page.locator("#comments textarea")
    tab_to(page, saying)
    page.keyboard.type(f"هل هذا صحيح؟ {login}")
    comment = page.locator("#comments form.stack button:not([name]):not([type=button])")
    tab_to(page, comment)
    page.keyboard.press("Enter")
    expect(page.locator(".said").filter(has_text=login)).to_be_in_viewport(ratio=1)

    from_menu(page, page.locator("#who a[href='/glossary']"), "Shift+Tab")
    words = page.locator("main input[name=text]")
    words.wait_for()
    tab_to(page, words)
    page.keyboard.type("eau")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "text=eau" in url)
    assert page.evaluate(UNSEEN) == ""

    from_menu(page, page.locator("header form[action$='sign-out'] button"))
    expect(page.locator("input[name=login]")).to_be_focused()
    assert page.evaluate(UNSEEN) == ""
