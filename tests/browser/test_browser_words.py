"""Words looked up in the memory from the page of a segment, by keyboard, and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support import Desk

pytestmark = pytest.mark.browser
FIELD = ".field"
ASKED, SIDE = "[name=text][form=words]", "[name=side][form=words]"
SELECT = """([place, word]) => {
  const walk = document.createTreeWalker(document.querySelector(place), NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.data.indexOf(word);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(node, at, node, at + word.length);
    return;
  }
}"""


def opened(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.address}/releases/bureau-tanger/es?show=all&text=agents")
    page.locator("a.source").first.click()


def test_selected_words_are_looked_up_in_place_and_what_is_typed_stays(desk: Desk) -> None:
    page = desk.scripted()
    opened(page, desk)
    page.locator(FIELD).press("End")
    page.keyboard.type(" Y más.")
    typed = page.locator(FIELD).text_content()
    page.evaluate(SELECT, [".source-text", "bureau"])
    page.keyboard.press("Control+k")
    expect(page.locator(".pairs mark").first).to_have_text("bureau")
    expect(page.locator(SIDE)).to_have_value("source")
    expect(page.locator("[data-words-told]")).not_to_be_empty()
    page.locator(FIELD).focus()
    page.evaluate(SELECT, [FIELD, "puerto"])
    page.keyboard.press("Control+k")
    expect(page.locator(SIDE)).to_have_value("target")
    expect(page.locator(".pairs mark").first).to_have_text("puerto")
    expect(page.locator(FIELD)).to_have_text(str(typed))


def test_words_are_typed_where_none_are_selected(desk: Desk) -> None:
    page = desk.scripted()
    opened(page, desk)
    page.locator(FIELD).focus()
    page.keyboard.press("End")
    page.keyboard.press("Control+k")
    expect(page.locator(ASKED)).to_be_focused()
    page.keyboard.type("peche zeppelin")
    page.keyboard.press("Enter")
    told = page.locator("[data-words-told]")
    expect(told).to_have_text("The memory does not have these words.")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(FIELD)).to_be_focused()
    page.context.set_offline(True)
    page.keyboard.press("Control+k")
    page.keyboard.type("bureau")
    page.keyboard.press("Enter")
    expect(told).to_contain_text("The desk does not answer.")
    page.context.set_offline(False)


def test_words_of_a_document_are_looked_up_below_the_sentence_that_is_open(desk: Desk) -> None:
    page = desk.scripted()
    page.goto(f"{desk.address}/releases/bureau-tanger/es/document")
    page.locator("a.sentence").nth(3).click()
    field = page.locator(".in-place .field")
    field.press("End")
    page.keyboard.type(" Y más.")
    typed = str(field.text_content())
    page.keyboard.press("Control+k")
    expect(page.locator(ASKED)).to_be_focused()
    page.keyboard.type("peche zeppelin")
    page.keyboard.press("Enter")
    expect(page.locator("[data-words-told]")).to_have_text("The memory does not have these words.")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(field).to_be_focused()
    source = page.locator("[data-source]").filter(has_text="bureau").last
    page.evaluate(SELECT, [f"[data-source='{source.get_attribute('data-source')}']", "bureau"])
    page.keyboard.press("Control+k")
    expect(page.locator(SIDE)).to_have_value("source")
    expect(page.locator(".in-place .pairs mark").first).to_have_text("bureau")
    expect(field).to_have_text(typed)
    assert len(page.context.pages) == 1


def test_words_of_a_document_are_selected_by_the_mouse(desk: Desk) -> None:
    page = desk.scripted()
    page.goto(f"{desk.address}/releases/bureau-tanger/es/document")
    page.locator("a.sentence").nth(3).click()
    field = page.locator(".in-place .field")
    expect(field).to_be_focused()
    page.wait_for_load_state("networkidle")
    box = page.locator("[data-source][data-open]").first.bounding_box()
    assert box
    x, y = box["x"] + 3, box["y"] + 8
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 90, y, steps=4)
    page.mouse.up()
    assert page.evaluate("getSelection().toString().trim()")
    page.keyboard.press("Control+k")
    expect(page.locator(SIDE)).to_have_value("source")
    expect(page.locator("[data-words-told]")).not_to_be_empty()


def test_without_script_the_words_are_a_page(desk: Desk) -> None:
    page = desk.context().new_page()
    opened(page, desk)
    page.locator(ASKED).fill("bureau")
    with page.context.expect_page() as other:
        page.locator("button[form=words]").click()
    marks = other.value.locator(".pairs mark")
    for _ in range(30):  # while the desk is starting the memory is still being read
        if marks.count():
            break
        other.value.wait_for_timeout(500)
        other.value.locator(".words button").click()
    expect(marks.first).to_have_text("bureau")
    expect(other.value.locator(".words [name=text]")).to_have_value("bureau")
