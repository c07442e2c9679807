"""Every language's file says what the rest of the system needs, and a mistake in one is named."""

from __future__ import annotations

import gettext
import string
from dataclasses import fields

import pytest

from l10n import conventions
from l10n.conventions import copied
from l10n.errors import ConfigError

GOOD = (
    'name = "X"\nenglish = "X"\nscript = "Latn"\ndirection = "ltr"\nplural_forms = "nplurals=1; plural=0;"\n'
)
RIGHT_TO_LEFT = {"Arab", "Hebr", "Syrc", "Thaa"}


@pytest.fixture(params=conventions.languages())
def convention(request: pytest.FixtureRequest) -> conventions.Convention:
    return conventions.load(request.param)


def test_the_promised_languages_are_there() -> None:
    assert {"ar", "de", "en", "es", "fr", "it", "pt", "ru", "zh"} <= set(conventions.languages())


def test_quotes_have_two_marks(convention: conventions.Convention) -> None:
    assert convention.quotes
    assert all(len(opening) == len(closing) == 1 for opening, closing in convention.quotes)


def test_plural_forms_are_gettexts(convention: conventions.Convention) -> None:
    count, formula = convention.plural_forms.rstrip(";").split("; plural=")
    index = gettext.c2py(formula)
    assert {index(number) for number in range(1000)} == set(range(int(count.removeprefix("nplurals="))))


def test_direction_is_that_of_the_script(convention: conventions.Convention) -> None:
    assert convention.direction == ("rtl" if convention.script in RIGHT_TO_LEFT else "ltr")


def test_numbers_have_distinct_marks(convention: conventions.Convention) -> None:
    assert len(convention.decimal) == 1
    assert convention.group
    assert convention.decimal not in convention.group


def test_function_words_tell_languages_apart(convention: conventions.Convention) -> None:
    assert 40 <= len(convention.function_words) <= 80
    assert all(word == word.lower() for word in convention.function_words)


def test_function_words_are_read_without_the_rest(convention: conventions.Convention) -> None:
    assert conventions.function_words(convention.script)[convention.language] == convention.function_words


def test_contact_words_are_there(convention: conventions.Convention) -> None:
    assert convention.phone_labels
    assert convention.cue_words
    assert all(words == words.lower() for words in convention.cue_words)


def test_abbreviations_stand_without_their_last_dot(convention: conventions.Convention) -> None:
    classes = convention.segmentation
    for words in (classes.leading, classes.numbered, classes.trailing, classes.units, classes.inner):
        assert not any(word.endswith((".", ",")) or word in string.punctuation for word in words)


def test_no_abbreviation_is_in_two_classes(convention: conventions.Convention) -> None:
    classes = convention.segmentation
    lists = [classes.leading, classes.numbered, classes.trailing, classes.inner]
    assert sum(map(len, lists)) == len(frozenset().union(*lists))


@pytest.mark.parametrize(
    ("tag", "script", "direction"),
    [
        ("pt-BR", "Latn", "ltr"),
        ("zh-Hans", "Hans", "ltr"),
        ("zh-Hant-TW", "Hant", "ltr"),
        ("FR-ca", "Latn", "ltr"),
        ("ar-EG", "Arab", "rtl"),
        ("he", "Hebr", "rtl"),
        ("fa-IR", "Arab", "rtl"),
        ("uk", "Cyrl", "ltr"),
        ("az-Arab", "Arab", "rtl"),
        ("tlh", "Latn", "ltr"),
        ("und", "Latn", "ltr"),
        ("de-1996-x-house", "Latn", "ltr"),
    ],
)
def test_any_well_formed_tag_gives_something_sane(tag: str, script: str, direction: str) -> None:
    found = conventions.load(tag)
    assert (found.script, found.direction) == (script, direction)
    assert found.language == tag.partition("-")[0].lower()
    assert found.name
    assert found.quotes
    assert found.plural_forms.startswith("nplurals=")


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("no", "nb"),
        ("no-NO", "nb"),
        ("iw", "he"),
        ("in", "id"),
        ("cmn", "zh"),
        ("arb", "ar"),
        ("prs", "fa"),
        ("mo", "ro"),
        ("ara", "ar"),
        ("deu-AT", "de"),
        ("ger", "de"),
        ("swh", "sw"),
    ],
)
def test_another_tag_for_a_language_finds_its_file(tag: str, language: str) -> None:
    assert conventions.load(tag).segmentation == conventions.load(language).segmentation
    assert conventions.load(tag).language == tag.partition("-")[0]


