"""Errors planted in correct pairs: what the checks find by kind and language, and what they say of the rest.

The pairs are `tests/cases/pairs.txt`: the same sentences in nine languages, so that every language is
source and target of every other.  What is planted is said here and in `planted.toml`: it asks nothing of the
tables that the checks read.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.options import Options
from l10n import checks
from l10n.checks import Between
from l10n.model import Finding, Severity

PAIRS = Path(__file__).parent.parent / "tests" / "cases" / "pairs.txt"

# (word, what it becomes) by kind and language; the first that stands in a target is put in.
Planter = Callable[[str, str, str], str | None]


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _by_table(kind: str) -> Planter:
    def plant(_: str, target: str, language: str) -> str | None:
        table = _tables()
        for row in table[kind][language].split():
            word, other = (part.replace("_", " ") for part in row.split(":"))
            whole = word if language == "zh" or not word.isalpha() else rf"\b{word}\b"
            if re.search(whole if whole != word else re.escape(word), target):
                out = re.sub(whole if whole != word else re.escape(word), other, target, count=1)
                if kind == "negation" and language in table["also_out"]:
                    out = out.replace(*table["also_out"][language])
                return out
        return None

    return plant


def _digit(_: str, target: str, __: str) -> str | None:
    found = re.search(r"(?<![\w@/+])\d+(?=[\s\W])(?!\S*@)", target)
    if not found or "+41" in target:
        return None
    number = found.group()
    return target[: found.start()] + str((int(number[0]) + 3) % 9 + 1) + number[1:] + target[found.end() :]


def _number_out(_: str, target: str, __: str) -> str | None:
    found = re.search(r"(?<![\d.,\u00a0])\b\d{2,3}(?=\s?[^\W\d]{3,}|[所个吨人])", target)
    return target[: found.start()] + target[found.end() :].lstrip() if found else None


def _phone(_: str, target: str, __: str) -> str | None:
    return target.replace("555 01 44", "555 01 45") if "555 01 44" in target else None


def _mail(_: str, target: str, __: str) -> str | None:
    return target.replace("press@alda", "pres@alda") if "press@alda" in target else None


def _address(_: str, target: str, __: str) -> str | None:
    return target.replace("/reports/2026", "/report/2026") if "/reports/" in target else None


def _code_out(_: str, target: str, __: str) -> str | None:
    return target.replace("</1>", "") if "</1>" in target else None


def _acronym(_: str, target: str, __: str) -> str | None:
    return target.replace("UNICEF", "UNICFE") if "UNICEF" in target else None


_QUOTES = "«»“”„"


def _quote_out(_: str, target: str, __: str) -> str | None:
    found = re.search(f"[{_QUOTES}]", target[::-1])
    at = len(target) - 1 - found.start() if found else 0
    return target[:at] + target[at + 1 :] if found else None


def _quotes_out(_: str, target: str, __: str) -> str | None:
    return re.sub(f"[{_QUOTES}]", "", target) if re.search(f"[{_QUOTES}]", target) else None


def _bracket_out(_: str, target: str, __: str) -> str | None:
    found = re.search(r"[（(][^()（）]{4,}[)）]", target)
    return target[: found.end() - 1] + target[found.end() :] if found else None


def _item_out(_: str, target: str, __: str) -> str | None:
    found = re.search(r"[（(]?(?:b|ب)[)）]", target)
    return target[: found.start()] + target[found.end() :] if found else None


def _copied(source: str, _: str, __: str) -> str | None:
    return source if "alda.example" not in source else None


def _tail(source: str, target: str, language: str) -> str | None:
    """The last third of the words as they are in the source."""
    if language == "zh" or re.search(r"[一-鿿]", source):
        half = source[2 * len(source) // 3 :]
        if "@" in source:
            return None
        return target[: 2 * len(target) // 3] + half if re.search(r"\w{4}", half) else None
    words, ours = source.split(), target.split()
    tail = words[-max(4, len(words) // 3) :]
    if len(words) < 9 or "@" in source or sum(len(word) > 2 and word[0].isalpha() for word in tail) < 3:
        return None
    return " ".join(ours[: 2 * len(ours) // 3] + tail)


def _half(_: str, target: str, language: str) -> str | None:
    if language == "zh":
        return target[: len(target) // 2] + "。" if len(target) > 24 else None
    words = target.split()
    return " ".join(words[: len(words) * 2 // 5]) + "." if len(target) > 70 else None


def _sentence_out(_: str, target: str, __: str) -> str | None:
    found = re.search(r"[.?؟。？]\s?(?=\S)", target) if target.count(". ") or "。三" in target else None
    return target[: found.end()].strip() if found and not re.search(r"\d[.]\d|@|//|9\.", target) else None


def _doubled(_: str, target: str, language: str) -> str | None:
    if language == "zh":
        return None
    found = re.search(r"(?<=\s)[^\W\d_A-ZА-Я]{4,}(?=\s)", target)
    return target[: found.end()] + " " + found.group() + target[found.end() :] if found else None


def _comma(_: str, target: str, __: str) -> str | None:
    return (
        re.sub(r"(?<=[^\W\d])([,،])(?=\s)", r" \1", target, count=1)
        if re.search(r"[^\W\d][,،]\s", target)
        else None
    )


def _question(_: str, target: str, __: str) -> str | None:
    return re.sub(r"[?？؟]", ".", target) if re.search(r"[?？؟]", target) else None


def _stop_out(_: str, target: str, __: str) -> str | None:
    return target[:-1] if target[-1] in ".。" else None


def _opening_out(_: str, target: str, language: str) -> str | None:
    return (
        target.replace("¿", "").replace("¡", "") if language == "es" and re.search("[¿¡]", target) else None
    )


def _mojibake(_: str, target: str, __: str) -> str | None:
    found = re.search("[à-ö]", target)
    broken = found.group().encode().decode("cp1252", "replace") if found else ""
    return target.replace(found.group(), broken, 1) if found else None


def _replacement(_: str, target: str, __: str) -> str | None:
    return target[:5] + "\ufffd" + target[6:]


def _bidi(_: str, target: str, __: str) -> str | None:
    return target[:4] + "\u202e" + target[4:]


def _zero_width(_: str, target: str, __: str) -> str | None:
    return target[:3] + "\u200b" + target[3:]


def _pieces(_: str, target: str, __: str) -> str | None:
    out = unicodedata.normalize("NFD", target)
    return out if out != target else None


def _capitals(_: str, target: str, language: str) -> str | None:
    if language in {"zh", "ar"}:
        return None
    out = re.sub(r"[^<>]+", lambda found: found.group().upper(), target)
    return (
        out if out != target and "UNICEF" not in target and "//" not in target and "@" not in target else None
    )


def _loop(_: str, target: str, language: str) -> str | None:
    words = target.rstrip(".").split()
    if language == "zh" or len(words) < 6:
        return None
    tail = " ".join(words[-2:])
    return " ".join([*words, tail, tail, tail])


def _mask(_: str, target: str, __: str) -> str | None:
    return target[:8] + " __P1__ " + target[8:]


_PLANTERS: dict[str, Planter] = {
    "a digit": _digit,
    "a number left out": _number_out,
    "million for billion": _by_table("scale"),
    "another month": _by_table("month"),
    "another weekday": _by_table("weekday"),
    "another currency": _by_table("currency"),
    "another unit": _by_table("unit"),
    "a phone number": _phone,
    "a mail address": _mail,
    "a web address": _address,
    "a code left out": _code_out,
    "a letter of a name": _by_table("name"),
    "a name left out": _by_table("name_out"),
    "another place": _by_table("place"),
    "a letter of an acronym": _acronym,
    "a negation left out": _by_table("negation"),
    "a quotation mark": _quote_out,
    "both quotation marks": _quotes_out,
    "a bracket": _bracket_out,
    "an item of a list": _item_out,
    "the source itself": _copied,
    "an untranslated tail": _tail,
    "half left out": _half,
    "a sentence left out": _sentence_out,
    "a word twice": _doubled,
    "a space before a comma": _comma,
    "a question mark": _question,
    "the full stop": _stop_out,
    "¿ or ¡": _opening_out,
    "the wrong charset": _mojibake,
    "a broken character": _replacement,
    "an open direction": _bidi,
    "a zero-width space": _zero_width,
    "letters in pieces": _pieces,
    "all in capitals": _capitals,
    "a loop": _loop,
    "a mask": _mask,
}


def sentences() -> list[dict[str, str]]:
    """The sets of the table: locale to sentence."""
    out: list[dict[str, str]] = []
    for block in PAIRS.read_text("utf-8").split("\n\n"):
        lines = [line.partition(": ") for line in block.splitlines() if line and line[0] != "#"]
        if lines:
            out.append({locale: text for locale, _, text in lines})
    return out


def pairs() -> Iterator[tuple[str, str, str, str]]:
    """(source locale, target locale, source, target), each set in every direction."""
    for row in sentences():
        for one, source in row.items():
            for other, target in row.items():
                if one != other:
                    yield one, other, source, target


def run(options: Options) -> None:
    """Print false alarms on the untouched pairs, then what was found of each kind."""
    between: dict[tuple[str, str], Between] = {}
    planted: Counter[tuple[str, str]] = Counter()
    caught: Counter[tuple[str, str]] = Counter()
    alarms: Counter[Severity] = Counter()
    total = 0
    for one, other, source, target in pairs():
        if options.quick and one != "en":
            continue
        locales = between.setdefault((one, other), checks.between(one, other))
        before = checks.look(source, target, locales)
        total += 1
        alarms.update({finding.severity for finding in before})
        known = Counter(map(_shape, before))
        for kind, planter in _PLANTERS.items():
            wrong = planter(source, target, other)
            if wrong is None or wrong == target:
                continue
            planted[kind, other] += 1
            after = Counter(map(_shape, checks.look(source, wrong, locales)))
            if after - known:
                caught[kind, other] += 1
    errors, warnings = alarms[Severity.ERROR], alarms[Severity.WARNING]
    print(f"{total} correct pairs: {errors} errors, {warnings} warnings")
    _table(planted, caught)


def _shape(finding: Finding) -> tuple[str, str] | None:
    return (finding.check, finding.message) if finding.severity is not Severity.INFO else None


def _table(planted: Counter[tuple[str, str]], caught: Counter[tuple[str, str]]) -> None:
    languages = sorted({language for _, language in planted})
    print(f"{'found of planted, in %':26}" + "".join(f"{language:>6}" for language in languages) + "   all")
    for kind in _PLANTERS:
        cells = [_share(caught[kind, language], planted[kind, language]) for language in languages]
        count = sum(planted[kind, language] for language in languages)
        whole = _share(sum(caught[kind, language] for language in languages), count)
        print(f"{kind:26}" + "".join(f"{cell:>6}" for cell in cells) + f"{whole:>6}  of {count}")
    every = _share(sum(caught.values()), sum(planted.values()))
    print(f"{'all kinds':26}" + " " * 6 * len(languages) + f"{every:>6}  of {sum(planted.values())}")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}" if whole else "-"
