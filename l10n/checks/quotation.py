"""What stands in quotation marks in the source does so in the target, opened and closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from l10n.checks.naming import people, transliteration
from l10n.checks.pair import Example, Pair, Plain
from l10n.checks.reading.scripts import HAN
from l10n.checks.sense import quoted_parts
from l10n.model import Finding, Severity
from l10n.patterns import lazy_pattern
from l10n.segment.enclosures import GERSHAYIM

ID = "quotation"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "A quotation belongs to whoever is quoted: the target must have as many as the source, each opened and "
    "closed as often. A mark without its partner is an error. A quotation that is missing or new gets a "
    "warning, and so does one that no longer says who is speaking, or that ends elsewhere. A name or a term "
    "of up to three words that is newly quoted is only mentioned, and so are quotation marks of another "
    "language, with the right ones as a fix."
)
BAD = Example("en", "“We will stay,” she said.", "fr", "« Nous resterons, a-t-elle dit.")
GOOD = Example("en", "“We will stay,” she said.", "fr", "« Nous resterons », a-t-elle dit.")

_ALONE = "a quotation mark without its partner"
_FEWER = "the source has {source} quotations, the target {target}"
_UNSPOKEN = "the source says who is quoted, the target does not"
_MOVED = "other words are quoted than in the source"
_FOREIGN = "{language} quotes with {marks}"
# Marks of the first level in the languages of Unicode's CLDR; a straight one after a digit means inches.
_MAY_QUOTE = re.compile('[«»“”„‟「」＂〝〞〟"]')
_MARK = re.compile('[«»“”„‟「」＂〝〞〟]|(?<![0-9])"')
_BEHIND_A_DIGIT = re.compile(r'[0-9]"(?!\w)')
_OTHER = re.compile("[‘‚‹《〈『']")
# A name or a term of a few words between marks, which some languages quote where others write capitals.
_TERM = re.compile(r"^[^.!?…]{1,60}$")
_TERM_WORDS = 3
_END = re.compile(r"[,.!?…，。！？]")
_LEANING = re.compile(r"\b(?:[ae]l|аль|эль)[- ]", re.IGNORECASE)
_ARTICLE = re.compile(r"\Aال(?=\w{3})")
_CALLED = re.compile(
    r"\b(?:so-called|sogenannt|soi-disant|cosiddett|zogenaamd|zogeheten|så kallad|så kaldt|tzv\b|tzw\b"
    r"|так называем|т\. н\.)|所谓|所謂|いわゆる",
    re.IGNORECASE,
)
_CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})
# Where names stand in quotation marks because the script has no capitals, or by rule: фрегат «Ваджра».
_NAMES_QUOTED = frozenset({"ru", "uk", "be", "bg"})
# A work of art, called so right before its title: treaties and newspapers are quoted in no other language.
_TITLED = lazy_pattern(
    r"(?:小说|小說|电影|電影|影片|[纪記紀][录錄]片|歌曲|歌剧|歌劇|话剧|話劇|戏剧|戲劇|音乐剧|音樂劇|[诗詩]集|画作|畫作"
    r"|专辑|專輯|展览|展覽|特展|[绘繪]本|散文集|回忆录|回憶錄)(《)[^《》]{1,40}》"
)
_WORDS = re.compile(r"[^\W\d_]+")
_CAPITALISED = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]+")
_SPEECH = lazy_pattern(r"[^\W\d_]+\W+[^\W\d_]+\W+[^\W\d_]+|[\u3040-\u9fff]{6}")  # three words: no title
_FEWEST_WORDS = 2
_FEWEST_LETTERS = 4
_INTERRUPTION = re.compile(r"[,.!?…]\s?[—–-]\s[^—–«»“”„]{3,80}[,.:]\s?[—–-]\s")
_STRAIGHT = frozenset('"＂')


def run(pair: Pair) -> Iterator[Finding]:
    """Marks are counted: a quotation may open in one segment and end in another."""
    if "Hebr" in pair.scripts:
        pair = replace(
            pair,
            source_plain=_with_gershayim(pair.source_plain),
            target_plain=_with_gershayim(pair.target_plain),
        )
    source, target = pair.source_plain, pair.target_plain
    if not _MAY_QUOTE.search(source.text) and not _MAY_QUOTE.search(target.text):
        yield from _untitled(pair)
        return
    target_marks = _MARK.findall(target.text)
    source_marks = _MARK.findall(source.text)
    if not source_marks and not target_marks:
        return
    if len(target_marks) % 2 and not len(source_marks) % 2 and not _may_close(target.text, target_marks):
        at = _lone(target)
        yield Finding(ID, SEVERITY, _ALONE, *target.span(at, at + 1))
        return
    if spoken := _unspoken(pair):
        yield spoken
    source_count, target_count = (len(source_marks) + 1) // 2, (len(target_marks) + 1) // 2
    if (
        target_count
        + _interrupted(target.text)
        + _second_level(target.text)
        + _unmarked(pair)
        + _called(target.text)
        < source_count
    ):
        values = (("source", str(source_count)), ("target", str(target_count)))
        at = next(_MARK.finditer(source.text)).start()
        yield Finding(ID, Severity.WARNING, _FEWER, 0, 0, None, values, *source.span(at, at + 1))
    elif (
        target_count > source_count + _interrupted(source.text) + _second_level(source.text)
        and not source_count
        and not _uncased(pair)
    ):
        at = next(_MARK.finditer(target.text)).start()
        values = (("source", "0"), ("target", str(target_count)))
        severity = Severity.INFO if _terms(target.text) else Severity.WARNING
        yield Finding(ID, severity, _FEWER, *target.span(at, at + 1), None, values)
    elif not spoken and len(target_marks) == len(source_marks) and _quotes_others(pair):
        at = list(_MARK.finditer(target.text))[-1].start()
        yield Finding(ID, Severity.WARNING, _MOVED, *target.span(at, at + 1))
    elif len(target_marks) == 2 == len(source_marks) and (foreign := _foreign(pair, target_marks)):
        yield foreign


def _with_gershayim(plain: Plain) -> Plain:
    """The words with the mark of an abbreviation for the straight quotation mark that is typed for it."""
    if '"' not in plain.text:
        return plain
    return replace(plain, text=GERSHAYIM.sub(lambda match: match[0][:-1] + "\u05f4", plain.text))


def _may_close(text: str, marks: list[str]) -> bool:
    """Whether a mark behind a digit, which may mean inches, is the partner of a straight one: "to 1000"."""
    return marks.count('"') % 2 == 1 and _BEHIND_A_DIGIT.search(text, text.index('"')) is not None


def _unspoken(pair: Pair) -> Finding | None:
    """A target that is a quotation and nothing else, where the source says whose it is."""
    source, target = pair.source_plain, pair.target_plain
    target_outside = _WORDS.findall(" ".join(_MARK.split(target.text)[::2]))
    source_outside = " ".join(_MARK.split(source.text)[::2])
    if target_outside or _interrupted(target.text) or not _SPEECH().search(" ".join(_quoted(target.text))):
        return None
    if len(_WORDS.findall(source_outside)) < _FEWEST_WORDS and len(source_outside.strip()) < _FEWEST_LETTERS:
        return None
    marks = list(_MARK.finditer(source.text))
    if not marks:  # nobody is quoted: the marks of the target are counted
        return None
    place = (marks[-1].end(), len(source.text)) if marks[0].start() < 2 else (0, marks[0].start())
    return Finding(ID, Severity.WARNING, _UNSPOKEN, 0, 0, None, (), *source.span(*place))


def _quotes_others(pair: Pair) -> bool:
    """Whether the target quotes other words of what is said: not where who says it interrupts a quotation."""
    source, target = pair.source_plain.text, pair.target_plain.text
    parts, target_parts = _MARK.split(source), _MARK.split(target)
    if len(parts) % 2 == 0 or not quoted_parts.differ(parts, target_parts):
        return False
    return bool(_SPEECH().search(" ".join(parts[1::2]))) and not (
        _interrupted(source) or _interrupted(target)
    )


def _untitled(pair: Pair) -> Iterator[Finding]:
    """The first title between marks of Chinese, where the target has neither marks nor codes."""
    if "《" not in pair.source_plain.text or _OTHER.search(pair.target_plain.text):
        return
    title = _TITLED().search(pair.source_plain.text)
    if title is not None and pair.target == pair.target_plain.text:
        place = pair.source_plain.span(title.start(1), title.end())
        values = (("source", "1"), ("target", "0"))
        yield Finding(ID, Severity.WARNING, _FEWER, 0, 0, None, values, *place)


def _quoted(text: str) -> list[str]:
    """What stands between each mark and the next one, every other stretch."""
    return _MARK.split(text)[1::2]


def _terms(text: str) -> bool:
    """Whether all that is quoted is a name or a term of a few words."""
    return all(_TERM.match(quoted) and len(quoted.split()) <= _TERM_WORDS for quoted in _quoted(text))


def _unmarked(pair: Pair) -> int:
    """How many of the source's quotations are a word or a name that the target has without marks."""
    outside = " ".join(_MARK.split(pair.target_plain.text)[::2])
    keeps_marks = _keeps_names_quoted(pair)
    return sum(
        (
            len(quoted.split()) == 1
            and quoted.strip(",.") in outside
            and not (keeps_marks and _CAPITALISED.fullmatch(quoted.strip().strip(",.")))
        )
        or (not keeps_marks and _is_named(quoted, pair, outside))
        for quoted in _quoted(pair.source_plain.text)
    )


