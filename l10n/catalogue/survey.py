"""Any gettext catalogue, also one of a program: read to be judged, not to be written again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from l10n.catalogue import chunks, reading
from l10n.catalogue.chunks import Chunk
from l10n.catalogue.reading import File
from l10n.model import Entry
from l10n.review import PLAIN, Rule

_FORM = re.compile(r"^(?:#~ )?msgstr[ \t]*\[[ \t]*\d+[ \t]*\][ \t]*", re.MULTILINE)
_PLURALS = re.compile(r"nplurals\s*=\s*(\d+)")
_PLURAL, _FORMS, _SOURCE, _TARGET = 7, 8, 6, 9


@dataclass(frozen=True, slots=True)
class Message:
    """An entry as a file has it.

    ``pairs`` are the (source, target) to compare, one for an entry without plural forms;
    ``forms`` is how many plural forms it has, 0 without.  The target of an entry with forms is
    the first of them, or empty when one of them is.  ``first`` is the line of an entry with the
    same key above it, 0 when there is none.
    """

    entry: Entry
    pairs: tuple[tuple[str, str], ...]
    forms: int = 0
    first: int = 0


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file says; ``header`` is the line of its header, 0 without one."""

    messages: tuple[Message, ...]
    headers: dict[str, str]
    header: int = 0

    @property
    def locale(self) -> str:
        """The locale its header names, "" when it names none."""
        return self.headers.get("Language", "").split(".")[0].replace("_", "-")

    @property
    def forms(self) -> int:
        """How many plural forms its header says the language has, 0 when it does not say."""
        found = _PLURALS.search(self.headers.get("Plural-Forms", ""))
        return int(found[1]) if found else 0


def survey(data: bytes, path: Path, *, rule: Rule = PLAIN) -> Survey:
    """The bytes of a file as a survey.

    Raises CatalogueError, with the line, where msgfmt would not read on.  What it would read and
    then refuse (an entry that stands twice, a wrong number of forms) is told in the survey.
    """
    file = reading.taken(data, path)
    messages: list[Message] = []
    headers: dict[str, str] = {}
    header = 0
    lines: dict[tuple[str, str], int] = {}
    for chunk in chunks.split(file.text, str(path)):
        entry = reading.entry_of(file, chunk, rule=rule)
        if not entry.source and not entry.context and not entry.obsolete:
            if not header:
                headers, header = reading.fields(entry.target), chunk[2]
                continue
            first = header
        else:
            first = 0 if entry.obsolete else lines.setdefault(entry.key, entry.line)
        said = _with_forms(file, chunk, entry) if chunk[4][_PLURAL] else Message(entry, _pairs(entry))
        messages.append(_repeated(said, first) if first not in {0, entry.line} else said)
    return Survey(tuple(messages), headers, header)


def _pairs(entry: Entry) -> tuple[tuple[str, str], ...]:
    return ((entry.source, entry.target),) if entry.target else ()


def _repeated(message: Message, first: int) -> Message:
    return Message(message.entry, message.pairs, message.forms, first)


def _with_forms(file: File, chunk: Chunk, entry: Entry) -> Message:
    """A message with plural forms: the first is for one thing where a language has several."""
    start, end, line, obsolete, parts = chunk
    forms = [form.strip("\n") for form in _FORM.split(parts[_FORMS])[1:]]
    targets: list[Entry] = []
    for number, form in enumerate(forms):
        source = parts[_SOURCE] if number == 0 and len(forms) > 1 else parts[_PLURAL]
        changed = [*parts]
        changed[_SOURCE], changed[_TARGET] = source, form
        targets.append(
            reading.entry_of(file, (start, end, line, obsolete, tuple(changed)), rule=Rule(gettext=True))
        )
    whole = all(one.target for one in targets)
    changed = [*parts]
    changed[_TARGET] = forms[0] if whole else '""'
    told = reading.entry_of(file, (start, end, line, obsolete, tuple(changed)))
    pairs = tuple((one.source, one.target) for one in targets if one.target)
    return Message(told if targets else entry, pairs, len(forms))
