"""What checks receive: a source and its target, with the words of each prepared once."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from l10n import inline
from l10n.checks.reading import foreign_markup
from l10n.checks.reading.foreign_markup import LONE
from l10n.inline import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from l10n.conventions import Convention
    from l10n.glossary import Glossary
    from l10n.lengths import LengthRatio


@dataclass(frozen=True, slots=True)
class Plain:
    """The words of a source or target, and where each stands in the stored text.

    ``begins`` are offsets in ``text`` at which a run of characters starts, ``stored`` the
    offsets of those characters in the stored text; both rise.  Both empty: nothing moved.
    """

    text: str
    begins: tuple[int, ...] = ()
    stored: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the stored text for a stretch of at least one character of ``text``."""
        if not self.begins:
            return start, end
        return self._at(start), self._at(end - 1) + 1

    def _at(self, offset: int) -> int:
        index = bisect_right(self.begins, offset) - 1
        return self.stored[index] + offset - self.begins[index]


@dataclass(frozen=True, slots=True, eq=False)
class CheckContext:
    """The context all pairs of a catalogue share: locales, conventions, glossary, usual lengths.

    ``band`` is how long its targets are, None where nobody knows.  Only the same object is equal: comparing
    two tables of words would cost more than what is remembered by them.
    """

    source_locale: str
    target_locale: str
    source_convention: Convention
    target_convention: Convention
    glossary: Glossary | None = None
    band: LengthRatio | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and its target as a check receives them.

    ``source`` and ``target`` are as stored, with codes; ``source_plain`` and ``target_plain``
    are their words alone, a lone code being one object mark.  The conventions are what the language of
    each does, ``languages`` their primary subtags and ``scripts`` their codes of ISO 15924.  ``kind`` is a
    value of ``l10n.model.Kind``.
    """

    source: str
    target: str
    context: CheckContext
    source_plain: Plain
    target_plain: Plain
    source_convention: Convention
    target_convention: Convention
    languages: tuple[str, str]
    scripts: tuple[str, str]
    kind: str = "paragraph"

    @classmethod
    def of(cls, source: str, target: str, context: CheckContext, kind: str = "paragraph") -> Pair:
        """A source and its target, as stored, with their words."""
        before, after = context.source_convention, context.target_convention
        return cls(
            source,
            target,
            context,
            plain(source),
            plain(target),
            before,
            after,
            (before.language, after.language),
            (before.script, after.script),
            kind,
        )

    @property
    def source_locale(self) -> str:
        """The locale of the source."""
        return self.context.source_locale

    @property
    def target_locale(self) -> str:
        """The locale of the target."""
        return self.context.target_locale

    def is_between(self, languages: Container[str]) -> bool:
        """Whether source and target are in two different languages, both of them among these."""
        source, target = self.languages
        return source != target and source in languages and target in languages

    @property
    def glossary(self) -> Glossary | None:
        """The terms that hold, where there are any."""
        return self.context.glossary


class Example(NamedTuple):
    """An example pair for the explanation of a check.

    ``glossary`` makes the glossary it is looked at with.
    """

    source_locale: str
    source: str
    target_locale: str
    target: str
    glossary: Callable[[], Glossary] | None = None


def plain(text: str) -> Plain:
    """The words of a source or target with their offsets."""
    if "<" not in text and not foreign_markup.may_stand(text):
        return Plain(text)
    words: list[str] = []
    begins: list[int] = []
    stored: list[int] = []
    at = 0
    for token in inline.tokens(text):
        if token.role is Role.TEXT:
            stretches = foreign_markup.stretches(text, token.start, token.end)
        elif token.role is Role.LONE:
            stretches = iter(((LONE, token.start),))
        else:
            continue
        for stretch, begin in stretches:
            begins.append(at)
            stored.append(begin)
            words.append(stretch)
            at += len(stretch)
    return Plain("".join(words), tuple(begins), tuple(stored))
