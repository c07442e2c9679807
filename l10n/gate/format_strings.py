"""Compares the placeholders of texts that a program formats, as gettext's flags tell: `c-format` and others.

The rules are those of `msgfmt --check-format`
(https://www.gnu.org/software/gettext/manual/html_node/c_002dformat-Flag.html and the pages beside it).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from l10n.gate.wording import Wording, worded

_PRINTF = re.compile(
    r"%(?:%|(?:\((?P<name>[^()]*+)\)|(?P<place>\d++)\$)?[-+ #0'I]*+(?P<width>\*|\d++)?"
    r"(?:\.(?P<digits>\*|\d*+))?(?P<length>hh?|ll?|[qLjzZt])?(?P<kind>[diouxXeEfFgGaAcsrCSpn@]|<[A-Za-z0-9]+>))"
)
_BRACES = re.compile(r"(?P<escape>\{\{|\}\})|\{(?P<name>[A-Za-z0-9_]*+)[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}")
_NUMBERED = re.compile(r"%L?(?P<name>\d{1,2}|n)")
_SAME_KIND = {
    **dict.fromkeys("di", "d"),
    **dict.fromkeys("ouxX", "u"),
    **dict.fromkeys("eEfFgGaA", "f"),
}
_PYTHON_KIND = {**_SAME_KIND, **dict.fromkeys("ouxX", "d"), **dict.fromkeys("ra", "s")}


@dataclass(frozen=True, slots=True)
class _Placeholder:
    """What stands for a value: as it is written, and the kind of value it takes."""

    written: str
    kind: str


_Placeholders = Mapping[str, _Placeholder]
"""The placeholders of a text by the value they take: its name, or its place from 1 on."""


def is_known(flag: str) -> bool:
    """Whether it is a flag whose placeholders can be compared."""
    return flag in _READERS


def decides(flag: str, argument: str) -> bool:
    """Whether a flag, also one that denies, says what an argument such as `%(n)s` or `{n}` is.

    One that is not known here may mean either; one that is no flag at all says nothing.
    """
    name = flag.removeprefix("no-")
    if name not in _READERS:
        return name.endswith("-format")
    return (_READERS[name][0] is _PRINTF) == argument.startswith("%")


def mismatches(flag: str, source: str, target: str, *, may_lack: bool = False) -> Iterator[Wording]:
    """What is wrong with the placeholders of a target; with ``may_lack`` it need not have all of them."""
    pattern, read = _READERS[flag]
    if pattern is _PRINTF and "%" in target and (bare := _bare_percent(target)) and not _bare_percent(source):
        yield worded("{percent} is no placeholder; a percent sign itself is written %%", percent=bare)
    if pattern.findall(source) == pattern.findall(target):  # as nearly always, and found soon
        return
    wanted, found = read(source), read(target)
    for place, placeholder in wanted.items():
        other = found.get(place)
        if other is None and not may_lack:
            yield worded("the placeholder {placeholder} is missing", placeholder=placeholder.written)
        elif other is not None and other.kind != placeholder.kind:
            yield worded(
                "the source has the placeholder {placeholder}, the target {other} in its place",
                placeholder=placeholder.written,
                other=other.written,
            )
    for place, placeholder in found.items():
        if place not in wanted:
            yield worded(
                "the placeholder {placeholder} is not in the source", placeholder=placeholder.written
            )


def _bare_percent(text: str) -> str:
    """The first percent sign that begins no placeholder, with what follows it; "" where there is none."""
    at = _PRINTF.sub(lambda match: "\0" * len(match[0]), text).find("%")
    return text[at : at + 3].rstrip() if at >= 0 else ""


def _printf(text: str) -> _Placeholders:
    return dict(_in_turn(text, _SAME_KIND, with_length=True))


def _python(text: str) -> _Placeholders:
    return dict(_in_turn(text, _PYTHON_KIND, with_length=False))


def _in_turn(
    text: str, same_kind: Mapping[str, str], *, with_length: bool
) -> Iterator[tuple[str, _Placeholder]]:
    place = 0
    for match in _PRINTF.finditer(text):
        kind = match["kind"]
        if kind is None:
            continue
        for star in (match["width"], match["digits"]):
            if star == "*":
                place += 1
                yield str(place), _Placeholder("*", "d")
        if match["name"] is None and match["place"] is None:
            place += 1
        length = match["length"] or "" if with_length else ""
        name = match["name"] if match["name"] is not None else match["place"] or str(place)
        yield name, _Placeholder(match[0], length + same_kind.get(kind, kind))


def _braces(text: str) -> _Placeholders:
    found: dict[str, _Placeholder] = {}
    place = 0
    for match in _BRACES.finditer(text):
        if match["name"] is None:
            continue
        name = match["name"] or str(place)
        place += not match["name"]
        found[name] = _Placeholder(match[0], "")
    return found


def _named_braces(text: str) -> _Placeholders:
    return {name: placeholder for name, placeholder in _braces(text).items() if not name.isdecimal()}


def _numbered_braces(text: str) -> _Placeholders:
    return {name: placeholder for name, placeholder in _braces(text).items() if name.isdecimal()}


def _numbered(text: str) -> _Placeholders:
    return {match["name"]: _Placeholder(match[0], "") for match in _NUMBERED.finditer(text)}


_READERS: Mapping[str, tuple[re.Pattern[str], Callable[[str], _Placeholders]]] = {
    **dict.fromkeys(
        ("c-format", "objc-format", "php-format", "lua-format", "awk-format"), (_PRINTF, _printf)
    ),
    **dict.fromkeys(("python-format", "javascript-format"), (_PRINTF, _python)),
    "python-brace-format": (_BRACES, _braces),
    "perl-brace-format": (_BRACES, _named_braces),
    **dict.fromkeys(("csharp-format", "java-format"), (_BRACES, _numbered_braces)),
    **dict.fromkeys(("qt-format", "qt-plural-format", "kde-format"), (_NUMBERED, _numbered)),
}
