"""Words of the site that are missing in a language are English, and every one of them says so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from l10n import messages as texts
from l10n import project, site
from l10n.messages import Messages, messages
from l10n.site.texts import SiteTexts, site_texts
from tests import press_support
from tests.interface_texts import of_site
from workflow.cli import main

DAY = dt.date(2026, 9, 14)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("fr", "Rectifié le 14 septembre 2026."),
        ("fa", "اصلاح‌شده در ۱۴ سپتامبر ۲۰۲۶."),
        ("hi", "14 सितंबर 2026 को संशोधित।"),
        ("ja", "2026年9月14日に訂正。"),
        ("zh-MO", "2026年9月14日更正。"),
        ("en", "Corrected on 14 September 2026."),
        ("ru", "Исправлено 14 сентября 2026\u202fг."),
        ("sr", "Исправљено: 14. септембар 2026."),
        ("sr-Latn", "Ispravljeno: 14. septembar 2026."),
        ("he", "תוקן ב־14 בספטמבר 2026."),
        ("tr", "14 Eylül 2026 tarihinde düzeltildi."),
        ("ur", "14 ستمبر، 2026 کو تصحیح کی گئی۔"),
        ("th", "แก้ไขเมื่อวันที่ 14 กันยายน ค.ศ. 2026"),
        ("ml", '<span lang="en" dir="ltr">Corrected on 14 September 2026.</span>'),
    ],
)
def test_values_are_told_in_the_language_of_the_words(locale: str, said: str) -> None:
    assert site_texts(locale).say("Corrected on {date}.", date=DAY) == said


def test_names_are_listed_in_the_language_of_the_words() -> None:
    names = ("<Ana>", "Luis")
    assert site_texts("fi").say("Translated by {names}.", names=names) == (
        '<span lang="en" dir="ltr">Translated by <bdi>&lt;Ana&gt;</bdi> and <bdi>Luis</bdi>.</span>'
    )
    assert "<bdi>&lt;Ana&gt;</bdi> et <bdi>Luis</bdi>" in site_texts("fr").say(
        "Translated by {names}.", names=names
    )


def test_what_a_translation_says_is_escaped() -> None:
    said = SiteTexts("fr", Messages("fr", {"a {x}": "<b>{x}</b> & co"}))
    assert said.say("a {x}", x="<i>") == "&lt;b&gt;&lt;i&gt;&lt;/b&gt; &amp; co"


@pytest.fixture
def without_catalogues(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """An interface that speaks English only."""
    folder = texts.resources.folder
    messages.cache_clear()
    monkeypatch.setattr(
        texts.resources, "folder", lambda name: tmp_path / "none" if name == "locales" else folder(name)
    )
    yield
    messages.cache_clear()


@pytest.mark.usefixtures("without_catalogues")
def test_on_no_page_an_english_word_passes_for_one_of_the_page(tmp_path: Path) -> None:
    files = press_support.built(press_support.every_state(tmp_path / "press")).files
    said, patterns = set(), _patterns()
    for path, data in files.items():
        if not path.endswith(".html") or "/own/" in path:
            continue
        page = LexborHTMLParser(data.decode())
        for node in page.css("body *"):
            for text in (node.text(deep=False).strip(), node.attributes.get("aria-label") or ""):
                if found := next((each for each in patterns if each.fullmatch(text)), None):
                    said.add(found)
                    visible = text != node.attributes.get("aria-label")
                    assert _nearest(node, "lang") == "en", f"{path}: {text}"
                    assert not visible or _nearest(node, "dir") == "ltr", f"{path}: {text}"
    assert len(said) > 35


def _patterns() -> list[re.Pattern[str]]:
    told = {text for texts in of_site() for text in texts if text}
    return [re.compile(re.sub(r"\\\{\w+\\\}", "(?!\\{).+", re.escape(text))) for text in sorted(told)]


def _nearest(node: LexborNode, name: str) -> str:
    above: LexborNode | None = node
    while above is not None and above.tag != "-document":
        if value := above.attributes.get(name):
            return value
        above = above.parent
    return ""


_OWN = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Archive"
msgstr "Artxiboa"
"""


def test_a_project_has_texts_of_its_own_before_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project.create(tmp_path, name="Prentsa", source_locale="fr", locales=("eu", "fi"))
    assert site.without_texts(project.load(tmp_path)) == ("eu", "fi")
    (tmp_path / "releases" / "a").mkdir(parents=True)
    (tmp_path / "releases" / "a" / "source.md").write_text("# Un titre\n\nUn paragraphe.\n", "utf-8")
    (tmp_path / "releases" / "a" / "release.toml").write_text('date = 2026-01-01\nlocale = "fr"\n', "utf-8")
    built = site.build(project.load(tmp_path), as_of=press_support.NOW)
    assert b'<h2 id="archive">Archives</h2>' in built.files["fr/index.html"]
    for locale, text in (("eu", _OWN), ("fr", _OWN.replace("Artxiboa", "Le fonds"))):
        path = tmp_path / "locales" / locale / "LC_MESSAGES" / "passerelle.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    found = project.load(tmp_path)
    assert site.without_texts(found) == ("fi",)
    built = site.build_incremental(found, as_of=press_support.NOW)
    assert b'<h2 id="archive">Le fonds</h2>' in built.files["fr/index.html"]
    assert b"<h1>Communiqu\xc3\xa9s de presse</h1>" in built.files["fr/index.html"]
    assert site_texts("eu", tmp_path / "locales").say("Archive") == "Artxiboa"
    assert main(["-C", str(tmp_path), "publish"]) == 0
    said = capsys.readouterr().err
    assert "in fi the site's own words are English: locales/fi/LC_MESSAGES/passerelle.po" in said
    assert "in eu the site" not in said


def test_a_template_that_no_page_uses_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project.create(tmp_path, name="Prentsa", source_locale="fr", locales=("es",))
    own = tmp_path / "templates" / "site"
    own.mkdir(parents=True)
    (own / "year.html").write_text("{% extends 'base.html' %}{% include 'banner.html' %}", "utf-8")
    (own / "banner.html").write_text("<p>Here</p>", "utf-8")
    (own / "relaese.html").write_text("", "utf-8")
    assert main(["-C", str(tmp_path), "publish"]) == 0
    told = "no page uses templates/site/relaese.html, which is not called like one of ours:"
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("no page uses")]
    assert said == [f"{told} did you mean release.html?"]
