"""What of an e-mail that was saved as text is no text: who wrote when to whom, and the mail it answers.

Its subject is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from l10n import conventions
from l10n.conventions.copied import everywhere
from l10n.formats.text.lines import BLANK, QUOTE, RULE, WORDS, Line, words
from l10n.patterns import one_of

# Some write the names in bold: "*From:* the port".
_FIELD = re.compile(
    r"\*?(?P<name>[^\W\d_][^:：]{0,30}?)[ \u00a0\u202f]?(?::(?:\*[ \t\u00a0]?|[ \t\u00a0]|$)|：\s?)"
)
# "---------- Forwarded message ---------"
_PASSES_ON = re.compile(r"-{4,} ?[^\W\d_].{2,60}? ?-{4,}")
_SENT = frozenset({"date", "sent"})
_OLDEST = 1970  # mails of an older year have a broken date
# An address, or a day in figures and a time, in the line above a mail that is answered: a speech has neither.
_WHEN_OR_WHO = re.compile(r"@|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\D{1,8}\d{1,2}[:.h]\d\d")
_FEWEST = 2
_SURE = 3
_LONGEST_NOTE = 6  # words


def marked(lines: Sequence[Line]) -> list[Line]:
    """The lines, with the fields of mails as rules, and what their subjects say as words.

    They stand at the start of the text, and again where it is a message that was passed on.
    """
    out = list(lines)
    for index, name in _fields(lines):
        out[index] = _without_field(lines[index], name)
    for index in _answered(out):
        out[index] = out[index]._replace(shape=RULE, marker="")
    return out


def _answered(lines: Sequence[Line]) -> list[int]:
    """The lines of the mail that a message answers, below all it says, with who wrote that when.

    None where the message says less than what it quotes: that may be a release which was passed on.
    """
    filled = [index for index, line in enumerate(lines) if line.shape not in (BLANK, RULE)]
    said = [index for index in filled if lines[index].shape is not QUOTE]
    if not said or said[-1] == filled[-1]:
        return []
    quoted = [index for index in filled if index > said[-1]]
    head = _attribution(lines, said[-1])
    above = sum(words(lines[index].content) for index in said if index not in head)
    if not head or above <= sum(words(lines[index].content) for index in quoted):
        return []
    return [*head, *quoted]


def _attribution(lines: Sequence[Line], last: int) -> list[int]:
    """The line or two that end in a colon and say who wrote when."""
    start = last - 1 if last and lines[last - 1].shape is WORDS else last
    for first in (last, start):
        text = " ".join(line.content for line in lines[first : last + 1])
        if text[-1] in ":：" and _WHEN_OR_WHO.search(text):
            return [*range(first, last + 1)]
    return []


def sent(lines: Sequence[Line]) -> str:
    """The day on which a mail says it was sent, where its sender was (RFC 5322); "" where it does not say."""
    for index, name in _fields(lines):
        if name in _SENT and (field := _FIELD.match(lines[index].content)):
            from email.utils import parsedate  # noqa: PLC0415  slow, and only for a mail

            parsed = parsedate(lines[index].content[field.end() :])
            if parsed and parsed[0] > _OLDEST:
                return "{:04}-{:02}-{:02}".format(*parsed)
    return ""


def is_subject(line: Line) -> bool:
    """Whether a line of ``marked`` is what a mail says it is about."""
    field = _FIELD.match(line.before)
    return field is not None and field["name"].casefold() in conventions.mail_fields()["subjects"]


def _without_field(line: Line, name: str) -> Line:
    if name not in conventions.mail_fields()["subjects"]:
        return line._replace(shape=RULE, marker="")
    field = _FIELD.match(line.content)
    if not field or field["name"].casefold() != name:  # a folded subject goes on (RFC 5322, 2.2.3)
        return line._replace(indent=0)
    passed = _passed_on().match(line.content, field.end())
    end = passed.end() if passed and passed.end() < len(line.content) else field.end()
    if end == len(line.content):
        return line._replace(shape=RULE, marker="")
    return line._replace(before=line.before + line.content[:end], content=line.content[end:])


@cache
def _passed_on() -> re.Pattern[str]:
    """What mail programs put before the subject of a message that is answered or passed on."""
    return re.compile(rf"(?:{one_of(everywhere().replies)} ?[:：] ?)+", re.IGNORECASE)


def _fields(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """The lines of every mail's head, each with the name of its field, and what says that it was passed on.

    Three fields and a subject are a head wherever they stand; at the top, or below a line that says so, one
    of a person and one of a day or a subject are.
    """
    known = conventions.mail_fields()
    top = next((index for index, line in enumerate(lines) if line.shape is not BLANK), 0)
    for head in _heads(lines):
        names = {name for _, name in head if name}
        noted = _passing_on(lines, head[0][0])
        begins = head[0][0] == top or noted or not head[0][1]
        people, moments, subjects = (names & known[kind] for kind in ("people", "moments", "subjects"))
        if (len(names) >= _SURE and subjects) or (begins and people and (moments or subjects)):
            yield from (*noted, *head)


def _passing_on(lines: Sequence[Line], head: int) -> list[tuple[int, str]]:
    """The short line above a head that says what follows ("Begin forwarded message:")."""
    above = next((at for at in range(head - 1, max(head - 3, -1), -1) if lines[at].shape is not BLANK), -1)
    line = lines[above] if above >= 0 else None
    alone = line is not None and line.shape is WORDS and (above == 0 or lines[above - 1].shape is BLANK)
    if not alone or line is None or words(line.content) > _LONGEST_NOTE:
        return []
    return [(above, "")] if line.content[-1] in ":：" else []


def _heads(lines: Sequence[Line]) -> Iterator[list[tuple[int, str]]]:
    """The fields of each paragraph that holds nothing else."""
    start = 0
    for blank, group in groupby(lines, key=lambda line: line.shape is BLANK):
        end = start + len([*group])
        if not blank and end - start >= _FEWEST:
            line = lines[start]
            passed = line.shape is RULE or _PASSES_ON.fullmatch(line.content) is not None
            above = [(start, "")] if passed else []
            head = _head(lines, range(start + len(above), end))
            if head:
                yield above + head
        start = end


def _head(lines: Sequence[Line], paragraph: range) -> list[tuple[int, str]]:
    """The lines of fields, each with the name of the field it is of; none where other lines are."""
    known = conventions.mail_fields().values()
    out: list[tuple[int, str]] = []
    for index in paragraph:
        line = lines[index]
        field = _FIELD.match(line.content) if line.shape is WORDS else None
        name = field["name"].casefold() if field else ""
        if name.startswith("x-") or any(name in names for names in known):
            out.append((index, name))
        elif out and line.indent:
            out.append((index, out[-1][1]))
        else:
            return []
    return out
