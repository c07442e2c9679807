"""The main part of a page by its words and links alone, for pages whose elements do not say what they are.

Running text speaks for an element and rows of links speak against it; the element with the highest sum is
the main part.  This is the maximum subsequence of Pasternack and Roth ("Extracting Article Text from the Web
with Maximum Subsequence Segmentation", WWW 2009) over the elements of a page, with the link density of
Kohlschütter and others ("Boilerplate Detection using Shallow Text Features", WSDM 2010) as the measure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from l10n.formats.html import elements as kinds
from l10n.formats.html.entities import decode
from l10n.formats.html.tokens import Sort, Token, attribute_values, names
from l10n.formats.html.tree import Element

# What a letter in a menu counts, in letters of running text: less where the element found has little of all
# that there is, since in long articles rows of links stand between their parts.
_AGAINST = (4.0, 2.0, 1.0)
_SHARE = 0.4
_LINKED = 0.4  # of the letters of an element that is a row of links
_NEARLY = 0.9  # of the letters
_SENTENCE = 50  # letters that are hardly ever a label
_LABEL = 0.3  # what a letter of one counts
_TITLE = 150  # letters that a part of the page's own title is worth
_HEADLINE = 500  # letters that the longest one is worth in a heading: an article is nothing without its own
_ENOUGH = 80  # letters that make a main part
_SMALL = 0.4  # of a page's letters: what has more is no menu, whatever it is called
_WIDE = 2.5  # letters that a Chinese, Japanese or Korean character is worth
_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "title", "head", "select", "option", "button"}
)
_APART = frozenset({"nav", "footer", "aside", "dialog", "form"})
_APART_ROLES = names(
    "navigation dialog alertdialog contentinfo complementary search menu menubar banner form"
)
_HEADINGS = frozenset({"h1", "h2", "h3"})
_ENTRIES = frozenset({"li", "dd"})
# What systems and their templates call what is no article, in the words of several languages.
_CALLED = names(
    "nav navi navbar navigation topnav leftnav menu menus submenu mainmenu sidebar seitenleiste lateral"
    " footer foot pied pie fuss fusszeile header kopf kopfzeile cabecera masthead banner bandeau logo"
    " breadcrumb breadcrumbs ariane migas brotkrumen pathway cookie cookies consent share sharing social"
    " partage teilen compartir related comment comments commentlist kommentare comentarios"
    " commentaires respond login search recherche suche buscar tagcloud widget pager pagination copyright"
    " credits impressum newsletter popup modal skip toolbar outils sponsor promo advert ads quicklaunch"
    " leftpanel"
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_PARTS_OF_TITLE = re.compile(r"\s*[_|–—·«»]+\s*|(?:\s+-+|:)\s+")
_ENDS = re.compile(r"[.!?…。！？؟۔।][\"'”’»)\]」』\s]*\Z")
_RIGHTS = re.compile(r"©|\(c\)\s*\d{4}|all rights reserved|tous droits réservés", re.IGNORECASE)


@dataclass(slots=True)
class _Block:
    """The words that stand in an element itself: their letters, and those of them in links."""

    letters: float = 0.0
    linked: float = 0.0
    words: str = ""


@dataclass(slots=True)
class _Sum:
    """The same of an element with all that is inside, and what speaks for it.

    ``running`` are the letters of running text, ``headline`` says that the page's title is a heading in it,
    ``teases`` that a link heads its words.
    """

    letters: float = 0.0
    linked: float = 0.0
    running: float = 0.0
    value: float = 0.0
    headline: bool = False
    teases: bool = False


@dataclass(frozen=True, slots=True)
class _Page:
    """A page with the parts of its title and the words in each of its elements."""

    text: str
    elements: Sequence[Element]
    blocks: Sequence[_Block]
    title: Mapping[str, bool]
    letters: float


def main_part(text: str, every: Sequence[Token], found: Sequence[Element]) -> int | None:
    """The index of the element that is the main part of a page, None where no element has running text.

    ``found`` is the outline of the page's tokens.  Takes time in proportion to the page.
    """
    blocks = [_Block() for _ in found]
    for index, said, linked in _said(text, every, found):
        block, weight = blocks[index], _weight(said)
        block.letters += weight
        block.linked += weight * linked
        block.words += said
    page = _Page(text, found, blocks, _title(text, every), sum(block.letters for block in blocks))
    running = sum(max(_own_value(block, 0), 0) for block in blocks)
    best = None
    for against in _AGAINST:
        sums = _sums(page, against)
        told = [index for index, one in enumerate(sums) if min(one.running, one.value) >= _ENOUGH]
        values = {index: (sums[index].value, index) for index in told}
        best = max(told, key=values.__getitem__, default=best)
        if best is not None and sums[best].running >= _SHARE * running:
            break
    return best


def _sums(page: _Page, against: float) -> list[_Sum]:
    """What speaks for each element, with what a letter in a row of links speaks against it."""
    sums = [_Sum() for _ in page.elements]
    for index in range(len(sums) - 1, -1, -1):
        element, own = page.elements[index], sums[index]
        _close(page, element.tag, page.blocks[index], own, against)
        if element.parent >= 0:
            around = sums[element.parent]
            around.letters += own.letters
            around.linked += own.linked
            around.running += own.running
            around.value += own.value
            around.headline = around.headline or own.headline
            heads = element.tag.name in kinds.HEADINGS and own.linked > _NEARLY * own.letters
            around.teases = around.teases or heads
    return sums


def _close(page: _Page, tag: Token, block: _Block, own: _Sum, against: float) -> None:
    """Sum an element up, now that all inside of it is known."""
    own.letters += block.letters
    own.linked += block.linked
    if block.letters:
        value = _own_value(block, against)
        own.running += max(value, 0)
        own.value += value
        longest = page.title.get(_folded(block.words))
        if longest is not None and block.linked < block.letters / 2:
            own.headline = tag.name in _HEADINGS
            own.value += _HEADLINE if own.headline and longest else _TITLE
    if own.linked > _LINKED * own.letters:
        own.value = min(own.value, -against * own.letters)
    elif not own.headline:
        entry = tag.name in _ENTRIES and 0 < _NEARLY * block.letters <= block.linked < own.letters
        apart, named_apart = _apart(page.text, tag)
        if apart or (own.letters < _SMALL * page.letters and (entry or own.teases or named_apart)):
            own.value = -against * own.letters


def _own_value(block: _Block, against: float) -> float:
    if block.linked > block.letters / 2 or _RIGHTS.search(block.words):
        return -against * block.letters
    says = block.letters >= _SENTENCE or _ENDS.search(block.words)
    return (block.letters - block.linked) * (1.0 if says else _LABEL)


def _said(text: str, every: Sequence[Token], found: Sequence[Element]) -> Iterator[tuple[int, str, bool]]:
    """The words of a page, each with the index of the block they stand in and whether they are in a link."""
    at = 0
    open_: list[tuple[int, int, bool, bool]] = []  # end, the block, in a link, unseen
    for token in every:
        while open_ and open_[-1][0] <= token.start:
            open_.pop()
        if token.sort is Sort.START:
            _, block, linked, unseen = open_[-1] if open_ else (0, -1, False, False)
            own = token.name in kinds.BLOCKS or block < 0
            linked = linked or (token.name == "a" and "href" in text[token.start : token.end].lower())
            open_.append((found[at].end, at if own else block, linked, unseen or token.name in _UNSEEN))
            at += 1
        elif token.sort is Sort.TEXT and open_ and not open_[-1][3]:
            yield open_[-1][1], decode(text[token.start : token.end]), open_[-1][2]


def _weight(said: str) -> float:
    """The letters and figures in words, as many as the same would have in an alphabet."""
    if said.isascii():
        return sum(map(str.isalnum, said))
    return sum(_WIDE if unicodedata.east_asian_width(char) == "W" else 1 for char in said if char.isalnum())


def _title(text: str, every: Sequence[Token]) -> dict[str, bool]:
    """A page's title and its parts, one of which is the headline, most likely the longest (True)."""
    said = next(
        (text[one.start : one.end] for one in every if one.sort is Sort.RCDATA and one.name == "title"), ""
    )
    folded = _folded(decode(said))
    parts = [part for part in _PARTS_OF_TITLE.split(folded) if part]
    return {part: part in {folded, max(parts, key=len)} for part in (*parts, folded)} if parts else {}


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _apart(text: str, tag: Token) -> tuple[bool, bool]:
    """Whether an element says that it is no article, and whether its name or style says so."""
    if tag.name in _APART or tag.name in {"html", "body"} or tag.end - tag.start == len(tag.name) + 2:
        return tag.name in _APART, False
    return _says_apart(text[tag.start : tag.end], tag.name)


@lru_cache(4096)
def _says_apart(raw: str, name: str) -> tuple[bool, bool]:
    values = attribute_values(raw, Token(Sort.START, 0, len(raw), name))
    if values.get("role", "").lower() in _APART_ROLES or "hidden" in values:
        return True, False
    if values.get("aria-hidden", "").lower() == "true":
        return True, False
    called = _WORD.findall(f"{values.get('id', '')} {values.get('class', '')}")
    unseen = "display:none" in values.get("style", "").replace(" ", "").lower()
    return False, name == "form" or unseen or not _CALLED.isdisjoint(word.lower() for word in called)
