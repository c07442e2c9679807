"""The whole release in a real browser: read it as a page, decide its sentences in their place."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support import Desk

pytestmark = pytest.mark.browser
FIELD = ".in-place .field"


def opened(desk: Desk, path: str, login: str = "admin") -> Page:
    page = desk.scripted(login)
    page.goto(f"{desk.address}/releases/{path}/document")
    return page


def test_a_sentence_is_changed_in_its_place_and_stands_in_the_page_as_one_types(desk: Desk) -> None:
    page = opened(desk, "rapport-littoral/es")
    sentence = page.locator(".sheet a.sentence", has_text="dos veces más rápido")
    sentence.click()
    page.locator(FIELD).wait_for()
    page.keyboard.press("End")
    page.keyboard.type(" Ya.")
    expect(sentence).to_contain_text("Ya.")
    page.keyboard.press("Escape")
    expect(page.locator(FIELD)).to_have_count(0)
    expect(sentence).not_to_contain_text("Ya.")
    sentence.click()
    expect(page.locator(FIELD)).to_contain_text("Ya.")
    expect(page.get_by_text("what you had typed here")).to_be_visible()


@pytest.mark.parametrize("path", ["bureau-tanger/es", "small-ports-fund/fr", "heat-alerts/es"])
def test_text_markdown_and_html_are_laid_out_side_by_side(desk: Desk, path: str) -> None:
    page = opened(desk, path)
    source = page.locator(".sheet [data-source]").first.bounding_box()
    target = page.locator(".sheet a.sentence").first.bounding_box()
    assert source
    assert target
    assert abs(source["y"] - target["y"]) < 12
    assert source["x"] < target["x"]
    assert page.locator(".sheet h2, .sheet h3").count() >= 2


def test_a_release_is_decided_from_first_to_last_by_keyboard_alone(desk: Desk) -> None:
    page = opened(desk, "acuerdo-posidonia/fr")
    total = page.locator("[data-progress]").evaluate("bar => bar.max")
    page.keyboard.press("Alt+ArrowRight")
    for done in range(1, int(total) + 1):
        page.locator(FIELD).wait_for()
        page.keyboard.press("Control+Enter")
        told = page.locator(f"[data-done]:text-is('{done} / {int(total)}'), [data-refusal]:not([hidden])")
        told.first.wait_for()
        if page.locator("[data-refusal]:not([hidden])").count():
            page.locator("#note").fill("reads right")
            page.keyboard.press("Control+Enter")
            expect(page.locator("[data-done]")).to_have_text(f"{done} / {int(total)}")
    expect(page.locator(FIELD)).to_have_count(0)
    assert page.locator("a.sentence:not(.approved)").count() == 0


def test_two_browsers_on_one_sentence_see_each_other_and_lose_nothing(desk: Desk) -> None:
    ana, tim = opened(desk, "rapport-littoral/ar"), opened(desk, "rapport-littoral/ar", "tim")
    where = "a.sentence.translated >> nth=3"
    tim.locator(where).click()
    tim.locator(FIELD).wait_for()
    ana.locator(where).click()
    expect(ana.locator("[data-held]:not([hidden])", has_text="Tim")).to_be_visible()
    for page, word in ((tim, "أولا "), (ana, None)):
        if word:
            page.keyboard.press("Home")
            page.keyboard.insert_text(word)
            page.keyboard.press("Control+s")
            expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_attached()
        else:
            page.keyboard.press("End")
            page.keyboard.insert_text(" أخيرا")
    ana.keyboard.press("Control+s")
    expect(ana.get_by_text("Both together")).to_be_visible()
    text = ana.locator("#target").input_value()
    assert text.startswith("أولا ")
    assert text.endswith(" أخيرا")
    expect(ana.locator("[data-mine] ins")).to_contain_text("أخيرا")
    ana.keyboard.press("Control+s")
    expect(ana.locator(f"a.sentence[data-segment]:has-text('{text[:20]}')").first).to_be_visible()


def test_what_somebody_else_decides_appears_without_reloading(desk: Desk) -> None:
    page = opened(desk, "heat-alerts/es")
    catalogue = desk.project / "locales" / "es" / "LC_MESSAGES" / "heat-alerts.po"
    text = catalogue.read_text("utf-8")
    assert "Cómo inscribirse" in text
    catalogue.write_text(text.replace("Cómo inscribirse", "Cómo darse de alta"), "utf-8")
    expect(page.locator("a.sentence", has_text="Cómo darse de alta")).to_be_visible(timeout=20000)


def test_the_list_and_the_document_keep_the_sentence_between_them(desk: Desk) -> None:
    page = opened(desk, "heat-alerts/fr")
    page.locator("a.sentence").nth(4).click()
    page.locator(FIELD).wait_for()
    page.keyboard.press("End")
    page.keyboard.type(" Encore.")
    page.get_by_role("link", name="List").click()
    expect(page.locator("form.work .field")).to_contain_text("Encore.")
    page.locator(".trail a").nth(1).click()
    expect(page.locator(FIELD)).to_contain_text("Encore.")


def test_a_finding_is_silenced_in_its_place_and_stays_so(desk: Desk) -> None:
    page = opened(desk, "rapport-littoral/es")
    sentence = page.locator(".sheet a.sentence", has_text="frente al 87")
    sentence.click()
    page.locator(FIELD).wait_for()
    page.keyboard.press("End")
    page.keyboard.type(" Son 77.")
    fault = page.locator(".findings li", has_text="77 is not in the source")
    fault.locator("summary").click()
    fault.get_by_role("button", name="Silence it and save").click()
    expect(page.locator("[data-refusal]")).to_contain_text("There is no reason")
    fault.get_by_role("textbox").fill("counted again in May")
    fault.get_by_role("button", name="Silence it and save").click()
    expect(page.locator("[data-silenced]")).to_contain_text("numbers: counted again in May")
    expect(fault).to_have_count(0)
    page.keyboard.press("Control+Enter")
    expect(sentence).to_have_class("sentence approved")
    page.goto(page.url.partition("#")[0])
    page.locator(".sheet a.sentence", has_text="Son 77").click()
    expect(page.locator("[data-silenced]")).to_contain_text("counted again in May")
    page.get_by_role("button", name="Count it again").click()
    expect(fault).to_have_count(1)


def test_what_the_glossary_says_stands_below_the_sentence(desk: Desk) -> None:
    page = opened(desk, "rapport-littoral/es")
    terms = page.locator(".in-place [data-terms]")
    page.locator(".sheet a.sentence", has_text="Ondine").first.click()
    expect(terms.locator("div")).to_have_text([re.compile("Ondine.*Ondine.*Latin letters", re.DOTALL)])
    page.locator(".sheet a.sentence", has_text="posidonia").first.click()
    expect(terms).to_contain_text("praderas de posidonia")
    expect(terms.locator("del")).to_have_text(["algas de posidonia"])
    page.locator(".sheet a.sentence", has_text="Publicaciones").first.click()
    page.locator(FIELD).wait_for()
    expect(terms).to_be_hidden()


def test_a_sentence_is_left_untranslated_in_its_place(desk: Desk) -> None:
    page = opened(desk, "rapport-littoral/es")
    page.locator(".sheet a.sentence", has_text="Publicaciones").first.click()
    page.locator(FIELD).wait_for()
    page.locator("details", has_text="Not to be translated").locator("summary").click()
    page.locator("#left").fill("a name")
    page.get_by_role("button", name="Leave it untranslated").click()
    expect(page.locator(".sheet a.sentence", has_text="Publications").first).to_have_class(
        "sentence approved"
    )


def test_a_session_that_is_over_is_taken_up_in_the_document_and_nothing_typed_is_lost(desk: Desk) -> None:
    page = desk.scripted("selma")
    page.goto(f"{desk.address}/me")
    page.get_by_label("A new one").fill("four plain small words")
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.goto(f"{desk.address}/releases/heat-alerts/es/document")
    sentence = page.locator(".sheet a.sentence").nth(2)
    sentence.click()
    page.locator(FIELD).wait_for()
    page.keyboard.press("End")
    page.keyboard.type(" Y más.")
    page.context.clear_cookies()
    page.keyboard.press("Control+s")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Your session is over")
    dialog.get_by_label("Password").fill("four other small words")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_have_text("Login or password is not right.")
    dialog.get_by_label("Password").fill("four plain small words")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_attached()
    page.reload()
    expect(sentence).to_contain_text("Y más.")


def test_a_table_in_a_preview_is_aligned_as_readers_will_see_it(desk: Desk) -> None:
    page = desk.context().new_page()
    page.goto(f"{desk.address}/publishing/reseau-bouees")
    page.get_by_role("button", name="Make a link").click()
    shared = page.get_by_label("The link").input_value()
    for address in (desk.published("fr/reseau-bouees"), f"{desk.address}/preview/fr/reseau-bouees/", shared):
        page.goto(address)
        number = page.get_by_role("cell", name="28", exact=True)
        assert number.evaluate("cell => getComputedStyle(cell).textAlign") == "right", address
    page.context.close()


@pytest.mark.parametrize("locale", ["fr", "ar"])
def test_the_columns_of_a_table_begin_where_its_language_does(desk: Desk, locale: str) -> None:
    page = desk.context().new_page()
    page.goto(desk.published(f"{locale}/reseau-bouees"))
    cells = page.locator("tbody tr").first.locator("td")
    aligned = [cell.evaluate("cell => getComputedStyle(cell).textAlign") for cell in cells.all()]
    assert aligned == ["start", "right", "start"]
    page.context.close()
