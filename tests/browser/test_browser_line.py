"""The newcomer's way, in a real browser without JavaScript: sign in, approve a sentence, publish, read it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support import PHONE, Desk

pytestmark = pytest.mark.browser


def left_in_french(page: Page, desk: Desk) -> list[str]:
    page.goto(desk.published("es/bureau-tanger"))
    return page.locator("article [lang=fr]").all_inner_texts()


def test_the_newcomer_approves_the_last_sentence_and_finds_the_paragraph_on_the_page(desk: Desk) -> None:
    page = desk.context().new_page()
    (paragraph,) = left_in_french(page, desk)

    page.goto(desk.address)
    row = page.get_by_role("row").filter(has_text="bureau à Tanger").filter(has_text="Español")
    row.get_by_role("link", name="Start").click()
    source = page.locator(".work .text").first.inner_text()
    assert paragraph.endswith(source)
    before = page.locator(".neighbour [lang=es]").nth(1).inner_text()
    target = page.get_by_role("textbox", name="Español").input_value()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Every segment is approved")).to_be_visible()

    page.get_by_role("link", name="Queue", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="Publish", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("pages change")
    page.get_by_role("button", name="Publish all of it now").click()
    expect(page.get_by_text("Readers have everything that is approved.")).to_be_visible(timeout=60_000)
    assert left_in_french(page, desk) == []
    published = page.locator("article p").filter(has_text=target)
    assert before in published.inner_text()


def test_a_segment_into_arabic_is_written_from_right_to_left(desk: Desk) -> None:
    page = desk.context().new_page()
    page.goto(f"{desk.address}/releases/rapport-littoral/ar/next")
    box = page.get_by_role("textbox", name="العربية")
    assert box.get_attribute("dir") == "rtl"
    assert page.locator(".work .text").first.get_attribute("dir") == "ltr"
    source, target = page.locator(".work .side").first.bounding_box(), box.bounding_box()
    assert source is not None
    assert target is not None
    assert source["x"] + source["width"] <= target["x"]


@pytest.mark.parametrize(
    "path",
    ["/", "/releases/rapport-littoral/ar", "/releases/rapport-littoral/ar/next", "/nowhere", "/sign-in"],
)
def test_nothing_runs_out_of_a_phone(desk: Desk, path: str) -> None:
    context = desk.browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    context.add_cookies(desk.cookies)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(desk.address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_what_was_typed_is_there_again_when_the_browser_goes_back(desk: Desk) -> None:
    context = desk.context()
    page = context.new_page()
    page.goto(f"{desk.address}/releases/acuerdo-posidonia/fr/next")
    page.locator("#target").fill("Ce que j'ai écrit.")
    context.clear_cookies()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("What you wrote")).to_have_value("Ce que j'ai écrit.")
    page.go_back()
    expect(page.locator("#target")).to_have_value("Ce que j'ai écrit.")


def test_everything_can_be_done_with_the_keyboard(desk: Desk) -> None:
    page = desk.context().new_page()
    page.goto(f"{desk.address}/releases/acuerdo-posidonia/fr/next")
    first = page.url
    expect(page.locator("#target")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("summary:focus")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("button[value=save]")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url not in {first, f"{first}?"})
    expect(page.locator("#target")).to_be_focused()


# The page of a segment with JavaScript

FIELD = "[role=textbox][contenteditable]"


def codes_in(page: Page) -> str:
    return page.locator("#target").input_value()


def open_segment(page: Page, desk: Desk, release: str, locale: str, words: str) -> None:
    page.goto(f"{desk.address}/releases/{release}/{locale}")
    page.locator("ol.segments a").filter(has_text=words).first.click()
    page.locator(FIELD).wait_for()


def test_a_code_is_put_around_the_selected_words_by_key_and_taken_back(desk: Desk) -> None:
    page = desk.scripted()
    open_segment(page, desk, "rapport-littoral", "es", "plages contrôlées")
    page.keyboard.press("Alt+x")
    page.keyboard.type("Sobre uno")
    for _ in "uno":
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Alt+1")
    assert codes_in(page) == "Sobre <1>uno</1>"
    assert page.locator(f"{FIELD} .chip").count() == 2
    page.keyboard.press("End")
    page.keyboard.insert_text(" y más")
    assert codes_in(page) == "Sobre <1>uno</1> y más"
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert codes_in(page) == "Sobre uno"


def test_findings_change_while_somebody_types_and_a_certain_correction_is_one_key(desk: Desk) -> None:
    page = desk.scripted()
    open_segment(page, desk, "rapport-littoral", "es", "plages contrôlées")
    before = page.locator("form.work").get_attribute("data-stands")
    assert before
    page.keyboard.press("End")
    page.keyboard.type(" Dos  huecos.")
    page.locator(".findings .tag").first.wait_for()
    page.get_by_role("button", name="Correct it").first.wait_for()
    page.keyboard.press("Alt+f")
    expect(page.locator("#target")).to_have_value(re.compile(" Dos huecos\\.$"))
    page.keyboard.press("Alt+x")
    page.keyboard.insert_text(before)
    assert codes_in(page) == before
    page.get_by_text("The checks found nothing.").wait_for()


def test_a_correction_keeps_what_was_typed_since_the_text_was_checked(desk: Desk) -> None:
    page = desk.scripted()
    open_segment(page, desk, "rapport-littoral", "es", "plages contrôlées")
    page.keyboard.press("Alt+x")
    page.keyboard.insert_text("Dos  huecos")
    spaces = page.locator(".findings li", has_text="doubled space")
    spaces.get_by_role("button", name="Correct it").wait_for()
    spaces.evaluate("item => { item.title = 'the same'; }")
    with page.expect_response("**/findings") as answer:
        page.keyboard.insert_text(" y")
    answer.value.finished()
    page.evaluate("new Promise(resolve => setTimeout(resolve))")
    assert spaces.get_attribute("title") == "the same", "what is found again stays under the hand"
    page.keyboard.insert_text(" más")
    page.keyboard.press("Alt+f")
    expect(page.locator("#target")).to_have_value("Dos huecos y más")


def test_what_was_typed_is_there_again_in_a_new_tab(desk: Desk) -> None:
    page = desk.scripted()
    open_segment(page, desk, "acuerdo-posidonia", "en", "Posidonia")
    page.keyboard.press("Alt+x")
    page.keyboard.type("Half a sent")
    address, context = page.url, page.context
    page.close()
    again = context.new_page()
    again.goto(address)
    again.get_by_text("what you had typed here").wait_for()
    assert codes_in(again) == "Half a sent"
    again.keyboard.press("Alt+i")
    assert codes_in(again) != "Half a sent"


def test_an_earlier_text_is_put_back_and_the_keys_are_listed(desk: Desk) -> None:
    page = desk.scripted()
    open_segment(page, desk, "rapport-littoral", "es", "Accueil")
    before = codes_in(page)
    address = page.url
    page.keyboard.press("Alt+x")
    page.keyboard.type("Portada")
    page.keyboard.press("Control+s")
    page.wait_for_url(lambda url: url != address)
    page.goto(address)
    assert codes_in(page) == "Portada"
    assert page.locator(".history ins").first.inner_text() == "Portada"
    page.get_by_role("link", name="Start from it").first.click()
    assert codes_in(page) == before
    decided = page.locator(".history li").count()
    page.get_by_role("button", name="Put this back").first.click()
    expect(page.locator(".history li")).to_have_count(decided + 1)
    assert codes_in(page) == before
    expect(page.locator(".history").get_by_role("button", name="Undo")).to_have_count(1)
    page.keyboard.press("Control+Slash")
    assert page.get_by_role("dialog").get_by_text("Take over a suggestion").is_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != address)


def test_a_draft_is_over_once_its_text_was_saved(desk: Desk) -> None:
    page = desk.scripted()
    open_segment(page, desk, "rapport-littoral", "es", "Publications")
    address = page.url
    for words in ("Una", "Otra"):
        page.goto(address)
        page.keyboard.press("Alt+x")
        page.keyboard.type(words)
        page.keyboard.press("Control+s")
        page.wait_for_url(lambda url: url != address)
    other = desk.scripted()
    other.goto(address)
    other.keyboard.press("Alt+x")
    other.keyboard.type("Tercera")
    other.keyboard.press("Control+s")
    other.wait_for_url(lambda url: url != address)
    page.goto(address)
    assert codes_in(page) == "Tercera"
    assert page.get_by_text("what you had typed here").is_hidden()
