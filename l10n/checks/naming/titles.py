"""Whoever has a title in the source has it in the target: a minister who became a president."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import repeat

from l10n.checks.mismatches import Place, mismatch_findings, missing_finding
from l10n.checks.naming import transliteration
from l10n.checks.naming.gazetteer import named
from l10n.checks.naming.offices import left_out
from l10n.checks.pair import Pair
from l10n.checks.reading.arabic import LEANING
from l10n.checks.reading.data_files import table
from l10n.checks.reading.remembered import per_text
from l10n.checks.reading.scripts import CAPITAL, CASED, HAN
from l10n.checks.reading.words import lowered, spans, word_set
from l10n.model import Finding, Severity

_CODE = 2  # letters of that of a country
_FIRST = re.compile(r"[^\W\d_]+")
_CAPITAL = f"[{CAPITAL}]"
_PARTICLE = r"(?:[^\W\d_]{2,3}[ \u00a0-])?"
# A name of two words, right behind a title or behind what it is of.
_FULL_NAME = re.compile(
    rf"(?:,|[^.,;:!?]{{1,40}},)?[ \u00a0]{_CAPITAL}[^\W\d_]+[ \u00a0]{_PARTICLE}{_CAPITAL}"
)
# A name of two words a few words behind a title, and before a comma and a title.
_NAME_AFTER = re.compile(
    rf"[^.,;:!?]{{0,30}}?,?[ \u00a0]{_CAPITAL}[^\W\d_]+[ \u00a0]{_PARTICLE}{_CAPITAL}[^\W\d_]"
)
_NAME_BEFORE = re.compile(
    rf"{_CAPITAL}[\w-]+[ \u00a0]{_PARTICLE}{_CAPITAL}[\w-]+, (?:[^\W\d_]+[ '’]){{0,2}}\Z"
)
# Where English and Chinese write "deputy minister" in two words; pro- only of a rector: professor.
_DEPUTY = re.compile(
    r"\A(?:(?:vice|vize|вице|зам|sub)(?=[^\W\d_]{4})|pr[oó]r??(?=re[ckit]{1,2}t)|про(?=ректор))"
)
# What German writes on to the front of what somebody is: Chefgeologin, Sondergesandter.
_CHIEF = re.compile(r"\A(?:chef|ober|haupt|sonder|handels)(?=[^\W\d_]{5})")
_DEPUTY_BEFORE = re.compile(r"(?<![^\W\d_])(?:vice|вице|vize|pr[oó]|ex|экс)-\Z", re.IGNORECASE)
_DEPUTY_LENGTH = 6
_FAR = 60
_ANY = r"\w*"
_STEM = 4
_SHORTEST_HINT = 2
_POSSESSED = frozenset({"ar"})  # the first of the words of a title has "its" written on to it
_UNSPACED = frozenset({"zh"})
_ARABIC_FRONT = f"(?:[{LEANING}]|لل)?"
_ARABIC_FRONTS = ("", *LEANING, "لل")
_SEVERAL = re.compile(r"_|-(?![^\[]*\])|\(\?:-\|_\)")  # what stands between the words of a title
_CERTAIN = re.compile(r"[^\W\d_]*(?![?*{])")  # the letters at the head of an expression that it always has
_CHOICE = re.compile(r"\(\?:([^()]*)\)|\[([^\]]*)\]|(\w)\?")
_UNSURE = "unsure"
_NO_MINISTER = frozenset({"ar", "zh"})  # languages whose words for a head are never a minister's
_MINISTER = "minister"
_STATE = "president"  # what the head of a country is
# Titles that a word for the head of something, or for somebody who speaks for others, may stand for.
_BROAD = {
    _UNSURE: frozenset(
        {"prime_minister", "president", "director", "mayor", "governor", "rector", "dean", "minister"}
        | {"secretary_general", "commissioner", "coach", "captain", "bishop", "archbishop", "representative"}
        | {"chief_executive", "finance_director", "spokesperson", "coordinator", "curator", "commander"}
    ),
    "representative": frozenset({"spokesperson", "commissioner"}),
    "specialist": frozenset(),
}
# Offices that every language has a word for.
_OFFICES = _BROAD[_UNSURE] | {
    "ambassador",
    "chief_justice",
    "consul",
    "judge",
    "prosecutor",
    "senator",
    "spokesperson",
    "treasurer",
    "representative",
}
# Titles that a language often says with a verb, or with a word for a head.
_OTHERWISE = frozenset({"president", "director"})
# Titles of which one may stand for the other.
_NEAR = {
    "doctor": frozenset({"physician", "surgeon", "dentist", "teacher", "veterinarian"}),
    "conductor": frozenset({"director", "teacher"}),  # maestra
    "chief_executive": frozenset({"director", "president"}),
    "chief_justice": frozenset({"judge", "president", _UNSURE}),
    "film_director": frozenset({"director"}),
    "concertmaster": frozenset({"violinist"}),
    "agronomist": frozenset({"engineer"}),
    "harbour_master": frozenset({"captain", "director"}),
    "surgeon": frozenset({"physician"}),  # a flight surgeon
}


def run(check: str, pair: Pair) -> Iterator[Finding]:
    """A warning for a title that became another.

    A word for the head of something may stand for the title of any head, though not for a minister in a
    language that has no other word for one, and not for what somebody does: a judge, a nurse.
    """
    if not pair.is_between(_languages()):
        return
    source_language, target_language = pair.languages
    source, target = pair.source_plain.text, pair.target_plain.text
    source_titles = _named(source, source_language)
    if not source_titles:
        return
    target_titles = _named(target, target_language)
    if not target_titles:
        bare = list(_bare(check, pair, source_titles))
        yield from bare
        if bare:
            return
    lost = _without_counterpart(source_titles, source_language, target_titles, target_language)
    new = _without_counterpart(target_titles, target_language, source_titles, source_language)
    before_names = [
        title
        for title in new
        if _before_a_name(target, target_titles[title], pair, sure=title not in _BROAD or _MINISTER in lost)
    ]
    new = [title for title in new if title not in _BROAD or title in before_names]
    exact = [title for title in lost if title not in _BROAD]
    if not exact and before_names:
        # A word that stands for several titles, where somebody with a name is called by another.
        exact, new = lost, before_names
    yield from mismatch_findings(
        check,
        pair,
        [source_titles[title] for title in exact],
        [target_titles[title] for title in new],
        severity=Severity.WARNING,
    )
    if not new:
        # A word for a head, or for a specialist, stands for more titles than are listed.
        unsure = not _BROAD.keys().isdisjoint(target_titles.keys() - source_titles.keys())
        sure = () if unsure else _surely_gone(lost, target, target_language)
        ends = {end + 1 for _, end in source_titles.values()}  # behind one is its adjective: médica
        places = (source_titles[title] for title in sure)
        yield from left_out(check, pair, [place for place in places if place[0] not in ends])


def _surely_gone(lost: Sequence[str], text: str, language: str) -> Iterator[str]:
    """The titles without a counterpart in a text that it has no verb or other form for either."""
    headed = bool(lost) and _says_who_heads(text, language)
    for title in lost:
        said = title in _OTHERWISE or title == _UNSURE or (headed and title in _OFFICES)
        if not said and not _hinted(title, text, language):
            yield title


def _bare(check: str, pair: Pair, source_titles: Mapping[str, Place]) -> Iterator[Finding]:
    """A warning for the title of somebody with a name, where the target names no title of anybody."""
    language, script = pair.target_convention.language, pair.source_convention.script
    text = pair.source_plain.text
    if (script not in CASED and script not in HAN) or _says_who_heads(pair.target_plain.text, language):
        return
    for title, (start, end) in source_titles.items():
        if title not in _OFFICES or language not in table("titles")[title]:
            continue
        if _hinted(title, pair.target_plain.text, language):
            continue
        if script in CASED:
            before = text[max(0, start - _FAR) : start]
            attached = bool(_NAME_AFTER.match(text, end) or _NAME_BEFORE.search(before))
        else:
            attached = any(begin == end for begin, _ in transliteration.transcribed(text))
        if attached:
            yield missing_finding(check, pair, start, end)
            return


def _says_who_heads(text: str, language: str) -> bool:
    """Whether a verb says what a title would: who chairs the committee."""
    beginnings = tuple(table("persons")["heading"].get(language, "").split())
    if language in _UNSPACED:
        return any(word in text for word in beginnings)
    return any(word.startswith(beginnings) for word in word_set(text))


def _without_counterpart(
    titles: Mapping[str, Place], language: str, other_titles: Mapping[str, Place], other_language: str
) -> list[str]:
    """The titles of a text for which none of another text stands, though its language has a word for them."""
    return [
        title
        for title in titles
        if other_language in table("titles")[title]
        and not any(
            title == other
            or other in _NEAR.get(title, ())
            or title in _NEAR.get(other, ())
            or (other not in titles and title in _may_be(other, other_language))
            or (title not in other_titles and other in _may_be(title, language))
            for other in other_titles
        )
    ]


def _may_be(title: str, language: str) -> frozenset[str]:
    """The titles that a word for a head, or for somebody who speaks for others, may stand for."""
    titles = _BROAD.get(title, frozenset())
    return titles - {_MINISTER} if language in _NO_MINISTER else titles


def _before_a_name(text: str, place: Place, pair: Pair, *, sure: bool) -> bool:
    """Whether a title stands beside somebody's name; where a script has no capitals, ``sure`` ones may."""
    script = pair.target_convention.script
    if script in CASED:
        front = text[max(0, place[0] - _FAR) : place[0]]
        return _FULL_NAME.match(text, place[1]) is not None or _NAME_BEFORE.search(front) is not None
    if script in HAN and not sure:
        return any(start == place[1] for start, _ in transliteration.transcribed(text))
    return sure


