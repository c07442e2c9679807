"""The page of a segment under the hand: what stands where, codes dragged, people named."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.support import PHONE, Desk

WHOLE = 0.98  # of what is to be seen: where a page is scrolled to, a part of a dot may be cut

pytestmark = pytest.mark.browser
FIELD = ".field"
TARGET = "textarea[name=target]"


def opened(page: Page, desk: Desk, release: str, words: str) -> None:
    page.goto(f"{desk.address}/releases/{release}?text={words}")
    page.locator("a.source").first.click()
    page.locator(FIELD).wait_for()


def box(one: Locator) -> dict[str, float]:
    found = one.bounding_box()
    assert found
    return dict(found)


def middle_of(page: Page, word: str) -> tuple[float, float]:
    """Where the middle of a word of the field is on the screen."""
    x, y = page.locator(FIELD).evaluate(
        """(field, word) => {
          const walk = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
          for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            const at = node.data.indexOf(word);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + word.length);
            const box = range.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
          }
        }""",
        word,
    )
    return x, y


def drag(page: Page, what: Locator, word: str) -> None:
    """Take something by the mouse and let it go over a word of the field."""
    start, (x, y) = box(what), middle_of(page, word)
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(x, y, steps=5)
    page.mouse.up()


def test_the_name_of_the_release_is_read_whole_beside_an_administrators_menu(desk: Desk) -> None:
    page = desk.scripted(viewport={"width": 1200, "height": 800})
    opened(page, desk, "acuerdo-posidonia/fr", "OALM")
    name = page.locator(".trail a").nth(1)
    expect(name).to_have_text("Once puertos se comprometen a proteger la posidonia")
    assert name.evaluate("link => link.scrollWidth <= link.clientWidth"), "it is cut"


# What the first page shows while the memory is being opened: it is put there before the scripts run.
_STILL_OPENING = """
document.addEventListener("readystatechange", () => {
  const offered = document.querySelector(".offers ul");
  if (document.readyState !== "interactive" || !offered || sessionStorage.opened) return;
  sessionStorage.opened = "1";
  offered.replaceWith(Object.assign(document.createElement("p"), { textContent: "Opening" }));
  document.querySelector(".offers p").dataset.opening = "";
});
"""


def test_suggestions_come_by_themselves_once_the_memory_is_open(desk: Desk) -> None:
    page = desk.scripted()
    page.add_init_script(_STILL_OPENING)
    opened(page, desk, "acuerdo-posidonia/fr", "financiaci")
    page.locator("[data-suggestion='1']").click()
    accord = "L'accord prévoit un financement de 2,5 millions d'euros sur trois ans."
    expect(page.locator(FIELD)).to_have_text(accord)
    assert page.evaluate("sessionStorage.opened") == "1", "the first page had no suggestions"


def test_suggestions_stand_below_the_source_and_on_a_phone_below_the_field(desk: Desk) -> None:
    page = desk.scripted()
    opened(page, desk, "acuerdo-posidonia/fr", "financiaci")
    source, field, offers = (box(page.locator(one)) for one in (".source-text", FIELD, ".offers"))
    assert offers["x"] == source["x"] < field["x"]
    assert offers["y"] < page.viewport_size["height"] - 100  # type: ignore[index]
    assert (
        page.locator("[data-suggestion='1']").get_attribute("data-use") == page.locator(TARGET).input_value()
    )
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert box(page.locator(".offers"))["y"] > box(page.locator(FIELD))["y"]


def test_a_pair_that_is_dropped_goes_around_the_word_it_is_dropped_on(desk: Desk) -> None:
    page = desk.scripted()
    opened(page, desk, "acuerdo-posidonia/fr", "86.000")
    page.keyboard.press("Alt+x")
    page.keyboard.type("Pour protéger 86.000 hectares de prairies.")
    drag(page, page.locator(".tool.code").first, "86.000")
    expect(page.locator(TARGET)).to_have_value("Pour protéger <1>86.000</1> hectares de prairies.")
    page.keyboard.press("Control+z")
    expect(page.locator(TARGET)).to_have_value("Pour protéger 86.000 hectares de prairies.")
    drag(page, page.locator(".source-text .chip").first, "hectares")
    expect(page.locator(TARGET)).to_have_value("Pour protéger 86.000 <1>hectares</1> de prairies.")
    drag(page, page.locator(f"{FIELD} .chip").last, "prairies")
    expect(page.locator(TARGET)).to_have_value("Pour protéger 86.000 <1>hectares de prairies</1>.")


def test_a_code_around_selected_words_leaves_the_spaces_outside(desk: Desk) -> None:
    page = desk.scripted()
    opened(page, desk, "acuerdo-posidonia/fr", "86.000")
    page.keyboard.press("Alt+x")
    page.keyboard.type("Un mot ici")
    page.keyboard.press("Home")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    for _ in range(5):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Alt+1")
    expect(page.locator(TARGET)).to_have_value("Un <1>mot</1> ici")


@pytest.mark.parametrize(("locale", "onward"), [("en", "ArrowRight"), ("ar", "ArrowLeft")])
def test_special_characters_are_reached_by_the_arrows(desk: Desk, locale: str, onward: str) -> None:
    page = desk.scripted(locale=locale)
    opened(page, desk, "acuerdo-posidonia/fr", "Compromisos")
    page.keyboard.press("Alt+x")
    page.keyboard.press("Alt+l")
    second = page.locator("[data-insert]").nth(1).get_attribute("data-insert")
    page.keyboard.press(onward)
    page.keyboard.press("Enter")
    expect(page.locator(TARGET)).to_have_value(str(second))
    page.keyboard.press("Alt+l")
    expect(page.locator("[data-insert]").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(FIELD)).to_be_focused()


def test_what_can_be_put_in_is_one_stop_of_the_tab_key(desk: Desk) -> None:
    page = desk.scripted("tab")
    opened(page, desk, "acuerdo-posidonia/fr", "Compromisos")
    page.locator(FIELD).focus()
    page.keyboard.press("Tab")
    expect(page.locator(".tools button").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.tools')")
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".tools button").nth(1)).to_be_focused()


def test_a_colleague_is_named_by_a_button(desk: Desk) -> None:
    desk.cookies_of("nour")
    page = desk.scripted()
    opened(page, desk, "bureau-tanger/ar", "Tanger")
    saying = page.locator("#comments textarea")
    saying.click()
    page.get_by_role("button", name="@nour").click()
    page.keyboard.type("d'accord ?")
    expect(saying).to_have_value("@nour d'accord ?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".said .mention")).to_have_text("@nour")
    theirs = desk.scripted("nour")
    theirs.goto(f"{desk.address}/news")
    theirs.locator(".news a").first.click()
    expect(theirs).to_have_url(re.compile("#comments$"))


def test_an_editor_makes_a_release_with_its_embargo_and_its_people(desk: Desk) -> None:
    desk.cookies_of("nour")
    page = desk.scripted(timezone_id="Europe/Paris")
    page.goto(f"{desk.address}/new")
    expect(page.locator("[data-zone]")).to_have_value("Europe/Paris")
    expect(page.locator("[name=locales][value=fr]")).not_to_be_visible()
    page.locator("[name=locale]").select_option("es")
    expect(page.locator("[name=locales][value=fr]")).to_be_visible()
    page.locator("[name=locale]").select_option("fr")
    page.locator("[name=name]").fill("Un phare")
    page.locator("[name=embargo]").fill("2040-07-01T09:00")
    page.locator("textarea").fill("# Un phare\n\nIl éclaire de nouveau.")
    row = page.locator(".into-row", has=page.locator("[value=ar]"))
    row.locator("select").select_option(label="Nour")
    row.locator("[name=dues]").fill("2040-06-20")
    page.get_by_role("button", name="Look at the segments").click()
    expect(page.locator(".made .source").last).to_have_text("Il éclaire de nouveau.")
    page.get_by_role("button", name="Make the release").click()
    expect(page.locator("#un-phare")).to_contain_text("embargo until 1 Jul 2040, 09:00 UTC+2")
    expect(page.locator("#un-phare")).to_contain_text("Nour due 20 Jun 2040")


@pytest.mark.parametrize("scripts", [True, False])
def test_two_segments_that_were_joined_say_so_and_are_two_again_by_one_click(
    desk: Desk, *, scripts: bool
) -> None:
    page = desk.scripted() if scripts else desk.context().new_page()
    page.goto(f"{desk.address}/releases/acuerdo-posidonia/fr?text=ancla+arranca")
    page.locator("a.source").first.click()
    source = page.locator(".source-text")
    before, where = source.inner_text(), page.url
    page.get_by_text("Cut or translate this one differently").click()
    page.get_by_role("button", name="Join with the next one").click()
    told = page.get_by_role("status").filter(has_text="The two are one segment now")
    expect(told).to_be_visible()
    expect(source).to_contain_text(before)
    assert len(source.inner_text()) > len(before)
    told.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("It is cut as the rules have it again.")).to_be_visible()
    expect(source).to_have_text(before)
    assert page.url.partition("?")[0] == where.partition("?")[0]


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_what_became_of_a_joined_segment_is_on_the_screen(desk: Desk, *, scripts: bool) -> None:
    page = desk.scripted(viewport=PHONE) if scripts else desk.context(PHONE).new_page()
    page.goto(f"{desk.address}/releases/acuerdo-posidonia/fr?text=ancla+arranca")
    page.locator("a.source").first.click()
    page.get_by_text("Cut or translate this one differently").click()
    page.get_by_role("button", name="Join with the next one").click()
    told = page.get_by_role("status").filter(has_text="The two are one segment now")
    expect(told).to_be_in_viewport(ratio=WHOLE)
    undo = told.get_by_role("button", name="Undo")
    expect(undo).to_be_in_viewport(ratio=WHOLE)
    undo.click()
    expect(page.get_by_text("It is cut as the rules have it again.")).to_be_in_viewport(ratio=WHOLE)


def test_what_was_typed_survives_a_cut_that_is_refused(desk: Desk) -> None:
    page = desk.scripted("cut")
    opened(page, desk, "bureau-tanger/es", "bennes")
    typed_on(page, " Y luego más.")
    page.get_by_text("Cut or translate this one differently").click()
    page.get_by_label("Split behind these words").fill("words of another sentence")
    page.get_by_role("button", name="Split").click()
    expect(page.get_by_role("alert")).to_contain_text("does not stand in it")
    expect(page.locator(FIELD)).to_contain_text("Y luego más.")
    expect(page.get_by_label("Split behind these words")).to_have_value("words of another sentence")
    expect(page.locator("#note")).to_be_hidden()


def test_a_text_that_is_saved_out_of_reach_stays_where_it_is_until_the_desk_answers(desk: Desk) -> None:
    page = desk.scripted("offline")
    opened(page, desk, "bureau-tanger/es", "bennes")
    where = page.url
    page.context.set_offline(True)
    typed_on(page, " Y aún más.")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("The desk does not answer.")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.locator(FIELD)).to_contain_text("Y aún más.")
    expect(page.get_by_text("The checks found nothing.")).to_be_hidden()
    page.context.set_offline(False)
    expect(page.get_by_text("The desk does not answer.")).to_be_hidden()
    expect(page.get_by_text("The checks found nothing.")).to_be_visible()
    page.keyboard.press("Control+s")
    page.wait_for_url(lambda url: url != where)
    page.goto(where)
    expect(page.locator(TARGET)).to_have_value(re.compile("Y aún más.$"))
    expect(page.get_by_text("what you had typed here")).to_be_hidden()


def test_what_was_said_and_noted_beside_the_text_outlives_all_but_its_sending(desk: Desk) -> None:
    page = desk.scripted("beside")
    opened(page, desk, "bureau-tanger/es", "bennes")
    where = page.url
    saying = page.get_by_label("Say something")
    saying.fill("¿Es  la misma palabra?")
    page.get_by_text("Add a note").click()
    page.locator("#note").fill("so said the office")
    page.keyboard.press("Alt+ArrowRight")
    page.wait_for_url(lambda url: url != where)
    page.goto(where)
    expect(saying).to_have_value("¿Es  la misma palabra?")
    expect(page.locator("#note")).to_have_value("so said the office")
    typed_on(page, " Ahora.")
    page.keyboard.press("Control+s")
    page.wait_for_url(lambda url: url != where)
    page.goto(where)
    expect(page.locator("#note")).to_have_value("")
    expect(saying).to_have_value("¿Es  la misma palabra?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".said")).to_contain_text("¿Es la misma palabra?")
    expect(saying).to_have_value("")


def test_whoever_types_on_in_a_session_that_is_over_is_told_so(desk: Desk) -> None:
    page = desk.scripted("over")
    opened(page, desk, "bureau-tanger/es", "bennes")
    page.context.clear_cookies()
    typed_on(page, " Y otra vez.")
    expect(page.get_by_text("Your session is over.")).to_be_visible()
    expect(page.get_by_text("The desk does not answer.")).to_be_hidden()
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_label("What you wrote")).to_have_value(re.compile("Y otra vez.$"))


def test_a_mark_behind_a_code_stays_on_its_line(desk: Desk) -> None:
    page = desk.scripted()
    opened(page, desk, "rapport-littoral/ar", "télécharg")
    source = page.locator(".source-text")
    for width in range(700, 1300, 40):
        page.set_viewport_size({"width": width, "height": 800})
        stop = source.evaluate(
            """(source) => {
              const range = document.createRange();
              range.setStart(source.lastChild, 0);
              range.setEnd(source.lastChild, 1);
              return [String(range), range.getBoundingClientRect().bottom];
            }"""
        )
        code = source.locator("[data-code]").last.evaluate("chip => [...chip.getClientRects()].at(-1).bottom")
        assert stop[0] == "."
        assert abs(stop[1] - code) < 12, width


@pytest.mark.parametrize(
    ("locale", "offered"), [("ar-AR", "علامة النهاية"), ("fr-FR", "signe final"), ("es-ES", "signo final")]
)
def test_checks_are_called_by_names_of_the_interface(desk: Desk, locale: str, offered: str) -> None:
    page = desk.scripted(locale=locale)
    page.goto(f"{desk.address}/releases/rapport-littoral/ar")
    expect(page.locator("[name=found] option[value=ending]")).to_have_text(offered)


def test_what_was_typed_and_not_saved_can_be_discarded(desk: Desk) -> None:
    page = desk.scripted("discard")
    opened(page, desk, "small-ports-fund/fr", "Secretary")
    stands = page.locator(TARGET).input_value()
    typed_on(page, " Et puis non.")
    page.reload()
    expect(page.locator(TARGET)).to_have_value(f"{stands} Et puis non.")
    page.get_by_role("button", name="Discard it").click()
    expect(page.locator(TARGET)).to_have_value(stands)
    page.reload()
    expect(page.locator(TARGET)).to_have_value(stands)
    expect(page.get_by_text("what you had typed here")).to_be_hidden()


@pytest.mark.parametrize(
    "path",
    [
        "/?into=ar&order=title",
        "/releases/rapport-littoral/ar?show=missing",
        "/releases/rapport-littoral/ar/document",
        "/releases/rapport-littoral/ar/page",
        "/publishing/rapport-littoral/history",
        "/search?text=littoral",
    ],
)
def test_whoever_changes_the_look_of_a_page_stays_on_it(desk: Desk, path: str) -> None:
    page = desk.scripted()
    page.goto(f"{desk.address}{path}")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.url == f"{desk.address}{path}"


def test_a_release_with_one_long_word_for_a_title_runs_out_of_no_page(desk: Desk) -> None:
    page = desk.scripted()
    page.goto(f"{desk.address}/new")
    page.get_by_label("Name of the release").fill("a long word")
    page.get_by_label("or a text").fill("# " + "Meeresspiegelanstiegsbeobachtung" * 6)
    page.get_by_role("button", name="Look at the segments").click()
    page.get_by_role("button", name="Make the release").click()
    page.wait_for_url("**/progress*")
    for path in ("/", "/jobs", "/progress", "/publishing", "/publishing/a-long-word", "/search?text=port"):
        page.goto(f"{desk.address}{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def typed_on(page: Page, words: str) -> None:
    page.locator(FIELD).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def test_what_one_types_in_a_second_tab_outlives_the_decision_in_the_first(desk: Desk) -> None:
    first = desk.scripted("twice")
    opened(first, desk, "bureau-tanger/es", "agents")
    address = first.url
    second = first.context.new_page()
    second.goto(address)
    for page, words in ((first, " Uno."), (second, " Dos.")):
        page.bring_to_front()
        page.locator(FIELD).press("End")
        page.keyboard.type(words)
    first.bring_to_front()
    first.keyboard.press("Control+s")
    first.wait_for_url(lambda url: url != address)
    second.bring_to_front()
    second.wait_for_function("Object.values(localStorage).some((kept) => kept.includes('Dos.'))")
    second.close()
    again = first.context.new_page()
    again.goto(address)
    expect(again.locator(FIELD)).to_contain_text("Dos.")
    expect(again.locator("[data-restored]")).to_be_visible()
