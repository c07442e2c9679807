"""The element of a page that a selector names: where the release itself stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from l10n.errors import UsageError
from l10n.formats.html.tokens import Token, attribute_values, tokens
from l10n.formats.html.tree import Element, outline

_STEP = re.compile(
    r"(?P<tag>[A-Za-z][\w-]*|\*)?"
    r"(?P<rest>(?:[#.][\w-]+|\[[\w:-]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\]\"'\s]+))?\])*)"
    r"(?::nth-of-type\((?P<place>[1-9][0-9]{0,5})\))?(?=\s|\Z)"
)
_PLAIN = re.compile(r"[\w-]+")
_FARTHEST = 12  # elements around one by which it is named
_PART = re.compile(r"#([\w-]+)|\.([\w-]+)|\[([\w:-]+)(?:=(?:\"([^\"]*)\"|'([^']*)'|([^\]]+)))?\]")


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


def steps(selector: str) -> tuple[Step, ...]:
    """A selector's steps: tag, #id, .class, [attr=value] and :nth-of-type(n).

    A space between two means "somewhere inside".  Raises UsageError for anything else.
    """
    out: list[Step] = []
    at = 0
    selector = selector.strip()
    while at < len(selector):
        match = _STEP.match(selector, at)
        if match is None or match.end() == at:
            break
        out.append(_step(match["tag"] or "", match["rest"], int(match["place"] or 0)))
        at = match.end()
        at += len(selector[at:]) - len(selector[at:].lstrip())
    if not out or at < len(selector):
        raise UsageError(
            f"{selector!r} is no selector we read",
            remedy="Write tag, #id, .class or [attribute=value], with spaces between: main .story-body",
        )
    return tuple(out)


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


def find(text: str, selector: str) -> tuple[int, int] | None:
    """Where the inside of the first element that a selector names starts and ends, None without one."""
    path = steps(selector)
    elements = outline(tokens(text), len(text))
    index = first(text, elements, path)
    return None if index is None else (elements[index].tag.end, elements[index].end)


def first(text: str, elements: Sequence[Element], path: Sequence[Step]) -> int | None:
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
    while index >= 0:
        for selector in chain(_names(text, elements, index), _ways(elements, index)):
            if first(text, elements, steps(selector)) == index:
                return selector
        index = elements[index].parent
    return "body"


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
    out += [f"{tag.name}.{name}" for name in values.get("class", "").split() if _PLAIN.fullmatch(name)]
    out += [
        f'{tag.name}[{name}="{values[name]}"]'
        for name in ("itemprop", "role")
        if _PLAIN.fullmatch(values.get(name, ""))
    ]
    return [*out, tag.name] if _PLAIN.fullmatch(tag.name) else out
