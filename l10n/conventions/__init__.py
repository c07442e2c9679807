"""Conventions of languages (segmentation, quotes, numbers): one TOML file each, read on first use."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import tomli

from l10n.conventions.copied import Copied
from l10n.conventions.toml_values import text_of, values_of
from l10n.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Segmentation:
    """Word classes that decide whether a full stop ends a sentence.

    Abbreviations stand without their last dot and without spaces ("z.B").  One in small
    letters holds for every case, one with a capital only as written or all in capitals.

    ``leading`` ones lean on the next word and never end a sentence (titles, "cf");
    ``numbered`` ones do so only before a number ("p", "art"); ``trailing`` ones end a sentence
    only before a capital ("etc"), as do ``units`` after a number; ``inner`` ones only before a
    starter ("Inc", "a.m"), as do compounds with one of the ``endings`` ("Hauptstr").
    ``starters`` are words that often begin a sentence, written small, besides the function words.
    ``captions`` are words, written small, that with a number and a dot name what follows ("Figure 3. …").
    ``lettered`` are words, written small, for things of which each has a letter for its name ("plan B").
    ``ordinals`` says that a number with a dot is an ordinal ("3. Oktober"), ``syllabic`` that a word may
    have no vowel ("prst", "vlk"); where it may not, one without is an abbreviation.
    ``marks`` are terminators of this language besides those that end a sentence in every one.
    ``speech`` are verbs that say who spoke: after any quotation in scripts without small letters, in the
    others after a question or a cry ("…?" asked Ms. Roy).  ``speaker_first`` says that in these others a
    name may stand before the verb ("…?" Ms. Roy asked), as in English.
    ``whole`` keeps a paragraph in one piece: the script marks no sentence ends.
    """

    leading: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    trailing: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    inner: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    captions: frozenset[str] = frozenset()
    lettered: frozenset[str] = frozenset()
    ordinals: bool = False
    syllabic: bool = False
    marks: str = ""
    speech: frozenset[str] = frozenset()
    speaker_first: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Convention:
    """The conventions of one language.

    ``quotes`` are (opening, closing) pairs, the usual first.  ``tight`` are the marks that stand
    right behind a word, for languages of which that is known.  ``decimal`` and ``group`` are
    the marks of numbers.  ``function_words`` are the commonest short words, which tell a
    language from another of its script, and ``negation`` those that turn a sentence into its
    opposite.  ``phone_labels`` and ``cue_words`` recognise contact blocks, ``kickers`` what
    says that a text is a release ("press release"), ``offices`` who sends one, ``related`` the
    headings, in small letters, over a row of other articles, ``buttons`` what readers may press beside one
    (share, print).  ``cut_words`` says that a hyphen between small
    letters at a line's end cuts a word, since the language has few such compounds, and ``suspended`` are the
    words before which it stands for what two compounds share ("Ein- und Ausfahrt"), where that is known.
    ``hyphened`` are the parts of compounds that its spelling writes with a hyphen before or behind another
    part, whatever that is ("vice-", "-même").  ``closing`` are those of the function words that end a
    clause: verbs, in languages that put them last, and ``linking`` the words that go on with a sentence
    behind them ("and", "that").
    ``plural_forms`` is gettext's header value (CLDR's rules for whole numbers, in the forms of the gettext
    manual).  ``copied`` is what surrounds the words of a copied text, in whatever language these are.
    """

    language: str
    name: str
    english: str
    script: str
    direction: str
    plural_forms: str
    quotes: tuple[tuple[str, str], ...] = ()
    tight: str = ""
    decimal: str = "."
    group: tuple[str, ...] = ()
    function_words: frozenset[str] = frozenset()
    phone_labels: tuple[str, ...] = ()
    cue_words: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    kickers: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    cut_words: bool = False
    suspended: frozenset[str] = frozenset()
    hyphened: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    linking: frozenset[str] = frozenset()
    negation: frozenset[str] = frozenset()
    segmentation: Segmentation = field(default_factory=Segmentation)
    copied: Copied = field(default_factory=Copied)


# RFC 5646 section 2.1, without the irregular tags it keeps for history.
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*"
    r"(?:-[a-wy-z\d](?:-[a-z\d]{2,8})+)*"
    r"(?:-x(?:-[a-z\d]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)


# Other tags for a language that has a file (CLDR, languageAlias).
_SAME = {
    "arb": "ar",
    "cmn": "zh",
    "ekk": "et",
    "in": "id",
    "iw": "he",
    "lvs": "lv",
    "mo": "ro",
    "no": "nb",
    "pes": "fa",
    "prs": "fa",
}
# Codes of a kind of a language that are registered beside the language's own (CLDR's languageAlias for
# macrolanguages); all other three-letter codes of a language with two letters are not.
_REGISTERED = """
adp als arb ayr azj cls cmn cnr cwd drh drw ekk esk fat fuc gaz gug ike khk kmr knc kng kpv lvs npi ojg ory
pbu pes plt prp prs quz src swc swh tnf uzn ydd zsm zyb
"""
# A file is read to its function words much faster than it is parsed.
_FUNCTION_WORDS = re.compile(
    r'^script = "(\w+)"$.*?^function_words = """\n(.*?)"""$', re.MULTILINE | re.DOTALL
)


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a file of their own, in alphabetical order."""
    names = (entry.name for entry in Path(__file__).parent.iterdir())
    return tuple(sorted(name[:-5] for name in names if name.endswith(".toml") and name[0] != "_"))


