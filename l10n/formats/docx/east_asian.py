"""Signs that Latin and East Asian fonts share: Word has to be told that they stand among East Asian words.

Without the hint, Word sets the quotation marks and dots of Chinese words in the Latin font, where they are
half as wide (ECMA-376 part 1, 17.3.2.26).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from l10n.display_width import is_wide
from l10n.formats.docx.markup import Sort, Source, attributes
from l10n.formats.edits import Edit

LANGUAGES = frozenset({"zh", "ja", "ko"})
_SHARED = re.compile("[\u00b7\u2014\u2018-\u201d\u2025-\u2026]")


def hints(part: Source, runs: Iterable[tuple[int, str]]) -> Iterator[Edit]:
    """A hint in each run, given by its index and words, with such signs among East Asian words."""
    for index, words in runs:
        if _SHARED.search(words) and any(map(is_wide, words)):
            yield from _hinted(part, index)


def _hinted(part: Source, index: int) -> Iterator[Edit]:
    prefix = f"{own}:" if (own := part.prefix()) else ""
    hint = f'{prefix}hint="eastAsia"'
    look = next(part.children(index), -1)
    if look < 0 or part.tags[look].name != "w:rPr" or part.tags[look].sort is not Sort.START:
        empty = look >= 0 and part.tags[look].name == "w:rPr"
        start, end = part.tags[look][:2] if empty else (part.tags[index].end, part.tags[index].end)
        yield start, end, f"<{prefix}rPr><{prefix}rFonts {hint}/></{prefix}rPr>"
        return
    at = part.tags[look].end
    for child in part.children(look):
        tag = part.tags[child]
        if tag.name == "w:rFonts":
            spans = attributes(part.text, tag)
            if "hint" in spans:
                yield (*spans["hint"], "eastAsia")
            else:
                end = tag.start + 1 + len(f"{prefix}rFonts")
                yield end, end, f" {hint}"
            return
        if tag.name == "w:rStyle":  # the only property that stands before the fonts
            at = part.tags[max(part.partner[child], child)].end
    yield at, at, f"<{prefix}rFonts {hint}/>"
