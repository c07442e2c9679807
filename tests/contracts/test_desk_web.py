"""What a person meets at the desk: what waits, one segment, a decision, and what was typed."""

from __future__ import annotations

import threading

import pytest

from l10n import catalogue as po
from l10n import project
from tests.desk_support import LIST, MERCI, PASSWORD, PLAGES, RAPPORT, SEULE, House, tree, words
from workflow import ledger as ledgers
from workflow import people
from workflow.cli import main
from workflow.states import Action, Role
from workflow.store import segment_id


def last(house: House, source: str) -> tuple[str, str]:
    """(action, target) of the newest decision."""
    found = house.ledger.store.history("tanger", "es", ("", source))[-1]
    return found.action.value, found.target


# What waits


def test_the_queue_shows_a_person_their_languages_only(house: House) -> None:
    def asked(login: str) -> list[str]:
        return [cell.text().strip() for cell in tree(house.at(login).get("/").text).css("td.into")]

    assert asked("tom") == ["Español"]
    assert sorted(asked("ed")) == ["Español", "العربية"]


def test_what_somebody_is_at_goes_before_what_is_as_urgent_and_more_at_risk(house: House) -> None:
    def first() -> str:
        return house.at("rita").get("/next").headers["location"].split("/")[3]

    house.decide("tom", MERCI, "save", "Gracias.")
    begun = {"es": "ar", "ar": "es"}[first()]
    house.at("rita").get(house.address(PLAGES, begun))
    assert first() == begun
    cells = [one.text().strip() for one in tree(house.at("rita").get("/").text).css("td.into")]
    assert cells[0] == {"es": "Español", "ar": "العربية"}[begun]
    other = {"es": "ar", "ar": "es"}[begun]
    house.at("ed").post(f"/releases/tanger/{other}/assign", data={"person": "", "due": "2026-09-20"})
    assert first() == other, "a deadline goes before"


def test_whoever_has_no_password_is_told_that_a_link_is_good_once(house: House) -> None:
    assert "A link lets you in once." in words(house.at("tom").get("/").text)
    house.at("tom").post("/me", data={"what": "password", "password": "trois ports calmes"})
    assert "A link lets you in once." not in words(house.at("tom").get("/").text)


def test_a_person_without_a_language_here_is_told_so(house: House) -> None:
    assert "nothing here for you" in words(house.at("ines").get("/").text)


def asked_of(house: House, login: str) -> set[str]:
    """Where "next" leads a person, going on from each segment."""
    found: list[str] = []
    after = ""
    while True:
        onward = house.at(login).get(f"/releases/tanger/es/next?after={after}").headers["location"]
        if onward in found or "?" in onward:
            return set(found)
        found.append(onward)
        after = onward.rpartition("/")[2]


def test_translators_are_asked_for_what_is_missing_or_fuzzy_and_reviewers_for_more(house: House) -> None:
    house.decide("tom", PLAGES, "save", "La ciudad tiene 26 playas.")
    house.decide("rita", MERCI, "approve", "Gracias.")
    house.decide("rita", SEULE, "send-back", "Una sola frase.")
    by_translator = {house.address(RAPPORT), house.address(SEULE), house.address("Un bureau à Tanger")}
    assert asked_of(house, "tom") == by_translator
    house.clock.later(minutes=11)
    assert asked_of(house, "rita") == {*by_translator, house.address(PLAGES)}


def test_a_broken_release_is_named_and_the_others_go_on(house: House) -> None:
    broken = house.ledger.project.root / "releases" / "broken"
    broken.mkdir()
    (broken / "release.toml").write_text("date = 2026-01-01\n", "utf-8")
    shown = tree(house.at("tom").get("/").text)
    assert "Un bureau à Tanger" in words(shown.html or "")
    assert shown.css_first('[role="alert"]') is not None


@pytest.mark.parametrize(
    ("show", "count"), [("all", 5), ("waiting", 4), ("missing", 3), ("translated", 1), ("approved", 1)]
)
def test_the_list_shows_what_is_asked_for(house: House, show: str, count: int) -> None:
    house.decide("rita", MERCI, "approve", "Gracias.")
    house.decide("tom", SEULE, "save", "Una sola frase.")
    shown = tree(house.at("tom").get(f"/releases/tanger/es?show={show}").text)
    assert len(shown.css("ol.segments > li")) == count
    tab = shown.css_first(".tabs [aria-current=page]")
    assert tab is not None
    assert tab.text().split()[-1] == str(count)


