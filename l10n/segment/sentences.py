"""Where a sentence ends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from l10n import conventions
from l10n.conventions import Segmentation
from l10n.segment.enclosures import Enclosures, Surroundings
from l10n.segment.words import (
    URDU_STOP,
    Before,
    Lexicon,
    ends_plainly,
    is_glued,
    is_label,
    is_number,
    is_small,
    is_whole,
    kind_before,
    lexicon,
    next_word,
    small,
)

# Unicode Sentence_Terminal, in two: marks that need white space after them, and marks that do not.
SOFT = ".!?…؟۔։‼⁇⁈⁉"
HARD = "。！？．｡।॥።፧፨။᠃᠉។៕܀܁܂߹"
DANDA = "\u0964"
# Marks that number an item as well: "१।", "Ｑ．".
_LABELLED = frozenset({DANDA, "．"})
# What stands in a view for a code that shows nothing: a footnote's mark, a line break.
OBJECT = "\ufffc"
_EMOJI = r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]"
# Faces, gestures, hearts, flowers, feasts: they say how what stands before is meant.  Arrows, ticks and pins
# lead on to what follows.
MOOD = (
    "[\U0001f600-\U0001f64f\U0001f910-\U0001f93e\U0001f970-\U0001f97a\U0001f337-\U0001f33c\U0001f389\U0001f38a"
    "\U0001f44a-\U0001f450\U0001f490\U0001f493-\U0001f49f\U0001f4aa\U0001f4af\U0001f525\U0001f3fb-\U0001f3ff"
    "\u263a\u2728\u2764\u2b50\ufe0f\u200d]"
)
_SPACE = r"[ \u00a0\u202f]"
_LINE = r"(?>\r\n|[\r\n])"
_BLANK = re.compile(rf"{_LINE}[^\S\r\n]*+{_LINE}")
_CLOSING = frozenset('"”“»«」』')
_CRIES = frozenset("!?؟！？")
_TERMINATOR = re.compile(rf"[{re.escape(SOFT + HARD)}]")
# Marks that end a sentence though no white space follows, where it was forgotten.
_ENDS = frozenset({".", "!", "?"})
_FULL_STOPS = frozenset({".", URDU_STOP})
_WORD = re.compile(r"[^\W_]")
_SOLID = re.compile(r"\S")
_GOES_ON = re.compile(r"[-–—]*\s?(?:[,;:)،؛]|\.(?!\w))")
# A phone, a file, an article, a volume or a building: "tel. +41", "no. NE/X12", "para. (b)", "art. L. 123-4",
# "vol. I,", "bât. C,".
_CODE = re.compile(
    r"\+\d|[A-Z]{1,6}[/-][A-Z/-]{0,6}\d"
    r"|\(?[a-z]{1,3}\)|[A-Z]\.\s?\d|[B-DF-HJ-NP-TV-XZ](?=\s[a-z])|[A-Z](?= ?\(|[\"'”’»,;:)\]])"
)
_OPENS = re.compile(r"(?<!\S)[\"'“„«‘(\[¿¡]")
# How a Japanese sentence goes on behind a question or a cry in it: "なぜ？という", "やった！と彼は".
PARTICLE = r"[とがをはにでもの](?=[\u30a1-\u30fa\u3400-\u9fff])|という|といっ|との|とは|って"
# "Where? when? how?"
_ASKED = re.compile(rf"(?:\A|\?{_SPACE})\w{{1,14}}{_SPACE}?\Z")
_ASKS_ON = re.compile(rf"\w+{_SPACE}?\?")
_PARTICLE = re.compile(PARTICLE)
# Who took a picture, to the bracket that closes behind it; a surname with its article, where no sentence is
# as short.
_LONGEST_CREDIT = 80
_CLOSES_CREDIT = re.compile(r"([^()!?…;:]{2,60})\)")
_SURNAME = re.compile(r"([^\W\d_]{1,3}) ([^\W\d_])[^\W\d_]+(?:[.)\]]|$)")
_ARTICLE = re.compile(r"[^\W\d_]{1,3} ([^\W\d_])")
_LONGEST_TITLE = 16
_SHORT_IN_NAMES = 3  # letters: "de", "van", "al"
_DENIED = "没未"  # who did not answer is not the one who spoke
_SPACED_DASH = re.compile(r"[-–—―]\s++\S")
_DATELINE = re.compile(
    r"(?:[^\W\d_][^,\d]{0,25},\s)?"
    r"(?:(?:[^\W\d_]{1,3}\s)?\d{1,2}\b[^,:\d]{0,20}(?:\d{4}(?:\s[^\W\d_]{1,6})?)?"
    r"|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}"
    r"|\d{4}(?:\.|\s[^\W\d_]\.)\s[^\W\d_]{3,12}\s\d{1,2}(?:\s[^\W\d_])?)"  # the year first
)


@dataclass(frozen=True, slots=True)
class _Rules:
    """What decides in one language: where to look, the words to know, whether to look at all."""

    candidates: re.Pattern[str]
    words: Lexicon
    whole: bool
    speech: re.Pattern[str] | None


@lru_cache(maxsize=64)
def _rules(locale: str) -> _Rules:
    convention = conventions.load(locale)
    classes, words = convention.segmentation, lexicon(convention)
    return _Rules(_candidates(classes.marks), words, classes.whole, _speech(classes, cased=words.cased))


@lru_cache(maxsize=16)
def _candidates(more: str) -> re.Pattern[str]:
    """Terminators with what closes behind them and the white space that follows; blank lines.

    ``east`` and ``west`` are empty: the one says which kind of mark it is, the other where it ends.
    ``quote`` is a straight quotation mark which may close or open (a single one only closes), ``note``
    the figure of a footnote.

    Every quantifier is possessive and every match begins at a mark, so time is linear; a plain
    class of characters first is what `re` looks for quickly.
    """
    soft, hard = re.escape(SOFT + more), HARD
    marks = rf"[{hard}{soft}]*+[”’」』）】》〉〕）\])»]*+"
    east = rf"(?<=[{hard}])(?P<east>){marks}(?:[{hard}]{marks})*+(?:{_SPACE}?{MOOD}++)*+"
    west = rf"(?<=[{soft}])[{soft}]*+(?:{_SPACE}[{soft}]++(?!\w))*+(?P<west>)"
    closers = rf"[\"'’”“»«›‹`´)\]}}」』{OBJECT}]*+"
    guillemet = rf"(?:{_SPACE}[»›](?![^\s,;:.!?…)]))?+"
    references = r"(?:\s?\[[\w,–-]{1,12}\])*+(?P<note>(?<=\S)\d{1,3}(?:[ ,]\d{1,3})*+(?=\s))?+"
    feelings = rf"(?:{_EMOJI}++)?+(?:(?:{_SPACE}{MOOD}++)++(?=\s))?+"
    return re.compile(
        rf"[{soft}{hard}\r\n](?:(?:{east}|{west}(?P<shut>{closers}{guillemet}{references}{feelings}))"
        rf"(?P<quote>\s?\"(?=\s)|[\"'](?<=[{hard}].))?+(?P<space>\s*+)"
        rf"|(?<=[\r\n])(?:(?<=\r)\n)?+(?P<blank>[^\S\r\n]*+{_LINE}\s*+))"
    )


def _speech(classes: Segmentation, *, cased: bool) -> re.Pattern[str] | None:
    """What says who spoke: a verb at once (Arabic), or the ``speaker`` and then one (Chinese, English)."""
    if not classes.speech:
        return None
    any_verb = "|".join(sorted(classes.speech, key=len, reverse=True))
    few = rf"[^{HARD}{SOFT}，,:：；;\r\n“”«»\"]{{1,24}}?"
    if not cased:
        few = few.replace("[^", f"[^{_DENIED}", 1)
        return re.compile(rf"\s*(?:(?:{any_verb})(?!\w)|{few}(?:{any_verb})[，,،:：。.।۔])")
    at_once = rf"(?:s['’]|se )?(?:{any_verb})(?!\w)"
    if not classes.speaker_first:
        return re.compile(rf"\s*{at_once}")
    return re.compile(rf"\s*(?:{at_once}|(?P<speaker>(?:\w{{1,4}}\. )?{few}\b)(?:{any_verb})[,.])")


@dataclass(frozen=True, slots=True)
class _Stop:
    """A terminator with white space after it.

    ``at`` is where it begins, ``end`` where the next sentence would; ``shut`` is what closes
    behind it.  ``word`` is where the first word of its sentence begins, ``after`` the next word.
    """

    text: str
    at: int
    end: int
    word: int
    shut: str
    after: str


def split(text: str, locale: str) -> list[str]:
    """Text cut into sentences; joined, they give the text back.

    White space after a sentence stays with it.  A line break is plain white space, a blank line
    always ends a sentence.  Raises ConfigError when the locale is not well formed.
    """
    pieces: list[str] = []
    start = 0
    for end in _ends(text, _rules(locale)):
        pieces.append(text[start:end])
        start = end
    if start < len(text):
        pieces.append(text[start:])
    return pieces


def _ends(text: str, rules: _Rules) -> Iterator[int]:
    around, words, count = Surroundings(text), rules.words, len(text)
    start, word = 0, -1
    for match in rules.candidates.finditer(text):
        at, end = match.span()
        if end == at + 2 and end < count and not rules.whole and ends_plainly(text, at, end, words):
            yield end
            start = end
            continue
        end = _end(match, around)
        if end == count:
            return
        if word < start:
            word = first.start() if (first := _WORD.search(text, start)) else count
        if _holds_blank_line(match["space"]):
            ends = bool(_SOLID.search(text, start, end))
        elif word >= end or rules.whole:
            ends = False
        elif match["east"] is not None or (text[end - 1] in "」』" and around.bracketed.closes(end - 1)):
            numbers = text[at] in _LABELLED and is_label(text, word, at, words)
            ends = not numbers and _east_ends(text, at, end, around.bracketed)
        elif _touches(match, end, words):
            ends = _lacks_space(match, end, around, words)
        else:
            ends = _west_ends(match, end, word, around, rules)
        if ends and (match["shut"] == "" or not _quotation_goes_on(text, at, end, rules, around)):
            yield end
            start = end


def _end(match: re.Match[str], around: Surroundings) -> int:
    """Where the next sentence would begin: before a straight quotation mark that opens."""
    if not match["quote"] or _holds_blank_line(match["space"]):
        return match.end()
    mark = match.end("quote") - 1
    return match.end() if match["quote"] == "'" or around.quoted.closes(mark) else mark


def _holds_blank_line(space: str | None) -> bool:
    """Whether the white space after a terminator parts paragraphs; None where that is all there is."""
    return space is None or (len(space) > 1 and _BLANK.search(space) is not None)


def _quotation_goes_on(text: str, at: int, end: int, rules: _Rules, around: Surroundings) -> bool:
    """Whether the sentence of a quotation that ends before ``end`` goes on behind it.

    It does with who said it; where no capital would tell, also when a question or a cry is quoted as part
    of it: behind a word and not a colon.  ``at`` is where the quotation's last terminator is.
    """
    cased = rules.words.cased
    if text[end - 1] in HARD or (cased and (rules.speech is None or text[at] == ".")):
        return False
    closed = end - 1
    while text[closed].isspace():
        closed -= 1
    if text[closed] not in _CLOSING or _BLANK.search(text, closed, end):
        return False
    says = rules.speech.match(text, closed + 1) if rules.speech else None
    if cased and (says is None or not _is_name(says.groupdict().get("speaker"), rules.words)):
        return False
    opened = max(around.quoted.opening(closed), around.bracketed.opening(closed))
    if opened < 0 or says:
        return opened >= 0
    if text[at] not in _CRIES:
        return False
    before = text[max(0, opened - 2) : opened].rstrip()[-1:]
    is_word = before.isalpha() or (before != "" and unicodedata.category(before)[0] == "M")
    return is_word and not _TERMINATOR.search(text, opened, at)


def _is_name(speaker: str | None, words: Lexicon) -> bool:
    """Whether what stands before a verb is called so, and begins no sentence: “Stop!” The mayor said.

    Its words have capitals, but for short ones ("de"), and none is one that often begins a sentence.
    """
    names = (speaker or "").split()
    return all(
        (name[0].isupper() or len(name) <= _SHORT_IN_NAMES) and name.lower() not in words.starters
        for name in names
    )


def _east_ends(text: str, at: int, end: int, bracketed: Enclosures) -> bool:
    """Whether a mark that needs no white space ends: not inside brackets, nor before a particle."""
    last = max((index for index in range(at, end) if text[index] in HARD), default=at)
    if bracketed.holds(at) and (last == at or bracketed.holds(last)):
        closed = text.rindex(text[at:end].rstrip()[-1], at, end)
        if _stands_alone(text, closed, bracketed):
            return True
        return text[closed] in "」』" and bracketed.closes(closed) and not "\u3041" <= text[end] <= "\u309f"
    if text[at] == "．" and text[at - 1 : at].isdecimal() and text[end].isdecimal():
        return False
    if text[end - 1] in "\"'" and "\u3041" <= text[end] <= "\u309f":
        return False
    if text[last] in "！？" and _PARTICLE.match(text, end):
        return False
    return _GOES_ON.match(text, end) is None


def _stands_alone(text: str, at: int, bracketed: Enclosures) -> bool:
    """Whether the bracket that closes at an offset opened behind the end of a sentence."""
    opened = bracketed.opening(at)
    before = text[max(0, opened - 4) : opened].rstrip() if text[at] in "）)" else ""
    return text[at] in "）)" and (not before or before.rstrip("”’」』）】")[-1:] in HARD)


def _west_ends(match: re.Match[str], end: int, word: int, around: Surroundings, rules: _Rules) -> bool:
    """Whether a mark that needs white space after it ends."""
    text, shut = match.string, match["shut"]
    mark = text[match.start() : match.end("west")]
    after = next_word(text, end)
    if _GOES_ON.match(text, end) or (mark == "!" and _is_name_with_cry(text, match.start(), after, rules)):
        return False
    if mark in _FULL_STOPS:
        return _full_stop_ends(_Stop(text, match.start(), end, word, shut, after), rules.words)
    if set(mark) <= {".", "…", " "}:
        if _OPENS.match(text, match.start() - 1):
            return False
        return after[:1].isupper() or not after
    if is_small(after):
        return mark == "?" and not shut and _asks_anew(match.string, match.start(), end, word, around, rules)
    return True


def _is_name_with_cry(text: str, at: int, after: str, rules: _Rules) -> bool:
    """Whether Latin letters stand on both sides of a mark in a script without capitals: "Yahoo! JAPAN"."""
    return not rules.words.cased and _is_latin(text[at - 1 : at]) and _is_latin(after[:1])


def _asks_anew(text: str, at: int, end: int, word: int, around: Surroundings, rules: _Rules) -> bool:
    """Whether a question that ends at ``at`` is over, though a small letter follows.

    It is not where one word asks after another, nor where somebody is said to ask.
    """
    if not text[end].isalpha() or around.quoted.holds(at):
        return False
    if _ASKS_ON.match(text, end) and _ASKED.search(text[max(word, at - 18) : at]):
        return False
    return rules.speech is None or not rules.speech.match(text, end)


def _lacks_space(match: re.Match[str], end: int, around: Surroundings, words: Lexicon) -> bool:
    """Whether a mark ends though no white space follows, and nothing behind it may open what does."""
    text, shut = match.string, match["shut"]
    if text[match.start() : match.end("west")] not in _ENDS:
        return False
    closed = not shut or shut[-1] in "”’»)]" or (shut[-1] == '"' and around.quoted.closes(end - 1))
    return closed and is_glued(text, match.start(), end, words)


def _touches(match: re.Match[str], end: int, words: Lexicon) -> bool:
    """Whether no white space follows, or figures that are no footnote's: "No.5", not "agreed.5 The"."""
    text, at = match.string, match.start()
    noted = match["note"] and text[match.start("note") - 1] != OBJECT
    if noted and text[at - 1].isalnum() and not is_whole(text, at, words):
        return True
    if text[end - 1].isspace() or text[end - 1] == OBJECT:
        return False
    if text[match.end("west") - 1] not in "!?":
        return True
    if not _is_ideograph(text[end]):
        return not (text[end].isdecimal() and _is_ideograph(text[at - 1]))
    return text[at] == "!" and _is_latin(text[at - 1])  # a name: "Yahoo!ニュース"


