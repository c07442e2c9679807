"""The interface says everything in every language it has."""

from __future__ import annotations

import re
import shutil
import subprocess

import polib
import pytest

from l10n import resources
from l10n.messages import Messages, messages
from tests import interface_texts
from tests.interface_texts import catalogue_path

FORMS = {"ar": 6, "ca": 2, "de": 2, "es": 2, "fa": 2, "fr": 2, "hi": 2, "it": 2, "ja": 1, "ko": 1}
FORMS |= {"pt": 2, "ru": 3, "sw": 2, "zh": 1, "zh-Hant": 1}
FORMS |= {"bg": 2, "cs": 3, "da": 2, "el": 2, "he": 2, "hu": 1, "id": 1, "nl": 2, "pl": 3, "ro": 3}
FORMS |= {"sr": 3, "sr-Latn": 3, "sv": 2, "th": 1, "tr": 1, "uk": 3, "ur": 2, "vi": 1}
LOCALES = tuple(FORMS)
VALUE = re.compile(r"\{\w+\}")
PRESS_RELEASES = ("{count} press release in this language", "{count} press releases in this language")


def test_every_catalogue_of_the_interface_is_held_to_be_complete() -> None:
    found = resources.folder("locales").glob("*/LC_MESSAGES/passerelle.po")
    assert {path.parent.parent.name for path in found} == set(LOCALES)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_string_of_the_site_is_translated(locale: str) -> None:
    asked = interface_texts.of_site()
    assert len(asked) > 45
    known = {(entry.msgid, entry.msgid_plural): entry for entry in polib.pofile(str(catalogue_path(locale)))}
    for text in asked:
        entry = known.get(text)
        assert entry is not None, f"{text!r} is missing (make messages)"
        assert entry.translated(), f"{text!r} has no translation"
        if entry.msgid_plural:
            assert len(entry.msgstr_plural) == FORMS[locale]
        # A dual says two without a number.
        asks = set(VALUE.findall(entry.msgid))
        assert set(VALUE.findall(entry.msgstr)) == asks or entry.msgid_plural
        assert all(asks.issuperset(VALUE.findall(each)) for each in entry.msgstr_plural.values())


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext is not installed")
def test_gettext_accepts_the_catalogue(locale: str) -> None:
    command = ["msgfmt", "-c", "-o", "/dev/null", str(catalogue_path(locale))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("locale", "n", "form"),
    [
        ("fr", 0, "{count} communiqué de presse dans cette langue"),
        ("fr", 1, "{count} communiqué de presse dans cette langue"),
        ("fr", 2, "{count} communiqués de presse dans cette langue"),
        ("es", 0, "{count} comunicados de prensa en este idioma"),
        ("es", 1, "{count} comunicado de prensa en este idioma"),
        ("ar", 2, "بيانان صحفيان بهذه اللغة"),
        ("ar", 3, "{count} بيانات صحفية بهذه اللغة"),
        ("ar", 11, "{count} بيانًا صحفيًا بهذه اللغة"),
        ("ar", 100, "{count} بيان صحفي بهذه اللغة"),
        ("ru", 21, "{count} пресс-релиз на этом языке"),
        ("ru", 3, "{count} пресс-релиза на этом языке"),
        ("ru", 11, "{count} пресс-релизов на этом языке"),
        ("zh", 1, "本语言共有{count}篇新闻稿"),
        ("zh-TW", 1, "此語言共有{count}篇新聞稿"),
        ("ja", 2, "この言語のプレスリリース：{count}件"),
        ("hi", 0, "इस भाषा में {count} प्रेस विज्ञप्ति"),
        ("hi", 2, "इस भाषा में {count} प्रेस विज्ञप्तियाँ"),
        ("ca", 0, "{count} comunicats de premsa en aquesta llengua"),
        ("he", 1, "הודעה אחת לעיתונות בשפה זו"),
        ("he", 2, "{count} הודעות לעיתונות בשפה זו"),
        ("sr", 21, "{count} саопштење за штампу на овом језику"),
        ("sr-Latn", 5, "{count} saopštenja za štampu na ovom jeziku"),
        ("uk", 3, "{count} пресрелізи цією мовою"),
        ("uk", 12, "{count} пресрелізів цією мовою"),
        ("pl", 1, "{count} komunikat prasowy w tym języku"),
        ("pl", 21, "{count} komunikatów prasowych w tym języku"),
        ("pl", 22, "{count} komunikaty prasowe w tym języku"),
        ("cs", 4, "{count} tiskové zprávy v tomto jazyce"),
        ("cs", 5, "{count} tiskových zpráv v tomto jazyce"),
        ("ro", 19, "{count} comunicate de presă în această limbă"),
        ("ro", 20, "{count} de comunicate de presă în această limbă"),
        ("ro", 101, "{count} comunicate de presă în această limbă"),
        ("tr", 3, "Bu dilde {count} basın bülteni"),
        ("fi", 1, PRESS_RELEASES[0]),
        ("fi", 0, PRESS_RELEASES[1]),
    ],
)
def test_a_number_takes_the_form_of_its_language(locale: str, n: int, form: str) -> None:
    assert messages(locale).ngettext(*PRESS_RELEASES, n) == form


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("fr-CA", "Langues"),
        ("zh-Hans", "语言"),
        ("zh-Hans-SG", "语言"),
        ("zh-Hant", "語言"),
        ("zh-Hant-HK", "語言"),
        ("zh-TW", "語言"),
        ("zh-HK", "語言"),
        ("zh-MO", "語言"),
        ("fa-AF", "زبان‌ها"),
        ("pt-BR", "Línguas"),
        ("sr-RS", "Језици"),
        ("sr-Cyrl", "Језици"),
        ("sr-Latn-RS", "Jezici"),
        ("sr-ME", "Jezici"),
        ("he-IL", "שפות"),
        ("nl-BE", "Talen"),
        ("ru-Latn", "Languages"),
        ("ar-Latn-EG", "Languages"),
    ],
)
def test_a_regional_locale_speaks_its_language_in_its_script(locale: str, said: str) -> None:
    assert messages(locale).gettext("Languages") == said


@pytest.mark.parametrize("locale", ["fi", "en", "../fr", "fr/../fr", "", "x-fr", "x" * 300])
def test_a_language_without_a_catalogue_speaks_english(locale: str) -> None:
    assert messages(locale).gettext("Languages") == "Languages"


def test_what_is_not_in_the_catalogue_is_said_in_english() -> None:
    assert messages("fr").gettext("never translated") == "never translated"
    assert Messages("xx").ngettext("one", "many", 1) == "one"
