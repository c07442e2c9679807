"""What a person does with the glossary, in a browser without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support import PHONE, WIDE, Desk

pytestmark = pytest.mark.browser
TERMS = "glossary/terms.csv"


def open_term(page: Page, words: str) -> None:
    page.get_by_label("Words").fill(words)
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("link", name=f"Change {words}").click()


def listed(page: Page) -> None:
    """Back at the list, so what was asked for was done."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Glossary")


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_a_term_that_somebody_adds_stands_at_the_segment_and_can_be_changed_and_removed(
    desk: Desk, size: dict[str, int]
) -> None:
    before = (desk.project / TERMS).read_bytes()
    page = desk.context(size).new_page()
    page.goto(f"{desk.address}/glossary")
    page.get_by_role("link", name="Add a term").click()
    page.get_by_label("From").select_option("es")
    page.get_by_label("Into").select_option("fr")
    page.get_by_label("Word in the source").fill("financiación")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("The term has no target")
    expect(page.get_by_label("Word in the source")).to_have_value("financiación")
    page.get_by_label("Word in the target").fill("<i>crédits</i>")
    page.get_by_label("Note").fill("As bankers say")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("<i>crédits</i>")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]

    seen = desk.context(size).new_page()
    seen.goto(f"{desk.address}/releases/acuerdo-posidonia/fr")
    seen.get_by_role("link", name="financiación").first.click()
    terms = seen.locator("dl.terms")
    expect(terms).to_contain_text("<i>crédits</i>")
    expect(terms).to_contain_text("As bankers say")
    expect(seen.locator(".source-text .term", has_text="financiación").first).to_be_visible()

    open_term(page, "financiación")
    page.get_by_label("Word in the target").fill("crédits nouveaux")
    page.get_by_role("button", name="Save").click()
    listed(page)
    seen.reload()
    expect(terms).to_contain_text("crédits nouveaux")

    open_term(page, "financiación")
    page.get_by_role("button", name="Remove this term").click()
    listed(page)
    seen.reload()
    expect(seen.get_by_text("crédits nouveaux")).to_have_count(0)
    assert (desk.project / TERMS).read_bytes() == before


def test_a_suggestion_that_is_accepted_is_a_term(desk: Desk) -> None:
    page = desk.context().new_page()
    page.goto(f"{desk.address}/glossary/suggestions?source=fr&target=es")
    page.get_by_role("button", name="Accept Tanger").click()
    expect(page.get_by_role("button", name="Accept Tanger")).to_have_count(0)
    page.get_by_role("button", name="Decline Recul moyen").click()
    expect(page.get_by_role("button", name="Decline Recul moyen")).to_have_count(0)
    assert (desk.project / TERMS).read_text("utf-8").endswith("fr,es,Tanger,Tánger,preferred,\n")


def test_words_selected_at_a_segment_are_in_the_form_for_a_new_term(desk: Desk) -> None:
    page = desk.scripted()
    page.goto(f"{desk.address}/releases/acuerdo-posidonia/fr")
    page.locator("ol.segments a.source").first.click()
    page.locator(".field").wait_for()
    add = page.get_by_role("link", name="Add a term")
    page.locator(".field").press("Control+a")
    expect(add).to_have_attribute("href", re.compile("target="))
    page.locator(".field").fill("Onze ports")
    expect(add).not_to_have_attribute("href", re.compile("target="))
    page.locator(".field").press("Control+a")
    expect(add).to_have_attribute("href", re.compile(r"target=Onze\+ports(&|$)"))
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.source-text'))")
    expect(add).to_have_attribute("href", re.compile("source=[^&]"))
    chosen = " ".join(page.evaluate("getSelection().toString()").split())
    with page.context.expect_page() as opened:
        add.click()
    term = opened.value
    expect(term.get_by_label("Word in the source")).to_have_value(chosen)
    expect(term.get_by_label("Word in the target")).to_have_value("Onze ports")
    expect(term.get_by_label("From")).to_have_value("es")
    expect(term.get_by_label("Into")).to_have_value("fr")
    assert chosen