def is_title(word: str, language: str) -> bool:
    """Whether a word is the title of somebody."""
    return language in _languages() and _title(lowered(word), language) is not None


@per_text
def _named(text: str, language: str) -> dict[str, Place]:
    """The titles that a text names, each with its first place."""
    first_places: dict[str, Place] = {}
    for title, place in _inside(text, language) if language in _UNSPACED else _of_words(text, language):
        state = title == _UNSURE and language == "ar" and _of_a_country(text, place[1], language)
        first_places.setdefault(_STATE if state else title, place)
    return first_places


def _inside(text: str, language: str) -> Iterator[tuple[str, Place]]:
    """The titles of a text without spaces."""
    if any(stem in text for stem in _stems(language)):
        for match in _every(language).finditer(text):
            yield match.lastgroup or "", match.span()


def _of_words(text: str, language: str) -> Iterator[tuple[str, Place]]:
    """The titles of several words, then those of one that stand in none of these."""
    words = word_set(text)
    taken: list[Place] = []
    begun = _fronts(language).keys() & words
    if begun:
        titles = frozenset(title for word in begun for title in _fronts(language)[word])
        for match in _rows(language, titles).finditer(lowered(text)):
            taken.append(match.span())
            yield match.lastgroup or "", match.span()
    if not any(map(_title, words, repeat(language))):
        return
    for word, start, end in spans(text):
        title = _title(word, language)
        if (
            title
            and (
                text[start - 1 : start] != "-"
                or _DEPUTY_BEFORE.search(text, max(0, start - _DEPUTY_LENGTH), start)
            )
            and not any(begin <= start < stop for begin, stop in taken)
        ):
            yield title, (start, end)