@lru_cache(maxsize=256)
def load(locale: str) -> Convention:
    """The conventions for a BCP 47 tag: its language's, else what is known of its script.

    Raises ConfigError when the tag is not well formed.
    """
    match = _TAG.fullmatch(locale)
    if match is None:
        raise ConfigError(
            f"{locale!r} is not a well-formed language tag",
            remedy="Write a BCP 47 tag with hyphens, such as fr, pt-BR or zh-Hans.",
        )
    language, script, region = (
        match["language"].lower(),
        (match["script"] or "").title(),
        (match["region"] or "").upper(),
    )
    if _file_of(language) in languages():
        script = script or _scripts()["regions"].get(f"{language}-{region}", "")
        return _in_script(_shipped(language), script)
    return _fallback(language, script, region)


def registered(language: str) -> str:
    """The code a language is registered with: "ar" for "ara" (RFC 5646, section 2.2.1), else the same."""
    return language if len(language) != 3 or language in _REGISTERED.split() else _alias(language)


def _file_of(language: str) -> str:
    """The name of the file that a language has or would have."""
    known = _SAME.get(language, language)
    return known if len(known) != 3 or known in languages() else _alias(known)


@cache
def _alias(language: str) -> str:
    """The two-letter code of a three-letter one in CLDR, as Babel carries it; without one, the same."""
    from babel.core import get_global  # noqa: PLC0415  slow, rarely needed

    found = str(get_global("language_aliases").get(language, ""))
    return found if len(found) == 2 else language


@cache
def _shipped(language: str) -> Convention:
    name = f"{_file_of(language)}.toml"
    return parse(text_of(name), language, path=name)


@cache
def function_words(script: str) -> Mapping[str, frozenset[str]]:
    """The function words of each language of a script that has a file, in alphabetical order."""
    found = {name: _FUNCTION_WORDS.search(text_of(f"{name}.toml")) for name in languages()}
    return {
        name: frozenset(match[2].split()) for name, match in found.items() if match and match[1] == script
    }


@cache
def _scripts() -> dict[str, Any]:
    return tomli.loads(text_of("_scripts.toml"))


def _in_script(convention: Convention, script: str) -> Convention:
    """A language written in another script than its usual one.

    Its words are spelt in that where a rule for each letter does it, and left out otherwise.
    """
    usual = convention.script
    if script in {"", usual} or (script.startswith("Han") and usual.startswith("Han")):
        return convention if script in {"", usual} else replace(convention, script=script)
    there = replace(convention, script=script, direction=_direction(script))
    if letters := _scripts()["letters"].get(f"{convention.language}-{script}"):
        return _spelt(there, _letters(letters))
    return replace(there, function_words=frozenset(), segmentation=_of_script(script))


def _letters(listed: str) -> dict[int, str]:
    """What each letter becomes, small and capital."""
    pairs = [pair.split("=") for pair in listed.split()]
    return str.maketrans(dict(pairs) | {one.upper(): other.capitalize() for one, other in pairs})


