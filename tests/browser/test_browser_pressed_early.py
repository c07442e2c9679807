"""Keys that are pressed too early, too often or in another field do what the person meant, once."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.support import Desk

pytestmark = pytest.mark.browser
FIELD = "form.work .field"
LIST = "/releases/rapport-littoral/ar"


def _late(page: Page) -> list[Route]:
    """The modules of the page do not come until they are let through."""
    held: list[Route] = []

    def asked(route: Route) -> None:
        if route.request.url.endswith("/early.js"):
            route.continue_()
        else:
            held.append(route)

    page.route("**/assets/*/*.js", asked)
    return held


def _posts(page: Page) -> list[str]:
    sent: list[str] = []

    def asked(request: Request) -> None:
        if request.is_navigation_request() and request.method == "POST":
            sent.append(request.url)

    page.on("request", asked)
    return sent


@pytest.mark.parametrize(("keys", "action"), [("Control+Enter", "approve"), ("Control+s", "save")])
def test_a_decision_by_key_before_the_modules_have_come_is_asked_for(
    desk: Desk, keys: str, action: str
) -> None:
    page = desk.scripted("haste")
    _late(page)
    page.goto(f"{desk.address}{LIST}/next", wait_until="commit")
    expect(page.locator("textarea[name=target]")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("كُتب قبل الأوان")
    with page.expect_request(lambda asked: asked.method == "POST") as sent:
        page.keyboard.press(keys)
    typed = parse_qs(sent.value.post_data or "")
    assert (typed["action"], typed["target"]) == ([action], ["كُتب قبل الأوان"])
    page.context.close()


def test_what_is_typed_while_the_modules_come_stays_with_the_cursor_in_its_place(desk: Desk) -> None:
    page = desk.scripted("haste")
    held = _late(page)
    page.goto(f"{desk.address}{LIST}/next", wait_until="commit")
    expect(page.locator("textarea[name=target]")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("واحد ثلاثة")
    for _ in "ثلاثة":
        page.keyboard.press("ArrowRight")  # backwards: the field runs from right to left
    for _ in range(20):
        while held:
            held.pop().continue_()
        page.wait_for_timeout(50)
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.insert_text("اثنان ")
    expect(page.locator(FIELD)).to_have_text("واحد اثنان ثلاثة")
    page.unroute_all()
    page.reload()
    expect(page.locator(FIELD)).to_have_text("واحد اثنان ثلاثة")
    page.locator("[data-discard]").click()
    page.context.close()


def test_a_double_press_decides_once_and_is_no_conflict(desk: Desk) -> None:
    page = desk.scripted("haste")
    sent = _posts(page)
    page.goto(f"{desk.address}{LIST}/next")
    expect(page.locator(FIELD)).to_be_focused()
    decided = page.url
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("مرتين بسرعة")
    page.keyboard.press("Control+s")
    page.keyboard.press("Control+s")
    page.wait_for_url(lambda url: url != decided)
    expect(page.locator(FIELD)).to_be_focused()
    assert set(sent) == {decided}
    page.goto(decided)
    expect(page.locator(FIELD)).to_have_text("مرتين بسرعة")
    expect(page.locator("[role=alert]")).to_have_count(0)
    page.context.close()


def test_control_and_enter_in_a_comment_send_the_comment_and_decide_nothing(desk: Desk) -> None:
    page = desk.scripted("haste")
    page.goto(f"{desk.address}{LIST}/next")
    expect(page.locator(FIELD)).to_be_focused()
    here, before = page.url, page.locator(".history li").count()
    page.locator("#comments textarea").fill("أهذه هي التسمية الرسمية؟")
    page.keyboard.press("Control+s")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".said").filter(has_text="أهذه هي")).to_be_visible()
    assert page.url.partition("#")[0] == here.partition("?")[0]
    assert page.locator(".history li").count() == before
    page.context.close()


def test_words_typed_behind_a_code_stand_outside_it(desk: Desk) -> None:
    page = desk.scripted("haste")
    page.goto(f"{desk.address}/releases/acuerdo-posidonia/fr/document")
    page.locator("[data-source]", has_text="86.000").click()
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("Alt+x")
    page.keyboard.type("Protéger 86.000")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Alt+1")
    page.keyboard.type(" hectares")
    target = page.locator("form.work textarea[name=target]")
    expect(target).to_have_value("Protéger <1>86.000</1> hectares")
    page.keyboard.press("Alt+x")
    page.keyboard.press("Alt+1")
    page.keyboard.type("86.000")
    expect(target).to_have_value("<1>86.000</1>")
    page.keyboard.press("Escape")
    page.context.close()


def test_what_was_typed_is_in_the_field_of_the_segment_that_was_joined(desk: Desk) -> None:
    page = desk.scripted("haste")
    page.goto(f"{desk.address}/releases/acuerdo-posidonia/fr/document")
    page.locator("[data-source]", has_text="86.000").click()
    expect(page.locator(FIELD)).to_be_focused()
    page.locator("[data-full]").click()
    page.wait_for_url(lambda url: "/document" not in url)
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("Alt+x")
    page.keyboard.type("Tapé à l’instant")
    page.locator("details.cut summary").click()
    page.locator("details.cut button[value=apart], details.cut button[value=join]").first.click()
    expect(page.locator("[data-recut], .notice.error").first).to_be_visible()
    expect(page.locator(FIELD)).to_have_text("Tapé à l’instant")
    expect(page.locator("[data-recut]")).to_be_visible()
    page.locator("[data-recut] button").click()
    expect(page.locator(FIELD)).to_have_text("Tapé à l’instant")
    page.context.close()
