"""Our segmentation rules in the exchange format of other tools, SRX 2.0, as far as it can say them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from l10n.conventions import Convention, Segmentation
from l10n.conventions import load as conventions_of
from l10n.segment.sentences import DANDA, HARD, MOOD, PARTICLE, SOFT
from l10n.segment.words import ACRONYMS, CASED, CONSONANTS, UNCASED, URDU_STOP

NAMESPACE = "http://www.lisa.org/srx20"


class _Rule(NamedTuple):
    breaks: str
    before: str
    after: str


def export(locales: Iterable[str]) -> str:
    """Our rules for some languages as an SRX 2.0 file, as far as it can say them.

    It cannot say which quotation stands open, where a sentence began, or which code is where:
    labels, datelines, footnotes and text inside East Asian brackets are cut plainly.  No quantifier
    is possessive, because tools in Java make look-behinds of a bounded length of them.
    """
    conventions = {locale.split("-")[0].lower(): conventions_of(locale) for locale in locales}
    rules = [(convention.english, tuple(_own_rules(convention))) for convention in conventions.values()]
    maps = [(_pattern(language), convention.english) for language, convention in conventions.items()]
    written = "".join(_languagerule(name, own) for name, own in (*rules, ("Default", tuple(_common()))))
    mapped = "".join(
        f"      <languagemap languagepattern={quoteattr(pattern)} languagerulename={quoteattr(name)}/>\n"
        for pattern, name in (*maps, (".*", "Default"))
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<srx xmlns="{NAMESPACE}" version="2.0">\n'
        '  <header segmentsubflows="yes" cascade="yes">\n'
        '    <formathandle type="start" include="no"/>\n'
        '    <formathandle type="end" include="yes"/>\n'
        '    <formathandle type="isolated" include="no"/>\n'
        "  </header>\n  <body>\n    <languagerules>\n"
        f"{written}    </languagerules>\n    <maprules>\n{mapped}    </maprules>\n  </body>\n</srx>\n"
    )


def _pattern(language: str) -> str:
    return "".join(f"[{char.upper()}{char}]" for char in language) + "([-_].*)?"


def _languagerule(name: str, rules: Iterable[_Rule]) -> str:
    inside = "".join(
        f'        <rule break="{rule.breaks}">\n'
        f"          <beforebreak>{escape(rule.before)}</beforebreak>\n"
        f"          <afterbreak>{escape(rule.after)}</afterbreak>\n        </rule>\n"
        for rule in rules
    )
    return f"      <languagerule languagerulename={quoteattr(name)}>\n{inside}      </languagerule>\n"


# Where a word begins, what may close behind a terminator, and what may open before the next word.
_START = r"(?<![\p{L}\p{M}\p{N}])"
_CLOSERS = "[\"'’”“»«›‹`´)\\]}」』]*(?:[ \\u00A0\\u202F][»›])?"
_OPENERS = r"[\p{P}\p{S}\p{Z}]{0,8}"
_STOP = rf"[.{URDU_STOP}]"
_BLANK = _Rule("yes", r"\n[ \t\r]*\n\s*", r"\S")


def _own_rules(convention: Convention) -> Iterator[_Rule]:
    """What is of one language: its abbreviations, its ordinals, its own marks."""
    classes = convention.segmentation
    yield _BLANK
    if classes.whole:
        yield _Rule("no", r"\s+", "")
        return
    if classes.speech:
        yield _says_who(convention)
    yield from _inside(classes.leading | classes.numbered | classes.trailing | classes.inner)
    yield from _named(classes)
    if classes.leading:
        yield _Rule("no", rf"{_START}{_any(classes.leading)}{_STOP}\s+", "")
    if classes.numbered:
        number = rf"{_OPENERS}(?:\p{{N}}|[IVXLCDM]{{2}}|[a-z]{{1,3}}\))"
        yield _Rule("no", rf"{_START}{_any(classes.numbered)}{_STOP}\s+", number)
    for words, before in ((classes.trailing, _START), (classes.units, r"\p{N}\s?")):
        if words:
            yield _Rule("no", rf"{before}{_any(words)}\.{_CLOSERS}\s+", rf"{_OPENERS}[\p{{Ll}}\p{{N}}]")
    spoken = "|".join(_spoken(convention))
    starters = sorted({word[:1].upper() + word[1:] for word in classes.starters | convention.function_words})
    if starters:
        opening = "|".join(map(_quoted, starters))
        yield _Rule("yes", rf"{_START}(?:{spoken})\.\s+", rf"{_OPENERS}(?:{opening})(?!\p{{L}})")
        starter = rf"(?:{opening})(?![\p{{L}}\p{{N}}./@_(=-])"
        yield _Rule("yes", rf"{_START}\p{{Ll}}{{4,24}}[.!?][”’»)\]]?", starter)
        name = r"[¿¡]?\p{Lu}\p{Ll}{3,24}(?![\p{L}\p{N}./@_(=])"
        yield _Rule("yes", rf"{_START}\p{{Ll}}{{5,24}}[.!?][”’»)\]]?", name)
    yield _Rule("no", rf"{_START}(?:{spoken})\.\s+", "")
    if classes.marks:
        yield _Rule("yes", rf"[{_escaped(classes.marks)}]+{_CLOSERS}\s+", r"\S")


def _named(classes: Segmentation) -> Iterator[_Rule]:
    """Figures with their numbers lead in; things that have a letter for their name may end a sentence."""
    if classes.captions:
        number = r"(?:(?:\p{Lu}\.)?\p{N}{1,4}(?:[A-Za-z]|(?:\.\p{N}{1,3}){0,4})|[IVX]{1,5}|\p{Lu})"
        named = _any(classes.captions)
        yield _Rule("no", rf"^\s*(?:{named} {number}|\p{{N}}{{1,3}}\.? {named}){_STOP}\s+", "")
    if classes.lettered:
        yield _Rule("yes", rf"{_START}{_any(classes.lettered)} \p{{Lu}}\.\s+", rf"{_OPENERS}\p{{Lu}}\p{{Ll}}")


def _says_who(convention: Convention) -> _Rule:
    """No sentence ends before what says who spoke, as ``sentences`` has it."""
    classes, cased = convention.segmentation, convention.script in CASED
    marks = _escaped(SOFT + HARD)
    verbs = "|".join(map(_quoted, sorted(classes.speech, key=lambda verb: (-len(verb), verb))))
    said = rf"(?:{verbs})(?!\p{{L}})"
    if not cased:
        said += rf"|[^{marks}，,:：；;\r\n“”«»\"]{{1,24}}?(?:{verbs})[，,،:：。.।۔]"
    elif classes.speaker_first:
        starters = "|".join(map(_quoted, sorted(classes.starters | convention.function_words)))
        said += (
            rf"|(?:(?!(?i:{starters})\s)(?:\p{{Lu}}[\p{{L}}'’-]*\.?|\p{{Ll}}{{1,3}})\s){{1,5}}(?:{verbs})[,.]"
        )
    return _Rule("no", rf"[{'!?…' if cased else marks}]+[“”«»」』\"]\s*", said)


def _spoken(convention: Convention) -> Iterator[str]:
    """What ends a sentence only before a word that begins many."""
    classes = convention.segmentation
    if classes.inner:
        yield _any(classes.inner)
    if classes.endings:
        yield rf"\p{{L}}{{1,24}}(?i:{'|'.join(sorted(classes.endings))})"
    yield r"\p{L}{1,8}\.-\p{L}{1,8}"
    if classes.ordinals:
        yield from (r"\p{N}{1,2}", r"[IVX]{2,}")
    if not classes.syllabic and (letters := CONSONANTS.get(convention.script)):
        yield rf"(?!(?i:{ACRONYMS})\.)(?i:[{letters}])[{letters}]{{1,7}}"
    yield r"\p{Lu}" if convention.script in CASED else rf"(?:\p{{Lu}}|{UNCASED})"
    yield r"\p{L}(?:\.\p{L}){1,4}"


def _common() -> Iterator[_Rule]:
    """What every language does."""
    soft = _escaped(SOFT)
    yield _BLANK
    yield _Rule(
        "no",
        rf"^\s*(?:\p{{N}}{{1,4}}|\p{{N}}{{1,2}}[A-Za-z]|[ivx]{{1,4}}|[IVX]{{1,4}}|\p{{L}}|[\p{{N}}\p{{Lu}}][.\p{{N}}]{{1,12}})"
        rf"(?:{_STOP}|{DANDA})\s+",
        "",
    )
    yield _Rule("no", rf"(?:[;؛]\s?\p{{N}}{{1,2}}|:\s?[1١۱१১]){_STOP}\s+", "")
    yield _Rule("no", r"(?:^|\s)[\"'“„«‘(\[](?:…|\.\.+)\s+", "")
    yield _Rule("no", rf"[{soft}]+{_CLOSERS}\s+", MOOD)
    yield _Rule("yes", rf"[{soft}]+{_CLOSERS}\s{MOOD}+\s+", r"\S")
    yield _Rule("no", rf"[{soft}]+{_CLOSERS}\s+", r"[-–—]*\s?[,;:)،؛]")
    yield _Rule("no", rf"(?:…|\.\.+){_CLOSERS}\s+", rf"{_OPENERS}(?:[\p{{Ll}}\p{{Lo}}\p{{N}}]|$)")
    yield _Rule("yes", r"\p{L}{4}\.\s+", rf"{_OPENERS}\p{{Ll}}")
    yield _Rule("yes", r"\?\s+", r"\p{Ll}")
    yield _Rule("no", rf"[{soft}]+{_CLOSERS}\s+", rf"{_OPENERS}\p{{Ll}}")
    yield _Rule("yes", rf"[{soft}]+{_CLOSERS}\s+", r"\S")
    yield from _eastern()


def _eastern() -> Iterator[_Rule]:
    """Marks that need no white space: not inside brackets, not before a particle or a closing mark."""
    hard, closers = _escaped(HARD), "”’」』）】》〉〕）\\])»"
    end = rf"[{hard}][{_escaped(HARD + SOFT)}]*[{closers}]*\s*"
    yield _Rule("no", r"\p{N}．", r"\p{N}")
    yield _Rule("no", end, r"[-–—]*\s?[,;:)،؛、，]")
    yield _Rule("no", end, r"[^（）《》〈〉【】〔〕「」『』]{0,100}[）》〉】〕」』]")
    yield _Rule("no", rf"[{hard}][」』]", r"[\u3041-\u309F]")
    yield _Rule("no", r"[！？]+", PARTICLE)
    yield _Rule("yes", rf"[{hard}]（[^（）]{{1,100}}[{hard}]）", r"\S")
    yield _Rule("no", rf"[{hard}]+[）》〉】〕]", "")
    yield _Rule("yes", end, r"\S")


def _inside(words: Iterable[str]) -> Iterator[_Rule]:
    """No break between the parts of an abbreviation: "z. B."."""
    parts: dict[str, set[str]] = {}
    for word in words:
        first, *others = word.split(".")
        for following in others:
            parts.setdefault(first, set()).add(following)
            first = following
    for part, after in sorted(parts.items()):
        yield _Rule("no", rf"{_START}{_quoted(part)}\.\s+", rf"{_any(frozenset(after))}(?!\p{{L}})")


def _any(words: frozenset[str]) -> str:
    """One of some abbreviations, as the conventions hold them: small letters for every case."""
    small = sorted(word for word in words if word.islower() and len(word) > 1)
    others = {word for word in words if word not in small}
    others |= {word.upper() for word in others if len(word) > 1}
    either = [f"(?i:{'|'.join(map(_quoted, small))})"] if small else []
    return f"(?:{'|'.join([*either, *map(_quoted, sorted(others))])})"


def _quoted(word: str) -> str:
    r"""A word as an expression; inner dots may have a space behind them ("z. B.")."""
    return re.sub(r"([\\.^$*+?{}()\[\]|])", r"\\\1", word).replace(r"\.", r"\.\s?")


def _escaped(chars: str) -> str:
    return "".join(
        f"\\u{ord(char):04X}" if char in "\\]^-[&" or not char.isprintable() else char for char in chars
    )
