"""Preview of a publication: which pages and which words will change on the live site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from l10n.errors import InputError
from l10n.formats.html import elements
from l10n.formats.html.entities import decode
from l10n.formats.html.tokens import Sort, tokens
from l10n.patterns import WORD_MARKS
from l10n.project import Project
from l10n.site import manifest, versions
from l10n.site.build import BuiltSite
from l10n.site.files import digests as file_digests

_LETTERS = rf"[\w{WORD_MARKS}]+"
_WORD = re.compile(rf"{_LETTERS}(?:[’'\-.,]{_LETTERS})*|[^\w\s]")
# Scripts without spaces are compared character by character.
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
# A white sign that no page has, on both sides of a word that is one character.
_EDGE = "\x1f"
# No blocks, and what follows them stands apart all the same.
_ENDS = frozenset({"br", "textarea", "time"})
_LONG = 20_000


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that go and words that come in their place, either of which may be none."""

    gone: str
    come: str


@dataclass(frozen=True, slots=True)
class Change:
    """A file that will be "added", "changed" or "removed"; ``edits`` are those of a page's words."""

    path: str
    what: str
    edits: tuple[Edit, ...] = ()


def changes(project: Project, built: BuiltSite) -> tuple[Change, ...]:
    """How a site differs from the one on line, in the order of the paths.

    Raises InputError when the live version cannot be read, UsageError when what is on line is not
    ours.
    """
    return _from_live(project, file_digests(built.files), built.files.__getitem__)


def changes_back(project: Project, version: int) -> tuple[Change, ...]:
    """How an earlier version differs from the one on line.  Raises what ``changes`` raises."""
    store = project.state / "site"
    folder = store / str(version)
    return _from_live(project, manifest.read(store, version), lambda path: (folder / path).read_bytes())


def _from_live(
    project: Project, after: Mapping[str, str], data_of: Callable[[str], bytes]
) -> tuple[Change, ...]:
    live = versions.live(project)
    store = project.state / "site"
    before = manifest.read(store, live) if live is not None else {}
    try:
        return tuple(_compared(store / str(live), before, after, data_of))
    except OSError as error:
        raise InputError(
            f"the site cannot be read: {error.strerror or error}", path=error.filename or project.public
        ) from None


def _compared(
    folder: Path, before: Mapping[str, str], after: Mapping[str, str], data_of: Callable[[str], bytes]
) -> Iterator[Change]:
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) == after.get(path):
            continue
        if path not in after:
            yield Change(path, "removed")
            continue
        is_page = path.endswith(".html")
        old = (folder / path).read_bytes() if path in before and is_page else b""
        what = "changed" if path in before else "added"
        yield Change(path, what, tuple(edits(old, data_of(path))) if is_page else ())


def edits(old: bytes, new: bytes) -> Iterator[Edit]:
    """The words in which two pages differ, as their readers see them."""
    before, after = _words(old), _words(new)
    if len(before.words) + len(after.words) > _LONG:
        if before.words != after.words:
            yield Edit(before.text(), after.text())
        return
    matcher = SequenceMatcher(None, before.words, after.words, autojunk=False)
    for kind, start, end, at, to in matcher.get_opcodes():
        if kind != "equal":
            yield Edit(before.text(start, end), after.text(at, to))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a page in order; ``spaced`` are the numbers of those behind a space or a block's edge."""

    words: Sequence[str]
    spaced: frozenset[int]

    def text(self, start: int = 0, end: int | None = None) -> str:
        """Some of them as the page spaces them."""
        words = enumerate(self.words[start:end], start)
        return "".join(f" {word}" if at in self.spaced else word for at, word in words).strip()


def _words(data: bytes) -> _Words:
    text = data.decode("utf-8", "replace")
    shown = _WIDE.sub(rf"{_EDGE}\g<0>{_EDGE}", "".join(_visible_text(text)))
    words, spaced, last = list[str](), set[int](), 0
    for match in _WORD.finditer(shown):
        if shown[last : match.start()].strip(_EDGE):
            spaced.add(len(words))
        words.append(match[0])
        last = match.end()
    return _Words(words, frozenset(spaced))


def _visible_text(text: str) -> Iterator[str]:
    """What a page shows; a block begins and ends a line."""
    for token in tokens(text):
        if token.sort in {Sort.TEXT, Sort.RCDATA}:
            yield decode(text[token.start : token.end])
        elif token.name in elements.BLOCKS or token.name in _ENDS:
            yield "\n"
