"""What the instruction of a field says of the words that it shows."""

from __future__ import annotations

from l10n.formats.docx.markup import names

# Fields that repeat words of the document or of its properties, or hold what somebody has typed or
# chosen (ECMA-376 part 1, 17.16.5): their words are text.  The others number, count, name and compute.
_WORDY_FIELDS = names(
    "AUTOTEXT COMMENTS CREATEDATE DATE DOCPROPERTY DOCVARIABLE FILLIN FORMTEXT IF INCLUDETEXT INDEX KEYWORDS"
    " PRINTDATE QUOTE REF SAVEDATE STYLEREF SUBJECT TIME TITLE TOC"
)


def is_wordy(instruction: str, seen: str) -> bool:
    """Whether a field shows words that are to be translated: by what it does and what is seen of it."""
    name = instruction.split(maxsplit=1)[:1]
    return bool(name) and name[0].upper() in _WORDY_FIELDS and any(map(str.isalpha, seen))


def address_of(instruction: str) -> str | None:
    """The address that a field leads to, None where it is no link."""
    name, *words = instruction.split() or [""]
    if name.upper() != "HYPERLINK":
        return None
    return next((word.strip('"') for word in words if not word.startswith("\\")), "")
