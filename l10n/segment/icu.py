"""Regular expressions as ICU writes them become Python's, and none that would run away gets through.

What bounds their time: a quantifier without a limit gets one, the lower the more of them could
share a stretch of text; a repeated group of alternatives that begin alike repeats eight times at
most; a repeated group around a repetition is refused unless something that must stand in it
parts its rounds, or the inner one gives nothing back (``++``); and so are many parts in a row
that could each be read in two ways.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from l10n.errors import UsageError
from l10n.segment import charsets
from l10n.segment.charsets import EVERYTHING, Ranges

# By how many quantifiers share characters: a limit whose power stays near a thousand.
_LIMITS = (100, 100, 40, 12, 6, 4, 3)
_ALIKE = 8
_LONGEST = 20_000
_DEEPEST = 40
_MANY = 2
_MOST_OPEN = 14
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "a": "\a", "e": "\x1b"}
_ANCHORS = {"b": r"\b", "B": r"\B", "A": r"\A", "Z": r"(?=(?:\r\n|[\n\r])?\Z)", "z": r"\Z"}
_HORIZONTAL = charsets.of([*map(ord, "\t \xa0\u1680\u180e\u202f\u205f\u3000"), *range(0x2000, 0x200B)])
_VERTICAL = charsets.of(map(ord, "\n\v\f\r\x85\u2028\u2029"))
_BRACES = re.compile(r"\{(\d{1,4})(,(\d{0,4}))?\}")
_HEX = re.compile(r"x\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})")
_GROUP = re.compile(r"\?(?:(?P<look>=|!|<=|<!)|(?P<atomic>>)|(?P<flags>[imsu]*(?:-[imsu]+)?):|<\w+>)")
_FLAGS = re.compile(r"\(\?([imsu]+)\)")
_PROPERTY = re.compile(r"(?:\{(\^?)([^{}]+)\}|([A-Z]))")


@dataclass(frozen=True, slots=True)
class _Node:
    """A part of an expression.

    ``kind`` is "set", "sequence", "choice", "repeat", "group" or "verbatim".  ``least`` and
    ``most`` count repetitions, ``most`` None without a limit; ``hold``: a repeat or group that
    gives nothing back.  ``text`` is how a group opens, the suffix of a repeat, or verbatim text.
    """

    kind: str
    children: tuple[_Node, ...] = ()
    chars: Ranges = ()
    text: str = ""
    least: int = 1
    most: int | None = 1
    hold: bool = False


@lru_cache(maxsize=8192)
def compiled(pattern: str) -> re.Pattern[str]:
    """An expression, ready to run.  Raises UsageError, saying which part, when it cannot be."""
    try:
        return re.compile(translated(pattern))
    except (re.error, OverflowError) as error:
        problem = str(error).replace(
            "look-behind requires fixed-width pattern", "a look-behind of varying width"
        )
        raise UsageError(f"{problem} cannot be used") from None


def translated(pattern: str) -> str:
    """An ICU expression as Python writes it.  Raises UsageError for what has no such form."""
    if len(pattern) > _LONGEST:
        raise UsageError("it is too long")
    reader = _Reader(pattern)
    node = reader.whole()
    if _openings(node) > _MOST_OPEN:
        raise UsageError("too many of its parts can be read in two ways")
    variable = [part for part in _walk(node) if part.kind == "repeat" and not part.hold and _is_long(part)]
    together = max(
        (sum(charsets.meet(_chars(part), _chars(other)) for other in variable) for part in variable),
        default=0,
    )
    if together >= len(_LIMITS):
        raise UsageError("too many of its repetitions could share a stretch of text")
    return _written(node, _LIMITS[together])


def _walk(node: _Node) -> Iterator[_Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _is_long(node: _Node) -> bool:
    return node.most is None or node.most > _ALIKE


def _openings(node: _Node) -> int:
    """How many choices one reading of a part leaves that only what follows can settle."""
    inside = [_openings(child) for child in node.children]
    if node.kind == "choice":
        return max(inside) + _begin_alike(node)
    if node.kind != "repeat" or node.hold:
        return sum(inside)
    (child,) = node.children
    parted = child.kind == "group" and _parted(child.children[0])
    rounds = 1 if parted or node.most is None else node.most
    return sum(inside) * rounds + (not _is_long(node) and node.least != node.most)


def _chars(node: _Node) -> Ranges:
    """Every character a part may take."""
    if node.kind == "group" and node.text[:3] in {"(?=", "(?!", "(?<"}:
        return ()
    return charsets.union(node.chars, *(_chars(child) for child in node.children))


def _first(node: _Node) -> Ranges:
    """The characters a part may begin with."""
    if node.kind != "sequence":
        return charsets.union(node.chars, *(_first(child) for child in node.children))
    chars: Ranges = ()
    for child in node.children:
        chars = charsets.union(chars, _first(child))
        if _needs(child):
            break
    return chars


def _needs(node: _Node) -> bool:
    """Whether a part takes a character at least."""
    if node.kind == "set":
        return True
    if node.kind == "repeat":
        return node.least > 0 and _needs(node.children[0])
    if node.kind == "choice":
        return all(map(_needs, node.children))
    if node.kind == "group" and node.text[:3] in {"(?=", "(?!", "(?<"}:
        return False
    return any(map(_needs, node.children))


def _varies(node: _Node) -> bool:
    """Whether a part may take many characters in more than one way."""
    if node.hold:
        return False
    if node.kind == "repeat" and (node.most is None or node.most > _MANY):
        return True
    return any(map(_varies, node.children))


def _repeated(node: _Node, least: int, most: int | None, suffix: str) -> _Node:
    """A part with a quantifier, if its time is bounded.  Raises UsageError otherwise."""
    hold = suffix == "+"
    parted = node.kind == "group" and _parted(node.children[0])
    if hold or parted or most in {0, 1}:
        return _Node("repeat", (node,), text=suffix, least=least, most=most, hold=hold)
    if _varies(node) or (least > _ALIKE and _alike(node)):
        raise UsageError(
            "a repetition of a repetition could take forever",
            remedy="Let the inner one give nothing back, as in (?:a++b?)+.",
        )
    if _alike(node):
        most = _ALIKE if most is None else min(most, _ALIKE)
    return _Node("repeat", (node,), text=suffix, least=least, most=most, hold=hold)


def _parted(body: _Node) -> bool:
    """Whether each repetition of a sequence has a character that its varying parts cannot take."""
    if body.kind != "sequence":
        return False
    varying = charsets.union(*(_chars(child) for child in body.children if _varies(child)))
    fixed = [child for child in body.children if not _varies(child) and _needs(child)]
    return any(not charsets.meet(_chars(child), varying) for child in fixed)


def _alike(node: _Node) -> bool:
    """Whether a part offers alternatives that begin alike, so that it can read a text in many ways."""
    return any(
        _begin_alike(part) or (part.kind == "repeat" and part.least != part.most and not part.hold)
        for part in _walk(node)
    )


def _begin_alike(node: _Node) -> bool:
    if node.kind != "choice":
        return False
    seen: Ranges = ()
    for child in node.children:
        first = _first(child)
        if charsets.meet(seen, first) or not _needs(child):
            return True
        seen = charsets.union(seen, first)
    return False


def _written(node: _Node, limit: int) -> str:
    if node.kind == "set":
        return node.text or charsets.text(node.chars)
    if node.kind == "verbatim":
        return node.text
    inside = [_written(child, limit) for child in node.children]
    if node.kind == "sequence":
        return "".join(inside)
    if node.kind == "choice":
        return "|".join(inside)
    if node.kind == "group":
        return _group_written(node, inside[0], limit)
    most = max(node.least, limit if node.most is None else min(node.most, limit))
    braces = "?" if (node.least, most) == (0, 1) else f"{{{node.least},{most}}}"
    return f"{inside[0]}{braces}{node.text}"


def _group_written(node: _Node, inside: str, limit: int) -> str:
    """A group; a look-behind whose alternatives differ in width becomes several."""
    (child,) = node.children
    if node.text in {"(?<=", "(?<!"} and child.kind == "choice":
        lookbehinds = [f"{node.text}{_written(alternative, limit)})" for alternative in child.children]
        return f"(?:{'|'.join(lookbehinds)})" if node.text == "(?<=" else "".join(lookbehinds)
    return f"{node.text}{inside})"


@dataclass(slots=True)
class _Reader:
    """Reads an expression from left to right."""

    text: str
    at: int = 0
    depth: int = 0
    quoted: bool = field(default=False)

    def whole(self) -> _Node:
        node = self.choice()
        if self.at < len(self.text):
            raise UsageError("a closing parenthesis has no opening one")
        return node

    def choice(self) -> _Node:
        """Alternatives, up to a closing parenthesis or the end."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise UsageError("its groups are nested too deep")
        flags = _FLAGS.match(self.text, self.at)
        if flags:
            self.at = flags.end()
        alternatives = [self.sequence()]
        while self.take("|"):
            alternatives.append(self.sequence())
        self.depth -= 1
        single = [
            alternative.children[0]
            for alternative in alternatives
            if len(alternative.children) == 1 and alternative.children[0].kind == "set"
        ]
        if len(alternatives) > 1 and len(single) == len(alternatives):
            node = _Node("set", chars=charsets.union(*(alternative.chars for alternative in single)))
        else:
            node = alternatives[0] if len(alternatives) == 1 else _Node("choice", tuple(alternatives))
        modifiers = flags[1].replace("u", "") if flags else ""
        return _Node("group", (node,), text=f"(?{modifiers}:") if modifiers else node

    def sequence(self) -> _Node:
        parts: list[_Node] = []
        while self.at < len(self.text) and (self.quoted or self.text[self.at] not in "|)"):
            atom = self.atom()
            if atom is not None:
                parts.append(self.quantified(atom))
        return _Node("sequence", tuple(parts))

    def take(self, mark: str) -> bool:
        taken = self.text.startswith(mark, self.at)
        self.at += len(mark) if taken else 0
        return taken

    def quantified(self, atom: _Node) -> _Node:
        if self.quoted:
            return atom
        bounds: tuple[int, int | None] | None = None
        for mark, pair in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.take(mark):
                bounds = pair
                break
        if bounds is None and (braces := _BRACES.match(self.text, self.at)):
            self.at = braces.end()
            least = int(braces[1])
            bounds = least, least if braces[2] is None else int(braces[3]) if braces[3] else None
        if bounds is None:
            return atom
        suffix = next((mark for mark in "?+" if self.take(mark)), "")
        if atom.kind == "verbatim":
            raise UsageError("a quantifier follows what takes no characters")
        return _repeated(atom, *bounds, suffix)

    def atom(self) -> _Node | None:
        if self.quoted or self.take(r"\Q"):
            return self.quotation()
        if self.text[self.at] == "(":
            return self.group()
        if self.take("["):
            return _Node("set", chars=self.set())
        if self.take("\\"):
            return self.escape()
        return self.character()

    def character(self) -> _Node:
        char = self.text[self.at]
        self.at += 1
        if char == ".":
            return _Node("set", chars=charsets.without(_VERTICAL), text=".")
        if char in "^$":
            return _Node("verbatim", text=char)
        if char in "*+?{":
            raise UsageError(f"{char} has nothing to repeat")
        return _Node("set", chars=((ord(char), ord(char)),), text=re.escape(char))

    def quotation(self) -> _Node | None:
        r"""The next character between ``\Q`` and ``\E``."""
        self.quoted = not self.take(r"\E")
        if not self.quoted or self.at >= len(self.text):
            self.quoted = False
            return None
        char = self.text[self.at]
        self.at += 1
        if self.take(r"\E"):
            self.quoted = False
        return _Node("set", chars=((ord(char), ord(char)),), text=re.escape(char))

    def group(self) -> _Node | None:
        if self.text.startswith("(?#", self.at):
            self.at = self.text.find(")", self.at) + 1 or len(self.text)
            return None
        self.at += 1
        opening = _GROUP.match(self.text, self.at)
        if opening is None and self.text.startswith("?", self.at):
            raise UsageError(f"the group ({self.text[self.at : self.at + 4]}… is not known here")
        self.at = opening.end() if opening else self.at
        look = opening["look"] if opening else None
        flags = (opening["flags"] or "").replace("u", "").rstrip("-") if opening else ""
        inside = self.choice()
        if not self.take(")"):
            raise UsageError("a parenthesis is not closed")
        if look:
            return _Node("group", (inside,), text=f"(?{look}")
        hold = bool(opening and opening["atomic"])
        return _Node("group", (inside,), text="(?>" if hold else f"(?{flags}:", hold=hold)

    def escape(self) -> _Node:
        if self.at >= len(self.text):
            raise UsageError("it ends in a backslash")
        char = self.text[self.at]
        if char in _ANCHORS:
            self.at += 1
            return _Node("verbatim", text=_ANCHORS[char])
        if char == "R":
            self.at += 1
            return _Node(
                "group", (_Node("set", chars=_VERTICAL, text=r"\r\n|[\n-\r\x85\u2028\u2029]"),), text="(?>"
            )
        if char in "dDsSwW":
            return _Node("set", chars=self.escaped(), text=f"\\{char}")
        return _Node("set", chars=self.escaped())

    def escaped(self) -> Ranges:
        """What an escape stands for that can also stand in a set."""
        char = self.text[self.at]
        if match := _HEX.match(self.text, self.at):
            self.at = match.end()
            point = int(next(filter(None, match.groups())), 16)
            return ((min(point, EVERYTHING[0][1]), min(point, EVERYTHING[0][1])),)
        self.at += 1
        if char in "pP":
            return self.property(negated=char == "P")
        if char in "dDsSwWhHvV":
            found_class = _class(char.lower())
            return found_class if char.islower() else charsets.without(found_class)
        if char == "N" and self.take("{"):
            name, _, _ = self.text[self.at :].partition("}")
            self.at += len(name) + 1
            return self.called(name)
        if char in _CONTROLS:
            char = _CONTROLS[char]
        elif char.isalnum():
            raise UsageError(f"the escape \\{char} is not known here")
        return ((ord(char), ord(char)),)

    def called(self, name: str) -> Ranges:
        try:
            return charsets.of([ord(unicodedata.lookup(name))])
        except KeyError:
            raise UsageError(f"there is no character {name!r}") from None

    def property(self, *, negated: bool) -> Ranges:
        match = _PROPERTY.match(self.text, self.at)
        name = (match[2] or match[3]) if match else ""
        chars = charsets.named(name) if name else None
        if match is None or chars is None:
            raise UsageError(f"the property {name or self.text[self.at : self.at + 8]!r} is not known here")
        self.at = match.end()
        return charsets.without(chars) if negated != bool(match[1]) else chars

    def set(self) -> Ranges:
        """A set after its opening bracket, with what ICU knows: sets in it, ``&&`` and ``--``."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise UsageError("its sets are nested too deep")
        negated = self.take("^")
        chars: Ranges = self.member() if self.text.startswith("]", self.at) else ()
        while not self.take("]"):
            if self.at >= len(self.text):
                raise UsageError("a set is not closed")
            if self.text.startswith("-[", self.at):
                self.at += 2
                chars = charsets.both(chars, charsets.without(self.set()))
            elif self.take("&&"):
                chars = charsets.both(chars, self.rest())
            elif self.take("--"):
                chars = charsets.both(chars, charsets.without(self.rest()))
            else:
                chars = charsets.union(chars, self.member())
        self.depth -= 1
        return charsets.without(chars) if negated else chars

    def rest(self) -> Ranges:
        """What stands in a set up to the next operation."""
        chars: Ranges = ()
        while self.at < len(self.text) and not self.text.startswith(("]", "&&", "--"), self.at):
            chars = charsets.union(chars, self.member())
        return chars

    def member(self) -> Ranges:
        if self.take("[:"):
            name, _, _ = self.text[self.at :].partition(":]")
            self.at += len(name) + 2
            chars = charsets.named(name.removeprefix("^"))
            if chars is None:
                raise UsageError(f"the property {name[:20]!r} is not known here")
            return charsets.without(chars) if name.startswith("^") else chars
        if self.take("["):
            return self.set()
        low = self.one()
        ranged = self.text.startswith("-", self.at) and not self.text.startswith(("-]", "--", "-["), self.at)
        if not ranged or len(low) != 1 or low[0][0] != low[0][1]:
            return low
        self.at += 1
        high = self.one()
        if len(high) != 1 or high[0][0] < low[0][0]:
            raise UsageError("a range in a set runs backwards")
        return ((low[0][0], high[0][1]),)

    def one(self) -> Ranges:
        if self.at >= len(self.text):
            raise UsageError("a set is not closed")
        char = self.text[self.at]
        self.at += 1
        if char == "\\":
            if self.at >= len(self.text):
                raise UsageError("it ends in a backslash")
            if self.text[self.at] == "b":
                raise UsageError("a word boundary is no character of a set")
            return self.escaped()
        return ((ord(char), ord(char)),)


def _class(letter: str) -> Ranges:
    """What a backslash and a letter stand for."""
    if letter == "s":
        return charsets.space()
    if letter in "hv":
        return _HORIZONTAL if letter == "h" else _VERTICAL
    return charsets.named("Nd" if letter == "d" else "word") or ()
