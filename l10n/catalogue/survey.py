"""Reads any gettext catalogue, also one of a program, for checking only: quicker, and with plural forms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from l10n.catalogue import chunks, lexer, provenance, reading
from l10n.catalogue.chunks import Chunk
from l10n.catalogue.counts import Counts, Progress, source_words
from l10n.catalogue.lexer import MSGFMT, error_at
from l10n.catalogue.reading import File
from l10n.errors import CatalogueError
from l10n.review_rule import DEFAULT_RULE, ReviewRule

# What gettext writes after an @ and a language tag has of its own (gettext manual, "Locale Names").
_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva"}
_VARIANTS = frozenset({"valencia", "tarask"})
_FORMAT = re.compile(r"[a-z0-9+-]{1,40}-f[orma]{3,5}te?s?")  # also with a slip of the hand
_REMEMBERED = 1 << 14  # blocks: catalogues of a project repeat their last paragraphs


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """An entry of a file, without its position.

    ``key`` is (context, source).  ``pairs`` are the (source, target) to compare, one for an entry without
    plural forms; ``forms`` is the number of plural forms, 0 without.  The target of an entry with forms
    is the first of them, or empty when one of them is.  ``kind`` is the kind of its unit by its first note.
    ``edited`` means that its text no longer fits its provenance line; ``words`` counts those of its source;
    ``format`` is the flag of a text that a program formats, such as `c-format`, or does not, `no-c-format`.
    Only the same object is equal: one that stands in many files is read once, and what is remembered of it is
    found without looking at its texts.
    """

    key: tuple[str, str]
    target: str
    pairs: tuple[tuple[str, str], ...]
    progress: Progress
    words: int
    publishable: bool = False
    fuzzy: bool = False
    comment: str = ""
    kind: str = ""
    forms: int = 0
    edited: bool = False
    format: str = ""

    @property
    def context(self) -> str:
        """The context that distinguishes it from entries with the same source."""
        return self.key[0]

    @property
    def source(self) -> str:
        """The text to translate."""
        return self.key[1]

    @property
    def obsolete(self) -> bool:
        """Whether it is no longer in the source."""
        return self.progress is Progress.GONE

    @property
    def public(self) -> bool:
        """Whether its target may be shown: it is in the source, and no undecided draft."""
        return self.progress is not Progress.GONE and (self.publishable or not self.fuzzy)


@dataclass(frozen=True, slots=True)
class Survey:
    """The contents of a file.

    ``lines`` are those on which the messages begin, in the same order.  ``repeated`` tells of messages that
    have the key of one above them: their index, and the line of the first.  ``header`` is the line of its
    header, 0 without one, ``header_text`` the header as it stands, ``header_fuzzy`` whether it is flagged so.
    """

    messages: tuple[Message, ...]
    lines: tuple[int, ...]
    headers: dict[str, str]
    header: int = 0
    repeated: Mapping[int, int] = field(default_factory=dict)
    header_text: str = ""
    header_fuzzy: bool = False

    @property
    def locale(self) -> str:
        """The locale in its header, "" without one; `sr@latin`, as gettext has it, is `sr-Latn`."""
        name, _, modifier = self.headers.get("Language", "").partition("@")
        name = name.split(".")[0].replace("_", "-")
        if (script := _SCRIPTS.get(modifier.lower())) is None:
            return f"{name}-{modifier}" if modifier in _VARIANTS else name
        return "-".join((*name.split("-")[:1], script, *name.split("-")[1:]))

    @property
    def counts(self) -> Counts:
        """The counts of its messages by state."""
        entries, words = [0] * len(Progress), [0] * len(Progress)
        for message in self.messages:
            entries[message.progress] += 1
            words[message.progress] += message.words
        _, missing, fuzzy, translated, approved = entries
        words_left = sum(words[Progress.MISSING : Progress.APPROVED])
        return Counts(
            approved, approved + translated, fuzzy, missing, words_left + words[Progress.APPROVED], words_left
        )

    @property
    def forms(self) -> int:
        """How many plural forms its header says the language has, 0 when it does not say."""
        plural_forms = self.headers.get("Plural-Forms", "")
        match = re.search(r"nplurals\s*=\s*(\d{1,9})", plural_forms) if plural_forms else None
        return int(match[1]) if match else 0


Placed: TypeAlias = tuple[list[Message], list[int]]
"""The messages of a file with their lines."""


def read_survey(data: bytes, path: Path, *, rule: ReviewRule = DEFAULT_RULE) -> Survey:
    """Read the bytes of a file.

    Raises CatalogueError, with the line, for what msgfmt cannot parse.  What it parses and then
    refuses (a duplicate entry, a wrong number of forms) is recorded in the survey.
    """
    file = reading.decode_file(data, path)
    messages, lines = _in_blocks(file, rule) or _in_turn(file, rule)
    header = 0
    text, fuzzy = "", False
    index = next(
        (index for index, message in enumerate(messages) if message.key == ("", "") and not message.obsolete),
        -1,
    )
    if index >= 0:
        message, header = messages.pop(index), lines.pop(index)
        text, fuzzy = message.target, message.fuzzy
    repeated = _repeated(messages, lines, header)
    if "msgctxt" in file.text:
        for index in reading.needless_contexts([message.key for message in messages]):
            messages[index] = replace(messages[index], key=("", messages[index].source))
    return Survey(tuple(messages), tuple(lines), reading.fields(text), header, repeated, text, fuzzy)


def _repeated(messages: list[Message], lines: list[int], header: int) -> dict[int, int]:
    """Which messages have the key of one above, obsolete ones among them, as msgfmt sees it."""
    keys = [message.key for message in messages]
    if len(set(keys)) == len(keys) and not (header and ("", "") in keys):
        return {}
    first = {("", ""): header} if header else {}
    repeated = {}
    for index, (message, line) in enumerate(zip(messages, lines, strict=True)):
        if (first_line := first.setdefault(message.key, line)) != line:
            repeated[index] = first_line
    return repeated


def _in_turn(file: File, rule: ReviewRule) -> Placed:
    """The messages of any file, read one after the other."""
    file_chunks = list(chunks.split(file.text, file.path))
    return [_message(file, chunk, rule) for chunk in file_chunks], [line for _, _, line, _, _ in file_chunks]


def _in_blocks(file: File, rule: ReviewRule) -> Placed | None:
    """The messages of a file that has a blank line between any two, and none but of the common shape.

    None for any other.  What was read in one file need not be read in the next.
    """
    text = file.text.removeprefix("\ufeff")
    lexer.check(text, file.path)
    cache = _block_cache(rule, file.encoding)
    messages: list[Message] = []
    lines: list[int] = []
    line = 1
    for block in text.split("\n\n"):
        block_value = cache.get(block)
        if block_value is None:
            block_value = _block(File(block, file.path, file.encoding), rule)
            if block_value is None:
                return None
            if len(cache) >= _REMEMBERED:
                cache.clear()
            cache[block] = block_value
        message, blank_lines, height = block_value
        if message is not None:
            messages.append(message)
            lines.append(line + blank_lines)
        line += height
    return messages, lines


_Block: TypeAlias = tuple[Message | None, int, int]
"""A message, None for blank lines; the blank lines before it; the lines until the next block."""


@lru_cache(maxsize=8)
def _block_cache(rule: ReviewRule, encoding: str) -> dict[str, _Block]:  # noqa: ARG001 - what a block means depends on them
    """The blocks that were read before, by their text."""
    return {}


def _block(file: File, rule: ReviewRule) -> _Block | None:
    """What a block says; None where it is not one message of the common shape."""
    block = file.text
    obsolete = False
    height = block.count("\n") + 2
    match = chunks.shape().fullmatch(block)
    if match is None and "#~" in block:
        obsolete = True
        match = chunks.shape(obsolete=True).fullmatch(block)
    if match is None:
        return None if block.strip("\n") else (None, 0, height)
    start = match.start(1)
    try:
        message = _message(file, (start, len(block), 1, obsolete, match.groups("")), rule)
    except CatalogueError:  # which has to be said with its place in the file
        return None
    return message, start, height


def _message(file: File, chunk: Chunk, rule: ReviewRule) -> Message:
    """What a chunk of a file says.  Raises CatalogueError for an escape gettext does not know."""
    obsolete, parts = chunk[3:]
    pairs: tuple[tuple[str, str], ...] = ()
    forms = 0
    if parts[chunks.PLURAL]:
        pairs, chunk, rule = _with_forms(file, chunk, rule)
        forms = len(pairs)
        pairs = tuple(pair for pair in pairs if pair[1])
    source, target, context, fuzzy, state, _, _, comment, notes, _, _, flags, base, _, _, _ = (
        reading.entry_fields(file, chunk, rule=rule)
    )
    if target and not forms:
        pairs = ((source, target),)
    publishable = bool(target) and state.approved
    if obsolete:
        progress = Progress.GONE
    elif not target:
        progress = Progress.MISSING
    elif fuzzy:
        progress = Progress.FUZZY
    else:
        progress = Progress.APPROVED if publishable else Progress.TRANSLATED
    return Message(
        (context, source),
        target,
        pairs,
        progress,
        source_words(source),
        publishable,
        fuzzy,
        comment,
        notes[0].split(":")[0] if notes else "",
        forms,
        bool(base and target) and base != provenance.digest_of(context, source, target, fuzzy=fuzzy),
        _format(flags) if flags else "",
    )


def _format(flags: Sequence[str]) -> str:
    """The flag that says whether a program formats a text, rather one that says so; also a misspelt one."""
    formats = [flag for flag in flags if _FORMAT.fullmatch(flag)]
    return min(formats, key=lambda flag: flag.startswith("no-")) if formats else ""


def _with_forms(
    file: File, chunk: Chunk, rule: ReviewRule
) -> tuple[tuple[tuple[str, str], ...], Chunk, ReviewRule]:
    """The pairs of a message with plural forms: the first is for one thing where a language has several.

    And the chunk as that of a message without, with its first form as the target where none is empty.
    """
    start, end, line, obsolete, parts = chunk
    numbered = chunks.numbered_forms(parts)
    _check_numbers(file, start, [number for number, _ in numbered])
    forms = [form for _, form in numbered]
    pairs: list[tuple[str, str]] = []
    for number, form in enumerate(forms):
        changed = [*parts]
        changed[chunks.SOURCE] = parts[chunks.SOURCE if number == 0 and len(forms) > 1 else chunks.PLURAL]
        changed[chunks.TARGET] = form
        fields = reading.entry_fields(
            file, (start, end, line, obsolete, tuple(changed)), rule=ReviewRule(gettext=True)
        )
        pairs.append(fields[:2])
    changed = [*parts]
    changed[chunks.TARGET] = forms[0] if all(target for _, target in pairs) else '""'
    return tuple(pairs), (start, end, line, obsolete, tuple(changed)), DEFAULT_RULE if forms else rule


def _check_numbers(file: File, start: int, numbers: Sequence[str]) -> None:
    """See that forms count from 0 on.  Raises CatalogueError where they do not."""
    if any(int(number) != place for place, number in enumerate(numbers)):
        raise error_at(file.text, start, file.path, "its msgstr[N] do not count from 0 on", MSGFMT)