def _spelt(convention: Convention, letters: dict[int, str]) -> Convention:
    """A convention with all its words in other letters."""
    classes = convention.segmentation
    return replace(
        convention,
        name=convention.name.translate(letters),
        segmentation=replace(classes, **_words_in(classes, letters)),
        **_words_in(convention, letters),
    )


def _words_in(noun: Convention | Segmentation, letters: dict[int, str]) -> dict[str, Any]:
    """The lists of words of a noun in other letters, by attribute."""
    kinds: dict[str, Callable[[Iterable[str]], Collection[str]]] = {
        "frozenset[str]": frozenset,
        "tuple[str, ...]": tuple,
    }
    return {
        attribute.name: kinds[str(attribute.type)](
            word.translate(letters) for word in getattr(noun, attribute.name)
        )
        for attribute in fields(noun)
        if attribute.type in kinds
    }


def _quotes(language: str) -> tuple[tuple[str, str], ...]:
    """The quotation marks of a language without a file."""
    marks = _quotation_marks().get(language, "“”‘’")
    return tuple(zip(marks[::2], marks[1::2], strict=True))


@cache
def _quotation_marks() -> dict[str, str]:
    return tomli.loads(text_of("_quotes.toml"))


@cache
def mail_fields() -> Mapping[str, frozenset[str]]:
    """What the fields at the head of an e-mail are called, by what they tell of it."""
    table = tomli.loads(text_of("_mail.toml"))
    return {kind: frozenset(re.split(r"\s*[|\n]\s*", listed.strip())) for kind, listed in table.items()}


def _direction(script: str) -> str:
    return "rtl" if script in _scripts()["right_to_left"] else "ltr"


def _of_script(script: str) -> Segmentation:
    table = _scripts()
    return Segmentation(
        leading=frozenset(table["leading"].get(script, "").split()),
        syllabic=True,
        marks=table["marks"].get(script, ""),
        whole=script in table["whole"],
    )


def _fallback(language: str, script: str, region: str) -> Convention:
    """What Unicode's CLDR, as Babel carries it, knows of a language that has no file here."""
    from babel.core import Locale, UnknownLocaleError, get_global  # noqa: PLC0415  slow, rarely needed
    from babel.messages.plurals import get_plural  # noqa: PLC0415  the same

    subtags = get_global("likely_subtags")
    known = _file_of(language)
    likely = str(subtags.get(f"{known}_{region}") or subtags.get(known, "")).split("_")
    script = script or next((part for part in likely if len(part) == 4 and part != known), "Latn")
    neutral = Convention(
        language,
        language,
        language,
        script,
        _direction(script),
        "nplurals=2; plural=(n != 1);",
        quotes=_quotes(language),
        group=(",",),
        segmentation=_of_script(script),
    )
    try:
        locale = Locale.parse("_".join(filter(None, (known, region))))
    except (UnknownLocaleError, ValueError):
        return neutral
    marks = locale.number_symbols.get("latn", {})
    return replace(
        neutral,
        name=locale.get_language_name(locale.language) or language,
        english=locale.get_language_name("en") or language,
        plural_forms=get_plural(locale).plural_forms,
        decimal=str(marks.get("decimal", ".")),
        group=(str(marks.get("group", ",")),),
    )


def parse(text: str, language: str, *, path: str) -> Convention:
    """The conventions a TOML file states.

    Raises ConfigError, naming ``path`` and the key, for bad TOML, a key that is unknown or
    missing, and a value of the wrong kind.
    """
    try:
        table = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise ConfigError(f"this is not TOML: {error}", path=path) from None
    word_classes, words_around = table.pop("segmentation", {}), table.pop("copied", {})
    segmentation = Segmentation(**values_of(Segmentation, word_classes, "segmentation.", path))
    copied = Copied(**values_of(Copied, words_around, "copied.", path))
    values = values_of(Convention, table, "", path, given={"language", "segmentation", "copied"})
    if missing := {"name", "english", "script", "direction", "plural_forms"} - values.keys():
        raise ConfigError(f"the key {min(missing)!r} is missing", path=path)
    return Convention(language=language, segmentation=segmentation, copied=copied, **values)


@cache
def theme_words() -> frozenset[str]:
    """What the themes of other programs for sites say in English, in small letters."""
    words: str = tomli.loads(text_of("_themes.toml"))["words"]
    return frozenset(word.strip() for line in words.strip().splitlines() for word in line.split(" | "))
