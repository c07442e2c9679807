"""Reads regular expressions as ICU writes them, and refuses those that would run away."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from l10n.errors import UsageError
from l10n.segment import charsets
from l10n.segment.charsets import EVERYTHING, Ranges
from l10n.segment.icu_parts import ALIKE, Part, alike, has_parted_rounds, varies

_DEEPEST = 40
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "a": "\a", "e": "\x1b"}
_ANCHORS = {"b": r"\b", "B": r"\B", "A": r"\A", "Z": r"(?=(?:\r\n|[\n\r])?\Z)", "z": r"\Z"}
_HORIZONTAL = charsets.of([*map(ord, "\t \xa0\u1680\u180e\u202f\u205f\u3000"), *range(0x2000, 0x200B)])
_VERTICAL = charsets.of(map(ord, "\n\v\f\r\x85\u2028\u2029"))
_BRACES = re.compile(r"\{(\d{1,4})(,(\d{0,4}))?\}")
_HEX = re.compile(r"x\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})")
_GROUP = re.compile(r"\?(?:(?P<look>=|!|<=|<!)|(?P<atomic>>)|(?P<flags>[imsu]*(?:-[imsu]+)?):|<\w+>)")
_FLAGS = re.compile(r"\(\?([imsu]+)\)")
_PROPERTY = re.compile(r"(?:\{(\^?)([^{}]+)\}|([A-Z]))")


def read(pattern: str) -> Part:
    """The parts of an expression.  Raises UsageError, saying which part, for what cannot be used."""
    return _Reader(pattern).whole()


@dataclass(slots=True)
class _Reader:
    """Reads an expression from left to right."""

    text: str
    at: int = 0
    depth: int = 0
    quoted: bool = field(default=False)

    def whole(self) -> Part:
        node = self.choice()
        if self.at < len(self.text):
            raise UsageError("a closing parenthesis has no opening one")
        return node

    def choice(self) -> Part:
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
            node = Part("set", chars=charsets.union(*(alternative.chars for alternative in single)))
        else:
            node = alternatives[0] if len(alternatives) == 1 else Part("choice", tuple(alternatives))
        modifiers = flags[1].replace("u", "") if flags else ""
        return Part("group", (node,), text=f"(?{modifiers}:") if modifiers else node

    def sequence(self) -> Part:
        parts: list[Part] = []
        while self.at < len(self.text) and (self.quoted or self.text[self.at] not in "|)"):
            atom = self.atom()
            if atom is not None:
                parts.append(self.quantified(atom))
        return Part("sequence", tuple(parts))

    def take(self, mark: str) -> bool:
        taken = self.text.startswith(mark, self.at)
        self.at += len(mark) if taken else 0
        return taken

    def quantified(self, atom: Part) -> Part:
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

    def atom(self) -> Part | None:
        if self.quoted or self.take(r"\Q"):
            return self.quotation()
        if self.text[self.at] == "(":
            return self.group()
        if self.take("["):
            return Part("set", chars=self.set())
        if self.take("\\"):
            return self.escape()
        return self.character()

    def character(self) -> Part:
        char = self.text[self.at]
        self.at += 1
        if char == ".":
            return Part("set", chars=charsets.without(_VERTICAL), text=".")
        if char in "^$":
            return Part("verbatim", text=char)
        if char in "*+?{":
            raise UsageError(f"{char} has nothing to repeat")
        return Part("set", chars=((ord(char), ord(char)),), text=re.escape(char))

    def quotation(self) -> Part | None:
        r"""The next character between ``\Q`` and ``\E``."""
        self.quoted = not self.take(r"\E")
        if not self.quoted or self.at >= len(self.text):
            self.quoted = False
            return None
        char = self.text[self.at]
        self.at += 1
        if self.take(r"\E"):
            self.quoted = False
        return Part("set", chars=((ord(char), ord(char)),), text=re.escape(char))

    def group(self) -> Part | None:
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
            return Part("group", (inside,), text=f"(?{look}")
        hold = bool(opening and opening["atomic"])
        return Part("group", (inside,), text="(?>" if hold else f"(?{flags}:", hold=hold)

    def escape(self) -> Part:
        if self.at >= len(self.text):
            raise UsageError("it ends in a backslash")
        char = self.text[self.at]
        if char in _ANCHORS:
            self.at += 1
            return Part("verbatim", text=_ANCHORS[char])
        if char == "R":
            self.at += 1
            return Part(
                "group", (Part("set", chars=_VERTICAL, text=r"\r\n|[\n-\r\x85\u2028\u2029]"),), text="(?>"
            )
        if char in "dDsSwW":
            return Part("set", chars=self.escaped(), text=f"\\{char}")
        return Part("set", chars=self.escaped())

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


def _repeated(node: Part, least: int, most: int | None, suffix: str) -> Part:
    """A part with a quantifier, if its time is bounded.  Raises UsageError otherwise."""
    hold = suffix == "+"
    parted = node.kind == "group" and has_parted_rounds(node.children[0])
    if hold or parted or most in {0, 1}:
        return Part("repeat", (node,), text=suffix, least=least, most=most, hold=hold)
    if varies(node) or (least > ALIKE and alike(node)):
        raise UsageError(
            "a repetition of a repetition could take forever",
            remedy="Let the inner one give nothing back, as in (?:a++b?)+.",
        )
    if alike(node):
        most = ALIKE if most is None else min(most, ALIKE)
    return Part("repeat", (node,), text=suffix, least=least, most=most, hold=hold)


def _class(letter: str) -> Ranges:
    """What a backslash and a letter stand for."""
    if letter == "s":
        return charsets.space()
    if letter in "hv":
        return _HORIZONTAL if letter == "h" else _VERTICAL
    return charsets.named("Nd" if letter == "d" else "word") or ()
