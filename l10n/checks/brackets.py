"""Brackets of the target are opened and closed as those of the source are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.pair import Example, Pair
from l10n.model import Finding, Severity

ID = "brackets"
SEVERITY = Severity.ERROR
EXPLANATION = (
    "A bracket that is opened must be closed, unless the source leaves it open too. The single bracket "
    "after the letter or number of a list item, as in “a)”, is ignored."
)
BAD = Example(
    "en", "Three countries (Chile, Ghana, Japan) follow.", "fr", "Trois pays (Chili, Ghana, Japon suivront."
)
GOOD = Example("en", "The grant covers (a) seeds.", "fr", "La subvention couvre a) les semences.")

_ALONE = "{bracket} without its partner"
_PARTNERS = {"(": ")", "[": "]", "{": "}", "（": "）", "［": "］", "【": "】", "〔": "〕"}
_WIDE = str.maketrans("（）［］", "()[]")
_LISTED = re.compile(r"(?:(?<=\s)|(?<=^)|(?<=[(（،,:;；、]))[^\W_]{1,4}[)）]")
_ANY = re.compile(r"[\[\](){}（）［］【】〔〕]")


def run(pair: Pair) -> Iterator[Finding]:
    """One finding for each bracket without a partner, when the source has none such."""
    target = pair.target_plain
    if not _ANY.search(target.text):
        return
    marks = "".join(_ANY.findall(target.text))
    if not marks.replace("()", "").replace("（）", ""):
        return
    alone = _alone(target.text)
    if alone and not _alone(pair.source_plain.text):
        for at in alone:
            bracket = target.text[at]
            yield Finding(ID, SEVERITY, _ALONE, *target.span(at, at + 1), None, (("bracket", bracket),))


def _alone(text: str) -> list[int]:
    """The places of the brackets that nothing opens or closes."""
    open_: list[tuple[str, int]] = []
    alone: list[int] = []
    listed = {match.end() - 1 for match in _LISTED.finditer(text)}
    for match in _ANY.finditer(text):
        mark = match.group().translate(_WIDE)
        if mark in _PARTNERS:
            open_.append((_PARTNERS[mark], match.start()))
        elif open_ and open_[-1][0] == mark:
            open_.pop()
        elif match.start() not in listed:
            alone.append(match.start())
    return sorted(alone + [at for _, at in open_])
