"""A segment at the desk: both texts, what is offered for it and what was found in it."""

from __future__ import annotations

from l10n import catalogue as po
from l10n import project
from tests.desk_support import MERCI, PLAGES, RAPPORT, House, tree, words
from workflow.store import segment_id


def test_a_segment_shows_both_languages_with_their_direction(house: House) -> None:
    shown = tree(house.at("rita").get(house.address(RAPPORT, "ar")).text)
    source, target = shown.css_first("section p.text"), shown.css_first("textarea#target")
    assert source is not None
    assert target is not None
    assert (source.attributes["lang"], source.attributes["dir"]) == ("fr", "ltr")
    assert (target.attributes["lang"], target.attributes["dir"]) == ("ar", "rtl")


def test_codes_are_explained_and_shown_as_chips(house: House) -> None:
    shown = tree(house.at("tom").get(house.address(RAPPORT)).text)
    source = shown.css_first("section p.text")
    assert source is not None
    assert source.text() == "Lisez 1›notre rapport‹1."
    assert "link" in words(shown.html or "")


def test_neighbours_stand_around_it_and_lead_on(house: House) -> None:
    shown = tree(house.at("tom").get(house.address(RAPPORT)).text)
    around = [link.attributes["href"] for link in shown.css("a.neighbour")]
    assert house.address(PLAGES) in around
    assert house.address(MERCI) in around


def test_every_field_has_a_label_and_the_page_one_heading(house: House) -> None:
    shown = tree(house.at("rita").get(house.address(RAPPORT)).text)
    labelled = {label.attributes.get("for") for label in shown.css("label")}
    for box in shown.css("textarea, input:not([type=hidden])"):
        assert box.attributes.get("id") in labelled or box.attributes.get("aria-label")
    assert len(shown.css("h1")) == 1


def test_the_memory_suggests_what_was_approved_elsewhere(house: House) -> None:
    house.decide("rita", PLAGES, "approve", "La ciudad tiene 26 playas.")
    other = house.ledger.project.root / "releases" / "other"
    other.mkdir()
    (other / "source.md").write_text("La ville compte 31 plages.\n", "utf-8")
    (other / "release.toml").write_text('date = 2026-09-15\nlocale = "fr"\nlocales = ["es"]\n', "utf-8")
    release = project.release(house.ledger.project, "other")
    fresh = po.template(project.document(house.ledger.project, release), locale="es", name="Desk")
    po.write(fresh, project.catalogue_path(house.ledger.project, release, "es"))
    address = f"/releases/other/es/{segment_id(('', 'La ville compte 31 plages.'))}"
    shown = tree(house.at("tom").get(address).text)
    used = shown.css_first(".suggestions a.button")
    assert used is not None
    taken = tree(house.at("tom").get(str(used.attributes["href"])).text).css_first("textarea#target")
    assert taken is not None
    assert taken.text() == "La ciudad tiene 31 playas."


def test_a_phrase_that_was_translated_before_is_offered_within_a_longer_source(house: House) -> None:
    house.decide("rita", PLAGES, "approve", "La ciudad tiene 26 playas.")
    other = house.ledger.project.root / "releases" / "other"
    other.mkdir()
    longer = "Le maire rappelle que La ville compte 26 plages, dont la moitié au nord du port."
    (other / "source.md").write_text(f"{longer}\n", "utf-8")
    (other / "release.toml").write_text('date = 2026-09-15\nlocale = "fr"\nlocales = ["es"]\n', "utf-8")
    release = project.release(house.ledger.project, "other")
    fresh = po.template(project.document(house.ledger.project, release), locale="es", name="Desk")
    po.write(fresh, project.catalogue_path(house.ledger.project, release, "es"))
    shown = tree(house.at("tom").get(f"/releases/other/es/{segment_id(('', longer))}").text)
    (part,) = shown.css(".parts div")
    assert part.css_first("dt").text() == "La ville compte 26 plages."
    assert part.css_first("[data-phrase]").attributes["data-phrase"] == "La ciudad tiene 26 playas."


def test_what_is_taken_back_is_suggested_no_longer(house: House) -> None:
    house.decide("rita", PLAGES, "approve", "La ciudad tiene 26 playas.")
    release = project.release(house.ledger.project, "tanger")

    def offered() -> list[str]:
        with project.open_memory(house.ledger.project, release.locale) as memory:
            return [match.target for match in memory.lookup(PLAGES, target_locale="es")]

    assert offered() == ["La ciudad tiene 26 playas."]
    house.decide("rita", PLAGES, "send-back", "La ciudad tiene 26 playas.")
    assert offered() == []


def test_findings_are_shown_where_they_are(house: House) -> None:
    house.decide("tom", PLAGES, "save", "La ciudad tiene 27 playas.")
    shown = tree(house.at("tom").get(house.address(PLAGES)).text)
    assert [mark.text() for mark in shown.css("mark")] == ["27"]


def test_an_edit_of_the_file_is_seen_at_once(house: House) -> None:
    house.decide("tom", MERCI, "save", "Gracias.")
    house.at("tom").get(house.address(MERCI))
    path = house.catalogue()
    path.write_text(path.read_text("utf-8").replace("Gracias.", "Mil gracias."), "utf-8")
    box = tree(house.at("tom").get(house.address(MERCI)).text).css_first("textarea#target")
    assert box is not None
    assert box.text() == "Mil gracias."


def test_a_suggestion_has_no_codes_that_the_source_lacks(house: House) -> None:
    segs = (("fr", "Lisez notre rapport <ph x='1'/>."), ("es", "Lea nuestro informe <ph x='1'/>."))
    tuvs = "".join(f"<tuv xml:lang='{locale}'><seg>{text}</seg></tuv>" for locale, text in segs)
    head = "<header srclang='fr' adminlang='en' datatype='plaintext' segtype='sentence'/>"
    file = house.ledger.project.root / "memory" / "old.tmx"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"<tmx version='1.4'>{head}<body><tu>{tuvs}</tu></body></tmx>", "utf-8")
    shown = tree(house.at("rita").get(house.address(RAPPORT)).text)
    (offered,) = shown.css(".suggestions li")
    (used,) = offered.css("[data-suggestion]")
    assert used.attributes["data-use"] == "Lea nuestro informe ."
    assert "without its codes" in offered.text()


def test_who_is_not_known_here_any_more_is_somebody_in_the_readers_language(house: House) -> None:
    house.decide("tom", MERCI, "save", "Gracias.")
    house.ledger.forget(house.person("tom").id)
    shown = house.at("rita").get(house.address(MERCI), headers={"accept-language": "fr"}).text
    assert "quelqu’un" in words(shown)
