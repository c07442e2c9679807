"""The glossary at the desk: who reads it, who changes it, and what becomes of its files."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from httpx2 import Response

from tests.desk_support import MERCI, PLAGES, House, tree, words
from workflow import people
from workflow.states import Role

TERMS = (
    "# Decided in May, see the minutes\r\n"
    "source_locale,target_locale,source,target,status,note,owner\r\n"
    'fr,es,ville,ciudad,required,"not pueblo, ""never""",Ada\r\n'
    "\r\n"
    "fr,ar,ville,مدينة,preferred\r\n"
    "# by hand\r\n"
    "fr,es,plage,playa,preferred,,Tom"
)
ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}'
NEW = {
    "source_locale": "fr",
    "target_locale": "es",
    "source": "rapport",
    "target": "informe",
    "status": "required",
}


@pytest.fixture
def file(house: House) -> Path:
    path = house.ledger.project.root / "glossary" / "terms.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(TERMS.encode())
    people.create(house.ledger.store, login="elsa", name="Elsa", roles={"es": Role.EDITOR})
    return path


def save(house: House, login: str, what: str = "save", **typed: str) -> Response:
    return house.at(login).post("/glossary/term", data={"what": what, **typed})


def form(house: House, login: str, line: int) -> dict[str, str]:
    """The fields of a term's form, as a browser would send them."""
    page = tree(house.at(login).get(f"/glossary/term?file=terms.csv&line={line}").text)
    fields = {}
    for one in page.css("form.of-term input, form.of-term textarea, form.of-term select"):
        if one.tag == "select":
            chosen = one.css_first("option[selected]")
            value = chosen.attributes["value"] if chosen else ""
        else:
            value = one.text() if one.tag == "textarea" else one.attributes.get("value")
        fields[str(one.attributes["name"])] = value or ""
    return fields


def listed(house: House, login: str = "ed", **asked: str) -> str:
    return words(house.at(login).get("/glossary?" + urlencode(asked)).text)


@pytest.mark.usefixtures("file")
def test_everybody_reads_it_and_finds_terms_by_their_words_and_languages(house: House) -> None:
    assert "3 terms" in listed(house, "tom")
    assert 'not pueblo, "never"' in listed(house, "tom")
    assert "1 term" in listed(house, "tom", text="PLAGÉ")
    assert "2 terms" in listed(house, "tom", target="es")
    assert "1 term" in listed(house, "tom", target="ar", text="ville")
    assert "No term says this." in listed(house, "tom", text="nowhere")
    assert "Add a term" not in listed(house, "tom")
    assert house.stranger().get("/glossary").status_code == 303


def test_a_term_that_is_added_stands_below_and_is_seen_at_a_segment_at_once(house: House, file: Path) -> None:
    assert "gracias" not in house.at("tom").get(house.address(MERCI)).text
    answer = save(house, "elsa", **NEW | {"source": "merci", "target": "gracias", "note": '=say\r\n"thanks"'})
    assert answer.status_code == 303
    added = '\r\nfr,es,merci,gracias,required,"=say\n""thanks""",\r\n'
    assert file.read_bytes() == (TERMS + added).encode()
    assert "gracias" in house.at("tom").get(house.address(MERCI)).text
    assert "merci gracias to be used" in listed(house, "tom", text="merci")


def test_a_change_leaves_every_other_byte_and_what_others_keep_in_the_row(house: House, file: Path) -> None:
    typed = form(house, "elsa", 3)
    assert typed["note"] == 'not pueblo, "never"'
    assert save(house, "elsa", **typed | {"target": "urbe", "domain": "sea; land"}).status_code == 303
    changed = TERMS.replace(
        'ciudad,required,"not pueblo, ""never""",Ada', 'urbe,required,"not pueblo, ""never""",Ada,sea; land'
    ).replace("note,owner", "note,owner,domain")
    assert file.read_bytes() == changed.encode()

    assert save(house, "elsa", "remove", **form(house, "elsa", 7)).status_code == 303
    assert file.read_bytes() == changed.rpartition("fr,es,plage")[0].encode()
    assert "playa" not in listed(house)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"source": " "}, "The term has no source."),
        ({"target": ""}, "The term has no target."),
        ({"target_locale": "fr"}, "Both locales are the same."),
        ({"target_locale": ""}, "The term has no target_locale."),
        ({"source": "a\tb"}, "There is a line break or a tab in it."),
        ({"note": "a\x07"}, "There is a control character in it."),
        ({"note": "x" * 2001}, "This is too long."),
        ({"status": "wished"}, "is no status"),
        ({"target_locale": "e s"}, "is no locale"),
        ({"source": "plage", "target": "playa"}, "The glossary has this term already."),
    ],
)
def test_what_makes_no_sense_is_said_on_the_page_with_what_was_typed(
    house: House, file: Path, typed: dict[str, str], said: str
) -> None:
    answer = save(house, "ed", **NEW | {"definition": "typed <b>long</b>"} | typed)
    assert answer.status_code == 422
    assert said in words(answer.text)
    kept = tree(answer.text).css_first("textarea[name=definition]")
    assert kept is not None
    assert kept.text() == "typed <b>long</b>"
    assert file.read_bytes() == TERMS.encode()


