"""A release made at the desk: looked at first, kept in one place, refused in words."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import project
from tests.desk_support import MERCI, PASSWORD, PLAGES, House, make_project, open_house, route, tree, words
from workflow import people
from workflow.desk_records import desk_records_of
from workflow.store import segment_id
from workflow.web import WebSettings

TEXT = "# Deux ports\n\nLe port de Sète ouvre. Il compte 40 places.\n"
KEPT = base64.b64encode(TEXT.encode()).decode()
FORM = {"name": "Deux ports : Été !", "locale": "fr", "locales": ["es", "ar"], "date": "2026-10-01"}


def made(house: House, login: str = "ed", **fields: object) -> tuple[int, str, str]:
    """(status, page, where it leads)."""
    files = fields.pop("files", None)
    answer = house.at(login).post("/new", data={**FORM, **fields}, files=files)
    return answer.status_code, answer.text, answer.headers.get("location", "")


def kept(shown: str) -> dict[str, str]:
    boxes = tree(shown).css("form.making [type=hidden]")
    return {str(box.attributes["name"]): str(box.attributes["value"]) for box in boxes}


def test_a_pasted_text_is_shown_in_segments_and_made_when_one_is_sure(house: House) -> None:
    status, shown, _ = made(house, text=TEXT)
    assert status == 200
    assert [one.text() for one in tree(shown).css(".made .source")] == [
        "Deux ports",
        "Le port de Sète ouvre.",
        "Il compte 40 places.",
    ]
    assert "3 segments 11 words" in words(shown)
    assert not (house.ledger.project.root / "releases" / "deux-ports-ete").exists()
    status, _, onward = made(house, **kept(shown), sure="1")
    assert (status, onward) == (303, "/progress#deux-ports-ete")
    release = project.release(house.ledger.project, "deux-ports-ete")
    assert release.source.read_bytes() == TEXT.encode()
    assert (release.locales, release.date.isoformat()) == (("es", "ar"), "2026-10-01")
    assert house.at("tom").get("/releases/deux-ports-ete/es/document").status_code == 200


def test_a_text_that_reads_as_another_language_is_told_before_the_release_is_made(house: House) -> None:
    other = "# Two ports\n\nThe port of Sète opens, and it has 40 places for the boats of the town.\n"
    _, shown, _ = made(house, text=other)
    assert "This text does not read as Français." in words(shown)
    assert "does not read as" not in words(made(house, text=TEXT)[1])


@pytest.mark.parametrize(
    ("head", "day"),
    [("---\ndate: 2026-09-14\n---\n", "2026-09-14"), ("Genève, le 1er mai 2026\n\n", "2026-05-01"), ("", "")],
)
def test_without_a_date_the_text_says_which_day_it_is_of(house: House, head: str, day: str) -> None:
    _, shown, _ = made(house, text=head + TEXT, date="")
    field = tree(shown).css_first("[name=date]")
    assert field is not None
    proposed = field.attributes["value"]
    assert proposed == (day or house.ledger.clock().date().isoformat())
    status, _, _ = made(house, **kept(shown), sure="1", date=proposed)
    assert status == 303
    assert project.release(house.ledger.project, "deux-ports-ete").date.isoformat() == proposed


def test_a_large_file_is_made_as_well_as_a_small_one(house: House) -> None:
    large = TEXT.encode() + b"\n<!-- " + b"x" * 2_900_000 + b" -->\n"
    status, shown, _ = made(house, files={"file": ("port.md", large)})
    assert status == 200
    status, _, _ = made(house, **kept(shown), sure="1", files={"file": ("", b"")})
    assert status == 303
    assert project.release(house.ledger.project, "deux-ports-ete").source.read_bytes() == large


def test_what_the_memory_knows_is_filled_in_at_once(house: House) -> None:
    house.decide("rita", PLAGES, "approve", "La ciudad tiene 26 playas.")
    _, shown, _ = made(house, text=f"{PLAGES}\n", locales=["es"])
    made(house, **kept(shown), locales=["es"], sure="1")
    desk = house.app.state.services.desk
    (row,) = desk.rows(desk.cache.release("deux-ports-ete"), "es")
    assert row.entry.target == "La ciudad tiene 26 playas."


def test_engines_are_asked_for_the_rest_while_nobody_waits(tmp_path: Path) -> None:
    make_project(tmp_path)
    route(tmp_path / "p", "pseudo")
    house = open_house(tmp_path, WebSettings())
    _, shown, _ = made(house, text=f"{TEXT}\n", locales=["es"])
    made(house, **kept(shown), locales=["es"], sure="1")
    release = project.release(house.ledger.project, "deux-ports-ete")

    def told() -> list[tuple[bool, str]]:
        found = house.ledger.catalogue(release, "es")
        assert found is not None
        return [(entry.fuzzy, entry.origin) for entry in found.live]

    assert told() == [(False, "")] * 3
    house.work()
    assert told() == [(True, "mt:pseudo")] * 3


def test_whose_each_language_is_and_until_when_nobody_reads_it_is_said_at_once(house: House) -> None:
    tom = house.person("tom").id
    settings = house.ledger.project.settings
    wanted = {"es": (tom, "2026-09-25"), "ar": ("", "2026-09-26")}
    people = [wanted.get(locale, ("", ""))[0] for locale in settings.locales]
    dues = [wanted.get(locale, ("", ""))[1] for locale in settings.locales]
    plan = {"embargo": "2026-10-01T09:30", "zone": "Europe/Paris", "people": people, "dues": dues}
    _, shown, _ = made(house, text=TEXT, **plan)
    chosen = tree(shown).css("[name=people] option[selected]")
    assert [one.text() for one in chosen if one.attributes["value"]] == ["Tom"]
    assert made(house, **kept(shown), **plan, sure="1")[0] == 303
    release = project.release(house.ledger.project, "deux-ports-ete")
    assert release.embargo is not None
    assert release.embargo.isoformat() == "2026-10-01T09:30:00+02:00"
    given = desk_records_of(house.ledger.store).assignments()
    told = {
        place[1]: (one.person, str(one.due or "")) for place, one in given.items() if place[0] == release.id
    }
    assert told == {"es": (tom, "2026-09-25"), "ar": ("", "2026-09-26")}
    assert "embargo until 1 Oct 2026, 09:30 UTC+2" in words(house.at("tom").get("/").text)
    assert "This is yours to do" in words(house.at("tom").get("/news").text)


def test_a_release_comes_out_by_itself_at_the_minute_its_embargo_ends(house: House) -> None:
    house.at("ed").post("/publishing")
    house.work()
    plan = {"embargo": "2026-09-14T12:05", "zone": "UTC", "date": "2026-09-14"}
    _, shown, _ = made(house, text=TEXT, **plan)
    assert made(house, **kept(shown), **plan, sure="1")[0] == 303
    page = house.ledger.project.public / "fr" / "deux-ports-ete" / "index.html"
    for minutes, there in ((4, False), (1, True)):
        house.clock.later(minutes=minutes)
        house.work()
        assert page.exists() is there


def test_a_file_is_not_asked_for_again_when_something_else_was_wrong(house: House) -> None:
    status, shown, _ = made(house, files={"file": ("a.txt", b"Un titre\n\nUne phrase.\n")}, date="soon")
    assert (status, kept(shown)["suffix"]) == (422, ".txt")
    status, shown, _ = made(house, **kept(shown))
    assert status == 200
    assert "Une phrase." in words(shown)


@pytest.mark.parametrize("name", ["../../etc/passwd.md", "évil/..\\x.md", "a.md\x00.md", "source.md"])
def test_of_a_files_name_only_its_ending_counts(house: House, name: str) -> None:
    before = set(house.ledger.project.root.parent.rglob("*"))
    status, shown, _ = made(house, files={"file": (name, TEXT.encode())})
    assert status == 200
    made(house, **kept(shown), sure="1")
    new = {path.name for path in set(house.ledger.project.root.parent.rglob("*")) - before}
    assert {"source.md", "release.toml", "deux-ports-ete"} <= new
    assert not [one for one in new if "passwd" in one or "vil" in one]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "There is no source"),
        ({"kept": "%%%", "suffix": ".md", "sure": "1"}, "There is no source"),
        ({"files": {"file": ("a.exe", b"MZ")}}, "No format for the ending"),
        ({"files": {"file": ("a.docx", b"no zip")}}, ""),
        ({"files": {"file": ("a.md", b"x" * (3 * 1024 * 1024 + 1))}}, "larger than 3 MB"),
        ({"text": TEXT, "locales": ["fr"]}, "Choose a language to translate into"),
        ({"text": TEXT, "locale": "../x"}, "Choose the language of the source"),
        ({"text": TEXT, "date": "soon"}, "This is no day"),
        ({"text": TEXT, "name": " "}, "needs a name"),
        ({"text": TEXT, "name": "مكتب!"}, "no Latin letter"),
        ({"text": TEXT, "name": "Tanger"}, "There is a release of this name"),
        ({"text": TEXT, "embargo": "noon"}, "This is no moment"),
        ({"text": TEXT, "embargo": "2026-09-01T09:00"}, "This moment has passed"),
        ({"text": TEXT, "embargo": "2027-03-28T02:30", "zone": "Europe/Paris"}, "jump over this hour"),
        ({"text": TEXT, "embargo": "2026-12-01T09:00", "zone": "../Paris"}, "time zone is not known"),
        (
            {"text": TEXT, "people": ["", "", "nobody"], "locales": ["en", "es", "ar"]},
            "no role in this language",
        ),
        ({"text": TEXT, "dues": ["soon"] * 4, "sure": "1"}, "This is no day"),
        ({"kept": KEPT, "suffix": ".exe", "sure": "1"}, "No format for the ending"),
        ({"kept": KEPT, "suffix": "", "sure": "1"}, "No format for the ending"),
    ],
)
def test_what_cannot_be_made_says_why_and_keeps_what_was_typed(
    house: House, fields: dict[str, object], said: str
) -> None:
    before = set((house.ledger.project.root / "releases").iterdir())
    status, shown, _ = made(house, **fields)
    assert status == 422
    alert = tree(shown).css_first("[role=alert]")
    assert alert is not None
    assert said in words(alert.html or "")
    assert str(house.ledger.project.root) not in shown
    assert set((house.ledger.project.root / "releases").iterdir()) == before


@pytest.mark.parametrize("suffix", ["/../../x.md", "/x.md", "\\..\\x.md", "../.md"])
def test_an_ending_made_by_hand_leads_nowhere_else(house: House, suffix: str) -> None:
    outside = set(house.ledger.project.root.parent.rglob("x.md"))
    made(house, kept=KEPT, suffix=suffix, sure="1")
    assert set(house.ledger.project.root.parent.rglob("x.md")) == outside
    for source in (house.ledger.project.root / "releases").glob("deux*/*.md"):
        assert source.name == "source.md"


def test_an_id_that_is_taken_is_refused(house: House) -> None:
    _, shown, _ = made(house, text=TEXT)
    status, shown, _ = made(house, **kept(shown), name="Tanger", sure="1")
    assert status == 422
    assert "exists" in words(shown)


def test_only_editors_make_releases_and_uploads_end_somewhere(house: House) -> None:
    assert house.at("rita").get("/new").status_code == 403
    assert made(house, "rita", text=TEXT)[0] == 403
    assert made(house, text="x" * 6 * 1024 * 1024)[0] == 413
    assert "New release" in words(house.at("ed").get("/progress").text)
    assert "New release" not in words(house.at("rita").get("/progress").text)


def test_a_source_becomes_no_markup_of_the_desk(house: House) -> None:
    evil = "<script>alert(1)</script>\n\n# T\n\n<img src=x onerror=alert(1)> &lt;b&gt; **a**\n"
    _, shown, _ = made(house, text=evil, name='"><b>evil')
    assert not tree(shown).css("script:not([src^='/assets/']), [onerror], main b")


# A session that is over


def signed_in_again(house: House, asked: str) -> dict[str, list[str]]:
    """The fields of the form that is there again once Ed signed in, as a browser sends them."""
    form = tree(asked).css_first('form[action="/sign-in"]')
    assert form is not None
    carried = {box.attributes["name"]: box.attributes["value"] for box in form.css("input[type=hidden]")}
    welcome = house.at("ed").post("/sign-in", data={**carried, "login": "ed", "password": PASSWORD})
    assert welcome.status_code == 200
    again = tree(welcome.text).css_first(".narrow form")
    assert again is not None
    fields: dict[str, list[str]] = {}
    for box in again.css("input[type=hidden], textarea"):
        value = box.text() if box.tag == "textarea" else str(box.attributes["value"] or "")
        fields.setdefault(str(box.attributes["name"]), []).append(value)
    return fields


@pytest.mark.parametrize("files", [None, {"file": ("deux.md", TEXT.encode(), "text/markdown")}])
def test_a_release_that_was_sent_in_a_session_that_is_over_is_there_after_signing_in(
    house: House, files: dict[str, tuple[str, bytes, str]] | None
) -> None:
    ed = house.person("ed")
    house.ledger.store.save_person(replace(ed, password=people.hashed(PASSWORD)))
    house.at("ed")
    house.clock.later(hours=13)
    status, asked, _ = made(house, text="" if files else TEXT, files=files or {"file": ("", b"")})
    assert status == 401
    fields = signed_in_again(house, asked)
    assert fields["locales"] == ["es", "ar"]
    shown = house.at("ed").post("/new", data=fields).text
    assert "Il compte 40 places." in words(shown)
    assert house.at("ed").post("/new", data={**kept(shown), **FORM, "sure": "1"}).status_code == 303
    assert project.release(house.ledger.project, "deux-ports-ete").source.read_bytes() == TEXT.encode()


def test_a_catalogue_that_was_brought_in_a_session_that_is_over_is_there_after_signing_in(
    house: House,
) -> None:
    house.ledger.store.save_person(replace(house.person("ed"), password=people.hashed(PASSWORD)))
    catalogue = house.at("ed").get("/releases/tanger/es/po").content.decode()
    there = f'msgid "{PLAGES}"\nmsgstr ""'
    assert there in catalogue
    catalogue = catalogue.replace(there, there[:-1] + 'La ciudad tiene 26 playas."')
    house.clock.later(hours=13)
    asked = house.at("ed").post("/releases/tanger/es/po", files={"file": ("es.po", catalogue.encode())})
    assert asked.status_code == 401
    shown = house.at("ed").post("/releases/tanger/es/po", data=signed_in_again(house, asked.text))
    assert "La ciudad tiene 26 playas." in words(shown.text)


def test_what_was_chosen_in_a_session_that_is_over_is_chosen_after_signing_in(house: House) -> None:
    house.ledger.store.save_person(replace(house.person("ed"), password=people.hashed(PASSWORD)))
    chosen = {"action": "approve", "ids": [segment_id(("", PLAGES)), segment_id(("", MERCI))]}
    house.at("ed")
    house.clock.later(hours=13)
    asked = house.at("ed").post("/releases/tanger/es/bulk", data=chosen)
    assert signed_in_again(house, asked.text)["ids"] == chosen["ids"]
