"""The words that a form field shows from a part of its own, which Word puts in its place as it opens a file.

Source: ECMA-376 part 1, 17.5.2.6 (dataBinding) and 22.5 (custom XML data properties).  A translation
of what stands in the document alone would be gone as soon as somebody looks at it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from l10n.formats.docx.markup import Sort, Source, attribute, decode

ROLE = "bound"
_STORE = re.compile(r"<(?:[\w.-]+:)?dataBinding\s[^<>]*?\bstoreItemID\s*=\s*[\"']([^\"']+)[\"']")
_ITEM = re.compile(r"<(?:[\w.-]+:)?datastoreItem\s[^<>]*?\bitemID\s*=\s*[\"']([^\"']+)[\"']")
# A path of element names alone, as Word writes it: no other is followed.
_STEP = re.compile(r"/(?:[\w.-]+:)?([\w.-]+)(?:\[([1-9][0-9]{0,5})\])?")
_PATH = re.compile(rf"(?:{_STEP.pattern})+")
_DEEPEST = 50
_LONGEST = 2000  # tags of a field; one that is bound holds a line or two
_LINE = re.compile(r"[^\r\n]+")

Shown = dict[str, set[str]]
"""What the fields of a document show, with white space folded, by the path of the element it is from."""


def stores(text: str) -> frozenset[str]:
    """The data that the fields of a document show something of, by the identifiers of its parts."""
    return (
        frozenset(found.lower() for found in _STORE.findall(text)) if "dataBinding" in text else frozenset()
    )


def identifier(properties: str) -> str:
    """The identifier of a part of data by what its properties say, "" when they do not."""
    found = _ITEM.search(properties)
    return found[1].lower() if found else ""


def shown(part: Source) -> Shown:
    """What the fields in a part show that are bound to an element."""
    out: Shown = {}
    for index, tag in enumerate(part.tags):
        if tag.name == "w:dataBinding" and tag.sort is not Sort.END:
            path = _canonical(attribute(part.text, tag, "xpath") or "")
            if path and (said := _words(part, _field(part, index))):
                out.setdefault(path, set()).add(said)
    return out


def lines(part: Source, wanted: Shown) -> Iterator[tuple[int, int]]:
    """Where the lines of the elements begin and end that are shown as they stand."""
    open_: list[tuple[str, Counter[str]]] = [("", Counter())]
    for index, tag in enumerate(part.tags):
        if tag.sort is Sort.END:
            open_.pop()
        elif tag.sort is Sort.START and len(open_) > _DEEPEST:
            return
        elif tag.sort is not Sort.OTHER:
            path, counted = open_[-1]
            name = tag.name.rpartition(":")[2]
            counted[name] += 1
            path = f"{path}/{name}[{counted[name]}]"
            if tag.sort is Sort.START:
                open_.append((path, Counter()))
            if part.partner[index] == index + 1:
                start, end = tag.end, part.tags[index + 1].start
                if " ".join(decode(part.text[start:end]).split()) in wanted.get(path, ()):
                    yield from (found.span() for found in _LINE.finditer(part.text, start, end))


def _canonical(path: str) -> str:
    """A path with the place of each element among those of its name, "" when it says something else."""
    if not _PATH.fullmatch(path):
        return ""
    return "".join(f"/{name}[{place or 1}]" for name, place in _STEP.findall(path))


def _field(part: Source, index: int) -> range:
    """The tags of the form field that has a tag among its properties; none when it is long."""
    for at in range(index, max(index - _LONGEST, -1), -1):
        if part.tags[at].name == "w:sdt" and index < part.partner[at] < at + _LONGEST:
            return range(at, part.partner[at])
    return range(0)


def _words(part: Source, field: range) -> str:
    """What a field shows, with white space folded."""
    out: list[str] = []
    for at in field:
        tag = part.tags[at]
        if tag.name == "w:t" and tag.sort is Sort.START:
            out.append(decode(part.text[tag.end : part.tags[part.partner[at]].start]))
        elif tag.name in {"w:br", "w:tab", "w:p"}:
            out.append(" ")
    return " ".join("".join(out).split())