@pytest.mark.parametrize(
    ("language", "known"),
    [("ara", "ar"), ("fre", "fr"), ("mon", "mn"), ("khk", "khk"), ("fil", "fil"), ("ar", "ar")],
)
def test_a_language_is_registered_with_its_shortest_code(language: str, known: str) -> None:
    assert conventions.registered(language) == known


@pytest.mark.parametrize("tag", ["mn", "mon", "khk"])
def test_what_cldr_knows_of_a_language_is_found_by_each_of_its_codes(tag: str) -> None:
    assert conventions.load(tag).script == "Cyrl"


@pytest.mark.parametrize("tag", ["sr-Latn", "sr-ME", "sr-Latn-RS"])
def test_a_language_of_two_scripts_has_its_words_in_either(tag: str) -> None:
    found = conventions.load(tag)
    assert (found.script, found.name, found.direction) == ("Latn", "Srpski", "ltr")
    assert {"je", "što", "takođe"} <= found.function_words
    assert {"dr", "tj", "gđa"} <= found.segmentation.inner | found.segmentation.leading
    assert "saopštenje za medije" in found.kickers
    assert "Tel" in found.phone_labels


@pytest.mark.parametrize(
    "tag", ["", "f", "pt_BR", "fr-", "-fr", "français", "../fr", "fr\n", "x", "123", "fr/../en"]
)
def test_a_tag_that_is_not_well_formed_is_refused(tag: str) -> None:
    with pytest.raises(ConfigError, match="not a well-formed language tag"):
        conventions.load(tag)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('desimal = ","\n' + GOOD, "unknown key 'desimal'"),
        (GOOD + '[segmentation]\nleadin = "Dr"\n', "unknown key 'segmentation.leadin'"),
        (GOOD + '[copied]\ncookie = ["x"]\n', "unknown key 'copied.cookie'"),
        (GOOD + '[copied]\nends = "END"\n', "'copied.ends' should be a list of texts"),
        (GOOD + 'copied = "END"\n', "'copied' should be a table"),
        (GOOD + 'language = "xx"\n', "unknown key 'language'"),
        (GOOD + "decimal = 1\n", "'decimal' should be a text"),
        (GOOD + 'quotes = [["«"]]\n', "'quotes' should be a list of pairs"),
        (GOOD + 'group = ","\n', "'group' should be a list of texts"),
        (GOOD + 'function_words = ["a"]\n', "'function_words' should be words in one text"),
        (GOOD + "[segmentation]\nordinals = 1\n", "'segmentation.ordinals' should be true or false"),
        (GOOD + "segmentation = 1\n", "'segmentation' should be a table"),
        (GOOD.replace('name = "X"\n', ""), "the key 'name' is missing"),
        ("name = \n", "this is not TOML"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_key(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        conventions.parse(text, "xx", path="xx.toml")
    assert caught.value.path == "xx.toml"
    assert message in caught.value.message


def test_the_words_around_copied_texts_are_read_without_the_rest(convention: conventions.Convention) -> None:
    everywhere = copied.everywhere()
    assert convention.name.casefold() in everywhere.names
    for attribute in fields(convention.copied):
        assert set(getattr(convention.copied, attribute.name)) <= set(getattr(everywhere, attribute.name))
