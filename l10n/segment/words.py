"""What kind of word stands before a full stop, and what follows it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from l10n.conventions import Convention


class Before(Enum):
    """How the word before a full stop bears on it; see ``Segmentation`` for the classes."""

    PLAIN = "plain"
    LEADING = "leading"
    NUMBERED = "numbered"
    TRAILING = "trailing"
    INNER = "inner"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word classes of a language, ready to be asked.

    ``listed`` has every abbreviation but the units; ``starters`` have the function words too,
    where they are written with a capital at the start or nothing else is known.
    ``captions`` and ``lettered`` are in small letters.
    """

    listed: Mapping[str, Before]
    units: frozenset[str]
    starters: frozenset[str]
    function_words: frozenset[str]
    captions: frozenset[str]
    lettered: frozenset[str]
    ordinals: bool
    vowelless: re.Pattern[str] | None
    endings: tuple[str, ...]
    cased: bool


@lru_cache(maxsize=32)
def lexicon(convention: Convention) -> Lexicon:
    """The word classes of a convention."""
    classes = convention.segmentation
    listed: dict[str, Before] = {}
    for words, kind in (
        (classes.inner, Before.INNER),
        (classes.trailing, Before.TRAILING),
        (classes.numbered, Before.NUMBERED),
        (classes.leading, Before.LEADING),
    ):
        listed.update((word.upper(), kind) for word in words if len(word) > 1 and not word.islower())
        listed.update((word, kind) for word in words)
    starters = classes.starters
    cased = convention.script in CASED
    if not starters or cased:
        starters |= convention.function_words
    return Lexicon(
        listed,
        classes.units,
        starters,
        convention.function_words,
        classes.captions,
        classes.lettered,
        classes.ordinals,
        None if classes.syllabic else _vowelless(convention.script),
        tuple(classes.endings),
        cased,
    )


def _vowelless(script: str) -> re.Pattern[str] | None:
    """Words of several letters without a vowel: "Hbf", "млрд"."""
    if (letters := CONSONANTS.get(script)) is None:
        return None
    return re.compile(rf"(?!.*(.)(?i:\1)$|(?i:{ACRONYMS})$)(?i:[{letters}])[{letters}]+")


