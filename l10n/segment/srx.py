"""Segmentation rules in the exchange format of other tools: SRX 2.0, read, applied and written.

A break is looked for as other tools do it: where a rule's first part ends, searched from every
place of the text, and its second part goes on; of the rules that meet at a place the first decides.
Time grows with the text: what could make an expression run away is bounded or refused (``icu``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from l10n.errors import ConfigError, InputError, UsageError
from l10n.segment.icu import compiled
from l10n.segment.srx_export import NAMESPACE, export

__all__ = ["Rule", "Rules", "export", "load", "split"]

_DECLARATION = re.compile(r"\ufeff?<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class Rule:
    """Where the first expression ends and the second goes on, there is a break, or there is none.

    ``line`` is where it begins in its file, 0 if it comes from none.
    """

    breaks: bool
    before: str
    after: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """An SRX file.

    ``languages`` has rules by name; ``maps`` pairs expressions for a locale with such names, in
    order.  With ``cascade`` every pair that fits counts, else only the first.
    """

    languages: Mapping[str, tuple[Rule, ...]]
    maps: tuple[tuple[str, str], ...]
    cascade: bool = True

    def of(self, locale: str) -> tuple[Rule, ...]:
        """The rules for a locale, the weightier first."""
        rules: list[Rule] = []
        for pattern, name in self.maps:
            if any(_fits(pattern, form) for form in (locale, locale.replace("-", "_"))):
                rules.extend(self.languages[name])
                if not self.cascade:
                    break
        return tuple(rules)


def _fits(pattern: str, locale: str) -> bool:
    return re.compile(compiled(pattern).pattern, re.IGNORECASE).fullmatch(locale) is not None


def split(text: str, rules: Rules, locale: str) -> list[str]:
    """A text cut by an SRX file's rules; joined, the pieces give it back.

    A locale that no map fits leaves the text whole.
    """
    decided: dict[int, bool] = {}
    for rule in rules.of(locale):
        for at in _places(rule, text):
            decided.setdefault(at, rule.breaks)
    ends = sorted(at for at, breaks in decided.items() if breaks and 0 < at < len(text))
    starts = [0, *ends]
    return [text[start:end] for start, end in zip(starts, [*ends, len(text)], strict=True) if start < end]


def _places(rule: Rule, text: str) -> Iterator[int]:
    """Where a rule holds."""
    after = compiled(rule.after)
    if not rule.before:
        for match in after.finditer(text):
            yield match.start()
        return
    before = compiled(rule.before)
    at = 0
    while at <= len(text) and (ended := before.search(text, at)):
        if after.match(text, ended.end()):
            yield ended.end()
        at = ended.start() + 1


def load(text: str, *, path: str = "") -> Rules:
    """The rules in an SRX 2.0 file.

    Raises ConfigError, with the line and the rule, for what is no SRX 2.0 and for an expression
    that cannot be used; InputError for what is no XML.
    """
    reader = _Reader(path)
    reader.read(text)
    if not reader.started:
        raise ConfigError("there is no srx element", path=path or None, remedy="Give an SRX 2.0 file.")
    for name, rules in reader.languages.items():
        for number, rule in enumerate(rules, start=1):
            for part, pattern in (("beforebreak", rule.before), ("afterbreak", rule.after)):
                _check(pattern, f"rule {number} of {name!r}, {part}", rule.line, path)
    for pattern, name, line in reader.maps:
        _check(pattern, f"the language pattern for {name!r}", line, path)
        if name not in reader.languages:
            raise ConfigError(
                f"no language rule is called {name!r}",
                path=path or None,
                line=line,
                remedy=f"There are: {', '.join(reader.languages) or 'none'}.",
            )
    maps = tuple((pattern, name) for pattern, name, _ in reader.maps)
    return Rules({name: tuple(rules) for name, rules in reader.languages.items()}, maps, reader.cascade)


def _check(pattern: str, where: str, line: int, path: str) -> None:
    try:
        compiled(pattern)
    except UsageError as error:
        raise ConfigError(
            f"{where}: {error.message}: {pattern[:60]!r}", path=path or None, line=line, remedy=error.remedy
        ) from None


@dataclass(slots=True)
class _Reader:
    """Collects what the elements of a file say."""

    path: str
    languages: dict[str, list[Rule]] = field(default_factory=dict)
    maps: list[tuple[str, str, int]] = field(default_factory=list)
    cascade: bool = False
    started: bool = False
    name: str = ""
    breaks: bool = True
    line: int = 0
    parts: dict[str, str] = field(default_factory=dict)
    words: list[str] | None = None
    parser: expat.XMLParserType = field(init=False)

    def read(self, text: str) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.StartDoctypeDeclHandler = self.doctype
        declared = _DECLARATION.match(text)
        try:
            self.parser.Parse(text[declared.end() if declared else 0 :].encode(), True)  # noqa: FBT003 - it takes no keyword
        except expat.ExpatError as error:
            raise InputError(
                f"is no XML: {expat.ErrorString(error.code)}",
                path=self.path or None,
                line=error.lineno,
                column=error.offset + 1,
            ) from None

    def doctype(self, *_: object) -> None:
        raise self.wrong("a document type may define entities, which no SRX needs", "Take it out.")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if space not in {"", NAMESPACE}:
            return
        if local == "srx":
            self.started = True
            if attributes.get("version") != "2.0":
                raise self.wrong(
                    f"this is SRX {attributes.get('version', 'of no version')}", "Convert it to SRX 2.0."
                )
        elif local == "header":
            self.cascade = self.flag(attributes, "cascade", default=False)
        elif local == "languagerule":
            self.name = self.needed(attributes, "languagerulename")
            self.languages.setdefault(self.name, [])
        elif local == "rule":
            self.breaks, self.line = (
                self.flag(attributes, "break", default=True),
                self.parser.CurrentLineNumber,
            )
            self.parts = {}
        elif local in {"beforebreak", "afterbreak"}:
            self.words = []
        elif local == "languagemap":
            pattern = self.needed(attributes, "languagepattern")
            self.maps.append(
                (pattern, self.needed(attributes, "languagerulename"), self.parser.CurrentLineNumber)
            )

    def data(self, text: str) -> None:
        if self.words is not None:
            self.words.append(text)

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local in {"beforebreak", "afterbreak"} and self.words is not None:
            self.parts[local] = "".join(self.words)
            self.words = None
        elif local == "rule" and self.name:
            before, after = self.parts.get("beforebreak", ""), self.parts.get("afterbreak", "")
            self.languages[self.name].append(Rule(self.breaks, before, after, self.line))

    def needed(self, attributes: dict[str, str], key: str) -> str:
        if not attributes.get(key):
            raise self.wrong(f"the attribute {key} is missing")
        return attributes[key]

    def flag(self, attributes: dict[str, str], key: str, *, default: bool) -> bool:
        value = attributes.get(key, "yes" if default else "no")
        if value not in {"yes", "no"}:
            raise self.wrong(f"{key} is {value!r}", "It may be yes or no.")
        return value == "yes"

    def wrong(self, problem: str, remedy: str = "") -> ConfigError:
        return ConfigError(problem, path=self.path or None, line=self.parser.CurrentLineNumber, remedy=remedy)
