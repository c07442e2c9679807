"""The lines of a text that only a web page writes: menus, buttons, links to other articles."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from itertools import groupby, pairwise

from l10n.conventions import Convention
from l10n.formats.text import contacts, justified, locked, repeats, rows, sharing
from l10n.formats.text.lines import (
    BLANK,
    ITEM,
    RULE,
    WORDS,
    Line,
    cased,
    ends_sentence,
    ends_with_colon,
    goes_on,
    is_date,
    words,
)


class Sign(Enum):
    """Why a line is known as navigation by itself."""

    DOUBLED = "the same line follows"
    GLUED = "it repeats the label above it, glued to a blurb"
    BARE = "a bullet without an item"
    CHOICES = "several labels between bars"
    TRAIL = "the way from the first page to this one"
    RIGHTS = "a notice of copyright"
    SHARES = "a link to a social network"
    RELATED = "other articles are named"
    BUTTON = "a button of the page"
    CONSENT = "the page asks whether it may keep cookies"


PRESSED = frozenset({Sign.BUTTON, Sign.SHARES, Sign.CONSENT})
"""What readers may press, and what asks them to: it stands between a title and its text as well."""

BARS = re.compile(r"\s[|›»>·•/→]\s|｜|\|")
"""What parts the labels of a menu in one line."""

_ARROW_SIGNS = re.compile(r"[>›»→＞]")
_BAR_SIGNS = re.compile(r"[|›»>·•/→｜]")
_ARROWS = re.compile(r"\s*(?:>>|(?<![<=-])[›»>→＞](?!\d))\s*")
_QUOTED_OR_TAGGED = re.compile(r"[«<‹]")
_PARTED = re.compile(r"\s*(?:[|｜·•]|\][\s/]*\[|\s/\s|\t|[^\S\n]{2,}|\u3000)\s*")
_DIGITS = re.compile(r"\d+(?:[ ,.\u00a0\u202f]\d{3})*")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
# What lies between buttons in brackets, and the brackets themselves.
_BRACKETED = re.compile(r"[\]】][\s/|]*[\[【]")
_BRACKETS = re.compile(r"\s*[\[\]【】]\s*")
# What a page says of a link that leads away from it: "(new window)".
_ASIDE = re.compile(r"\s\([^()]{3,30}(?:\)|$)")
_COLON = re.compile(r"\s*[:：]\s*")
_LEADS = re.compile(r":\s|：")
# The sizes a page may be read in, after a few words for that perhaps: "字号：[ 大 中 小 ]", "A+ A A-".
_SIZE = r"(?:特?[大小]|中|[標标][準准]|[Aaأاअ][+＋−-]?|А[+＋−-]?)"
_BEGINS_SIZES = re.compile(
    rf"\W*(?:[^\W\d_]{{2,8}}(?:\s[^\W\d_]{{2,8}})?\s?[:：]?)?\W*{_SIZE}[\s/|·、【】\[\]]"
)
_SIZES = re.compile(
    rf"(?:[^\W\d_]{{2,8}}(?:\s[^\W\d_]{{2,8}})?\s?[:：]?)?\W*{_SIZE}(?:[\s/|·、【】\[\]]+{_SIZE}){{1,4}}\W*"
)
# Cookies, as the pages of the languages of the conventions call them.
_COOKIES = re.compile(
    r"cookie|файл\w* куки|\bкуки\b|бисквитк|колачић|ملفات (?:تعريف )?الارتباط|الكوكيز|کوکی"
    r"|עוגיות|कुकी|কুকি|クッキー|쿠키|\b(?:ciasteczk|sütik|evästei|evästee|çerez|slapuk|sīkfail|sīkdat|küpsis|piškot|kolačić|galetes|vidakuzi)"
)
_TERMINATED = re.compile(r"[.!?。！？।؟]\s*")
# The numbers that text browsers put before links.
_LINK_NUMBER = re.compile(r"\[\d{1,3}\](?=\S)")
# Images and the fields of forms, as text browsers show them.
_BOXES = re.compile(r"(?:\s*(?:\[\d{1,3}\])?(?:\[[^\]]{0,40}\]|【[^】]{1,8}】(?!$)|(?<=】)【[^】]{1,8}】))+")
# One of them with words alone may be what was heard: "[Applause]", "[inaudible]".
_HEARD = re.compile(r"\[[^\W_](?:[^\]_]*[^\W_])?[.!?…]?\]")
_IMAGE = re.compile(r"(?i)\[(?:image|img|inline|logo|photo|picture|bild|icon|banner|video|embed)\b")
_LONGEST = 300
_WIDEST = 160
_LONGEST_LABEL = 5
_MOST_RELATED = 8
_LONGEST_FILE = 10
_FEWEST_LANGUAGES = 3
_FEWEST_SPACED = 4
_LONGEST_NOTICE = 5
# fmt: off
_LANGUAGES = frozenset({
    "english", "français", "español", "العربية", "عربي", "русский", "中文", "简体中文",
    "繁體中文", "繁体中文",
    "português", "deutsch", "italiano", "हिन्दी", "हिंदी", "日本語", "català", "nederlands", "polski",
    "türkçe", "한국어", "українська", "ελληνικά", "فارسی", "svenska", "dansk", "norsk", "suomi",
    "čeština", "magyar", "română", "български", "hrvatski", "slovenčina", "slovenščina", "eesti",
    "latviešu", "lietuvių", "euskara", "galego", "עברית", "bahasa", "tiếng việt", "ไทย", "বাংলা",
    "اردو", "kiswahili",
})
# fmt: on
_MAIL = frozenset({"email", "e-mail", "mail", "line", "x", "x (twitter)"})


def signs(lines: Sequence[Line], convention: Convention) -> dict[int, Sign]:
    """The lines that are navigation whatever stands around them, each with the reason.

    Of two equal lines the first is the sign; the second is a label like any other.  ``convention`` has the
    words over a row of titles of other articles, and those of what readers may press, such as to share or
    print.
    """
    out: dict[int, Sign] = {}
    filled = [index for index, line in enumerate(lines) if line.shape is not BLANK]
    for index_above, following in pairwise(filled):
        label, line = lines[index_above], lines[following]
        apart = following > index_above + 1
        if repeats.doubled(label, line, apart=apart) or repeats.doubled_behind_kicker(
            label, line, convention
        ):
            out[index_above] = Sign.DOUBLED
        elif repeats.glued(label.content, line.content):
            out[index_above] = Sign.DOUBLED
            out[following] = Sign.GLUED
    out.update(dict.fromkeys(repeats.doubled_in_two(lines, filled), Sign.DOUBLED))
    alone = _alone(lines, [index for index in filled if index not in out], convention)
    rowed = rows.find(lines) | justified.find(lines) if Sign.CHOICES in alone.values() else set[int]()
    out |= {
        index: sign
        for index, sign in alone.items()
        if not (sign is Sign.CHOICES and (index in rowed or _in_table(lines, index)))
    }
    begun = False
    for index in filled:
        begun = begun or (index not in out and _is_prose(lines[index].content))
        heading, _, words_behind = lines[index].content.replace("：", ":").partition(":")
        if heading.rstrip().casefold() in convention.related:
            out[index] = Sign.RELATED
            if not words_behind and begun:
                _over_others(lines, index, out, convention)
    out.update(_among(lines, filled, out))
    pressed = {index for index, sign in out.items() if sign in PRESSED}
    out.update(dict.fromkeys(sharing.also(lines, filled, pressed, out), Sign.SHARES))
    out.update(dict.fromkeys(_switches(lines, filled), Sign.CHOICES))
    buttons = _button_labels(convention.buttons)
    out.update(dict.fromkeys(_asks_consent(lines, filled, out, buttons), Sign.CONSENT))
    return out


def _alone(lines: Sequence[Line], filled: Sequence[int], convention: Convention) -> dict[int, Sign]:
    """The lines that are signs by themselves, but for names of networks that head what is said of them."""
    out = {index: sign for index in filled if (sign := _by_itself(lines[index], convention))}
    for above, index, below in zip(filled, filled[1:], filled[2:], strict=False):
        if out.get(index) is Sign.SHARES and _heads_text(lines[above], lines[index], lines[below]):
            del out[index]
    return out


def _heads_text(above: Line, line: Line, below: Line) -> bool:
    """Whether the name of a network between sentences heads what is said of it."""
    return (
        line.shape is WORDS
        and contacts.is_network(line.content)
        and all(_is_prose(near.content) and ends_sentence(near.content) for near in (above, below))
    )


def _asks_consent(
    lines: Sequence[Line], filled: Sequence[int], out: Mapping[int, Sign], buttons: Collection[str]
) -> set[int]:
    """The sentences about cookies that stand beside other lines of a page, at its edges, or with a button."""
    found: set[int] = set()
    for place, index in enumerate(filled):
        if index in found or index in out or not _COOKIES.search(lines[index].content.casefold()):
            continue
        start, end = _sentences(lines, filled, place, out)
        edges = (start == 0 or filled[start - 1] in out, end == len(filled) or filled[end] in out)
        asked = _TERMINATED.split(lines[filled[end - 1]].content)[-1]
        if end - start <= _LONGEST_NOTICE and (any(edges) or (asked and _is_button(asked, buttons))):
            found.update(filled[start:end])
    return found


def _sentences(
    lines: Sequence[Line], filled: Sequence[int], place: int, out: Mapping[int, Sign]
) -> tuple[int, int]:
    """The lines, as places in ``filled``, of the sentences that one of them is a part of.

    They are followed no farther than a notice is long.
    """
    start, end = place, place + 1
    least, most = max(0, place - _LONGEST_NOTICE), min(len(filled), place + 1 + _LONGEST_NOTICE)
    while start > least and goes_on(lines[filled[start]].content) and filled[start - 1] not in out:
        start -= 1
    while end < most and filled[end] not in out and _follows(lines, filled[end]):
        end += 1
    return start, end


def _follows(lines: Sequence[Line], at: int) -> bool:
    """Whether a line goes on with the one above, by its small letter or where there are no capitals."""
    line, above = lines[at], lines[at - 1]
    uncased = (
        above.shape is line.shape is WORDS and not cased(line.content) and not ends_sentence(above.content)
    )
    return goes_on(line.content) or (uncased and words(above.content) > _LONGEST_LABEL)


def _is_prose(text: str) -> bool:
    """Whether a line is longer than the labels of a menu: twice so where it ends no sentence."""
    return words(text) > _LONGEST_LABEL and (ends_sentence(text) or words(text) > 2 * _LONGEST_LABEL)


def _over_others(lines: Sequence[Line], at: int, out: dict[int, Sign], convention: Convention) -> None:
    """The titles of other articles under their heading, down to a line that is surely none."""
    for index in _titles(lines, at):
        if out.get(index) is Sign.RIGHTS or contacts.begins(lines, index, convention):
            return
        out.setdefault(index, Sign.RELATED)


def _switches(lines: Sequence[Line], filled: Sequence[int]) -> Iterator[int]:
    """Lines that let readers choose a language, each under its own name."""
    for is_language, row in groupby(filled, key=lambda index: _names_language(lines[index])):
        indices = [*row]
        if is_language and len(indices) >= _FEWEST_LANGUAGES:
            yield from indices


def _names_language(line: Line) -> bool:
    name = (_LINK_NUMBER.sub("", line.content) if "[" in line.content else line.content).casefold()
    return name in _LANGUAGES or (name.partition(" ")[0] in _LANGUAGES and words(name) < _LONGEST_LABEL)


def _among(lines: Sequence[Line], filled: Sequence[int], out: dict[int, Sign]) -> Iterator[tuple[int, Sign]]:
    """Labels such as "E-mail" or "X" that say nothing by themselves, beside what shares a page."""
    for above, index in pairwise(filled):
        under = out.get(above) is Sign.BUTTON and out.get(index) is Sign.SHARES
        if under and contacts.is_network(lines[index].content):
            out[index] = Sign.BUTTON
    pressed = {index for index in filled if out.get(index) in PRESSED}
    for first, second in (*pairwise(filled), *pairwise(reversed(filled))):
        if first in pressed and second not in out and lines[second].content.casefold() in _MAIL:
            pressed.add(second)
            yield second, Sign.BUTTON


def _in_table(lines: Sequence[Line], at: int) -> bool:
    """Whether a line between bars has another, or a ruled one, right above or below it."""
    text = lines[at].content
    if text[:1] != "|" or text[-1:] != "|":
        return False
    beside = [lines[index].content[:1] for index in (at - 1, at + 1) if 0 <= index < len(lines)]
    return "|" in beside or "+" in beside


def _titles(lines: Sequence[Line], at: int) -> Iterator[int]:
    """The titles right under a line; below a blank one, items or two and more in a row."""
    first = at + 1
    if first + 2 < len(lines) and lines[first].shape is BLANK:
        shapes = [line.shape for line in lines[first + 1 : first + 3]]
        first += shapes[0] is ITEM or shapes == [WORDS, WORDS]
    for index in range(first, min(first + _MOST_RELATED, len(lines))):
        line = lines[index]
        if line.shape not in (WORDS, ITEM) or ends_sentence(line.content) or ends_with_colon(line.content):
            return
        yield index


def _by_itself(line: Line, convention: Convention) -> Sign | None:
    if line.shape is RULE:
        return Sign.BARE if line.marker in {"-", "*", "+", "•", "·", "–", "|"} else None
    text = line.content
    if contacts.rights(text):
        return Sign.RIGHTS
    if line.shape not in (WORDS, ITEM) or len(text) > _LONGEST:
        return None
    if (_BOXES.fullmatch(text) and not _was_heard(text)) or _may_be_pressed(text, convention.buttons):
        return Sign.BUTTON
    on_x = " X" in f" {text}" and sharing.is_on_x(text, _button_labels(convention.buttons))
    if on_x or contacts.shares(text) or contacts.leads_elsewhere(repeats.run_together(text)):
        return Sign.SHARES
    return _several(text, convention)


def _may_be_pressed(text: str, buttons: tuple[str, ...]) -> bool:
    """Whether a line is a button; its first word tells of most lines that they are none."""
    if len(text) > _WIDEST:
        return False
    label = _LINK_NUMBER.sub("", text) if "[" in text else text
    first = _FIRST_WORD.search(label)
    if first and first[0].casefold() not in _first_words(buttons) and not _BEGINS_SIZES.match(label):
        return False
    return _is_button(label, _button_labels(buttons))


@lru_cache(maxsize=64)
def _first_words(buttons: tuple[str, ...]) -> frozenset[str]:
    """The letters that a button, a row of them or a label beside them begins with."""
    labels = (*_button_labels(buttons), *_MAIL, *contacts.NETWORKS)
    return frozenset(first[0] for label in labels if (first := _FIRST_WORD.search(label)))


def _was_heard(text: str) -> bool:
    """Whether words in brackets may be part of a record of what was said, and are no image and no file."""
    if _IMAGE.match(text) or contacts.leads_elsewhere(text):
        return False
    return _HEARD.fullmatch(text) is not None


@lru_cache(maxsize=64)
def _button_labels(buttons: tuple[str, ...]) -> frozenset[str]:
    """What readers may press, as a line is compared with it."""
    return frozenset(map(_as_listed, buttons))


def _is_button(text: str, buttons: Collection[str]) -> bool:
    """Whether a line is a button, a row of them, or one that names what it takes along or where to.

    A number in it counts as ``#``: "3 min read", "Print (2)".
    """
    label = _as_listed(text)
    if label in buttons:
        return True
    if ends_sentence(text) and text[-1] != "…":
        return False
    return _SIZES.fullmatch(text) is not None or _begins_with_button(text, label, buttons)


def _begins_with_button(text: str, label: str, buttons: Collection[str]) -> bool:
    """Whether a button stands first, with what it takes along or where to, or a row of them."""
    parts = _ASIDE.sub("", label).split(" ")
    for at in range(1, min(len(parts), _LONGEST_LABEL + 1)):
        if " ".join(parts[:at]) in buttons and _leads(" ".join(parts[at:]), text):
            return True
    begun, _, behind = label.partition(":")
    begun = begun.rstrip()
    if begun in buttons and contacts.leads_elsewhere(behind):
        return True
    labels = [_as_listed(piece) for piece in _PARTED.split(behind if behind and begun in buttons else label)]
    if len(labels) == 1 and begun not in buttons:
        return _are_buttons(parts, buttons)
    return all(
        piece in buttons or piece in _MAIL or _SIZES.fullmatch(piece) or contacts.is_network(piece)
        for piece in labels
        if piece
    )


def _leads(behind: str, text: str) -> bool:
    """Whether what stands behind a button names a network, or a file."""
    return contacts.is_network(behind) or (contacts.names_file(text) and words(text) <= _LONGEST_FILE)


def _are_buttons(parts: Sequence[str], buttons: Collection[str]) -> bool:
    """Whether words are several buttons one after the other, with the networks that they lead to."""
    at = count = 0
    while at < len(parts):
        ends = range(min(len(parts), at + _LONGEST_LABEL), at, -1)
        labels = ((end, " ".join(parts[at:end])) for end in ends)
        end = next((end for end, label in labels if label in buttons or label in _MAIL), 0)
        if not end:
            return False
        at, count = end, count + 1
        while at < len(parts) and contacts.is_network(parts[at]):
            at += 1
    return count > 1


def _as_listed(text: str) -> str:
    """A label as the lists of buttons have it."""
    parted = _BRACKETS.sub(" ", _BRACKETED.sub(" | ", text))
    plain = _DIGITS.sub("#", _COLON.sub(":", parted)).casefold()
    return plain.strip(" \t\u00a0()<>|:→›»…").replace("\u00a0", " ").removesuffix(" (#")


def _several(text: str, convention: Convention) -> Sign | None:
    """Several labels in one line: a menu, or the way to the page that ends with its title."""
    if ends_sentence(text) or _is_trail(text, convention.buttons):
        return None if ends_sentence(text) else Sign.TRAIL
    linked = len(_LINK_NUMBER.findall(text)) if text[0] == "[" else 0
    if (linked > 1 and words(text) <= _LONGEST_LABEL * linked) or repeats.run_together(text):
        return Sign.CHOICES
    choices = BARS.split(text) if _BAR_SIGNS.search(text) else [text]
    wide = rows.is_wide(text)
    if (len(choices) < 3 and not wide and "  " not in text) or locked.has_value(
        text, convention.phone_labels
    ):
        return None
    if sum(map(is_date, choices)) == 1:  # who wrote it, and when
        return None
    spaced = "  " in text and _are_spaced(justified.WIDENED.split(text))
    if spaced or _are_labels(choices) or (wide and _are_labels([cell for cell, _ in rows.cells(text)])):
        return Sign.CHOICES
    return None


def _is_trail(text: str, buttons: tuple[str, ...]) -> bool:
    if not _ARROW_SIGNS.search(text):
        return False
    *steps, last = _ARROWS.split(text)
    # "You are here: home > news" is surely one, with a single arrow.
    first = steps[0] if steps else ""
    home = _as_listed(first) in _button_labels(buttons)
    led = home or (_LEADS.search(first) is not None and "@" not in text)
    short = len(steps) + led > 1 and all(0 < words(step) <= _LONGEST_LABEL for step in steps)
    return short and bool(last) and not _QUOTED_OR_TAGGED.search(text)


def _are_spaced(cells: Sequence[str]) -> bool:
    """Whether pieces with two blanks between them are labels: those of a justified line begin small, too."""
    capital = not any(cell[0].islower() for cell in cells)
    return len(cells) >= _FEWEST_SPACED and capital and _are_labels(cells)


def _are_labels(cells: Sequence[str]) -> bool:
    return len(cells) > 2 and all(
        words(cell) <= _LONGEST_LABEL and any(map(str.isalpha, cell)) for cell in cells
    )