_REACH = 24
_INDIC = re.compile("[\u0900-\u0dff]")  # spells initials out: "एस.एम."
# Letters of which none is a word by itself, or only a function word.
UNCASED = "[\u05d0-\u05ea\u0621-\u064a\u0671-\u06d3\u0904-\u0939\u0985-\u09b9]"
CASED = frozenset({"Armn", "Cyrl", "Grek", "Latn"})
URDU_STOP = "\u06d4"
_AND = "\u0648"  # Arabic writes "and" on to the next word
# A straight quotation mark between Hebrew letters stands for gershayim; Chinese and Japanese have no spaces.
_TOKEN = re.compile(
    r"(?s:.*(?:[\s“”«»„‘‚‹›()\[\]{}<>,;:!?…\\|*_•–—~+\u3001-\u30ff\u3400-\u9fff（，：；-]"
    r"|(?<![\u05d0-\u05ea])\"|\"(?![\u05d0-\u05ea])))?(.*)"
)
_GLUED = re.compile(r"(?<=[\u0590-\u0dff])[A-Za-z]+$")  # after a prefix that is written on to it: "وMr"
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W_]{1,2}\.\s?){1,4}[^\W_]{1,2}$")
_NEXT_PART = re.compile(r"\s?([^\W\d_]{1,4})\.")
_NUMBER = re.compile(r"\.\s*\d")
_NUMBERED = re.compile(r"(?<!\w)([^\W\d_]{1,8})(?:\.\s?|(?<=\w\w)\s)$")
_ROMAN_ORDINAL = re.compile(r"[IVX]{2,}")
_YEAR_FIRST = re.compile(r"\d{4}\.\d{1,2}\.\d{1,2}")
_MONTH_AND_DAY = re.compile(r"\.\s?(?:1[0-2]|0?[1-9])\.\s?\d{1,2}(?!\d)")
_DOTTED = re.compile(r"[^\W\d_]{1,3}(?:\.-?[^\W\d_]{1,3})+")
_SCALED = re.compile(r"\d[ \u00a0\u202f](?:[^\W\d_]{2,4}\.|m[lr][dn]|млн|млрд|трлн|тис|тыс)$")
_GAP = re.compile(r"\s")
_RAISED = ("ª", "º")
_LETTERS = re.compile(r"[^\W\d_]+$")
_ROMAN = re.compile(r"[IVXLCDM]{2,}")
# No word is spelt with the consonants of its script alone, unless r or l is a syllable.  What is said ("hmm",
# "pff") ends in two of one, and some acronyms are words.
CONSONANTS = {
    "Cyrl": "б-джзй-нп-тф-щь",
    "Grek": "β-δζθκ-ξπ-τφ-ψ",
    "Latn": "b-df-hj-np-tv-xzßçćčďđğłñńňřśşšťźżž",
}
ACRONYMS = "cd|css|dvd|gps|gsm|html|http|pc|pdf|php|sms|svg|tv|usb|wc|xml"
_GROUPED = re.compile(r"\d[:\u00a0\u202f ]$")
# Vowels and signs on a letter that are no letters to `re`: of Hebrew, Arabic and the scripts of India.
_MARKS = (
    r"\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957"
    r"\u0962\u0963\u0981-\u0983\u09bc\u09be-\u09cd\u09d7"
)
_FIRST = re.compile(r"[\s\"'«»“”„‘’‚‹›(\[{¿¡*•·–—―-]{0,8}([^\W_](?:\.|(?:\w|[" + _MARKS + "])*))?")
_LABEL = re.compile(
    r"\d{1,4}|\d{1,2}[A-Za-z]|[ivx]{1,4}|[IVX]{1,4}"
    r"|[^\W\d_](?:\. ?[^\W\d_])?|(?:\d{1,3}|[A-Z])(?:\.\d{1,3}){1,4}"
)
_LONGEST_LABEL = 12
_PLAIN_LENGTH = 5
_CAPTION = re.compile(
    r"([^\s\d.]{3,14}) ((?:[A-Z]\.)?\d{1,4}(?:[A-Za-z]|(?:\.\d{1,3})*)|[IVX]{1,5}|[A-Z])"
    r"|\d{1,3}\.? ([^\s\d.]{3,14})"
)
_LONGEST_CAPTION = 28
_SOFT_HYPHEN = "\u00ad"
_SMALL = re.compile(r"(?<![^\s\"'“”«»„‘’‚‹›(\[—–-])(?:[^\W\d_]|\u00ad)+$")
_CAPITAL = re.compile(r"[¿¡]?((?:[^\W\d_]|\u00ad)+)(?=[\s,;:!?…’'\"”»)\]—–]|\.(?:\s|$)|-[^\W\d_]|$)")
# What names of files and addresses end in where somebody wrote it with a capital.
_EXTENSIONS = frozenset({"Docx", "Html", "Info", "Java", "Json", "Xlsx"})
_COLON = re.compile(r"(?<!\d):\s?$")
_BULLET = re.compile(r"[•·‣⁃▪◦;؛]\s?$")


def ends_plainly(text: str, at: int, end: int, words: Lexicon) -> bool:
    """Whether what stands at ``at`` ends a sentence beyond doubt, as most full stops do.

    A word of at least five letters that is in no list stands before it, a space and a capital follow.
    """
    if end != at + 2 or text[at : at + 2] != ". " or not text[end].isupper() or not words.cased:
        return False
    last = text[max(0, at - _REACH) : at].rpartition(" ")[2]
    return (
        _PLAIN_LENGTH <= len(last) < _REACH
        and last.isalpha()
        and last not in words.listed
        and last.lower() not in words.listed
    )


def kind_before(text: str, at: int, words: Lexicon, start: int = 0) -> Before:
    """What the word that ends at ``at``, where a full stop stands, is.

    ``start`` is where its sentence begins, which may touch the one before it.
    """
    reach = text[max(start, at - _REACH) : at]
    last = _token(reach)
    if not words.cased and (latin := _GLUED.search(last)):
        last = latin[0]
    listed = words.listed
    chain = _chain(last, reach)
    if chain and _goes_on_within(chain, text, at, words):
        return Before.INNER
    for form in _forms(last, chain):
        kind = listed.get(form)
        if not kind and len(form) > 1 and not _is_acronym(form, text, at):
            kind = listed.get(form.lower())
        if form in words.units and _counted(reach, last):
            return Before.TRAILING
        if kind is Before.NUMBERED and _is_initial(form, words) and not _NUMBER.match(text, at):
            continue
        if kind:
            return _of_money(kind, reach, last, text, at)
    if _is_vowelless(last, words) and last not in words.units:
        return Before.TRAILING if _counted(reach, last) else Before.INNER
    if _is_initial(last, words):
        return Before.TRAILING if _is_lettered(reach, last, words) else Before.INNER
    numbers = words.ordinals and _is_ordinal(reach, last, text, at, words)
    return Before.INNER if numbers or _is_part(reach, last, words) else Before.PLAIN


