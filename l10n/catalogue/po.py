"""Catalogues on disk: what any gettext tool can hold, read and written without loss."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import polib

from l10n import disk
from l10n.catalogue import provenance
from l10n.errors import CatalogueError
from l10n.model import Catalogue, Entry

WIDTH = 78
_CONFLICT = re.compile(rb"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)
_CHARSET = re.compile(rb"Content-Type:[^\"]*charset=([\w.:-]+)")
_STRING = r'"(?:[^"\\]|\\.)*"'
_GOOD_LINE = re.compile(
    rf"\ufeff?\s*(?:#(?!~).*|(?:#~\|?\s*)?(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?{_STRING}|#~)?\s*"
)
_SYNTAX = re.compile(r"\(line (\d+)\)(?::\s*(.*))?$")


def read(path: str | Path, *, trust_gettext: bool = False) -> Catalogue:
    """The catalogue in a PO file.

    Raises CatalogueError, with file and line, for anything msgfmt would refuse: syntax, a
    charset that is not the file's, conflict markers, an entry that stands twice, plural forms.
    """
    path = Path(path)
    data = disk.read(path)
    if conflict := _CONFLICT.search(data):
        raise CatalogueError(
            "a merge was left undone here (conflict markers)",
            path=path,
            line=data[: conflict.start()].count(b"\n") + 1,
            remedy="Resolve the conflict and save the file.",
        )
    encoding = _encoding(data, path)
    _look_over(data.decode(encoding), path)
    file = _parse(path, encoding)
    return Catalogue(
        locale=file.metadata.get("Language", "").replace("_", "-"),
        entries=tuple(_entries(file, path, trust_gettext=trust_gettext)),
        headers=tuple(file.metadata.items()),
        comment=file.header or "",
        path=str(path),
    )


def write(catalogue: Catalogue, path: str | Path) -> bool:
    """Write a catalogue in one step; False when the file already said exactly that."""
    return disk.write(Path(path), text(catalogue).encode())


def text(catalogue: Catalogue) -> str:
    """A catalogue as the text of a PO file."""
    file = polib.POFile(wrapwidth=WIDTH)
    file.header = catalogue.comment
    file.metadata = dict(catalogue.headers)
    for entry in catalogue.entries:
        file.append(_message(entry))
    written = str(file).rstrip("\n") + "\n"
    return written if catalogue.comment else written.removeprefix("#\n")


def _encoding(data: bytes, path: Path) -> str:
    found = _CHARSET.search(data[:4096])
    encoding = found[1].decode("ascii") if found and found[1] != b"CHARSET" else "utf-8"
    try:
        data.decode(encoding)
    except LookupError:
        raise CatalogueError(
            f"the header names an unknown charset {encoding!r}", path=path, remedy="Save the file as UTF-8."
        ) from None
    except UnicodeDecodeError as error:
        raise CatalogueError(
            f"byte 0x{data[error.start]:02x} is not {encoding}, which the header names",
            path=path,
            line=data[: error.start].count(b"\n") + 1,
            remedy="Save the file as UTF-8 and say so in its Content-Type header.",
        ) from None
    return encoding


def _look_over(text: str, path: Path) -> None:
    """Refuse a line that polib would read as something else than msgfmt does."""
    for number, line in enumerate(text.split("\n"), 1):
        if not _GOOD_LINE.fullmatch(line):
            raise CatalogueError(
                "this is no line of a PO file",
                path=path,
                line=number,
                remedy='Every text stands between double quotes; a quote inside it is written \\".',
            )


def _parse(path: Path, encoding: str) -> polib.POFile:
    try:
        return polib.pofile(str(path), encoding=encoding, wrapwidth=WIDTH)
    except OSError as error:
        found = _SYNTAX.search(str(error).rstrip())
        raise CatalogueError(
            (found and found[2]) or "this is not the syntax of a PO file",
            path=path,
            line=int(found[1]) if found else 0,
            remedy="Run msgfmt -c on the file to see what it expects.",
        ) from None
    except (ValueError, IndexError, AttributeError, TypeError) as error:
        raise CatalogueError(f"this cannot be read as a PO file ({error})", path=path) from None


def _entries(file: polib.POFile, path: Path, *, trust_gettext: bool) -> Iterable[Entry]:
    seen: dict[tuple[str, str], int] = {}
    for message in file:
        if message.msgid_plural:
            raise CatalogueError(
                "release catalogues hold no plural forms",
                path=path,
                line=message.linenum or 0,
                remedy="Use plain msgid and msgstr.",
            )
        entry = Entry(
            source=message.msgid,
            target=message.msgstr,
            context=message.msgctxt or "",
            fuzzy="fuzzy" in message.flags,
            notes=tuple(message.comment.split("\n")) if message.comment else (),
            previous=message.previous_msgid or "",
            obsolete=bool(message.obsolete),
            flags=tuple(flag for flag in message.flags if flag != "fuzzy"),
            line=message.linenum or 0,
        )
        if not entry.obsolete:
            if entry.key in seen:
                raise CatalogueError(
                    f"{entry.source[:60]!r} stands twice, first on line {seen[entry.key]}",
                    path=path,
                    line=entry.line,
                    remedy="Keep one of the two; msguniq shows them together.",
                )
            seen[entry.key] = entry.line
        yield provenance.applied(entry, message.tcomment.split("\n"), trust_gettext=trust_gettext)


def _message(entry: Entry) -> polib.POEntry:
    comments = [line for line in (entry.comment, provenance.line(entry)) if line]
    return polib.POEntry(
        msgid=entry.source,
        msgstr=entry.target,
        msgctxt=entry.context or None,
        tcomment="\n".join(comments),
        comment="\n".join(entry.notes),
        flags=(["fuzzy"] if entry.fuzzy else []) + list(entry.flags),
        previous_msgid=entry.previous or None,
        obsolete=entry.obsolete,
    )
