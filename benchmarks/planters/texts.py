"""A negation more or less, and a text that is not whole, not translated or damaged."""

from __future__ import annotations

import re
import unicodedata

from benchmarks.planters.words import Planter, Words, by_table

_QUOTES = "«»“”„"


def _quote_out(_: str, target: str, __: Words) -> str | None:
    match = re.search(f"[{_QUOTES}]", target[::-1])
    at = len(target) - 1 - match.start() if match else 0
    return target[:at] + target[at + 1 :] if match else None


def _quotes_out(_: str, target: str, __: Words) -> str | None:
    return re.sub(f"[{_QUOTES}]", "", target) if re.search(f"[{_QUOTES}]", target) else None


def _bracket_out(_: str, target: str, __: Words) -> str | None:
    match = re.search(r"[（(][^()（）]{4,}[)）]", target)
    return target[: match.end() - 1] + target[match.end() :] if match else None


def _item_out(_: str, target: str, __: Words) -> str | None:
    match = re.search(r"[（(]?(?:b|ب)[)）]", target)
    return target[: match.start()] + target[match.end() :] if match else None


def _copied(source: str, _: str, __: Words) -> str | None:
    return source if "alda.example" not in source else None


def _tail(source: str, target: str, words: Words) -> str | None:
    """The last third of the words as they are in the source."""
    if words.language == "zh" or re.search(r"[一-鿿]", source):
        half = source[2 * len(source) // 3 :]
        if "@" in source:
            return None
        return target[: 2 * len(target) // 3] + half if re.search(r"\w{4}", half) else None
    source_words, target_words = source.split(), target.split()
    tail = source_words[-max(4, len(source_words) // 3) :]
    if (
        len(source_words) < 9
        or "@" in source
        or sum(len(word) > 2 and word[0].isalpha() for word in tail) < 3
    ):
        return None
    return " ".join(target_words[: 2 * len(target_words) // 3] + tail)


def _half(_: str, target: str, words: Words) -> str | None:
    if words.language == "zh":
        return target[: len(target) // 2] + "。" if len(target) > 24 else None
    target_words = target.split()
    return " ".join(target_words[: len(target_words) * 2 // 5]) + "." if len(target) > 70 else None


def _sentence_out(_: str, target: str, __: Words) -> str | None:
    match = (
        re.search(r"[.?؟。？]\s?(?=\S)", target) if target.count(". ") or re.search("。.", target) else None
    )
    return target[: match.end()].strip() if match and not re.search(r"\d[.]\d|@|//|9\.", target) else None


def _bracketed_out(_: str, target: str, __: Words) -> str | None:
    """Words in brackets left out, brackets and all."""
    out = re.sub(r"\s?[（(][^()（）]{12,}[)）]", "", target, count=1)
    return out if out != target else None


_BEFORE_LAST = re.compile(r"(?:[,;](?=\s)|[，；،؛])(?=[^,;，；،؛.。]*[.。]\Z)")
_LEAST_CLAUSE = {"zh": 8}
_CLAUSE_LETTERS = 24


def _last_clause_out(_: str, target: str, words: Words) -> str | None:
    """What stands behind the last comma or semicolon of a text."""
    match = _BEFORE_LAST.search(target)
    least = _LEAST_CLAUSE.get(words.language, _CLAUSE_LETTERS)
    if match is None or len(target) - match.end() < least:
        return None
    return target[: match.start()].rstrip() + target[-1]


def _sentence_twice(_: str, target: str, __: Words) -> str | None:
    """The last sentence once more."""
    last = re.split(r"(?<=[.!?؟])\s+(?=[^\Wa-z])|(?<=[。！？])(?=.)", target)[-1]
    joint = "" if last[-1] in "。！？" else " "
    return target + joint + last if last[-1] in ".!?؟。！？" else None


def _doubled(_: str, target: str, words: Words) -> str | None:
    if words.language == "zh":
        return None
    match = re.search(r"(?<=\s)[^\W\d_A-ZА-Я]{4,}(?=\s)", target)
    return target[: match.end()] + " " + match.group() + target[match.end() :] if match else None


def _comma(_: str, target: str, __: Words) -> str | None:
    return (
        re.sub(r"(?<=[^\W\d])([,،])(?=\s)", r" \1", target, count=1)
        if re.search(r"[^\W\d][,،]\s", target)
        else None
    )


def _question(_: str, target: str, __: Words) -> str | None:
    return re.sub(r"[?？؟]", ".", target) if re.search(r"[?？؟]", target) else None


def _stop_out(_: str, target: str, __: Words) -> str | None:
    return target[:-1] if target[-1] in ".。" else None


def _opening_out(_: str, target: str, words: Words) -> str | None:
    return (
        target.replace("¿", "").replace("¡", "")
        if words.language == "es" and re.search("[¿¡]", target)
        else None
    )


def _mojibake(_: str, target: str, __: Words) -> str | None:
    match = re.search("[à-ö]", target)
    broken = match.group().encode().decode("cp1252", "replace") if match else ""
    return target.replace(match.group(), broken, 1) if match else None


def _replacement(_: str, target: str, __: Words) -> str | None:
    return target[:5] + "\ufffd" + target[6:]


def _bidi(_: str, target: str, __: Words) -> str | None:
    return target[:4] + "\u202e" + target[4:]


def _zero_width(_: str, target: str, __: Words) -> str | None:
    return target[:3] + "\u200b" + target[3:]


def _pieces(_: str, target: str, __: Words) -> str | None:
    out = unicodedata.normalize("NFD", target)
    return out if out != target else None


def _capitals(_: str, target: str, words: Words) -> str | None:
    if words.language in {"zh", "ar"}:
        return None
    out = re.sub(r"[^<>]+", lambda match: match.group().upper(), target)
    return (
        out if out != target and "UNICEF" not in target and "//" not in target and "@" not in target else None
    )


def _loop(_: str, target: str, words: Words) -> str | None:
    target_words = target.rstrip(".").split()
    if words.language == "zh" or len(target_words) < 6:
        return None
    tail = " ".join(target_words[-2:])
    return " ".join([*target_words, tail, tail, tail])


def _mask(_: str, target: str, __: Words) -> str | None:
    return target[:8] + " __P1__ " + target[8:]


TEXTS: dict[str, Planter] = {
    "a negation left out": by_table("negation"),
    "a negation put in": by_table("put_in"),
    "a quotation mark": _quote_out,
    "both quotation marks": _quotes_out,
    "a bracket": _bracket_out,
    "an item of a list": _item_out,
    "an item between commas": by_table("listed"),
    "a clause left out": by_table("clause"),
    "an apposition left out": by_table("apposition"),
    "words in brackets left out": _bracketed_out,
    "the last clause left out": _last_clause_out,
    "a sentence twice": _sentence_twice,
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