def _of_money(kind: Before, reach: str, last: str, text: str, at: int) -> Before:
    """The kind of an abbreviation, unless whose money it is stands behind it: "4 млн долл. США"."""
    if kind is not Before.TRAILING or not _counted(reach, last):
        return kind
    country = next_word(text, at + 1)
    return Before.INNER if len(country) > 1 and country.isupper() else kind


def _is_lettered(reach: str, letter: str, words: Lexicon) -> bool:
    """Whether the letter at the end of a stretch is the name of what stands before it: "plan B"."""
    return len(letter) == 1 and reach[:-1].rstrip().rpartition(" ")[2].lower() in words.lettered


def _is_part(reach: str, last: str, words: Lexicon) -> bool:
    """Whether a word ends a compound that is shortened ("Hauptstr"), in all of its parts ("Ген.-лейт").

    So does one with its last letter raised: "Mª", and no number is one ("3.ª").
    """
    if last[-1:] in _RAISED and last[:-1].isalpha():
        return True
    if words.endings and last.lower().endswith(words.endings):
        return True
    return reach.endswith(".-", 0, len(reach) - len(last))


def _is_vowelless(word: str, words: Lexicon) -> bool:
    """Whether a word has no vowel in a language whose words have one."""
    return words.vowelless is not None and words.vowelless.fullmatch(word) is not None


def _is_ordinal(reach: str, number: str, text: str, at: int, words: Lexicon) -> bool:
    """Whether a number with a dot counts: of two digits, Roman, or a date that begins with its year.

    After an abbreviation for what has numbers it is the number: "nr. 5. Then"; so are the last figures of
    "02 555 01 00" and of "2:1".
    """
    if len(number) > 2 or not number.isdecimal():
        if _ROMAN_ORDINAL.fullmatch(number) or _YEAR_FIRST.fullmatch(number):
            return True
        return len(number) == 4 and number.isdecimal() and _MONTH_AND_DAY.match(text, at) is not None
    before = reach[: -len(number)]
    named = _NUMBERED.search(before)
    if named is not None and words.listed.get(named[1]) is Before.NUMBERED:
        return False
    return _GROUPED.search(before) is None


def _is_acronym(form: str, text: str, at: int) -> bool:
    """Whether a word is all capitals where the next one is not: "from the CA. This", not "CF. ART"."""
    return form.isalpha() and form.isupper() and next_word(text, at + 1)[1:].islower()


def _token(reach: str) -> str:
    """The word at the end of a stretch, with its inner dots and apostrophes."""
    match = _TOKEN.fullmatch(reach)
    return match[1] if match else ""


def _counted(reach: str, last: str) -> bool:
    """Whether a number stands before the last word, in digits or Roman, or with a short scale: "5 mln zł"."""
    before = reach[: -len(last)].rstrip()
    mark = before[-1:]
    return mark.isdecimal() or (mark != "" and mark in "IVXLC") or _SCALED.search(before) is not None


def _chain(last: str, reach: str) -> list[str]:
    """The parts of an abbreviation with spaces ("z. B.") up to a short last word; none for a longer word."""
    if len(last) > 2:
        return []
    spaced = _SPACED.search(reach[-12:])
    return _GAP.sub("", spaced[0]).split(".") if spaced else [last]


def _goes_on_within(chain: list[str], text: str, at: int, words: Lexicon) -> bool:
    """Whether an abbreviation with spaces goes on after its full stop at ``at``: the first one of "u. Ä."."""
    part = _NEXT_PART.match(text, at + 1)
    spelt = [".".join([*chain[start:], part[1]]) for start in range(len(chain))] if part else []
    return any(form in words.listed or form.lower() in words.listed for form in spelt)


