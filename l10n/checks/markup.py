"""Tags and named arguments that stand in a text as they are, in the catalogues of programs and manuals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from l10n.checks.pair import Example, Pair
from l10n.model import Finding, Severity

ID = "markup"
SEVERITY = Severity.WARNING
EXPLANATION = (
    "Catalogues of programs and manuals have tags of HTML or XML in their texts, and named arguments such as "
    "%(name)s, {name} or {{ name }}. A target has those of its source: a tag that is not closed changes the "
    "rest of a page, and an argument of another name stops the program or shows as it is."
)
BAD = Example("en", "Hello {name}, <b>welcome</b>.", "fr", "Bonjour {nom}, <b>bienvenue</b>.")
GOOD = Example("en", "Hello {name}, <b>welcome</b>.", "fr", "<b>Bienvenue</b>, {name}.")

LACKING = "the argument {argument} is missing"
FOREIGN = "the argument {argument} is not in the source"
_TAG_LACKING = "the tag {tag} is missing"
_TAG_FOREIGN = "the tag {tag} is not in the source"

# A brace right behind a letter, a backslash or another brace is part of a formula or of a program's code.
# How a value is shown, behind the name of it, is for the translator to say.
_ARGUMENT = re.compile(
    r"%\(\w{1,60}\)[-+# 0]{0,3}\d{0,3}(?:\.\d{1,3})?[A-Za-z]"
    r"|\{\{\s?[A-Za-z_][\w.]{0,60}\s?\}\}"
    r"|(?<![\w\\{}^])\{\w[\w.]{0,60}(?:\[\w{1,30}\])?(?:![rsa])?(?::[-+ #<>=^,.\w%]{0,12})?\}(?!\})"
)
_SHOWN = re.compile(r"\s|(?<=[\w\]])[!:][^{}]*(?=\})")
# ICU MessageFormat, whose words stand in braces.
_CHOICE = re.compile(r"\{\s?\w{1,60}\s?,\s?(?:plural|select)")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w:.-]*+)(?:\s[^<>]*+)?/?>")
# Elements of HTML within a text; <file> and the like are words of a manual, unless something closes them.
_INLINE = (
    "a abbr b br cite code dd del dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q "
    "s samp small span strong sub sup table td th tr u ul var wbr"
)
_HTML = frozenset(_INLINE.split())


def run(pair: Pair) -> Iterator[Finding]:
    """One finding for each argument and each tag that only one of the two texts has."""
    source, target = pair.source, pair.target
    if "{" in source or "{" in target or "%(" in source or "%(" in target:
        yield from _arguments(source, target)
    if "<" in source or "<" in target:
        yield from _tags(source, target)


def _arguments(source: str, target: str) -> Iterator[Finding]:
    if _CHOICE.search(source):
        return
    wanted = {_bare(match[0]): match[0] for match in _ARGUMENT.finditer(source)}
    found = {_bare(match[0]): match for match in _ARGUMENT.finditer(target)}
    for bare, argument in wanted.items():
        if bare not in found:
            yield Finding(ID, SEVERITY, LACKING, 0, 0, None, (("argument", argument),))
    for bare, match in found.items():
        if bare not in wanted:
            yield Finding(ID, SEVERITY, FOREIGN, *match.span(), None, (("argument", match[0]),))


def _bare(argument: str) -> str:
    return _SHOWN.sub("", argument)


def _tags(source: str, target: str) -> Iterator[Finding]:
    wanted, found = _TAG.findall(source), list(_TAG.finditer(target))
    if not wanted and not found:
        return
    closed = {name.lower() for end, name in wanted if end}
    missing = Counter(_written(end, name) for end, name in wanted if name.lower() in closed | _HTML)
    for match in found:
        name = match["name"].lower()
        if name not in closed | _HTML:
            continue
        tag = _written(match["end"], name)
        if missing[tag] > 0:
            missing[tag] -= 1
        else:
            yield Finding(ID, SEVERITY, _TAG_FOREIGN, *match.span(), None, (("tag", tag),))
    for tag in +missing:
        yield Finding(ID, SEVERITY, _TAG_LACKING, 0, 0, None, (("tag", tag),))


def _written(end: str, name: str) -> str:
    return f"<{end}{name.lower()}>"