def test_who_may_not_change_a_language_changes_nothing(house: House, file: Path) -> None:
    for login in ("tom", "rita", "ines"):
        assert save(house, login, **NEW).status_code == 403
        assert save(house, login, "remove", **form(house, "ed", 3)).status_code == 403
    assert save(house, "elsa", **NEW | {"target_locale": "ar"}).status_code == 403
    assert save(house, "elsa", **form(house, "ed", 5) | {"target_locale": "es"}).status_code == 403
    kept = NEW | {"target_locale": "", "target": "", "status": "do-not-translate"}
    assert save(house, "elsa", **kept).status_code == 403
    assert house.stranger().post("/glossary/term", data={"what": "save", **NEW}).status_code == 401
    assert file.read_bytes() == TERMS.encode()
    assert save(house, "ed", **kept).status_code == 303


def test_another_site_cannot_send_the_form(house: House, file: Path) -> None:
    house.at("ed").get("/glossary")
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        for path in ("/glossary/term", "/glossary/suggestions"):
            answer = house.at("ed").post(path, data={"what": "accept", **NEW}, headers=headers)
            assert answer.status_code == 403
    assert file.read_bytes() == TERMS.encode()


def test_a_term_that_somebody_else_changed_meanwhile_is_shown_and_can_still_be_changed(
    house: House, file: Path
) -> None:
    typed = form(house, "elsa", 3) | {"note": "the capital only"}
    theirs = TERMS.replace('"not pueblo, ""never"""', "except in names").replace("required", "preferred")
    file.write_bytes(theirs.encode())
    answer = save(house, "elsa", **typed)
    assert answer.status_code == 409
    alert = tree(answer.text).css_first("[role=alert]")
    assert alert is not None
    told = words(alert.html or "")
    assert "What stands now: What is asked: better Note: except in names" in told
    again = {
        str(one.attributes["name"]): one.attributes.get("value") or ""
        for one in tree(answer.text).css("form.of-term input")
    }
    assert again["line"] == "3"
    assert save(house, "elsa", **typed | again).status_code == 303
    assert "fr,es,ville,ciudad,required,the capital only,Ada" in file.read_text("utf-8")


def test_a_change_to_a_file_that_changed_meanwhile_is_refused_and_what_was_typed_is_kept(
    house: House, file: Path
) -> None:
    typed = form(house, "elsa", 3) | {"target": "urbe"}
    meanwhile = TERMS.replace("# Decided", "# Above\r\n# Decided")
    file.write_bytes(meanwhile.encode())
    answer = save(house, "elsa", **typed)
    assert answer.status_code == 409
    assert "Somebody changed the glossary meanwhile" in words(answer.text)
    again = {
        str(one.attributes["name"]): one.attributes.get("value") or ""
        for one in tree(answer.text).css("form.of-term input")
    }
    assert (again["target"], again["line"]) == ("urbe", "4")
    assert file.read_bytes() == meanwhile.encode()
    assert save(house, "elsa", **typed | again).status_code == 303
    assert file.read_bytes() == meanwhile.replace("ciudad", "urbe").encode()

    typed = form(house, "elsa", 4) | {"target": "villa"}
    file.write_bytes(meanwhile.encode())
    answer = save(house, "elsa", **typed)
    assert answer.status_code == 409
    assert 'name="line" value=""' in answer.text
    assert save(house, "elsa", "remove", **typed).status_code == 409
    assert save(house, "elsa", **typed | {"base": ""}).status_code == 409
    assert file.read_bytes() == meanwhile.encode()


def test_a_term_that_is_not_there_is_no_page(house: House, file: Path) -> None:
    for asked in (
        "file=terms.csv&line=1",
        "file=terms.csv&line=99",
        "file=../../l10n.toml&line=1",
        "file=x&line=3",
    ):
        assert house.at("ed").get(f"/glossary/term?{asked}").status_code == 404
    outside = NEW | {"file": "../../l10n.toml", "line": "1", "base": "x"}
    assert save(house, "ed", **outside).status_code == 409
    assert save(house, "ed", **NEW | {"file": "../evil.csv"}).status_code == 303
    assert "informe" in file.read_text("utf-8")
    assert not list(house.ledger.project.root.rglob("evil.csv"))