def _forms(last: str, chain: list[str]) -> Iterator[str]:
    """A word as the classes may hold it: with its neighbours ("z. B."), alone, after an elision or "and"."""
    if len(chain) > 1:
        yield from (".".join(chain[start:]) for start in range(len(chain) - 1))
    yield last
    if "'" in last or "’" in last:
        elided = last.replace("’", "'").rpartition("'")[2]
        if len(elided) > 1:
            yield elided
    if len(last) == 2 and last[0] == _AND:
        yield last[1]
    if "." in last and _INDIC.match(last):
        yield last.rpartition(".")[2]
    if URDU_STOP in last:
        yield last.rpartition(URDU_STOP)[2]


def _is_initial(word: str, words: Lexicon) -> bool:
    """Whether a word is a capital or letters with dots: "J", "U.S", "Ph.D", "AFP/J".

    A lone letter of a script without capitals is one, too.
    """
    if len(word) == 1:
        return word.isupper() or (
            not words.cased and re.fullmatch(UNCASED, word) is not None and word not in words.function_words
        )
    before, slash, last = word.rpartition("/")
    if slash:
        return len(last) == 1 and last.isupper() and len(before) > 1 and before.isalpha()
    if "." not in word:
        return False
    letters = "".join(char for char in word if not unicodedata.category(char).startswith("M"))
    return _DOTTED.fullmatch(letters) is not None and any(map(_is_single, letters.split(".")))


def _is_single(part: str) -> bool:
    return len(part) == 1


def is_label(text: str, word: int, at: int, words: Lexicon) -> bool:
    """Whether what ends at ``at`` numbers an item: "1", "IV", "a", "2.10.3", with nothing before it.

    ``word`` is where the first word of the sentence begins.  A number after a bullet or a semicolon is
    one too, and 1 after a colon; so is what numbers a figure or a chapter: "Figure 3", "3. ábra".
    """
    if at - word <= _LONGEST_LABEL and _LABEL.fullmatch(text, word, at):
        return True
    if at - word <= _LONGEST_CAPTION and (caption := _CAPTION.fullmatch(text, word, at)):
        return (caption[1] or caption[3]).lower() in words.captions
    if not text[at - 1 : at].isdecimal():
        return False
    number = _token(text[max(0, at - 4) : at])
    before = text[max(0, at - len(number) - 3) : at - len(number)]
    return number.isdecimal() and bool(_BULLET.search(before) or (int(number) == 1 and _COLON.search(before)))


def is_whole(text: str, at: int, words: Lexicon) -> bool:
    """Whether the word that ends at ``at`` is surely no abbreviation: long, or a function word."""
    letters = _LETTERS.search(text[max(0, at - _REACH) : at])
    if letters is None or _ROMAN.fullmatch(letters[0]) or _is_vowelless(letters[0], words):
        return False
    return len(letters[0]) >= 4 or (len(letters[0]) > 1 and letters[0] in words.function_words)


def is_glued(text: str, at: int, end: int, words: Lexicon) -> bool:
    """Whether a mark at ``at`` parts two sentences though no white space does: "presse.Le ministre".

    The word before it is small, long and no abbreviation, the one at ``end`` has a capital and small
    letters, and neither has anything else about it, as names of files, addresses and code have.
    """
    match = _CAPITAL.match(text, end) if words.cased else None
    after = match[1].replace(_SOFT_HYPHEN, "") if match else ""
    is_known = small(after) in words.starters or words.listed.get(after) is Before.LEADING
    if not after.istitle() or after in _EXTENSIONS or (len(after) <= 3 and not is_known):
        return False
    whole = _SMALL.search(text[max(0, at - _REACH) : at])
    before = whole[0].replace(_SOFT_HYPHEN, "") if whole else ""
    if not before.islower() or len(before) < (4 if is_known else 5):
        return False
    return kind_before(text, at, words) is Before.PLAIN


def small(word: str) -> str:
    """A word in small letters; the Turkish "İ" becomes "i" alone."""
    return word.lower().replace("i\u0307", "i")


def is_number(word: str) -> bool:
    """Whether a word is a number, in digits or Roman."""
    return word[:1].isdecimal() or _ROMAN.fullmatch(word) is not None


def is_small(word: str) -> bool:
    """Whether a word begins small and is no name such as iPhone."""
    return word[:1].islower() and word.islower()


def next_word(text: str, at: int) -> str:
    """The word at ``at``, past quotation marks, brackets and dashes; an initial keeps its dot."""
    match = _FIRST.match(text, at)
    return (match[1] or "") if match else ""