# One segment


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


# Decisions


def test_a_save_is_translated_an_approval_reviewed_a_return_fuzzy(house: House) -> None:
    assert house.decide("tom", MERCI, "save", "Gracias.")[0] == 303
    assert house.standing(MERCI) == ("Gracias.", False, "translated")
    assert house.decide("rita", MERCI, "approve", "Gracias.")[0] == 303
    assert house.standing(MERCI) == ("Gracias.", False, "reviewed")
    assert house.decide("rita", MERCI, "send-back", "Gracias.", note="más cordial")[0] == 303
    assert house.standing(MERCI) == ("Gracias.", True, "translated")
    assert "Rita sent this back. más cordial" in words(house.at("tom").get(house.address(MERCI)).text)


def test_a_decision_leads_on_to_the_next_segment(house: House) -> None:
    data = {"action": "save", "target": "Gracias.", "base": ""}
    onward = house.at("tom").post(house.address(MERCI), data=data).headers["location"]
    assert house.at("tom").get(onward).headers["location"] == f"{house.address(SEULE)}?done=1"


def test_skipping_decides_nothing_and_leads_on(house: House) -> None:
    answer = house.at("tom").post(house.address(MERCI), data={"action": "skip", "target": "typed"})
    assert answer.status_code == 303
    assert house.standing(MERCI) == ("", False, "initial")


def test_saving_nothing_over_nothing_is_no_decision(house: House) -> None:
    status, shown = house.decide("tom", MERCI, "save", "  ")
    assert status == 422
    assert "nothing to save" in words(shown)


def test_an_error_holds_an_approval_back_until_a_note_says_why(house: House) -> None:
    status, shown = house.decide("rita", PLAGES, "approve", "La ciudad tiene 27 playas.")
    assert status == 422
    box = tree(shown).css_first("textarea#target")
    assert box is not None
    assert box.text() == "La ciudad tiene 27 playas."
    assert house.standing(PLAGES)[2] == "initial"
    assert house.decide("rita", PLAGES, "approve", "La ciudad tiene 27 playas.", note=" ")[0] == 422
    assert (
        house.decide("rita", PLAGES, "approve", "La ciudad tiene 27 playas.", note="27 desde ayer")[0] == 303
    )
    assert house.standing(PLAGES)[2] == "reviewed"