@pytest.mark.usefixtures("file")
def test_script_in_any_field_comes_out_as_text(house: House) -> None:
    attack = dict.fromkeys(("source", "target", "definition", "note", "domain"), ATTACK)
    assert save(house, "ed", **NEW | attack).status_code == 303
    assert save(house, "ed", **NEW | {"source": "merci", "target": ATTACK, "note": ATTACK}).status_code == 303
    line = max(int(found) for found in re.findall(r"line=(\d+)", house.at("ed").get("/glossary").text)) - 1
    shown = [
        house.at("ed").get("/glossary").text,
        house.at("ed").get("/glossary?" + urlencode({"text": ATTACK})).text,
        house.at("ed").get(f"/glossary/term?file=terms.csv&line={line}").text,
        house.at("ed")
        .get("/glossary/term?" + urlencode(NEW | attack | {"source_locale": ATTACK, "status": ATTACK}))
        .text,
        save(house, "ed", **NEW | attack | {"source": "", "file": ATTACK, "line": "0", "base": ATTACK}).text,
        house.at("ed").get(house.address(MERCI)).text,
        house.at("ed").get("/glossary/suggestions?" + urlencode({"source": ATTACK, "target": ATTACK})).text,
    ]
    for text in shown:
        page = tree(text)
        assert not page.css("img[src=x]")
        assert not any("alert" in (one.text() or "") for one in page.css("script"))
        assert not any(name.startswith("on") for one in page.css("*") for name in one.attributes)
    assert "{{7*7}}" in shown[0]
    assert ATTACK in words(shown[0])


def test_rows_that_make_no_sense_are_told_to_those_who_may_mend_them(house: House, file: Path) -> None:
    file.write_text(TERMS + "\r\nfr,es,quai\r\n", "utf-8", newline="")
    assert "terms.csv:8" in listed(house)
    assert "terms.csv:8" not in listed(house, "tom")
    assert "3 terms" in listed(house)


# Suggestions


def approved(house: House) -> None:
    folder = house.ledger.project.root / "memory"
    folder.mkdir(exist_ok=True)
    said = {
        "Le conseil de rive se réunit.": "El consejo de ribera se reúne.",
        "Elle a écrit au conseil de rive.": "Ella escribió al consejo de ribera.",
        "Deux conseils de rive ont répondu.": "Dos consejos de ribera respondieron.",
        "Marta Brune arrive.": "Marta Brune llega.",
        "Hier Marta Brune est partie.": "Ayer Marta Brune se fue.",
        "Merci à Marta Brune.": "Gracias a Marta Brune.",
        "Enfin Marta Brune a parlé.": "Por fin Marta Brune habló.",
        "Le vent tombe.": "El viento cae.",
        "Il neige peu.": "Nieva poco.",
        "Nous partons.": "Nos vamos.",
    }
    units = "".join(
        f'<tu><tuv xml:lang="fr"><seg>{source}</seg></tuv><tuv xml:lang="es"><seg>{target}</seg></tuv></tu>'
        for source, target in said.items()
    )
    text = f'<tmx version="1.4"><header/><body>{units}</body></tmx>'
    (folder / "old.tmx").write_text(text, "utf-8")


def test_suggestions_are_accepted_or_declined_once(house: House, file: Path) -> None:
    approved(house)
    address = "/glossary/suggestions?source=fr&target=es"
    page = tree(house.at("elsa").get(address).text)
    found = {
        str(one.css_first("[name=source]").attributes["value"]): {  # type: ignore[union-attr]
            str(field.attributes["name"]): str(field.attributes["value"]) for field in one.css("input")
        }
        for one in page.css(".vocabulary form")
    }
    assert set(found) == {"conseil de rive", "Marta Brune"}
    assert "El consejo de ribera se reúne." in words(page.html or "")
    assert not tree(house.at("tom").get(address).text).css(".vocabulary form")

    def answer(login: str, what: str, source: str) -> int:
        sent = house.at(login).post("/glossary/suggestions", data={"what": what, **found[source]})
        return sent.status_code

    assert answer("tom", "accept", "conseil de rive") == 403
    assert answer("tom", "decline", "conseil de rive") == 403
    assert answer("elsa", "accept", "conseil de rive") == 303
    assert answer("elsa", "accept", "conseil de rive") == 422
    assert answer("elsa", "decline", "Marta Brune") == 303
    assert answer("elsa", "decline", "Marta Brune") == 303
    assert file.read_text("utf-8").endswith("fr,es,conseil de rive,consejo de ribera,preferred,,\n")
    declined = (file.parent / "declined.csv").read_text("utf-8")
    assert declined.splitlines()[1:] == ["fr,es,Marta Brune,Marta Brune,do-not-translate,,declined"]
    assert "Nothing is suggested." in words(house.at("elsa").get(address).text)
    assert "Brune" not in listed(house)
    assert house.at("tom").get(house.address(PLAGES)).status_code == 200


def test_a_project_without_a_glossary_begins_one(house: House) -> None:
    assert "There are no terms yet." in listed(house)
    assert save(house, "ed", **NEW).status_code == 303
    path = house.ledger.project.root / "glossary" / "terms.csv"
    assert path.read_text("utf-8").splitlines()[1:] == ["fr,es,rapport,informe,required,"]
