"""English words of a theme on a page in another language: what nobody gave to a translator."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.conventions import theme_words
from l10n.model import Severity
from l10n.site.lint.fault import Fault
from l10n.site.lint.reader import ParsedPage

_MOST, _CLOSING = 40, ".:…»›→ \t\n\r\xa0*!"
_SAID = ("aria-label", "title", "alt", "placeholder", "value")


def faults(sheet: ParsedPage) -> Iterator[Fault]:
    """Texts that are wholly words of a theme, each told once, where nothing says that they are English."""
    if sheet.lang[:2].lower() in {"", "en"}:
        return
    texts = [(words.line, words.lang, words.text) for words in sheet.words]
    texts += [
        (tag.line, tag.lang, tag.attributes[name])
        for tag in sheet.tags
        for name in _SAID
        if name in tag.attributes
    ]
    english, told = theme_words(), set[str]()
    for line, lang, text in texts:
        bare = " ".join(text.split()).strip(_CLOSING).lower() if len(text) <= _MOST * 2 else ""
        if bare in english and bare not in told and lang[:2].lower() != "en":
            told.add(bare)
            yield Fault(
                "lang-wrong", line, f"{text.strip()!r} is English, on a page in {lang}", Severity.WARNING
            )
