"""The interface says everything in every language it has."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract_from_dir

from l10n import resources
from l10n.messages import Messages, messages

LOCALES = ("fr", "es", "ar", "ru", "zh", "pt", "de", "it")
FORMS = {"fr": 2, "es": 2, "ar": 6, "ru": 3, "zh": 1, "pt": 2, "de": 2, "it": 2}
PRESS_RELEASES = ("{count} press release in this language", "{count} press releases in this language")


def _asked() -> set[str | tuple[str, ...]]:
    """Every string that the site's templates and its code ask for."""
    found = extract_from_dir(
        str(resources.folder("templates") / "site"), method_map=[("**.*", "jinja2.ext:babel_extract")]
    )
    return {"Press releases", *(text for _, _, text, _, _ in found)}


def _path(locale: str) -> Path:
    return resources.folder("locales") / locale / "LC_MESSAGES" / "passerelle.po"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_string_of_the_site_is_translated(locale: str) -> None:
    asked = _asked()
    assert len(asked) > 10
    known = {(entry.msgid, entry.msgid_plural): entry for entry in polib.pofile(str(_path(locale)))}
    for text in asked:
        entry = known.get((text, "") if isinstance(text, str) else text)
        assert entry is not None, f"{text!r} is missing"
        assert entry.translated(), f"{text!r} has no translation"
        if entry.msgid_plural:
            assert len(entry.msgstr_plural) == FORMS[locale]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext is not installed")
def test_gettext_accepts_the_catalogue(locale: str) -> None:
    done = subprocess.run(
        ["msgfmt", "-c", "-o", "/dev/null", str(_path(locale))], capture_output=True, text=True, check=False
    )
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
        ("sw", 1, PRESS_RELEASES[0]),
        ("sw", 0, PRESS_RELEASES[1]),
    ],
)
def test_a_number_takes_the_form_of_its_language(locale: str, n: int, form: str) -> None:
    assert messages(locale).ngettext(*PRESS_RELEASES, n) == form


def test_a_regional_locale_speaks_its_language() -> None:
    assert messages("fr-CA").gettext("Languages") == "Langues"


@pytest.mark.parametrize("locale", ["sw", "en", "../fr", "fr/../fr", "", "x" * 300])
def test_a_language_without_a_catalogue_speaks_english(locale: str) -> None:
    assert messages(locale).gettext("Languages") == "Languages"


def test_what_is_not_in_the_catalogue_is_said_in_english() -> None:
    assert messages("fr").gettext("never translated") == "never translated"
    assert Messages("xx").ngettext("one", "many", 1) == "one"