def _keeps_names_quoted(pair: Pair) -> bool:
    """Whether the target quotes a name: by its own rule, or where the source does so by none."""
    source, target = pair.languages
    return target in _NAMES_QUOTED or (source not in _NAMES_QUOTED and pair.scripts[0] in _CASED)


def _is_named(quoted: str, pair: Pair, outside: str) -> bool:
    """Whether a quotation is a name that the target writes by its sound: ships, companies, newspapers."""
    script, other_script = pair.scripts
    words = [_ARTICLE.sub("", word) for word in _WORDS.findall(_LEANING.sub("", quoted))]
    if script == other_script or not transliteration.SCRIPTS.issuperset(pair.scripts):
        return False
    if not words or len(words) > _TERM_WORDS or _END.search(quoted):
        return False
    if script in _CASED:
        may_be = all(word[0].isupper() for word in words)
    elif script in HAN:
        may_be = [*transliteration.transcribed(quoted)] == [(0, len(quoted))]
    else:
        may_be = True
    if may_be and other_script in _CASED:
        outside = " ".join(word for word, _, _ in people.written_names(outside, other_script))
    return may_be and all(people.stands(word, script, outside, other_script) for word in words)


def _interrupted(text: str) -> int:
    """How often a quotation is interrupted, between dashes, by whose it is: «Да, — сказал он, — мы»."""
    return sum(len(_INTERRUPTION.findall(quoted)) for quoted in _quoted(text))


