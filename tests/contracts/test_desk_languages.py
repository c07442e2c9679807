"""The interface in four languages: every text is in the catalogues, and right to left is real."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import polib
import pytest
from jinja2 import Environment, nodes

from l10n import formats
from l10n.formats.html import elements
from l10n.formats.text.writing import PAGE_BREAK
from tests.conftest import ROOT
from tests.desk_support import MERCI, PLAGES, House, tree, words
from workflow.web.interface_language import SPOKEN
from workflow.web.templating import Spoken, environment

TEMPLATES = ROOT / "templates" / "desk"
INLINE = b"""\
One **b** *e* ~~s~~ `c` and [l](https://a.example) ![i](b.png) <https://c.example> <a@b.example> here.
Two {{ name }} $$y$$ <b>u</b> x[^1] and so on.

[^1]: A note.
"""
TOLD = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def texts() -> set[str]:
    """Every text that the templates and modules of the web mark for translation."""
    return {text for path in sorted(TEMPLATES.glob("*.html")) for text in in_template(path)} | {
        text
        for path in (*(ROOT / "workflow" / "web").glob("*.py"), *(ROOT / "workflow" / "desk").glob("*.py"))
        for text in in_module(path)
    }


def in_template(path: Path) -> Iterator[str]:
    for call in environment().parse(path.read_text("utf-8")).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in {"_", "gettext", "ngettext"}:
            yield from (one.value for one in call.args[:1] if isinstance(one, nodes.Const))


def in_module(path: Path) -> Iterator[str]:
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "_":
            yield from (one.value for one in call.args if isinstance(one, ast.Constant))


def refusals() -> set[str]:
    """What people are refused with at the desk, and what they are told to do about it."""
    names = (
        "people.py",
        "states.py",
        *(f"web/{one.name}" for one in (ROOT / "workflow" / "web").glob("*.py")),
    )
    calls = (
        call
        for name in names
        if name != "web/app.py"  # what it says is for whoever starts the desk
        for call in ast.walk(ast.parse((ROOT / "workflow" / name).read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"Refused", "UsageError"}
    )
    told = (one for call in calls for one in (*call.args[:1], *(word.value for word in call.keywords)))
    return {one.value for one in told if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def catalogue(locale: str) -> dict[str, polib.POEntry]:
    found = polib.pofile(str(ROOT / "locales" / locale / "LC_MESSAGES" / "passerelle.po"))
    return {entry.msgid: entry for entry in found}


@pytest.mark.parametrize("locale", [locale for locale in SPOKEN if locale != "en"])
def test_every_text_of_the_desk_is_translated_with_its_names_kept(locale: str) -> None:
    known = catalogue(locale)
    asked = texts()
    assert len(asked) > 120
    missing = sorted(text for text in asked if text not in known or not known[text].translated())
    assert missing == []
    for text in asked:
        for said in [known[text].msgstr] if known[text].msgstr else known[text].msgstr_plural.values():
            assert set(TOLD.findall(said)) - {"%(num)s"} == set(TOLD.findall(text)) - {"%(num)s"}, text


@pytest.mark.parametrize("locale", [locale for locale in SPOKEN if locale != "en"])
def test_every_refusal_of_the_desk_is_translated(locale: str) -> None:
    known = catalogue(locale)
    assert len(refusals()) > 40
    assert sorted(text for text in refusals() if text not in known or not known[text].translated()) == []


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
    source, _, _ = Spoken("fr").get_source(Environment(autoescape=True), "sifting.html")
    assert "&lt;b class=&#34;x&#34;&gt;One check&lt;/b&gt; &amp; &#39;more&#39;" in source
    assert "<b class" not in source


@pytest.mark.parametrize("locale", [locale for locale in SPOKEN if locale != "en"])
def test_what_a_code_is_is_said_in_every_language(locale: str) -> None:
    known = catalogue(locale)
    found = formats.extract(INLINE, path="source.md", locale="en")
    labels = {code.label for _, segment in found.segments() for code in segment.codes}
    assert {"link", "image", "e-mail", "address", "footnote", "struck out"} <= labels
    labels |= {*elements.LABELS.values(), *elements.LOCKED.values(), PAGE_BREAK}
    assert sorted(one for one in labels if one not in known) == []
