"""A formula of TeX as readers see it: letters in italics, raised and lowered signs, fractions with a stroke.

Only what fits into a line of text is set so; any other formula stays as its author wrote it, without the
signs of money around it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from pathlib import Path

_TOKEN = re.compile(r"\\([A-Za-z]+)|\\(.)|([A-Za-z]+)|(\d+(?:[.,]\d+)*)|\s+|(.)", re.DOTALL)
_WORDS = re.compile(r"(?<![\\A-Za-z])[^\W\d_]{2,}[^\w\\{}=]*\s[^\w\\{}=]*[^\W\d_]{2,}")
_UPRIGHT = r"\\(?:text|textrm|mathrm|operatorname|mathbf|textbf|mathit|textit)"
_TEXT = re.compile(rf"{_UPRIGHT}\s*\{{[^{{}}]*\}}")
_SPACES = {",": "\u2009", ";": " ", ":": " ", " ": " ", "!": ""}
_SIGNS = {"=": "=", "+": "+", "-": "−", "<": "&lt;", ">": "&gt;", "*": "∗"}
_ATOM = re.compile(r"(?:<var>)?\w+(?:</var>)?")
_DEPTH = 20


class _Beyond(Exception):
    """The formula has something that no line of text can show."""


def is_prose(formula: str) -> bool:
    """Whether what stands between signs of money is words after all."""
    return _WORDS.search(_TEXT.sub("", formula)) is not None


def html(formula: str) -> str:
    """A formula, without what surrounds it, as HTML in a line."""
    tokens = [match for match in _TOKEN.finditer(formula) if not match[0].isspace()]
    try:
        return _Line(tokens).all()
    except _Beyond:
        return escape(formula.strip(), quote=False)


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    tables: dict[str, dict[str, str]] = tomllib.loads(
        Path(__file__).with_name("tex.toml").read_text(encoding="utf-8")
    )
    return tables


class _Line:
    """The tokens of a formula being read."""

    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def all(self) -> str:
        shown = self._row()
        if self._at < len(self._tokens):
            raise _Beyond
        return shown

    def _next(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _row(self) -> str:
        """What stands up to the end of a group; signs between two things have spaces around them."""
        between = _names()["between"]
        out = [""]
        last = ""
        while self._next() not in {"", "}"}:
            token = self._tokens[self._at]
            sign = between.get(token[1] or "") or _SIGNS.get(token[0])
            if sign is None:
                out.append(self._atom())
            else:
                self._at += 1
                out.append(sign if last[-1:] in {"", " ", "(", "["} else f" {sign} ")
            last = out[-1] or last
        return "".join(out).strip()

    def _atom(self) -> str:
        """One thing: a name, a number, a group, a command, or what is raised or lowered."""
        token = self._tokens[self._at]
        name, escaped, letters, number, sign = token.groups()
        if sign == "{":
            return self._argument()
        self._at += 1
        if name:
            return self._command(name)
        if escaped:
            return self._escaped(escaped)
        return number or (f"<var>{letters}</var>" if letters else self._sign(sign))

    def _sign(self, sign: str) -> str:
        if sign in "^_":
            name = "sup" if sign == "^" else "sub"
            return f"<{name}>{self._argument()}</{name}>"
        if sign in "&~#$%\\":
            raise _Beyond
        return ", " if sign == "," else escape(sign, quote=False)

    def _escaped(self, sign: str) -> str:
        if sign not in _SPACES and sign not in "%$&#_{}|":
            raise _Beyond
        return _SPACES.get(sign, escape(sign, quote=False))

    def _command(self, name: str) -> str:
        names = _names()
        if letter := names["letters"].get(name):
            return f"<var>{letter}</var>"
        if (sign := names["alone"].get(name)) is not None:
            return sign
        if re.fullmatch(_UPRIGHT, f"\\{name}"):
            return self._words()
        if name == "frac":
            above, below = _together(self._argument()), _together(self._argument())
            return f"{above}/{below}" + ("" if self._next() in {"", "}", ")"} else " ")
        if name == "sqrt" and self._next() != "[":
            return f"√{_together(self._argument())}"
        raise _Beyond

    def _argument(self) -> str:
        """A group in braces, or the one thing that stands there."""
        if self._next() != "{":
            return self._nested(self._single)
        self._at += 1
        shown = self._nested(self._row)
        if self._next() != "}":
            raise _Beyond
        self._at += 1
        return shown

    def _single(self) -> str:
        """The one thing that stands there; TeX takes a letter or digit of several, which nobody means."""
        sign = self._next()
        if not sign or (sign.isalnum() and len(sign) > 1):
            raise _Beyond
        if sign not in _SIGNS:
            return self._atom()
        self._at += 1
        return _SIGNS[sign]

    def _nested(self, read: Callable[[], str]) -> str:
        self._depth += 1
        if self._depth > _DEPTH:
            raise _Beyond
        shown = read()
        self._depth -= 1
        return shown

    def _words(self) -> str:
        """The words in the braces that follow, as they are."""
        if self._next() != "{":
            raise _Beyond
        opening = self._tokens[self._at]
        words = opening.string[opening.end() :].partition("}")[0]
        if re.search(r"[\\{$]", words):
            raise _Beyond
        while self._next() not in {"", "}"}:
            self._at += 1
        self._at += 1
        return escape(words, quote=False)


def _together(shown: str) -> str:
    """Something as one side of a fraction or under a root."""
    return shown if _ATOM.fullmatch(shown) else f"({shown})"
