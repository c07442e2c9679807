"""Values in brackets within one another, as YAML, TOML and JSON have them, and the keys they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

_OPENS = frozenset("{[")
_PAIRS = frozenset({"{}", "[]"})


@dataclass(frozen=True, slots=True)
class Token:
    """A value, or a sign when it has one: a bracket, ``,``, or ``=`` for what stands behind any key.

    ``style`` is that of a value that is a text, else empty; a value between quotes has them in its span.
    Any other sign is one that should not stand there.
    """

    start: int
    end: int
    sign: str = ""
    style: str = ""


class DoubtError(Exception):
    """The tokens are not in an order that has one meaning."""


def bracketed(tokens: Iterable[Token]) -> list[Token]:
    """The tokens from the first, which is a bracket, to the one that closes it; none when nothing does."""
    out: list[Token] = []
    depth = 0
    for token in tokens:
        out.append(token)
        depth += (token.sign in {"{", "["}) - (token.sign in {"}", "]"})
        if depth == 0:
            return out
    return []


def values(tokens: Iterable[Token], base: str, named: Callable[[Token], str]) -> Iterator[tuple[str, Token]]:
    """The values between brackets, each with its path below ``base``; "-" is an entry of a list.

    ``named`` says what a token is called as a key.  Raises DoubtError.
    """
    reader = _Reader(named, base)
    for token in tokens:
        yield from reader.read(token)


@dataclass(slots=True)
class _Reader:
    """Where a walk through brackets stands; ``here`` is the path of the next value, None before its key.

    ``above`` has the sign and the path of each bracket that is open.
    """

    named: Callable[[Token], str]
    here: str | None
    above: list[tuple[str, str | None]] = field(default_factory=list)
    last: Token | None = None

    def read(self, token: Token) -> Iterator[tuple[str, Token]]:
        if token.sign in _OPENS:
            if self.last:
                raise DoubtError
            self.above.append((token.sign, self.here))
            self.entry()
        elif token.sign == "=":
            self.here, self.last = self.below(), None
        elif token.sign:
            yield from self.value()
            self.leave(token.sign)
        elif self.last:
            raise DoubtError
        else:
            self.last = token

    def entry(self) -> None:
        """Stand before an entry of the bracket that is open."""
        sign, path = self.above[-1]
        self.here = _joined(path, "-") if sign == "[" else None

    def below(self) -> str | None:
        """The path of what the last token is the key of, which in a list is an entry of its own."""
        if self.last is None or not self.above:
            raise DoubtError
        sign, path = self.above[-1]
        return _joined(self.here if sign == "[" else path, self.named(self.last))

    def value(self) -> Iterator[tuple[str, Token]]:
        """The value that has been read, if it has a key and is a text."""
        last, self.last = self.last, None
        if last and last.style and self.here:
            yield self.here, last

    def leave(self, sign: str) -> None:
        """Go on behind a value: to the next entry, or out of the bracket."""
        if sign == ",":
            self.entry()
        elif f"{self.above.pop()[0]}{sign}" in _PAIRS:
            self.here = None
        else:
            raise DoubtError


def _joined(path: str | None, name: str) -> str | None:
    return None if path is None else f"{path}.{name}" if path else name
