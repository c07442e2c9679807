"""The interface in four languages: every text is in the catalogues, and right to left is real."""

from __future__ import annotations

import re
from gettext import NullTranslations

import polib
import pytest
from jinja2 import Environment

from l10n.messages import INTERFACE_LANGUAGES
from l10n.review_routing import Reason
from tests import interface_texts
from tests.desk_support import MERCI, PLAGES, House, tree, words
from workflow.web import markup
from workflow.web.interface_language import use_language
from workflow.web.templating import Spoken

TOLD = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def catalogue(locale: str) -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for entry in polib.pofile(str(interface_texts.catalogue_path(locale)))}


@pytest.mark.parametrize("locale", [locale for locale in INTERFACE_LANGUAGES if locale != "en"])
def test_every_text_of_the_desk_is_translated_with_its_names_kept(locale: str) -> None:
    asked = interface_texts.of_desk()
    assert len(asked) > 120
    assert interface_texts.untranslated(locale, asked) == []
    known = catalogue(locale)
    for text, _ in asked:
        for said in [known[text].msgstr] if known[text].msgstr else known[text].msgstr_plural.values():
            assert set(TOLD.findall(said)) - {"%(num)s"} == set(TOLD.findall(text)) - {"%(num)s"}, text


@pytest.mark.parametrize("locale", [locale for locale in INTERFACE_LANGUAGES if locale != "en"])
def test_every_refusal_of_the_desk_is_translated(locale: str) -> None:
    asked = interface_texts.of_refusals()
    assert len(asked) > 40
    assert interface_texts.untranslated(locale, asked) == []


def test_french_never_begins_a_line_with_the_sign_that_ends_a_clause() -> None:
    texts = [text for one in catalogue("fr").values() for text in (one.msgstr, *one.msgstr_plural.values())]
    assert [text for text in texts if re.search(" [:;?!»]|« ", text)] == []


def test_the_interface_speaks_as_the_browser_asks_and_as_somebody_chose(house: House) -> None:
    tom = house.at("tom")
    spoken = {
        "fr-CA,fr;q=0.9,en;q=0.1": "fr",
        "de,ar;q=0.8,en;q=0.5": "ar",
        "de": "en",
        "fr;q=0": "en",
        ";;q=x,,": "en",
        "": "en",
    }
    for header, locale in spoken.items():
        shown = tree(tom.get("/", headers={"accept-language": header}).text).css_first("html")
        assert shown is not None
        assert shown.attributes["lang"] == locale, header
        assert shown.attributes["dir"] == ("rtl" if locale == "ar" else "ltr")
    answer = tom.post("/language", data={"language": "es", "onward": "//evil"})
    assert answer.headers["location"] == "/"
    assert "Lo que le espera" in words(tom.get("/", headers={"accept-language": "fr"}).text)
    tom.post("/language", data={"language": "../../etc"})
    assert "Lo que le espera" in words(tom.get("/").text)


def test_findings_and_refusals_speak_it_too(house: House) -> None:
    rita = house.at("rita")
    rita.post("/language", data={"language": "fr"})
    told = rita.post(
        house.address(PLAGES) + "/findings", data={"target": "La ciudad tiene 27 playas."}
    ).json()
    assert "source" in told["findings"][0]["message"]
    assert "cible" in told["findings"][0]["message"]
    data = {"action": "save", "target": "", "base": ""}
    assert "Il n’y a rien à enregistrer" in words(rita.post(house.address(MERCI), data=data).text)
    wrong = {"action": "approve", "target": "La ciudad tiene 27 playas.", "base": ""}
    alert = tree(rita.post(house.address(PLAGES), data=wrong).text).css_first(".notice.error")
    assert alert is not None
    assert "source" in alert.text()
    assert "is not in" not in alert.text()
    assert "cible" in alert.text()
    assert rita.post(house.address(PLAGES) + "/decision", data=wrong).json()["message"] in words(alert.text())
    assert "n’existe pas" in words(rita.get("/nowhere").text)


@pytest.mark.parametrize("theme", ["light", "dark", "system"])
def test_a_theme_is_chosen_without_scripts_and_stays(house: House, theme: str) -> None:
    browser = house.at("rita")
    assert 'data-theme="system"' in browser.get("/").text
    answer = browser.post("/theme", data={"theme": theme, "onward": "/progress"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/progress")
    assert f'data-theme="{theme}"' in browser.get("/progress").text
    browser.post("/theme", data={"theme": "<b>", "onward": "//elsewhere"})
    assert f'data-theme="{theme}"' in browser.get("/").text


def test_a_text_of_a_catalogue_is_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    class Hostile(NullTranslations):
        def gettext(self, message: str) -> str:
            return f"<b class=\"x\">{message}</b> & 'more'"

    monkeypatch.setattr("workflow.web.templating.messages", lambda _language: Hostile())
    source, _, _ = Spoken("fr").get_source(Environment(autoescape=True), "filters.html")
    assert "&lt;b class=&#34;x&#34;&gt;One check&lt;/b&gt; &amp; &#39;more&#39;" in source
    assert "<b class" not in source


@pytest.mark.parametrize("locale", [locale for locale in INTERFACE_LANGUAGES if locale != "en"])
def test_what_a_code_is_is_said_in_every_language(locale: str) -> None:
    asked = interface_texts.of_codes()
    assert {"link", "image", "e-mail", "address", "footnote", "struck out"} <= {label for label, _ in asked}
    assert interface_texts.untranslated(locale, asked) == []


def test_values_in_a_finding_keep_their_signs_where_the_interface_runs_from_right_to_left(
    house: House,
) -> None:
    asked = f"{house.address(PLAGES)}/findings"
    for locale, isolated in (("ar", True), ("fr", False)):
        answer = house.at("tom").post(
            asked, data={"target": "La ciudad tiene 62 playas."}, headers={"accept-language": locale}
        )
        (message,) = (one["message"] for one in answer.json()["findings"] if one["check"] == "numbers")
        assert ("\u206826\u2069" in message) is isolated, message


def test_values_in_a_reason_keep_their_signs_where_the_interface_runs_from_right_to_left() -> None:
    reason = Reason("a draft by {engine}", (("engine", "de[f]"),))
    for locale, isolated in (("ar", True), ("fr", False)):
        with use_language(locale):
            assert ("\u2068de[f]\u2069" in markup.reason(reason)) is isolated, locale


def test_a_plan_that_cannot_be_read_is_named_and_what_is_said_in_english_is_marked(house: House) -> None:
    link = house.at("ed").post("/publishing/tanger", data={"what": "link"}).text
    shared = re.search(r"/shared/[^\"]+", link)
    assert shared
    plan = house.ledger.project.root / "releases" / "tanger" / "release.toml"
    plan.write_text('locale = "fr"\nlocales = [\n', "utf-8")
    arabic = {"accept-language": "ar"}
    for path in ("/", "/publishing", "/publishing/tanger", "/releases/tanger/es"):
        page = tree(house.at("ed").get(path, headers=arabic).text)
        said = [one.text() for one in page.css("main [lang=en][dir=ltr]")]
        assert any("TOML" in one for one in said), path
        assert [one.text() for one in page.css("main code[dir=ltr]")] == ["releases/tanger/release.toml:3"]
    assert house.at("ed").get("/publishing").status_code == 200
    told = house.stranger().get(shared[0])
    assert told.status_code == 500
    assert "release.toml" not in told.text