@lru_cache(maxsize=1 << 15)
def _title(word: str, language: str) -> str | None:
    """The title that a word in small letters is, or whose deputy; asked once of words that texts repeat."""
    word = _DEPUTY.sub("", word)
    title = _title_in_full(word, language)
    if title is None and language == "de" and _CHIEF.match(word):
        return _title_in_full(_CHIEF.sub("", word), language)
    return title


def _title_in_full(word: str, language: str) -> str | None:
    for title in _beginning_with(word[:1], language):
        if word.startswith(_beginnings(title, language)) and _single(title, language).fullmatch(word):
            return title
    return None


@cache
def _beginning_with(letter: str, language: str) -> tuple[str, ...]:
    """The titles that a word with some first letter may be."""
    return tuple(title for title, letters in _first_letters(language) if not letters.isdisjoint({"", letter}))


@cache
def _first_letters(language: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Each title with the letters that the words for it begin with."""
    return tuple(
        (title, frozenset(beginning[:1] for beginning in _beginnings(title, language)))
        for title in table("titles")
    )


def _of_a_country(text: str, at: int, language: str) -> bool:
    """Whether a country is named right behind a word: the head of Mali."""
    return any(
        name.start <= at + 1 < name.end and any(len(place) == _CODE for place in name.places)
        for name in named(text, language)
    )


@cache
def _every(language: str) -> re.Pattern[str]:
    """Any title of one word; each is a group."""
    return re.compile("|".join(f"(?P<{title}>{_either(title, language)})" for title in table("titles")))


@cache
def _single(title: str, language: str) -> re.Pattern[str]:
    """A title of one word.  One expression of all of them is slow to compile."""
    return re.compile(_either(title, language))


@cache
def _rows(language: str, titles: frozenset[str]) -> re.Pattern[str]:
    """Any of some titles of several words; each is a group."""
    expressions = (
        (title, _either(title, language, rows=True)) for title in table("titles") if title in titles
    )
    return re.compile("|".join(rf"(?P<{title}>(?<![\w-]){words}(?!\w))" for title, words in expressions))


def _either(title: str, language: str, *, rows: bool = False) -> str:
    """Any expression for a title that has one word, or several."""
    words = "|".join(_listed(title, language, rows=rows) or ["(?!)"])
    words = words.replace("_", r"[\s\u00a0]").replace("*", _ANY).replace(rf"\w{_ANY}", _ANY)
    return f"{_ARABIC_FRONT if language == 'ar' else ''}(?:{words})"


def _listed(title: str, language: str, *, rows: bool) -> list[str]:
    """The expressions for a title that have several words, or those that have one."""
    listed = table("titles")[title].get(language, "").split()
    return [expression for expression in listed if (_SEVERAL.search(expression) is not None) == rows]


@cache
def _fronts(language: str) -> dict[str, set[str]]:
    """The titles of several words by the first of these, as it may stand in a text."""
    by_first_word: dict[str, set[str]] = {}
    for title in table("titles"):
        for row in _listed(title, language, rows=True):
            for word in _leaning(_spelled(_SEVERAL.split(row)[0]), language):
                by_first_word.setdefault(word, set()).add(title)
    return by_first_word


def _hinted(title: str, text: str, language: str) -> bool:
    """Whether a word of a text begins as one for a title does, in a form that no list has: أمينها العام."""
    listed = _listed(title, language, rows=False)
    if language in _POSSESSED:
        listed = [*listed, *_listed(title, language, rows=True)]
    heads = {_CERTAIN.findall(words)[0] for words in listed}
    beginnings = _leaning(tuple(head for head in heads if len(head) > _SHORTEST_HINT), language)
    if language in _UNSPACED:
        return any(head in text for head in beginnings)
    return any(word.startswith(beginnings) for word in word_set(text))


@cache
def _beginnings(title: str, language: str) -> tuple[str, ...]:
    """What the words for a title begin with, as they may stand in a text."""
    listed = _listed(title, language, rows=False)
    return _leaning(tuple(_CERTAIN.findall(expression)[0] for expression in listed), language)


def _leaning(words: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Words with what Arabic may write on to their front."""
    fronts = _ARABIC_FRONTS if language == "ar" else ("",)
    return tuple(front + word for word in words for front in fronts)


def _spelled(word: str) -> tuple[str, ...]:
    """The words that an expression with an optional letter, or one of some, stands for."""
    choice = _CHOICE.search(word)
    if choice is None:
        return (word,)
    letters = choice[1].split("|") if choice[1] else list(choice[2]) if choice[2] else ["", choice[3]]
    return tuple(
        spelling
        for letter in letters
        for spelling in _spelled(f"{word[: choice.start()]}{letter}{word[choice.end() :]}")
    )


@cache
def _stems(language: str) -> tuple[str, ...]:
    """What the words begin with: a quick look."""
    expressions = (word for row in table("titles").values() for word in row.get(language, "").split())
    stems = {_FIRST.findall(word.replace(_ANY, ""))[0][:_STEM] for word in expressions}
    return tuple(stem for stem in stems if not any(stem != other and other in stem for other in stems))


@cache
def _languages() -> frozenset[str]:
    return frozenset(language for row in table("titles").values() for language in row)