def _full_stop_ends(stop: _Stop, words: Lexicon) -> bool:
    if is_label(stop.text, stop.word, stop.at, words) or _is_dateline(stop):
        return False
    goes_small = is_small(stop.after)
    if goes_small and (stop.shut or not is_whole(stop.text, stop.at, words)):
        return False
    kind = kind_before(stop.text, stop.at, words, min(stop.word, stop.at))
    if goes_small or kind in {Before.PLAIN, Before.LEADING}:
        return kind is Before.PLAIN
    if kind is Before.NUMBERED:
        return not (is_number(stop.after) or _CODE.match(stop.text, stop.end))
    if kind is Before.TRAILING:
        first = stop.after[:1]
        return first.isalpha() and not first.islower() and not _brackets_shut(stop)
    return small(stop.after) in words.starters and not _brackets_shut(stop) and not _names(stop, words)


def _names(stop: _Stop, words: Lexicon) -> bool:
    """Whether initial and surname with an article are a name: "J. Le Goff".

    They are in brackets, at the end and behind a title ("Mme A. Le Bris").
    """
    text, at = stop.text, stop.at
    if not text[at - 1].isupper() or text[at - 2 : at - 1].isalnum() or stop.shut:
        return False
    title = text[max(stop.word, at - _LONGEST_TITLE) : at - 1].rstrip(" .\u00a0").rpartition(" ")[2]
    article = _ARTICLE.match(text, stop.end)
    if article and article[1].isupper() and words.listed.get(title) is Before.LEADING:
        return True
    bracket = text.rfind("(", max(stop.word - 1, at - _LONGEST_CREDIT, 0), at)
    credit = _CLOSES_CREDIT.match(text, stop.end) if bracket >= 0 and ")" not in text[bracket:at] else None
    if credit and all(len(word) <= _SHORT_IN_NAMES or not word[0].islower() for word in credit[1].split()):
        return True
    surname = _SURNAME.match(text, stop.end)
    if surname is None or surname[2].islower():
        return False
    return small(surname[1]) in words.function_words


def _brackets_shut(stop: _Stop) -> bool:
    return ")" in stop.shut or "]" in stop.shut


def _is_dateline(stop: _Stop) -> bool:
    """Whether a place and a day lead in: "Geneva, 3 May. – The …"."""
    if not _SPACED_DASH.match(stop.text, stop.end):
        return False
    return _DATELINE.fullmatch(stop.text, stop.word, stop.at) is not None


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _is_ideograph(char: str) -> bool:
    return "\u3041" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af"
