"""The main part of a page by its words and links alone, for pages whose elements do not say what they are.

Running text speaks for an element and rows of links speak against it; the element with the highest sum is
the main part.  This is the maximum subsequence of Pasternack and Roth ("Extracting Article Text from the Web
with Maximum Subsequence Segmentation", WWW 2009) over the elements of a page, with the link density of
Kohlschütter and others ("Boilerplate Detection using Shallow Text Features", WSDM 2010) as the measure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from l10n.formats.html import elements as kinds
from l10n.formats.html.entities import decode
from l10n.formats.html.headlines import Heading, Titles, folded, headline, is_plain, titles
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
_HEADLINE = 500  # letters that the headline is worth: an article is nothing without its own
_FEW_LINKS = 150  # letters in links beside a headline that are no menu
_FEW = 0.1  # of a main part's letters: as many are none either
_ENOUGH = 80  # letters that make a main part
_SHORT = 250  # letters outside of links on a page of which a sentence may be that
_SENTENCE_ENOUGH = 20  # letters of one there
_INTRODUCTION = 200  # letters: no article is as short, but what stands above a list may be
_TEASERS = 3  # that make a list
_SMALL = 0.4  # of a page's letters: what has more is no menu, whatever it is called
_WIDE = 2.5  # letters that a Chinese, Japanese or Korean character is worth
_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "title", "head", "select", "option", "button"}
)
_APART = frozenset({"nav", "footer", "aside", "dialog", "form"})
_APART_ROLES = names(
    "navigation dialog alertdialog contentinfo complementary search menu menubar banner form"
)
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
# What an element has or is beside its name: "has-sidebar", "section--ads".
_MODIFIERS = re.compile(r"(?<![\w-])(?:has|with|without|no|is)[-_][\w-]+|--[\w-]+")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_ENDS = re.compile(r"[.!?…。！？؟۔।][\"'”’»)\]」』\s]*\Z")
_TO_ITSELF = re.compile(r"""\shref\s*=\s*["']?#""")
_RIGHTS = re.compile(r"©|\(c\)\s*\d{4}|all rights reserved|tous droits réservés", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """The words that stand in an element itself: their letters, and those of them in links."""

    letters: float = 0.0
    linked: float = 0.0
    words: str = ""


@dataclass(slots=True)
class _Sum:
    """The same of an element with all that is inside, and what speaks for it.

    ``running`` are the letters of running text, ``ballast`` those in links and in what is no article by its
    own account, ``heads`` says that the page's headline is in it, ``teases`` that a link heads its words,
    ``apart`` that it is no article or stands in what is none.
    """

    letters: float = 0.0
    linked: float = 0.0
    running: float = 0.0
    value: float = 0.0
    ballast: float = 0.0
    heads: bool = False
    teases: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its titles, the words in each of its elements, its headings and the headline among them."""

    text: str
    elements: Sequence[Element]
    blocks: Sequence[Block]
    titles: Titles
    headings: Sequence[Heading]
    headline: Heading | None
    letters: float


class Main(NamedTuple):
    """The index of the element found, ``sure`` where that has a good part of the page's running text."""

    element: int
    sure: bool


def weighed(text: str, every: Sequence[Token], found: Sequence[Element]) -> Page:
    """A page with the words in each of its elements; ``found`` is the outline of its tokens."""
    blocks = [Block() for _ in found]
    for index, said, linked in _said(text, every, found):
        block, weight = blocks[index], _weight(said)
        block.letters += weight
        block.linked += weight * linked
        block.words += said
    of_page = titles(text, every)
    headings = _headings(found, blocks)
    letters = sum(block.letters for block in blocks)
    return Page(text, found, blocks, of_page, headings, headline(headings, of_page), letters)


def main_part(page: Page) -> Main | None:
    """The element that is the main part of a page, None where no element has running text.

    Takes time in proportion to the page.
    """
    best: int | None = None
    for against in _AGAINST:
        sums = _sums(page, against)
        enough = _SENTENCE_ENOUGH if _is_short(page, sums) else _ENOUGH
        best = _highest(sums, enough, apart=False, otherwise=best)
        running = sum(
            own.running
            for own, element in zip(sums, page.elements, strict=True)
            if element.parent < 0 and not own.apart
        )
        if best is not None and sums[best].running >= _SHARE * running:
            return Main(best, sure=True)
    if best is None:
        best = _highest(sums, enough, apart=True, otherwise=None)
    return None if best is None else Main(best, sure=False)


def _is_short(page: Page, sums: Sequence[_Sum]) -> bool:
    """Whether a page says so little, and lists no others, that a sentence may be all there is."""
    outside = page.letters - sum(block.linked for block in page.blocks)
    return outside <= _SHORT and sum(own.teases for own in sums) < _TEASERS


def listed(page: Page) -> Page:
    """The same page read as a list of others: headlines and what is said in links are its own words."""
    blocks = [
        replace(block, linked=0.0)
        if block.linked and (element.tag.name in kinds.HEADINGS or _says(block))
        else block
        for element, block in zip(page.elements, page.blocks, strict=True)
    ]
    return replace(page, blocks=blocks)


def introduces(page: Page, index: int) -> bool:
    """Whether an element is a few words above a list of teasers, which say more than it does."""
    sums, end = _sums(page, 1.0), page.elements[index].end
    teasers = [
        own.letters
        for own, element in zip(sums, page.elements, strict=True)
        if own.teases and element.tag.start >= end and not own.apart
    ]
    own = sums[index]
    return own.letters < _INTRODUCTION and len(teasers) >= _TEASERS and sum(teasers) > own.letters


def _highest(sums: Sequence[_Sum], enough: float, *, apart: bool, otherwise: int | None) -> int | None:
    """The element with most that speaks for it, the innermost of equals, of those with ``enough``.

    ``apart`` allows one that is no article by its own account, ``otherwise`` is meant where there is none.
    """
    told = [
        (one.value, index)
        for index, one in enumerate(sums)
        if min(one.running, one.value) >= enough and (apart or not one.apart)
    ]
    return max(told)[1] if told else otherwise


def with_headline(page: Page, index: int) -> int:
    """The smallest element around one that has the page's headline in it, too, itself where that has it.

    Also itself where all such bring along more than a few links: a menu, comments, other news.
    """
    sums = _sums(page, 1.0)
    most = sums[index].ballast + max(_FEW_LINKS, _FEW * sums[index].letters)
    at = index
    while at >= 0 and sums[at].ballast <= most:
        if sums[at].heads:
            return at
        at = page.elements[at].parent
    return index


def headline_before(page: Page, index: int) -> int:
    """The index of the page's headline where it stands before an element and is beyond doubt that, else -1.

    Also -1 where the element says the same in a heading of its own.
    """
    head, element = page.headline, page.elements[index]
    if head is None or head.element >= index or not is_plain(head, page.titles):
        return -1
    words = folded(head.words)
    inside = (
        one
        for one in page.headings
        if element.tag.start <= page.elements[one.element].tag.start < element.end
    )
    return -1 if any(folded(one.words) == words for one in inside) else head.element


def _sums(page: Page, against: float) -> list[_Sum]:
    """What speaks for each element, with what a letter in a row of links speaks against it."""
    sums = [_Sum() for _ in page.elements]
    for index in range(len(sums) - 1, -1, -1):
        element, own = page.elements[index], sums[index]
        _close(page, index, own, against)
        if element.parent >= 0:
            around = sums[element.parent]
            around.letters += own.letters
            around.linked += own.linked
            around.running += 0 if own.apart else own.running
            around.value += own.value
            around.ballast += own.ballast
            around.heads = around.heads or own.heads
            heads = (
                element.tag.name in kinds.HEADINGS and own.linked > _NEARLY * own.letters and not own.heads
            )
            around.teases = around.teases or heads
    for own, element in zip(sums, page.elements, strict=True):
        own.apart = own.apart or (element.parent >= 0 and sums[element.parent].apart)
    return sums


def _close(page: Page, index: int, own: _Sum, against: float) -> None:
    """Sum an element up, now that all inside of it is known."""
    tag, block = page.elements[index].tag, page.blocks[index]
    own.letters += block.letters
    own.linked += block.linked
    own.ballast += block.linked
    heads = page.headline is not None and index == page.headline.element
    own.heads = own.heads or heads
    if block.letters:
        value = _own_value(block, against)
        own.running += max(value, 0)
        own.value += value
        if heads:
            own.value += _HEADLINE
        elif block.linked < block.letters / 2 and folded(block.words) in page.titles.parts:
            own.value += _TITLE
    if own.linked > _LINKED * own.letters:
        own.value = min(own.value, -against * own.letters)
        own.ballast = own.letters
    elif not own.heads:
        entry = tag.name in _ENTRIES and 0 < _NEARLY * block.letters <= block.linked < own.letters
        apart, named_apart = _apart(page.text, tag)
        if apart or (own.letters < _SMALL * page.letters and (entry or own.teases or named_apart)):
            own.value = -against * own.letters
            own.ballast, own.apart = own.letters, apart or named_apart


def _own_value(block: Block, against: float) -> float:
    if block.linked > block.letters / 2 or _RIGHTS.search(block.words):
        return -against * block.letters
    return (block.letters - block.linked) * (1.0 if _says(block) else _LABEL)


def _says(block: Block) -> bool:
    return block.letters >= _SENTENCE or _ENDS.search(block.words) is not None


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
            linked = linked or (
                token.name == "a" and _leads(text, token, found[block].tag if block >= 0 else token)
            )
            open_.append((found[at].end, at if own else block, linked, unseen or token.name in _UNSEEN))
            at += 1
        elif token.sort is Sort.TEXT and open_ and not open_[-1][3]:
            yield open_[-1][1], decode(text[token.start : token.end]), open_[-1][2]


def _leads(text: str, link: Token, around: Token) -> bool:
    """Whether a link leads anywhere: in a heading one to the heading itself is only for copying."""
    raw = text[link.start : link.end].lower()
    return "href" in raw and not (around.name in kinds.HEADINGS and _TO_ITSELF.search(raw))


def _weight(said: str) -> float:
    """The letters and figures in words, as many as the same would have in an alphabet."""
    if said.isascii():
        return sum(map(str.isalnum, said))
    return sum(_WIDE if unicodedata.east_asian_width(char) == "W" else 1 for char in said if char.isalnum())


def _headings(found: Sequence[Element], blocks: Sequence[Block]) -> list[Heading]:
    return [
        Heading(index, element.tag.name, block.words, block.linked > block.letters / 2)
        for index, (element, block) in enumerate(zip(found, blocks, strict=True))
        if element.tag.name in kinds.HEADINGS and block.letters
    ]


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
    called = _WORD.findall(_MODIFIERS.sub("", f"{values.get('id', '')} {values.get('class', '')}"))
    unseen = "display:none" in values.get("style", "").replace(" ", "").lower()
    return False, name == "form" or unseen or not _CALLED.isdisjoint(word.lower() for word in called)
