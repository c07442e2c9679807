"""Publishing at the desk: the gate says why, each language goes at its time, a link shows what is not out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from l10n import project, site
from tests.desk_support import MERCI, SEULE, SOURCE, House, tree, words
from workflow import preview_links
from workflow.desk_records import desk_records_of

PAGE = "/publishing/tanger"


def _plan(house: House, more: str) -> None:
    path = project.release(house.ledger.project, "tanger").folder / "release.toml"
    path.write_text(f"{more}\n{path.read_text('utf-8')}", "utf-8")


def _out(house: House) -> set[str]:
    """The languages in which readers have the release."""
    public = house.ledger.project.public
    return {path.parent.parent.name for path in public.glob("*/tanger/index.html")}


def _card(house: House, locale: str) -> str:
    found = tree(house.at("ed").get(PAGE).text).css_first(f"#{locale}")
    assert found is not None
    return " ".join(found.text(separator=" ").split())


def _press(house: House, **form: str) -> int:
    status = house.at("ed").post(PAGE, data=form).status_code
    house.work()
    return status


def _link(house: House) -> str:
    shown = house.at("ed").post(PAGE, data={"what": "link"}).text
    found = re.search(r'value="http://127\.0\.0\.1(/shared/[^"]+)"', shown)
    assert found, shown
    return found[1]


def test_only_editors_publish(house: House) -> None:
    assert house.at("rita").get(PAGE).status_code == 403
    assert house.at("rita").post(PAGE, data={"what": "publish"}).status_code == 403
    assert house.at("rita").post("/publishing").status_code == 403
    assert house.stranger().get("/publishing").status_code == 303


def test_the_gate_says_what_is_missing_in_whose_queue_and_what_an_override_would_show(house: House) -> None:
    _plan(house, 'partial = "wait"')
    house.decide("tom", MERCI, "save", "Gracias.")
    house.decide("rita", SEULE, "approve", "Una sola frase.")
    told = _card(house, "es")
    assert "held back" in told
    assert "1 of 5 segments are approved. For a translator: 3. For a reviewer: 1." in told
    assert "The release waits for all of them." in told
    assert "An override would show 2 paragraphs in the source language." in told


def test_an_override_needs_a_reason_and_keeps_the_name(house: House) -> None:
    _plan(house, 'partial = "wait"')
    assert _press(house, what="override", locale="es", why="  ") == 422
    assert _out(house) == set()
    assert _press(house, what="override", locale="es", why="The minister <b>speaks</b> at noon") == 303
    assert _out(house) == {"fr", "es"}
    assert "since Ed says so: The minister <b>speaks</b> at noon" in _card(house, "es")


def test_an_override_is_shown_before_it_happens_and_its_reason_goes_along(house: House) -> None:
    _plan(house, 'partial = "wait"')
    file = project.release(house.ledger.project, "tanger").folder / "release.toml"
    before = file.read_bytes()
    form = {"what": "override", "locale": "es", "why": 'the "minister"', "look": "1"}
    shown = tree(house.at("ed").post(PAGE, data=form).text)
    house.work()
    assert (file.read_bytes(), _out(house)) == (before, set())
    assert "es/tanger/index.html new" in {words(node.html or "") for node in shown.css("#will summary")}
    sure = {str(one.attributes["name"]): one.attributes["value"] or "" for one in shown.css("#will input")}
    assert _press(house, what=shown.css("#will button")[-1].attributes["value"] or "", **sure) == 303
    assert "es" in _out(house)
    assert 'since Ed says so: the "minister"' in _card(house, "es")
    form["why"] = " "
    assert house.at("ed").post(PAGE, data=form).status_code == 422


def test_looking_at_a_publication_names_its_pages_and_publishes_nothing(house: House) -> None:
    _plan(house, 'status = "draft"')
    house.decide("rita", SEULE, "approve", "Una sola frase.")

    def named(look: str) -> set[str]:
        shown = tree(house.at("ed").get(f"{PAGE}?look={look}").text).css("#will summary code")
        return {one.text() for one in shown if "tanger" in one.text()}

    assert named("1") == {"fr/tanger/index.html", "es/tanger/index.html"}
    assert named("fr") == {"fr/tanger/index.html"}
    assert named("es") == set(), "nothing goes before its source"
    first = "Readers see no translation before its source: Français has to be published first."
    looked = house.at("ed").get(f"{PAGE}?look=es").text
    assert words(looked).count(first) == 3  # where it was asked, and beside each language
    assert first not in words(house.at("ed").get(f"{PAGE}?look=fr").text).partition("Cancel")[0]
    house.work()
    assert _out(house) == set()
    _press(house, what="publish", locale="fr")
    assert named("es") == {"es/tanger/index.html", "fr/tanger/index.html"}
    assert _out(house) == {"fr"}
    assert first not in words(house.at("ed").get(f"{PAGE}?look=es").text)


def test_looking_at_a_publication_under_embargo_shows_what_comes_after_it(house: House) -> None:
    _press(house, what="embargo", at="2026-12-01T09:00", zone="UTC")
    shown = tree(house.at("ed").get(f"{PAGE}?look=1").text).css_first("#will")
    assert shown is not None
    assert "fr/tanger/index.html" in shown.text()
    assert "Nobody reads it before 1 Dec 2026" in words(shown.html or "")


def test_each_language_goes_at_its_own_time(house: House) -> None:
    _plan(house, 'status = "draft"')
    house.decide("rita", SEULE, "approve", "Una sola frase.")
    assert _press(house, what="publish", locale="fr") == 303
    assert _out(house) == {"fr"}
    assert "not published" in _card(house, "es")
    assert _press(house, what="schedule", locale="es", at="2026-09-15T09:00") == 303
    assert "planned for" in _card(house, "es")
    assert _out(house) == {"fr"}
    house.clock.later(days=1)
    house.browsers.clear()
    assert house.at("ed").post("/publishing").status_code == 303
    house.work()
    assert _out(house) == {"fr", "es"}
    assert "on line" in _card(house, "es")


def test_what_is_published_again_stays_of_its_day(house: House) -> None:
    def day(locale: str) -> str | None:
        page = house.ledger.project.public / locale / "tanger" / "index.html"
        shown = tree(page.read_text("utf-8")).css_first("time")
        return shown and shown.attributes["datetime"]

    house.decide("rita", MERCI, "approve", "Gracias.")
    _press(house, what="publish")
    before = day("es")
    house.clock.later(days=3)
    house.browsers.clear()
    house.decide("rita", SEULE, "approve", "Una sola frase.")
    _press(house, what="publish", locale="es")
    assert "Una sola frase." in (house.ledger.project.public / "es/tanger/index.html").read_text("utf-8")
    assert day("es") == before == "2026-09-14"


def test_the_list_says_how_each_release_stands(house: House) -> None:
    def told() -> str:
        return words(tree(house.at("ed").get("/publishing").text).css("main ul")[-1].html or "")

    assert "14 Sep 2026 · not published" in told()
    _press(house, what="embargo", at="2026-12-01T09:00", zone="Europe/Paris")
    assert "planned for 1 Dec 2026, 09:00 UTC+1" in told()
    _press(house, what="embargo")
    _press(house, what="publish")
    assert told().endswith("14 Sep 2026")
    path = project.release(house.ledger.project, "tanger").folder / "release.toml"
    path.write_text(f'{path.read_text("utf-8")}\n[[history]]\nwhat = "retracted"\nat = 2026-09-14\n', "utf-8")
    assert told().endswith("· retracted")


def test_a_language_that_is_ready_is_published_by_itself_and_one_held_back_is_not(house: House) -> None:
    _plan(house, 'partial = "wait"')
    now = "Publish this language now"
    assert now in _card(house, "fr")
    assert now not in _card(house, "es")
    assert _press(house, what="publish", locale="fr") == 303
    assert _out(house) == {"fr"}


def test_an_embargo_is_set_and_taken_away_by_the_clocks_of_a_place(house: House) -> None:
    assert _press(house, what="embargo", at="2026-12-01T09:00", zone="America/New_York") == 303
    shown = house.at("ed").get("/publishing/tanger").text
    assert "Nobody reads it before 1 Dec 2026, 09:00 UTC\N{MINUS SIGN}5." in words(shown)
    # Who only presses the button changes nothing.
    fields = {
        field.attributes["name"]: field.attributes["value"] for field in tree(shown).css("#embargo input")
    }
    assert (
        _press(house, what="embargo", **{name: value or "" for name, value in fields.items() if name}) == 303
    )
    assert project.release(house.ledger.project, "tanger").embargo == dt.datetime(
        2026, 12, 1, 14, tzinfo=dt.UTC
    )
    assert _press(house, what="embargo", at="2026-12-01T09:00", zone="Atlantis") == 422
    assert _press(house, what="embargo", at="2027-10-31T02:30", zone="Europe/Paris") == 422
    assert _press(house, what="embargo", at="") == 303
    assert project.release(house.ledger.project, "tanger").embargo is None


def test_what_was_typed_stays_when_its_hour_is_refused(house: House) -> None:
    twice = {"at": "2027-10-31T02:30", "zone": "Europe/Paris"}
    for form, fields in (("embargo", "#embargo .fields input"), ("schedule", "#es .fields input")):
        answer = house.at("ed").post(PAGE, data={"what": form, "locale": "es", **twice})
        assert "Clocks show this hour twice on that day." in words(answer.text)
        kept = [field.attributes["value"] for field in tree(answer.text).css(fields)]
        assert kept == list(twice.values())


@pytest.mark.parametrize(
    ("form", "fields", "typed"),
    [
        ({"what": "publish"}, "", []),
        ({"what": "publish", "locale": "es"}, "", []),
        (
            {"what": "schedule", "locale": "es", "at": "2026-12-01T09:00", "zone": "Europe/Paris"},
            "#es .fields input",
            ["2026-12-01T09:00", "Europe/Paris"],
        ),
        (
            {"what": "embargo", "at": "2026-12-01T09:00", "zone": "Europe/Paris"},
            "#embargo .fields input",
            ["2026-12-01T09:00", "Europe/Paris"],
        ),
        ({"what": "override", "locale": "es", "why": 'the "minister"'}, "#es [name=why]", ['the "minister"']),
        ({"what": "priority", "priority": "low"}, "", []),
    ],
)
def test_a_page_from_before_somebody_else_planned_decides_nothing_and_keeps_what_was_typed(
    house: House, form: dict[str, str], fields: str, typed: list[str]
) -> None:
    page = tree(house.at("ed").get(PAGE).text)
    plans = {str(one.attributes["value"]) for one in page.css("main [name=plan]")}
    (stale,) = plans
    assert _press(house, what="priority", priority="high", plan=stale) == 303
    file = project.release(house.ledger.project, "tanger").folder / "release.toml"
    before = file.read_bytes()
    answer = house.at("ed").post(PAGE, data={**form, "plan": stale})
    assert answer.status_code == 409
    assert "Somebody changed the plan meanwhile. Look at it, then decide again." in words(answer.text)
    assert file.read_bytes() == before
    shown = tree(answer.text)
    assert [one.attributes["value"] for one in shown.css(fields)] == typed if fields else True
    (fresh,) = {str(one.attributes["value"]) for one in shown.css("main [name=plan]")}
    assert house.at("ed").post(PAGE, data={**form, "plan": fresh}).status_code == 303


def test_a_release_that_is_published_by_a_double_press_is_published_once(house: House) -> None:
    plan = tree(house.at("ed").get(PAGE).text).css_first("main [name=plan]")
    assert plan is not None
    form = {"what": "publish", "locale": "fr", "plan": str(plan.attributes["value"])}
    assert house.at("ed").post(PAGE, data=form).status_code == 303
    house.clock.later(seconds=1)
    assert house.at("ed").post(PAGE, data=form).status_code == 303
    house.work()
    assert house.at("ed").post(PAGE, data=form).status_code == 409


def test_no_embargo_takes_away_what_readers_have(house: House) -> None:
    assert _press(house, what="publish", locale="fr") == 303
    answer = house.at("ed").post(PAGE, data={"what": "embargo", "at": "2026-12-01T09:00", "zone": "UTC"})
    assert answer.status_code == 422
    assert "Readers have this release already. Withdraw it, under its history." in words(answer.text)
    assert project.release(house.ledger.project, "tanger").embargo is None


@pytest.mark.parametrize("at", ["", "noon", "2026-09-13T09:00"])
def test_a_time_that_is_none_or_over_changes_nothing(house: House, at: str) -> None:
    plan = project.release(house.ledger.project, "tanger").folder / "release.toml"
    before = plan.read_bytes()
    assert _press(house, what="schedule", locale="es", at=at) == 422
    assert plan.read_bytes() == before
    assert _out(house) == set()


def test_what_will_change_is_shown_before_it_does(house: House) -> None:
    house.decide("rita", MERCI, "approve", "Gracias.")
    house.at("ed").post("/publishing")
    house.work()
    told = words(house.at("ed").get("/publishing").text)
    assert "Readers have everything that is approved." in told
    assert "what readers would see change" not in told
    house.decide("rita", SEULE, "approve", "Una sola frase.")
    shown = tree(house.at("ed").get("/publishing").text)
    assert "es/tanger/index.html" in [node.text() for node in shown.css("summary code")]
    told = [(node.tag, node.text()) for node in shown.css("details li > *")]
    assert ("del", "Une phrase seule") in told, told
    assert ("ins", "Una sola frase") in told
    # Also a number alone stands on the side where its page has it.
    assert {node.attributes["lang"]: node.attributes["dir"] for node in shown.css("details li[lang]")} == {
        "es": "ltr"
    }


def test_pages_whose_words_change_are_shown_before_those_that_only_look_otherwise(house: House) -> None:
    house.decide("rita", MERCI, "approve", "Gracias.")
    house.at("ed").post("/publishing")
    house.work()
    house.decide("rita", SEULE, "approve", "Una sola frase.")
    style = house.ledger.project.root / "templates" / "site" / "site.css"
    style.parent.mkdir(parents=True)
    style.write_text("p { color: black }")
    first, *others = [node.text() for node in tree(house.at("ed").get("/publishing").text).css("summary")]
    assert first == "es/tanger/index.html changed · in 1 place"
    assert others
    assert all(one.endswith("changed") for one in others)


@pytest.mark.parametrize("address", ["/publishing", f"{PAGE}?look=1"])
def test_what_was_decided_a_moment_ago_and_is_in_no_catalogue_yet_is_shown_too(
    house: House, address: str
) -> None:
    house.at("ed").post("/publishing")
    house.work()
    behind = replace(house.ledger, schedule_write=lambda _release, _locale: None)
    desk = House(behind, house.clock, house.settings)
    desk.decide("rita", SEULE, "approve", "Una sola frase.")
    assert "Una sola frase" in desk.at("ed").get(address).text


def test_a_link_shows_every_language_to_somebody_without_an_account_until_it_expires(house: House) -> None:
    _plan(house, 'status = "draft"')
    house.decide("tom", SEULE, "save", "Una sola frase.")
    link = _link(house)
    reader = house.stranger()
    shown = reader.get(link)
    assert shown.status_code == 200
    assert "La ville compte 26 plages." in words(shown.text)
    spanish = link.replace("/fr/tanger/", "/es/tanger/")
    assert "Una sola frase." in words(reader.get(spanish).text)
    assert "Vista previa" in words(reader.get(spanish).text)
    assert 'content="noindex"' in shown.text
    assert shown.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in shown.headers["x-robots-tag"]
    assert shown.headers["content-security-policy"].startswith("sandbox")
    sheet = tree(shown.text).css_first("link[rel=stylesheet]")
    assert sheet is not None
    style = reader.get(f"{link}{sheet.attributes['href']}")
    assert style.headers["content-type"].startswith("text/css")
    house.clock.later(days=preview_links.DAYS)
    late = reader.get(link)
    assert late.status_code == 404
    assert "Ask the editors for a new one." in words(late.text)
    assert "Back to the queue" not in words(late.text)


def test_links_in_a_preview_stay_in_it_or_lead_to_what_readers_have(house: House) -> None:
    _plan(house, 'status = "draft"')
    other = house.ledger.project.root / "plage.md"
    other.write_text("# Une plage\n\nElle est propre.\n", "utf-8")
    day = house.clock().date()
    project.add(house.ledger.project, other, release_id="plage", locale="fr", locales=("es",), date=day)
    site.publish(house.ledger.project, site.build(house.ledger.project, as_of=house.clock()))
    more = "\nVoir [la plage](../plage/), [ici](../../es/tanger/) ou [la carte](carte.pdf).\n"
    source = project.release(house.ledger.project, "tanger").source
    source.write_text(SOURCE + more, "utf-8")
    links = [
        link.attributes["href"]
        for link in tree(house.stranger().get(_link(house)).text).css("main a, footer a, nav a")
    ]
    assert links == [
        "../../fr/tanger/",
        "../../es/tanger/",
        "../../ar/tanger/",
        "https://example.org/r",
        "https://www.example.org/fr/plage/",
        "../../fr/tanger/",
        "https://www.example.org/fr/tanger/carte.pdf",
        "https://www.example.org/fr/",
        "https://www.example.org/fr/search/",
        "https://www.example.org/feed/fr.xml",
        "https://www.example.org/",
    ]


def test_no_other_token_opens_anything(house: House) -> None:
    link = _link(house)
    token = link.split("/")[2]
    told, _, signature = token.partition(".")
    other = preview_links.token(house.ledger.project, "elsewhere", now=house.clock())
    forged = [
        "",
        ".",
        told,
        f"{told}.",
        f".{signature}",
        f"{told}.{signature[:-2]}AA",
        f"{other.partition('.')[0]}.{signature}",
        f"{token}=",
        "x" * 5000,
        "é.é",
        other,
    ]
    answers = [house.stranger().get(f"/shared/{one}/fr/tanger/").status_code for one in forged]
    assert answers == [404] * len(forged)
    assert house.stranger().get(f"/shared/{token}/..%2f..%2fl10n.toml").status_code == 404
    assert house.stranger().get(f"/shared/{token}/es/nowhere/").status_code == 404
    assert house.stranger().get(link).status_code == 200
    key = house.ledger.project.state / "preview.key"
    assert key.stat().st_mode & 0o777 == 0o600
    preview_links.revoke(house.ledger.project)
    assert house.stranger().get(link).status_code == 404


def test_a_preview_says_whether_readers_have_the_page(house: House) -> None:
    link = _link(house)
    assert "cette page n’est pas publiée" in words(house.stranger().get(link).text)
    _press(house, what="publish", locale="fr")
    assert _out(house) == {"fr"}
    live = words(house.stranger().get(link).text)
    assert "il se peut que les lecteurs voient une autre version" in live
    other = house.stranger().get(link.replace("/fr/", "/es/"))
    assert "esta página no está publicada" in words(other.text)


def test_a_preview_tells_of_corrections_as_the_page_will(house: House) -> None:
    path = project.release(house.ledger.project, "tanger").folder / "release.toml"
    at = house.clock.now.isoformat()
    text = f'[[history]]\nwhat = "corrected"\nat = {at}\ntext = {{ fr = "Deux bureaux.", es = "Dos." }}\n'
    path.write_text(f"{path.read_text('utf-8')}\n{text}", "utf-8")
    link = _link(house)
    french = words(house.stranger().get(link).text)
    assert "Rectifié le" in french
    assert "Deux bureaux." in french
    assert "Dos." in words(house.stranger().get(link.replace("/fr/", "/es/")).text)


def test_the_page_of_a_live_release_says_what_a_moment_to_come_holds_back(house: House) -> None:
    assert _press(house, what="publish") == 303
    _plan(house, "embargo = 2027-03-01T09:00:00+01:00")
    shown = words(house.at("ed").get(PAGE).text)
    assert "Readers have it already and keep it as it is until 1 Mar 2027, 09:00 UTC+1." in shown
    assert "Nobody reads it before" not in shown
    assert "on line · planned for 1 Mar 2027, 09:00 UTC+1" in _card(house, "fr")
    assert _press(house, what="publish") == 303
    assert _out(house) == {"fr"}


def test_a_publication_that_fails_says_why_and_is_tried_again(house: House) -> None:
    template = house.ledger.project.root / "templates" / "site" / "release.html"
    template.parent.mkdir(parents=True)
    template.write_text("{% if %}", "utf-8")
    assert _press(house, what="publish") == 303
    told = words(house.at("ed").get(PAGE).text)
    assert "Publishing failed and will be tried again." in told
    assert "the template cannot be filled in" in told
    assert _out(house) == set()
    template.unlink()
    house.clock.later(minutes=2)
    house.browsers.clear()
    house.work()
    assert _out(house) == {"fr"}
    assert "Publishing failed" not in words(house.at("ed").get(PAGE).text)


def test_who_published_what_is_remembered(house: House) -> None:
    _press(house, what="publish")
    found = [event for event in desk_records_of(house.ledger.store).events() if event.what == "published"]
    assert [(event.person, event.about) for event in found] == [(house.person("ed").id, "publish tanger")]


def _credited(house: House, locale: str) -> list[str]:
    page = house.ledger.project.public / locale / "tanger" / "index.html"
    return [node.text() for node in tree(page.read_text("utf-8")).css(".credits span")]


def test_who_translated_and_who_reviewed_is_taken_from_the_ledger(house: House) -> None:
    settings = house.ledger.project.root / "l10n.toml"
    settings.write_text(settings.read_text("utf-8").replace("[site]", "[site]\ncredits = true"), "utf-8")
    house = replace(house, ledger=replace(house.ledger, project=project.load(house.ledger.project.root)))
    house.decide("tom", MERCI, "save", "Gracias.")
    house.decide("rita", MERCI, "approve", "Gracias.")
    house.decide("rita", SEULE, "approve", "Una sola frase.")
    _press(house, what="publish")
    assert _credited(house, "es") == ["Traducción: Rita y Tom.", "Revisión: Rita."]
    assert _credited(house, "fr") == []
    house.ledger.store.save_person(replace(house.person("tom"), name="Thomas"))
    house.clock.later(minutes=1)
    _press(house, what="publish")
    assert _credited(house, "es") == ["Traducción: Rita y Thomas.", "Revisión: Rita."]
    house.ledger.forget(house.person("rita").id)
    house.clock.later(minutes=1)
    _press(house, what="publish")
    assert _credited(house, "es") == ["Traducción: Thomas."]
    _plan(house, 'credits.es = { translated = ["El equipo de la oficina"] }')
    house.clock.later(minutes=1)
    _press(house, what="publish")
    assert _credited(house, "es") == ["Traducción: El equipo de la oficina."]


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A word for each time that the site is built."""
    done: list[str] = []
    build = site.build_incremental

    def building(*told: object, **more: object) -> site.BuiltSite:
        done.append("built")
        return build(*told, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(site, "build_incremental", building)
    return done


def _looks(house: House) -> str:
    return words(house.at("ed").get("/publishing").text)


def _changed_template(house: House) -> None:
    path = house.ledger.project.root / "templates" / "site" / "card.html"
    path.parent.mkdir(parents=True)
    path.write_text("<p>another card</p>", "utf-8")


def _moment_of_plan(house: House) -> None:
    house.clock.later(hours=3)


def _approval(house: House) -> None:
    assert house.decide("rita", SEULE, "approve", "Otra frase.")[0] == 303


def _edit_outside(house: House) -> None:
    file = project.release(house.ledger.project, "tanger").source
    file.write_text(file.read_text("utf-8").replace("Merci", "Mille mercis"), "utf-8")


def _publication(house: House) -> None:
    house.at("ed").post("/publishing")
    house.work()


@pytest.mark.parametrize(
    "change", [_changed_template, _moment_of_plan, _approval, _edit_outside, _publication]
)
def test_what_would_change_is_worked_out_once_until_something_it_depends_on_changes(
    house: House, builds: list[str], change: Callable[[House], None]
) -> None:
    at = (house.clock() + dt.timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    house.at("ed").post(PAGE, data={"what": "schedule", "locale": "ar", "at": at, "zone": "UTC"})
    house.decide("rita", SEULE, "approve", "Una sola frase.")
    before = _looks(house)
    builds.clear()
    assert _looks(house) == before
    assert builds == []
    change(house)
    builds.clear()
    after = _looks(house)
    assert builds
    assert after != before or change in {_changed_template, _moment_of_plan}
    builds.clear()
    assert _looks(house) == after
    assert builds == []