def _called(text: str) -> int:
    """How often a text says "so-called", which stands for the marks around a word."""
    return len(_CALLED.findall(text))


def _uncased(pair: Pair) -> bool:
    """Whether the target's script has no capitals: its names and titles stand in quotation marks."""
    return pair.target_convention.script not in _CASED


def _second_level(text: str) -> int:
    """Quotations in marks of the second level, or titles in those of Chinese."""
    return len(_OTHER.findall(text))


def _lone(plain: Plain) -> int:
    """The place of the mark without a partner: one whose other half is nowhere, else the last."""
    marks = list(_MARK.finditer(plain.text))
    kinds = [mark.group() for mark in marks]
    partners = {"«": "»", "»": "«", "“": "”„", "”": "“„", "„": "“”", "「": "」", "」": "「"}
    for mark in marks:
        if not any(
            other in partners.get(mark.group(), mark.group()) for other in kinds if other != mark.group()
        ):
            return mark.start()
    return marks[-1].start()


def _foreign(pair: Pair, marks: list[str]) -> Finding | None:
    """A pair of marks that the language does not use for quotations, with the usual ones as a fix."""
    convention = pair.target_convention
    used = {mark for quotes in convention.quotes for mark in quotes}
    if not convention.quotes or not _STRAIGHT.isdisjoint(marks) or used.issuperset(marks):
        return None
    opening, closing = convention.quotes[0]
    turns = iter((opening, closing))
    fix = _MARK.sub(lambda _: next(turns), pair.target) if len(_MARK.findall(pair.target)) == 2 else None
    first = next(_MARK.finditer(pair.target_plain.text)).start()
    values = (("language", convention.english), ("marks", f"{opening} {closing}"))
    return Finding(ID, Severity.INFO, _FOREIGN, *pair.target_plain.span(first, first + 1), fix, values)
