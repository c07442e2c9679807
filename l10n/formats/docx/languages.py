"""What Word writes itself is in the language of its run: the translation's, once the words around it are.

Dates, numbers in words and the names of days in a field are written anew, in the language of the run that
the field is in, when a document is opened or printed (ECMA-376 part 1, 17.3.2.20 and 17.16.4); what a
field for dates shows is in a language of its own (17.5.2.21).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from l10n.conventions import load
from l10n.formats.docx import bound, drawings, east_asian, number_formats
from l10n.formats.docx.markup import Sort, Source, Tag, attribute, attributes, decode, escape, names, source
from l10n.formats.docx.parts import taken_apart
from l10n.formats.docx.worded_runs import worded_runs
from l10n.formats.edits import Edit, edited

_SILENT = frozenset({"styles", "properties", "custom", bound.ROLE})
# Fields whose words Word makes up: dates, and numbers told to be written in letters (17.16.4.1, 17.16.4.3).
_DATES = frozenset({"DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE"})
_IN_LETTERS = re.compile(r"\\\*\s*(?:cardtext|ordtext|dollartext|ordinal)\b", re.IGNORECASE)
_AFTER_LANGUAGE = names("eastAsianLayout specVanish oMath rPrChange")
_DRAWN = frozenset({"a:rPr", "a:defRPr", "a:endParaRPr", "a:fld"})


def slot(locale: str) -> str:
    """The attribute of ``w:lang`` that is about words of a language: by its script (17.3.2.20)."""
    if load(locale).direction == "rtl":
        return "bidi"
    return "eastAsia" if locale.partition("-")[0] in east_asian.LANGUAGES else "val"


def changed(part: Source, tag: Tag, before: str, locale: str) -> Iterator[Edit]:
    """A ``w:lang`` of the language of ``before`` as one of ``locale``; none where it is of another.

    In a run of no script, such as one of a field, Word goes by what is said for Latin words.
    """
    if any(_is_in(part, tag, name, before) for name in _slots(before)):
        spans = attributes(part.text, tag)
        end = max(end for _, end in spans.values()) + 1
        for name in _slots(locale):
            if name in spans:
                yield (*spans[name], escape(locale))
            else:
                yield end, end, _said(part, name, locale)


def speaking(text: str, original: str, *, before: str, locale: str) -> str:
    """The text of a merged file's parts in which what Word writes is in the language of ``locale``.

    ``original`` is that of the file it was made from, in ``before``.  A paragraph whose words are still
    those of the original keeps its language, and so does whatever was in a third one.
    """
    if text == original:
        return text
    known = {part.name: original[part.start : part.end] for part in taken_apart(original)}
    edits: list[Edit] = []
    for part in taken_apart(text):
        if part.role in _SILENT:
            continue
        own = text[part.start : part.end]
        drawn = part.role in drawings.ROLES
        words = _drawn_words if drawn else _words
        old = frozenset(words(source(known.get(part.name, ""))).values())
        speaker = _Speaker(source(own), before, locale, words(source(own)), old)
        part_edits = speaker.drawn() if drawn else speaker.written()
        edits.extend((start + part.start, end + part.start, new) for start, end, new in part_edits)
    return edited(text, edits)


def _words(part: Source) -> dict[int, str]:
    return {index: "".join(run.words for run in runs) for index, runs in worded_runs(part).items()}


def _drawn_words(part: Source) -> dict[int, str]:
    out: dict[int, str] = {}
    end = 0
    for index, tag in enumerate(part.tags):
        if tag.name == "a:p" and tag.sort is Sort.START and index >= end:  # in a paragraph there is no other
            out[index] = drawings.said(part, index)
            end = part.partner[index]
    return out


class _Field(NamedTuple):
    """A field that has begun: the pieces of its instruction, and its runs."""

    instruction: list[str]
    runs: list[int]


@dataclass(frozen=True, slots=True)
class _Speaker:
    """A part whose translated words are in another language than before.

    ``words`` are those of its paragraphs by their index, ``old`` those that the original's have.
    """

    part: Source
    before: str
    locale: str
    words: dict[int, str]
    old: Collection[str]

    def written(self) -> Iterator[Edit]:
        """What makes the runs, the fields and the fields for dates of a part speak it."""
        computed = self.computed()
        for index in self.translated("w:p"):
            tag = self.part.tags[index]
            if tag.name == "w:lang" and tag.sort is not Sort.END:
                yield from changed(self.part, tag, self.before, self.locale)
            elif tag.name == "w:lid" and _is_in(self.part, tag, "val", self.before):
                yield (*attributes(self.part.text, tag)["val"], escape(self.locale))
            elif index in computed:
                yield from self.run(index)

    def drawn(self) -> Iterator[Edit]:
        """The same of a chart or a diagram."""
        for index in self.translated("a:p"):
            tag = self.part.tags[index]
            name = "lang" if tag.name in _DRAWN else "val" if tag.name == "c:lang" else ""
            if name and _is_in(self.part, tag, name, self.before):
                yield (*attributes(self.part.text, tag)[name], escape(self.locale))
            yield from number_formats.edits(self.part, index, self.before, self.locale)

    def translated(self, paragraph: str) -> Iterator[int]:
        """The tags that are in no paragraph whose words are still those of the original."""
        stays: list[bool] = [False]
        for index, tag in enumerate(self.part.tags):
            if tag.name == paragraph and tag.sort is Sort.START:
                words = self.words.get(index, "")
                stays.append(words in self.old and any(map(str.isalpha, words)))
            elif tag.name == paragraph and tag.sort is Sort.END:
                stays.pop()
            elif not stays[-1] and tag.sort is not Sort.OTHER:
                yield index

    def run(self, index: int) -> Iterator[Edit]:
        """A language for a run that says none."""
        prefix = _prefix(self.part)
        told = "".join(_said(self.part, name, self.locale) for name in _slots(self.locale))
        element = f"<{prefix}lang{told}/>"
        holder = next(self.part.children(index), -1)
        if holder < 0 or self.part.tags[holder].name != "w:rPr":
            at = self.part.tags[index].end
            yield at, at, f"<{prefix}rPr>{element}</{prefix}rPr>"
            return
        tag = self.part.tags[holder]
        if tag.sort is Sort.EMPTY:
            yield tag.start, tag.end, f"<{prefix}rPr>{element}</{prefix}rPr>"
            return
        children = {
            self.part.tags[child].name.removeprefix("w:"): child for child in self.part.children(holder)
        }
        if "lang" not in children:
            after = [self.part.tags[children[name]].start for name in children if name in _AFTER_LANGUAGE]
            at = min(after, default=self.part.tags[self.part.partner[holder]].start)
            yield at, at, element

    def computed(self) -> set[int]:
        """The runs of the fields whose words Word makes up."""
        out: set[int] = set()
        open_: list[_Field] = []
        run, end = -1, 0
        for index, tag in enumerate(self.part.tags):
            if tag.sort is Sort.END:
                continue
            if tag.name == "w:r":
                run = index
                if open_:
                    open_[-1].runs.append(run)
            elif tag.name == "w:fldSimple" and index >= end:
                if _is_computed(attribute(self.part.text, tag, "instr") or ""):
                    end = self.part.partner[index]
                    out.update(at for at in range(index, end) if self.part.tags[at].name == "w:r")
            elif tag.name == "w:fldChar":
                out.update(self.ended(open_, tag, run))
            elif tag.name == "w:instrText" and open_:
                close = self.part.tags[max(self.part.partner[index], index)]
                open_[-1].instruction.append(decode(self.part.text[tag.end : close.start]))
        return {index for index in out if self.part.tags[index].sort is Sort.START}

    def ended(self, open_: list[_Field], mark: Tag, run: int) -> list[int]:
        """The runs of the field that a mark ends, where Word makes its words up; a mark may begin one."""
        kind = attribute(self.part.text, mark, "fldCharType")
        if kind == "begin":
            open_.append(_Field([], [run]))
        elif kind == "end" and open_:
            field = open_.pop()
            if _is_computed("".join(field.instruction)):
                return field.runs
        return []


def _slots(locale: str) -> tuple[str, ...]:
    """The attributes of ``w:lang`` that name a language wherever Word may look for it."""
    return tuple(dict.fromkeys(("val", slot(locale))))


def _said(part: Source, name: str, locale: str) -> str:
    return f' {_prefix(part)}{name}="{escape(locale)}"'


def _is_in(part: Source, tag: Tag, name: str, locale: str) -> bool:
    """Whether an attribute of a tag names the language of a locale, of whatever region."""
    own = (attribute(part.text, tag, name) or "").partition("-")[0]
    return own.lower() == locale.partition("-")[0].lower()


def _is_computed(instruction: str) -> bool:
    name = instruction.split(maxsplit=1)[:1]
    return bool(name) and (name[0].upper() in _DATES or _IN_LETTERS.search(instruction) is not None)


def _prefix(part: Source) -> str:
    own = part.prefix()
    return f"{own}:" if own else ""
