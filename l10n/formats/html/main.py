"""The elements of a page that a selector names: where the release itself stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from operator import attrgetter

from l10n.errors import InputError, UsageError
from l10n.formats.html import elements as kinds
from l10n.formats.html.tokens import VOID, Sort, Token, attribute_values, names, tokens
from l10n.formats.html.tree import Element, outline

_STEP = re.compile(
    r"(?P<tag>[A-Za-z][\w-]*|\*)?"
    r"(?P<rest>(?:[#.][\w-]+|\[[\w:-]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\]\"'\s]+))?\])*)"
    r"(?::nth-of-type\((?P<place>[1-9][0-9]{0,5})\))?(?=[\s,]|\Z)"
)
_BLANK = re.compile(r"\s*")
_PLAIN = re.compile(r"[\w-]+")
_FARTHEST = 12  # elements around one by which it is named
_MOST_CLASSES = 12  # of an element, by which it is named
_PART = re.compile(r"#([\w-]+)|\.([\w-]+)|\[([\w:-]+)(?:=(?:\"([^\"]*)\"|'([^']*)'|([^\]]+)))?\]")

# What is nothing without its own tags; of any other element the inside is meant.
_WITH_TAGS = kinds.HEADINGS | VOID | names("blockquote details dl figure ol p pre table ul")

Path = tuple["Step", ...]
"""The steps to an element."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a selector: a tag ("" for any), classes, attributes (None for any value).

    ``place`` is that among the elements of its tag in the one around it, from 1; 0 for any.
    """

    tag: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str | None], ...]
    place: int = 0

    def fits(self, text: str, token: Token, place: int) -> bool:
        """Whether a start tag, at a place among its like, is what the step names."""
        if self.tag not in {"", token.name} or self.place not in {0, place}:
            return False
        if not self.classes and not self.attributes:
            return True
        values = attribute_values(text, token)
        return self.classes <= set(values.get("class", "").split()) and all(
            name in values and value in (None, values[name]) for name, value in self.attributes
        )


def paths(selector: str) -> dict[str, Path]:
    """What a list of selectors names: each as it is written, with its steps, separated by commas.

    A step is a tag, #id, .class, [attr=value] and :nth-of-type(n); a space between two means "somewhere
    inside".  Raises UsageError for anything else.
    """
    out: dict[str, Path] = {}
    path: list[Step] = []
    at = begin = _after_blank(selector, 0)
    while (match := _STEP.match(selector, at)) and match.end() > at:
        path.append(_step(match["tag"] or "", match["rest"], int(match["place"] or 0)))
        at = _after_blank(selector, match.end())
        if selector[at : at + 1] in {"", ","}:
            out[selector[begin:at].strip()] = tuple(path)
            if at == len(selector):
                return out
            path, at = [], _after_blank(selector, at + 1)
            begin = at
    raise UsageError(
        f"{selector!r} is no selector we read",
        remedy="Write tag, #id, .class or [attribute=value], with spaces between: main .story-body;"
        " several with commas: h1, .story-body",
    )


def _after_blank(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _step(tag: str, rest: str, place: int) -> Step:
    classes: set[str] = set()
    attributes: list[tuple[str, str | None]] = []
    for id_, class_, name, *values in _PART.findall(rest):
        if class_:
            classes.add(class_)
        elif id_:
            attributes.append(("id", id_))
        else:
            value = next(filter(None, values), "")
            attributes.append((name.lower(), value if value or f"{name}=" in rest else None))
    return Step("" if tag == "*" else tag.lower(), frozenset(classes), tuple(attributes), place)


def find(text: str, selector: str, *, path: str = "") -> tuple[tuple[int, int], ...]:
    """Where in a page its main part stands, in the page's order: the first element of each selector.

    Of an element the inside is meant, a heading, a paragraph, a list, a table and a picture have their tags.
    One inside another is not told again.  Raises UsageError when nobody can read the selector, InputError
    when one of the list names nothing.
    """
    wanted = paths(selector)
    every = tokens(text)
    elements = outline(every, len(text))
    spans: list[tuple[int, int]] = []
    for name, steps in wanted.items():
        index = first(text, elements, steps)
        if index is None:
            raise InputError(
                f"nothing in the page is {name!r}",
                path=path,
                remedy="Look up the element's tag, id or class.",
            )
        spans.append(_span(elements[index], every))
    spans.sort(key=lambda span: (span[0], -span[1]))
    before = accumulate((end for _, end in spans), max, initial=-1)
    return tuple(span for span, end in zip(spans, before, strict=False) if span[1] > end)


def _span(element: Element, every: Sequence[Token]) -> tuple[int, int]:
    """Where an element stands, with its tags where it is nothing without them."""
    if element.tag.name not in _WITH_TAGS:
        return element.tag.end, element.end
    last = bisect_left(every, element.end, key=attrgetter("start"))
    closed = last < len(every) and every[last].sort is Sort.END and every[last].name == element.tag.name
    return element.tag.start, every[last].end if closed else element.end


def first(text: str, elements: Sequence[Element], path: Path) -> int | None:
    """The index of the first element that the steps name."""
    passed: list[int] = []  # how many steps but the last are found in an element or around it
    for index, (element, place) in enumerate(zip(elements, places(elements), strict=True)):
        before = passed[element.parent] if element.parent >= 0 else 0
        if before == len(path) - 1 and path[-1].fits(text, element.tag, place):
            return index
        more = before < len(path) - 1 and path[before].fits(text, element.tag, place)
        passed.append(before + more)
    return None


def places(elements: Iterable[Element]) -> Iterator[int]:
    """The place of each element among those of its tag in the one around it, from 1."""
    counted: Counter[tuple[int, str]] = Counter()
    for element in elements:
        counted[element.parent, element.tag.name] += 1
        yield counted[element.parent, element.tag.name]


def selector_of(text: str, elements: Sequence[Element], index: int) -> str:
    """A selector whose first match is the element at an index, else the nearest one around it."""
    for _ in range(_FARTHEST):
        if selector := exact_selector(text, elements, index):
            return selector
        index = elements[index].parent
        if index < 0:
            break
    return "body"


def exact_selector(text: str, elements: Sequence[Element], index: int) -> str:
    """A selector whose first match is the element at an index, "" where there is none."""
    told = chain(_names(text, elements, index), _ways(elements, index))
    return next((one for one in told if first(text, elements, paths(one)[one]) == index), "")


def _names(text: str, elements: Sequence[Element], index: int) -> list[str]:
    """What an element may be called, the shortest first, then the same inside the elements around it."""
    own = _own_names(text, elements[index].tag)
    around: list[str] = []
    at = elements[index].parent
    while at >= 0 and len(around) < _FARTHEST:
        around.extend(_own_names(text, elements[at].tag)[:2])
        at = elements[at].parent
    return [*own, *chain.from_iterable([f"{outer} {inner}" for inner in own] for outer in around)]


def _ways(elements: Sequence[Element], index: int) -> Iterator[str]:
    """An element by its place, then by that of those around it, too: for what has no name at all."""
    counted = list(places(elements[: index + 1]))
    way = ""
    for _ in range(_FARTHEST):
        name = elements[index].tag.name
        if not _PLAIN.fullmatch(name) or name in {"body", "html"}:
            return
        way = f"{name}:nth-of-type({counted[index]}) {way}".strip()
        yield way
        index = elements[index].parent
        if index < 0:
            return


def _own_names(text: str, tag: Token) -> list[str]:
    values = attribute_values(text, tag)
    out = [f"#{values['id']}"] if _PLAIN.fullmatch(values.get("id", "")) else []
    classes = values.get("class", "").split()[:_MOST_CLASSES]
    out += [f"{tag.name}.{name}" for name in classes if _PLAIN.fullmatch(name)]
    out += [
        f'{tag.name}[{name}="{values[name]}"]'
        for name in ("itemprop", "role")
        if _PLAIN.fullmatch(values.get(name, ""))
    ]
    return [*out, tag.name] if _PLAIN.fullmatch(tag.name) else out
