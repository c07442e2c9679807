"""Findings while one types, when answers are late, lost or refused."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.support import Desk

pytestmark = pytest.mark.browser
ASKED = "**/findings"
CALM = "The checks found nothing."


@pytest.fixture
def page(desk: Desk) -> Page:
    """A segment whose text stands without a finding."""
    made = desk.scripted()
    made.clock.install()
    made.goto(f"{desk.address}/releases/rapport-littoral/es")
    made.locator("ol.segments a").filter(has_text="plages contrôlées").first.click()
    write(made, stands(made))
    expect(made.get_by_text(CALM)).to_be_visible()
    return made


def stands(page: Page) -> str:
    return page.locator("form.work").get_attribute("data-stands") or ""


def write(page: Page, text: str) -> None:
    typed(page, text)
    page.clock.run_for(300)


def typed(page: Page, text: str) -> None:
    page.locator("[role=textbox][contenteditable]").wait_for()
    page.keyboard.press("Alt+x")
    page.keyboard.insert_text(text)


def spaces(page: Page) -> str:
    return stands(page).replace(" ", "  ", 1)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_answer_that_is_an_error_is_asked_for_again(page: Page, status: int) -> None:
    page.route(ASKED, lambda route: route.fulfill(status=status), times=1)
    write(page, spaces(page))
    expect(page.get_by_text("The desk does not answer.")).to_be_visible()
    page.clock.run_for(4000)
    expect(page.locator("#findings")).to_contain_text("doubled space")
    expect(page.get_by_text("The desk does not answer.")).to_be_hidden()


def test_an_answer_that_never_comes_is_asked_for_again(page: Page) -> None:
    held: list[Route] = []
    page.route(ASKED, lambda route: held.append(route), times=1)  # noqa: PLW0108 - Playwright marks what it is given
    write(page, spaces(page))
    page.clock.run_for(15_000)
    expect(page.get_by_text("The desk does not answer.")).to_be_visible()
    page.clock.run_for(4000)
    expect(page.locator("#findings")).to_contain_text("doubled space")
    assert len(held) == 1


def test_an_answer_to_an_earlier_text_is_none_to_the_text_that_stands(page: Page) -> None:
    held: list[Route] = []
    page.route(ASKED, lambda route: held.append(route), times=1)  # noqa: PLW0108 - Playwright marks what it is given
    write(page, spaces(page))
    write(page, stands(page))
    for route in held:
        route.continue_()
    expect(page.get_by_text(CALM)).to_be_visible()
    page.clock.run_for(1000)
    expect(page.locator("#findings .findings")).to_be_hidden()


def test_a_correction_asked_for_before_the_text_was_checked_is_made(page: Page) -> None:
    write(page, spaces(page))
    page.locator("#findings").get_by_role("button", name="Correct it").wait_for()
    page.keyboard.insert_text(" y")
    page.route(ASKED, lambda route: (page.clock.run_for(300), route.continue_()), times=1)
    page.keyboard.press("Alt+f")
    expect(page.locator("#target")).to_have_value(f"{stands(page)} y")


def test_what_was_found_while_a_reason_was_written_is_shown_afterwards(page: Page) -> None:
    held: list[Route] = []
    write(page, spaces(page))
    found = page.locator("#findings li", has_text="doubled space")
    expect(found).to_be_visible()
    page.route(ASKED, lambda route: held.append(route), times=1)  # noqa: PLW0108 - Playwright marks what it is given
    write(page, stands(page))
    found.get_by_text("No fault").click()
    found.get_by_role("textbox").fill("As in the source")
    with page.expect_response(ASKED) as answer:
        held[0].continue_()
    answer.value.finished()
    page.evaluate("new Promise(queueMicrotask)")
    expect(found.get_by_role("textbox")).to_have_value("As in the source")
    page.get_by_role("button", name="Save", exact=True).focus()
    expect(page.get_by_text(CALM)).to_be_visible()
    expect(found).to_have_count(0)


def test_somebody_who_signed_in_elsewhere_and_comes_back_sees_the_findings(page: Page) -> None:
    page.route(ASKED, lambda route: route.fulfill(status=401), times=1)
    write(page, spaces(page))
    expect(page.get_by_text("Your session is over.")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.get_by_text("Your session is over.")).to_be_hidden()
    expect(page.locator("#findings")).to_contain_text("doubled space")


def test_a_reason_half_written_stays_when_other_findings_come_meanwhile(page: Page) -> None:
    write(page, spaces(page))
    found = page.locator("#findings li", has_text="doubled space")
    found.get_by_text("No fault").click()
    found.get_by_role("textbox").fill("As in the source")
    page.locator("[role=textbox][contenteditable]").focus()
    write(page, f"{spaces(page)} (")
    expect(page.locator("#findings li")).not_to_have_count(1)
    expect(found.get_by_role("textbox")).to_have_value("As in the source")


def test_without_scripts_a_reason_is_there_again_when_somebody_decided_in_between(desk: Desk) -> None:
    mine, theirs = desk.context().new_page(), desk.scripted("tim")
    mine.goto(f"{desk.address}/releases/rapport-littoral/es")
    mine.locator("ol.segments a").filter(has_text="plages contrôlées").first.click()
    where, stood = mine.url, mine.locator("#target").input_value()
    wrong = stood.replace(" ", "  ", 1)
    mine.locator("#target").fill(wrong)
    mine.get_by_role("button", name="Check").click()
    fault = mine.locator("#findings li", has_text="doubled space")
    fault.get_by_text("No fault").click()
    fault.get_by_role("textbox").fill("A space for the eye")
    theirs.goto(where)
    typed(theirs, f"{stood}!")
    theirs.get_by_role("button", name="Save", exact=True).click()
    theirs.wait_for_url(lambda url: url != where)
    fault.get_by_role("button", name="Silence it and save").click()
    expect(mine.get_by_text("Somebody decided this segment while you were typing.")).to_be_visible()
    expect(fault.get_by_role("textbox")).to_have_value("A space for the eye")
    fault.get_by_role("button", name="Silence it and save").click()
    expect(mine.locator("[data-silenced]")).to_contain_text("A space for the eye")