def test_the_reason_given_at_the_desk_is_one_for_the_gate_too(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = "La ciudad tiene 27 playas."
    assert house.decide("rita", PLAGES, "approve", wrong, note="27 desde\nayer")[0] == 303
    path = house.catalogue()
    assert "# l10n-ok: numbers -- 27 desde ayer\n" in path.read_text("utf-8")
    main(["-C", str(house.ledger.project.root), "check", "--checks", "numbers"])
    assert "(silenced: 27 desde ayer) [numbers]" in capsys.readouterr().out
    assert house.decide("rita", PLAGES, "send-back", wrong)[0] == 303
    assert house.decide("rita", PLAGES, "approve", wrong)[0] == 303
    assert path.read_text("utf-8").count("l10n-ok") == 1


def test_a_segment_says_how_closely_it_is_to_be_looked_at(house: House) -> None:
    assert house.decide("tom", PLAGES, "save", "La ciudad tiene 27 playas.")[0] == 303
    shown = tree(house.at("rita").get(house.address(PLAGES)).text)
    told = shown.css_first("[data-route]")
    assert told is not None
    assert " ".join(told.text().split()) == "For a full review: a number differs."
    assert house.decide("rita", PLAGES, "approve", "La ciudad tiene 26 playas.")[0] == 303
    assert tree(house.at("rita").get(house.address(PLAGES)).text).css_first("[data-route]") is None


def test_codes_that_do_not_fit_are_never_taken(house: House) -> None:
    for action, note in (("save", ""), ("approve", "I insist")):
        status, shown = house.decide("rita", RAPPORT, action, "Lea <1>el informe.", note=note)
        assert status == 422
        assert "codes do not fit" in words(shown)


def test_more_than_a_segment_can_hold_is_refused_with_the_text_kept(house: House) -> None:
    status, shown = house.decide("tom", MERCI, "save", "g" * 20_001)
    assert status == 422
    assert "g" * 20_001 in shown


def test_control_characters_and_line_breaks_are_smoothed(house: House) -> None:
    house.decide("tom", MERCI, "save", "Muchas\r\ngracias\u2028a\x00 todos\x85.\x1b")
    assert house.standing(MERCI)[0] == "Muchas gracias a todos ."


# Two people


def test_a_stale_save_keeps_what_was_typed_and_shows_what_stands(house: House) -> None:
    seen = house.base_of("tom", MERCI)
    house.decide("tina", MERCI, "save", "Gracias.")
    status, shown = house.decide("tom", MERCI, "save", "Muchas gracias.", base=seen)
    assert status == 409
    box = tree(shown).css_first("textarea#target")
    assert box is not None
    assert box.text() == "Muchas gracias."
    stands = tree(shown).css(".three section")[1]
    assert stands.text().split()[:4] == ["What", "stands", "now", "Tina,"]
    assert stands.css_first("p.text ins").text() == "Gracias."  # type: ignore[union-attr]
    assert house.standing(MERCI)[0] == "Gracias."


def three_ways(house: House, mine: str, theirs: str) -> tuple[dict[str, str], str]:
    """(the form a late save is answered with, the page) where both started from one text."""
    house.decide("tom", PLAGES, "save", "La ciudad tiene 26 playas.")
    seen = house.base_of("tom", PLAGES)
    house.decide("tina", PLAGES, "save", theirs)
    status, shown = house.decide("tom", PLAGES, "save", mine, base=seen)
    assert status == 409
    form = tree(shown).css_first("form.work")
    assert form is not None
    fields = {str(box.attributes["name"]): str(box.attributes["value"]) for box in form.css("input")}
    box = form.css_first("textarea#target")
    assert box is not None
    return fields | {"target": box.text()}, shown


def test_a_late_save_that_fits_with_the_other_is_offered_with_it(house: House) -> None:
    form, shown = three_ways(house, "La ciudad tiene 26 playas limpias.", "Una ciudad tiene 26 playas.")
    assert form["target"] == "Una ciudad tiene 26 playas limpias."
    assert "Both changes fit together" in words(shown)
    answer = house.at("tom").post(house.address(PLAGES), data=form | {"action": "save"})
    assert answer.status_code == 303
    assert house.standing(PLAGES)[0] == "Una ciudad tiene 26 playas limpias."


@pytest.mark.parametrize(("chosen", "text"), [("use-mine", "La villa."), ("use-theirs", "El pueblo.")])
def test_of_two_texts_that_do_not_fit_either_is_taken_without_scripts(
    house: House, chosen: str, text: str
) -> None:
    form, shown = three_ways(house, "La villa.", "El pueblo.")
    assert form["target"] == "La villa."
    assert [one.attributes["value"] for one in tree(shown).css(".three button")] == ["use-mine", "use-theirs"]
    again = house.at("tom").post(house.address(PLAGES), data=form | {"fix": chosen}).text
    box = tree(again).css_first("textarea#target")
    assert box is not None
    assert box.text() == text
    assert len(tree(again).css(".three section")) == 2


def test_an_edit_of_the_file_makes_a_save_stale_too(house: House) -> None:
    house.decide("tom", MERCI, "save", "Gracias.")
    seen = house.base_of("tom", MERCI)
    path = house.catalogue()
    path.write_text(path.read_text("utf-8").replace("Gracias.", "Mil gracias."), "utf-8")
    assert house.decide("tom", MERCI, "save", "Muchas gracias.", base=seen)[0] == 409


def test_a_decision_between_the_look_and_the_page_makes_the_page_stale(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.decide("tom", MERCI, "save", "Gracias.")
    house.at("tina").get(house.address(MERCI))
    store, looked = house.ledger.store, house.ledger.store.history

    def slow(release: str, locale: str, key: tuple[str, str]) -> object:
        monkeypatch.setattr(store, "history", looked)
        house.decide("tom", MERCI, "save", "Mil gracias.")
        return looked(release, locale, key)

    monkeypatch.setattr(store, "history", slow)
    seen = house.base_of("tina", MERCI)
    assert house.decide("tina", MERCI, "save", "Gracias, pues.", base=seen)[0] == 409


def test_two_people_never_get_the_same_segment_from_next(house: House) -> None:
    people_ = [house.person(login) for login in ("tom", "tina", "rita", "ed")]
    release = project.release(house.ledger.project, "tanger")
    desk = house.app.state.services.desk
    together = threading.Barrier(len(people_))
    got: list[str | None] = []

    def ask(number: int) -> None:
        together.wait()
        got.append(desk.next(people_[number], release, "es"))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(people_))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == len(set(got)) == len(people_)
    assert None not in got


def test_opening_a_segment_somebody_has_names_them_until_the_lease_lapses(house: House) -> None:
    house.at("tina").get(house.address(MERCI))
    assert "Tina has this segment open" in words(house.at("tom").get(house.address(MERCI)).text)
    assert "open at Tina" in words(house.at("tom").get("/releases/tanger/es").text)
    house.clock.later(minutes=11)
    assert "has this segment open" not in words(house.at("tom").get(house.address(MERCI)).text)


def test_looking_changes_nothing_but_a_lease(house: House) -> None:
    house.decide("tom", MERCI, "save", "Gracias.")
    before = house.catalogue().read_bytes(), house.ledger.store.newest("tanger", "es")
    for path in ("/", "/releases/tanger/es", house.address(MERCI), "/releases/tanger/es/next"):
        house.at("rita").get(path)
    house.at("rita").get(house.address(MERCI) + "?use=source&action=approve&target=x")
    assert (house.catalogue().read_bytes(), house.ledger.store.newest("tanger", "es")) == before


# What was typed survives


def test_a_save_after_the_session_is_over_is_carried_through_the_sign_in(house: House) -> None:
    tom = house.person("tom")
    house.ledger.store.save_person(type(tom)(tom.id, tom.login, tom.name, tom.roles, people.hashed(PASSWORD)))
    typed = {"action": "save", "target": 'Gracias "a" <todos> & más.', "base": house.base_of("tom", MERCI)}
    house.clock.later(hours=13)
    asked = house.at("tom").post(house.address(MERCI), data=typed)
    assert asked.status_code == 401
    form = tree(asked.text).css_first('form[action="/sign-in"]')
    assert form is not None
    carried = {box.attributes["name"]: box.attributes["value"] for box in form.css("input[type=hidden]")}
    welcome = house.at("tom").post("/sign-in", data={**carried, "login": "tom", "password": PASSWORD})
    assert welcome.status_code == 200
    again = tree(welcome.text).css_first(f'form[action="{house.address(MERCI)}"]')
    assert again is not None
    fields = {box.attributes["name"]: box.attributes["value"] for box in again.css("input[type=hidden]")}
    box = again.css_first("textarea")
    assert box is not None
    fields["target"] = box.text()
    assert fields == {**typed}
    assert house.at("tom").post(house.address(MERCI), data=fields).status_code == 303
    assert house.standing(MERCI)[0] == typed["target"]


def test_whoever_signs_in_by_link_in_another_tab_goes_on_from_there(house: House) -> None:
    typed = {"action": "save", "target": "Gracias.", "base": house.base_of("tom", MERCI)}
    house.clock.later(hours=13)
    asked = tree(house.at("tom").post(house.address(MERCI), data=typed).text)
    again = asked.css_first(f'form[action="{house.address(MERCI)}"]')
    assert again is not None
    house.at("tom").post(house.link("tom"))
    assert house.at("tom").post(house.address(MERCI), data=typed).status_code == 303
    assert last(house, MERCI) == ("save", "Gracias.")


def test_an_unforeseen_failure_gives_the_text_back(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    base = house.base_of("tom", MERCI)

    def full(*_: object, **__: object) -> None:
        raise OSError("disk full while writing 'Gracias a todos'")

    monkeypatch.setattr(house.ledger.store, "append_each", full)
    status, shown = house.decide("tom", MERCI, "save", "Gracias a todos", base=base)
    assert status == 500
    box = tree(shown).css_first(f'form[action="{house.address(MERCI)}"] textarea')
    assert box is not None
    assert box.text() == "Gracias a todos"
    assert "disk full" not in shown


# Publishing


def test_an_editor_publishes_and_nobody_below(house: House) -> None:
    house.decide("rita", SEULE, "approve", "Una sola frase.")
    assert house.at("rita").post("/publishing").status_code == 403
    assert not house.ledger.project.public.exists()
    told = house.at("ed").post("/publishing").headers["location"]
    assert "Publishing begins in a moment." in words(house.at("ed").get(told).text)
    assert house.at("ed").get(told).headers["refresh"] == "2"
    house.work()
    assert "Readers have everything that is approved." in words(house.at("ed").get(told).text)
    assert "refresh" not in house.at("ed").get(told).headers
    page = house.ledger.project.public / "es" / "tanger" / "index.html"
    assert "Una sola frase." in page.read_text("utf-8")


# What the desk keeps at hand


def test_edits_of_plan_source_and_glossary_are_seen_by_the_next_page(house: House) -> None:
    root = house.ledger.project.root
    house.decide("tom", PLAGES, "save", "La ciudad tiene 26 playas.")
    tom = house.at("tom")
    assert "Un bureau à Tanger" in words(tom.get("/").text)
    plan = root / "releases" / "tanger" / "release.toml"
    plan.write_text('title = "Autre titre"\n' + plan.read_text("utf-8"), "utf-8")
    assert "Autre titre" in words(tom.get("/").text)
    assert "The checks found nothing" in words(tom.get(house.address(PLAGES)).text)
    (root / "glossary").mkdir()
    (root / "glossary" / "terms.csv").write_text(
        "source_locale,target_locale,source,target,status,note\nfr,es,plage,arenal,required,\n", "utf-8"
    )
    assert "arenal" in words(tom.get(house.address(PLAGES)).text)
    source = root / "releases" / "tanger" / "source.md"
    source.write_text(
        source.read_text("utf-8").replace("https://example.org/r", "mailto:a@b.example"), "utf-8"
    )
    assert tom.get(house.address(RAPPORT)).status_code == 200


def test_a_decision_by_another_process_is_seen_by_the_next_page(house: House) -> None:
    tom = house.at("tom")
    tom.get(house.address(MERCI))
    elsewhere = ledgers.open_ledger(project.load(house.ledger.project.root), house.clock)
    elsewhere.decide(
        project.release(elsewhere.project, "tanger"),
        "es",
        ("", MERCI),
        Action.SAVE,
        target="Gracias.",
        base="",
        actor=house.person("tina").id,
        role=Role.TRANSLATOR,
    )
    elsewhere.store.close()
    box = tree(tom.get(house.address(MERCI)).text).css_first("textarea#target")
    assert box is not None
    assert box.text() == "Gracias."
    assert "Translated 1" in words(tom.get("/releases/tanger/es").text)


def test_a_decision_says_what_was_still_found_when_it_was_taken(house: House) -> None:
    status, _ = house.decide("rita", PLAGES, "approve", "La ciudad tiene 27 playas.")
    assert status == 422
    assert house.ledger.store.history("tanger", "es", ("", PLAGES)) == ()
    house.decide("rita", PLAGES, "approve", "La ciudad tiene 27 playas.", note="one was found since")
    house.decide("tom", MERCI, "save", "Gracias.")
    history = house.ledger.store.history("tanger", "es", ("", PLAGES))
    assert [(one.outstanding, one.note) for one in history] == [("numbers", "one was found since")]
    assert house.ledger.store.history("tanger", "es", ("", MERCI))[-1].outstanding == ""
    assert house.ledger.store.breaks() == ()
    assert "Still found then: numbers" in words(house.at("rita").get(house.address(PLAGES)).text)


def put_back(house: House, login: str, text: str) -> int:
    """The status of one click on "Put this back" beside the oldest such text in the history of MERCI."""
    shown = tree(house.at(login).get(house.address(MERCI)).text)
    rows = [row for row in shown.css(".history li") if row.css_first("form[action$=put-back]")]
    boxes = next(row for row in reversed(rows) if text in row.text()).css("form[action$=put-back] input")
    fields = {str(box.attributes["name"]): box.attributes["value"] or "" for box in boxes}
    return house.at(login).post(f"{house.address(MERCI)}/put-back", data=fields).status_code


def test_an_earlier_text_is_put_back_in_one_step_that_can_be_taken_back(house: House) -> None:
    house.decide("rita", MERCI, "approve", "Gracias.")
    house.decide("tina", MERCI, "save", "Mil perdones.")
    house.clock.later(seconds=1)
    assert put_back(house, "tom", "Gracias.") == 303
    assert house.standing(MERCI) == ("Gracias.", False, "translated")
    assert put_back(house, "rita", "perdones") == 303
    house.clock.later(seconds=1)
    assert put_back(house, "rita", "Gracias.") == 303
    assert house.standing(MERCI) == ("Gracias.", False, "reviewed")
    undo = tree(house.at("rita").get(house.address(MERCI)).text).css_first(".history form[action$=undo]")
    assert undo is not None
    fields = {str(box.attributes["name"]): box.attributes["value"] or "" for box in undo.css("input")}
    assert house.at("rita").post(f"{LIST}/undo", data=fields).status_code == 303
    assert house.standing(MERCI) == ("Mil perdones.", False, "translated")
    where = f"{house.address(MERCI)}/put-back"
    assert house.at("tom").post(where, data={"decision": "999", "base": ""}).status_code == 403
    assert house.at("tom").post(where, data={"decision": "1", "base": "stale"}).status_code == 409
    assert house.at("ines").post(where, data={"decision": "1", "base": ""}).status_code == 403


def test_what_was_sent_back_is_put_back_as_such(house: House) -> None:
    house.decide("rita", MERCI, "send-back", "Gracias.")
    house.decide("tom", MERCI, "save", "Mil perdones.")
    assert put_back(house, "tom", "Gracias.") == 303
    assert house.standing(MERCI) == ("Gracias.", True, "translated")


def test_what_is_put_back_needs_other_eyes_again(house: House) -> None:
    plan = house.ledger.project.root / "releases" / "tanger" / "release.toml"
    plan.write_text('review = "four-eyes"\n' + plan.read_text("utf-8"), "utf-8")
    house.decide("rita", MERCI, "save", "Gracias.")
    house.decide("ed", MERCI, "approve", "Gracias.")
    assert house.standing(MERCI) == ("Gracias.", False, "reviewed")
    house.decide("tom", MERCI, "save", "Mil perdones.")
    assert put_back(house, "rita", "Gracias.") == 303
    assert house.standing(MERCI) == ("Gracias.", False, "translated")
    assert house.decide("rita", MERCI, "approve", "Gracias.")[0] == 422
    assert house.decide("ed", MERCI, "approve", "Gracias.")[0] == 303


def test_without_review_a_translator_is_offered_to_approve(house: House) -> None:
    button = 'button[name="action"][value="approve"]'
    assert not tree(house.at("tom").get(house.address(MERCI)).text).css(button)
    ruled(house, 'review = "none"')
    assert tree(house.at("tom").get(house.address(MERCI)).text).css(button)
    assert house.decide("tom", MERCI, "approve", "Gracias.")[0] == 303
    assert house.standing(MERCI) == ("Gracias.", False, "reviewed")


def test_the_second_pass_is_somebody_elses_and_next_goes_on(house: House) -> None:
    ruled(house, 'two_passes = ["es"]')
    house.decide("rita", MERCI, "approve", "Gracias.")
    assert house.standing(MERCI) == ("Gracias.", False, "translated")
    status, shown = house.decide("rita", MERCI, "approve", "Gracias.")
    assert status == 422
    assert "A second person has to approve it, too." in words(shown)
    waiting = set()
    for _ in range(6):
        where = house.at("rita").get(f"{LIST}/next?after={segment_id(('', MERCI))}").headers["location"]
        waiting.add(where)
    assert house.address(MERCI) not in waiting
    house.decide("ed", MERCI, "approve", "Gracias.")
    assert house.standing(MERCI) == ("Gracias.", False, "reviewed")


def ruled(house: House, line: str) -> None:
    plan = house.ledger.project.root / "releases" / "tanger" / "release.toml"
    plan.write_text(plan.read_text("utf-8") + line + "\n", "utf-8")


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
