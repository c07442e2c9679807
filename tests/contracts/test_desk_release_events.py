"""Correcting, retracting, withdrawing and archiving at the desk: seen first, told to readers, remembered."""

from __future__ import annotations

import json
import shutil

import pytest

from l10n import catalogue as po
from l10n import project
from tests.desk_support import MERCI, PLAGES, RAPPORT, SEULE, House, tree, words

PAGE = "/publishing/tanger/history"
NOTE = "La ville compte 27 plages, et non 26."
TARGETS = {
    "Un bureau à Tanger": "Una oficina en Tánger",
    PLAGES: "La ciudad tiene 26 playas.",
    RAPPORT: "Lea <1>nuestro informe</1>.",
    MERCI: "Gracias.",
    SEULE: "Una sola frase.",
}


@pytest.fixture
def out(house: House) -> House:
    """The desk with the release on line in French and Spanish."""
    for source, target in TARGETS.items():
        assert house.decide("rita", source, "approve", target)[0] == 303
    assert _press(house, "/publishing/tanger", what="publish") == 303
    return house


def _press(house: House, page: str, **form: str | list[str]) -> int:
    status = house.at("ed").post(page, data=form).status_code
    house.work()
    return status


def _page(house: House, locale: str, release: str = "tanger") -> str:
    return (house.ledger.project.public / locale / release / "index.html").read_text("utf-8")


def _notices(house: House, locale: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree(_page(house, locale)).css(".notice")]


def _events(house: House) -> list[tuple[str, tuple[str, ...]]]:
    release = project.release(house.ledger.project, "tanger")
    return [(event.what, event.locales) for event in release.history]


def _second_release(house: House) -> None:
    """Another release in the same languages, on line, with an approved change that is not."""
    root = house.ledger.project.root
    shutil.copytree(root / "releases" / "tanger", root / "releases" / "agadir")
    shutil.copy(house.catalogue(), house.catalogue().with_name("agadir.po"))
    assert _press(house, "/publishing/agadir", what="publish") == 303
    path = house.catalogue().with_name("agadir.po")
    path.write_text(path.read_text("utf-8").replace("Una sola frase.", "Una frase sola."), "utf-8")
    source = root / "releases" / "agadir" / "source.md"
    source.write_text(source.read_text("utf-8").replace("Merci", "Merci bien"), "utf-8")


def test_publishing_a_release_leaves_what_else_is_approved_off_line(out: House) -> None:
    _second_release(out)
    before = _page(out, "es", "agadir"), _page(out, "fr", "agadir")
    assert out.decide("rita", SEULE, "approve", "Una frase, sola.")[0] == 303
    assert _press(out, "/publishing/tanger", what="publish") == 303
    assert (_page(out, "es", "agadir"), _page(out, "fr", "agadir")) == before
    assert _press(out, "/publishing") == 303
    assert "Merci bien" in _page(out, "fr", "agadir")


def _plan(shown: str) -> str:
    field = tree(shown).css_first("[name=plan]")
    assert field is not None
    return str(field.attributes["value"])


def test_what_was_looked_at_before_somebody_else_changed_the_plan_does_not_happen(out: House) -> None:
    ask = {"event": "corrected", "note": NOTE, "locales": "fr"}
    stale = _plan(out.at("ed").post(PAGE, data=ask).text)
    assert _press(out, PAGE, event="withdrawn", sure="1", plan=stale, note="Elle est fausse.") == 303
    late = out.at("ed").post(PAGE, data={**ask, "sure": "1", "plan": stale})
    assert late.status_code == 409
    assert "Somebody changed the plan meanwhile." in words(late.text)
    assert [what for what, _ in _events(out)] == ["withdrawn"]
    shown = tree(late.text)
    typed = shown.css_first("textarea[name=note]")
    assert typed is not None
    assert typed.text() == NOTE
    assert [one.attributes["value"] for one in shown.css("[name=locales][checked]")] == ["fr"]
    assert _press(out, PAGE, **ask, sure="1", plan=_plan(late.text)) == 303
    assert [what for what, _ in _events(out)] == ["withdrawn", "corrected"]


def test_what_is_asked_for_twice_by_a_double_press_happens_once(out: House) -> None:
    ask = {"event": "corrected", "note": NOTE, "locales": "fr"}
    ask |= {"sure": "1", "plan": _plan(out.at("ed").post(PAGE, data=ask).text)}
    assert out.at("ed").post(PAGE, data=ask).status_code == 303
    out.clock.later(seconds=1)
    assert out.at("ed").post(PAGE, data=ask).status_code == 303
    out.work()
    assert _events(out) == [("corrected", ("fr",))]


def test_only_editors_decide_what_happens(out: House) -> None:
    assert out.at("rita").get(PAGE).status_code == 403
    assert out.at("rita").post(PAGE, data={"event": "withdrawn", "sure": "1"}).status_code == 403
    assert _events(out) == []


def test_what_would_change_is_shown_and_nothing_happens_before_it_is_confirmed(out: House) -> None:
    shown = out.at("ed").post(PAGE, data={"event": "corrected", "note": NOTE})
    assert shown.status_code == 200
    page = tree(shown.text)
    paths = [node.text() for node in page.css("#will summary code")]
    assert paths == ["fr/tanger/index.html", "es/tanger/index.html"]
    assert "Rectifié le 14 septembre 2026. La ville compte 27 plages, et non 26." in words(shown.text)
    note = page.css_first("textarea[name=note]")
    assert note is not None
    assert note.text() == NOTE
    assert page.css("button[name=sure]")
    assert _events(out) == []
    assert _notices(out, "fr") == []


