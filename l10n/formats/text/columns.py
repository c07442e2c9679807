"""Where a line may be broken, and what stands for the break when it is mended."""

from __future__ import annotations

import re
from html.entities import codepoint2name

from l10n.display_width import display_width

# Thai to Khmer, and everything Han, kana or full-width: scripts that part words without spaces.
_SPACELESS = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u312f\u3190-\u31ff\u3200-\u4dbf\u4e00-\ua4cf"
    r"\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff9f\uffe0-\uffe6\U00020000-\U0003ffff]"
)
_SOLID = re.compile(r"[\S\u00a0\u202f]*+")
_IDEOGRAPH, _LATIN = r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]", r"[0-9A-Za-z]"
_ANY_IDEOGRAPH = re.compile(_IDEOGRAPH)
_TOUCHING = re.compile(rf"{_IDEOGRAPH}(?={_LATIN})|{_LATIN}(?={_IDEOGRAPH})")
_SPACED = re.compile(rf"{_IDEOGRAPH} (?={_LATIN})|{_LATIN} (?={_IDEOGRAPH})")
_ENTITIES = {chr(point): len(name) + 2 for point, name in codepoint2name.items() if point >= 0xA0}
_ENTITY = re.compile(f"[{''.join(_ENTITIES)}]")
# JIS X 4051 and GB/T 15834: what may not start a line, what may not end one.
_NOT_FIRST = frozenset(
    "，。、；：！？）」』】〉》”’％…ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョะาำๅๆฯ,.;:!?)]}"
)
_NOT_LAST = frozenset("（「『【〈《“‘([{เแโใไເແໂໃໄ")


def as_entities(text: str) -> int:
    """The columns a text took in an HTML source that wrote é as ``&eacute;``.

    Old pages were wrapped as they were written, entities and all, and only then read by a
    browser: their lines look ragged until they are measured this way.
    """
    if text.isascii():
        return len(text)
    named = _ENTITY.findall(text)
    return display_width(text) - display_width("".join(named)) + sum(map(_ENTITIES.__getitem__, named))


def spaceless(char: str) -> bool:
    """Whether a character belongs to a script that writes no spaces between words."""
    return char >= "\u0e00" and _SPACELESS.match(char) is not None


def ideographs(text: str) -> int:
    """How many characters of such scripts a text has."""
    return 0 if text.isascii() else len(_SPACELESS.findall(text))


def without_ideographs(text: str) -> str:
    """A text with a space for each character of such scripts."""
    return text if text.isascii() else _SPACELESS.sub(" ", text)


def may_part(left: str, right: str) -> bool:
    """Whether a line may end between two characters that have no space between them."""
    return (
        spaceless(left)
        and spaceless(right)
        and left not in _NOT_LAST
        and right not in _NOT_FIRST
        and display_width(right) > 0
    )


def opening_word(text: str) -> str:
    """The shortest stretch from the start of a line that could have stood on the line before."""
    match = _SOLID.match(text)
    word = match[0] if match else ""
    if not word.isascii():
        for at in range(1, len(word)):
            if may_part(word[at - 1], word[at]):
                return word[:at]
    return word


def dense(text: str, *, spaces: int = 0) -> bool:
    """Whether figures and Latin letters stand beside a text's ideographs, with no more spaces than that."""
    if text.isascii() or not _ANY_IDEOGRAPH.search(text):
        return False
    return _TOUCHING.search(text) is not None and len(_SPACED.findall(text)) <= spaces


def joint(left: str, right: str, function_words: frozenset[str] = frozenset(), *, dense: bool = False) -> str:
    """What stands between two lines of one paragraph: a space, or nothing.

    Nothing between ideographs, in a ``dense`` text nothing beside one, and nothing after a hyphen
    that follows a letter: the hyphen stays, because a wrapped compound (``vice-`` / ``président``)
    looks the same as a word cut in two, and the compound is the commoner.  A hyphen before a
    function word is a suspended one (German ``Ein-`` / ``und Ausreise``) and keeps its space.
    """
    if not left or not right:
        return ""
    beside = spaceless(left[-1]), spaceless(right[0])
    if all(beside) or (dense and any(beside)):
        return ""
    if left[-1] in "-‐" and left[-2:-1].isalpha() and right[0].isalpha():
        return " " if opening_word(right).casefold() in function_words else ""
    return " "