def test_a_correction_is_told_at_once_in_its_own_language_and_elsewhere_when_it_is_approved(
    out: House,
) -> None:
    assert _press(out, PAGE, event="corrected", note=NOTE, sure="1") == 303
    told = "Rectifié le 14 septembre 2026. La ville compte 27 plages, et non 26."
    assert _notices(out, "fr") == [told]
    assert _notices(out, "es")[0].startswith("El original se ha corregido desde entonces.")
    assert NOTE in [entry.source for entry in po.read(out.catalogue()).live]
    gate = words(out.at("ed").get("/publishing/tanger").text)
    assert "5 of 6 segments are approved. For a translator: 1." in gate
    assert "The note for readers waits to be approved." in gate
    assert out.decide("rita", NOTE, "approve", "La ciudad tiene 27 playas, y no 26.")[0] == 303
    assert _press(out, "/publishing/tanger", what="publish") == 303
    assert _notices(out, "es") == [
        "Corregido el 14 de septiembre de 2026. La ciudad tiene 27 playas, y no 26."
    ]
    shown = words(out.at("ed").get(PAGE).text)
    assert "Correction · in every language · Ed" in shown
    assert NOTE in shown


@pytest.mark.parametrize(
    ("event", "label"),
    [
        ("corrected", "note on a correction"),
        ("retracted", "note on a retraction"),
        ("withdrawn", "note on a withdrawal"),
        ("archived", "note on archiving"),
    ],
)
def test_a_translator_sees_what_a_note_is_about(out: House, event: str, label: str) -> None:
    assert _press(out, PAGE, event=event, note=NOTE, sure="1") == 303
    assert label in words(out.at("rita").get(out.address(NOTE)).text)
    document = words(out.at("rita").get("/releases/tanger/es/document").text)
    assert f"{label} 2026-09-14T" in document
    assert "metadata" not in document


@pytest.mark.parametrize(
    ("event", "said", "listed"),
    [
        ("retracted", "Ce communiqué de presse a été annulé", True),
        ("withdrawn", "Ce communiqué de presse a été retiré", False),
        ("archived", "Ce communiqué de presse est conservé pour mémoire", False),
    ],
)
def test_each_event_has_its_page_and_its_place_in_lists(
    out: House, event: str, said: str, *, listed: bool
) -> None:
    assert _press(out, PAGE, event=event, note="Une erreur.", sure="1") == 303
    assert any(told.startswith(said) for told in _notices(out, "fr")), _notices(out, "fr")
    index = (out.ledger.project.public / "fr" / "index.html").read_text("utf-8")
    assert ('href="tanger/"' in index) is listed
    feed = json.loads((out.ledger.project.public / "feed" / "fr.json").read_text("utf-8"))
    assert bool(feed["items"]) is listed
    assert _press(out, PAGE, event="restored", sure="1") == 303
    assert not any(told.startswith(said) for told in _notices(out, "fr"))


def test_one_language_is_withdrawn_and_the_others_stand(out: House) -> None:
    before = _page(out, "fr")
    assert _press(out, PAGE, event="withdrawn", locales=["es"], sure="1") == 303
    assert _events(out) == [("withdrawn", ("es",))]
    assert _notices(out, "es")[0].startswith("Este comunicado de prensa se retiró")
    assert "<article>" not in _page(out, "es")
    assert _notices(out, "fr") == []
    assert _page(out, "fr") != before, "it does not lead to the Spanish page any more"


def test_what_is_planned_happens_by_itself_at_its_moment(out: House) -> None:
    assert _press(out, PAGE, event="retracted", note="Une erreur.", at="2026-09-14T15:00", sure="1") == 303
    assert _notices(out, "fr") == []
    assert "planned" in words(out.at("ed").get(PAGE).text)
    out.clock.later(hours=3)
    out.work()
    assert _notices(out, "fr")[0].startswith("Ce communiqué de presse a été annulé")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Choose what happens."),
        ({"event": "burnt"}, "Choose what happens."),
        ({"event": "corrected"}, "Readers are to know why."),
        ({"event": "retracted", "note": "  "}, "Readers are to know why."),
        ({"event": "withdrawn", "locales": ["it"]}, "This release is not translated into it."),
        ({"event": "withdrawn", "at": "noon"}, "This is no moment."),
        ({"event": "withdrawn", "at": "2026-09-14T11:00"}, "This moment has passed."),
        ({"event": "restored"}, "There is nothing to take back."),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_form_as_it_was(
    out: House, form: dict[str, str | list[str]], said: str
) -> None:
    answer = out.at("ed").post(PAGE, data={**form, "sure": "1"})
    assert answer.status_code == 422
    assert said in words(answer.text)
    assert _events(out) == []


def test_a_release_nobody_reads_yet_has_no_history_to_write(house: House) -> None:
    assert "Readers do not have this release yet" in words(house.at("ed").get(PAGE).text)
    assert _press(house, PAGE, event="withdrawn", sure="1") == 422
    assert _events(house) == []


def test_a_note_is_a_text_and_no_markup(out: House) -> None:
    note = '</p><script>alert("x")</script> & [a](b) "q"'
    assert _press(out, PAGE, event="corrected", note=note, sure="1") == 303
    assert "<script>alert" not in _page(out, "fr")
    assert "<script>alert" not in out.at("ed").get(PAGE).text
    assert project.release(out.ledger.project, "tanger").history[0].text("fr") == note
