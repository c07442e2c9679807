"""The zip around a Word file: read with suspicion, written so that only what changed changes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from l10n.errors import InputError

MAX_ENTRIES = 10_000
MAX_WORDS = 64 * 1024 * 1024  # of XML that is read; a book of 500 pages has 3
MAX_TOTAL = 1024 * 1024 * 1024
MAX_RATIO = 200  # looked at from _SMALL bytes on: real parts of that size stay below 60
_SMALL = 4 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN = "Open the file in Word or LibreOffice and save it again as .docx."
_NO_RELEASE = "This is no press release: ask whoever sent it for another file."
_BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError, OverflowError)

# PKWARE APPNOTE 4.3.7, 4.3.12 and 4.3.16: local header, central header, end of central directory.
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DESCRIPTOR = 0x0008
_ENCRYPTED = 0x0001
_STORED, _DEFLATED = 0, 8
_ZIP64 = 0x0001


class _Span(NamedTuple):
    """Where an entry lies in the file: its header, its data, whatever is kept behind it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Package:
    """A zip whose directory makes sense; ``read`` gives a part, ``replaced`` the file with other parts."""

    data: bytes
    path: str
    entries: Mapping[str, ZipInfo]
    directory: int

    def read(self, name: str) -> bytes:
        """The bytes of a part.  Raises InputError when they are damaged or too many."""
        info = self.entries[name]
        if info.file_size > MAX_WORDS or _inflated(info):
            raise self.broken(f"{name} would unpack to {info.file_size:,} bytes", _NO_RELEASE)
        try:
            with ZipFile(BytesIO(self.data)) as archive:
                return archive.read(name)
        except _BROKEN:
            raise self.broken(f"{name} is damaged") from None

    def broken(self, message: str, remedy: str = _AGAIN) -> InputError:
        """An error about this file."""
        return InputError(message, path=self.path, remedy=remedy)


def opened(data: bytes, *, path: str) -> Package:
    """The zip in a file's bytes.  Raises InputError when it is none or a dangerous one."""
    if data.startswith(_OLE):
        raise InputError(
            "this is an old Word document or one with a password",
            path=path,
            remedy="Open it in Word and save it as .docx without a password.",
        )
    try:
        with ZipFile(BytesIO(data)) as archive:
            package = Package(
                data, path, {info.filename: info for info in archive.infolist()}, archive.start_dir
            )
            entries = archive.infolist()
    except _BROKEN:
        raise InputError(
            "this is no Word document, or only a part of one", path=path, remedy=_AGAIN
        ) from None
    _look_over(package, entries)
    return package


def _look_over(package: Package, entries: list[ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise package.broken(f"{len(entries):,} files in one document", _NO_RELEASE)
    if len({info.filename.lower() for info in entries}) < len(entries):
        raise package.broken("two files in it have the same name")
    total = sum(info.file_size for info in entries)
    if total > MAX_TOTAL:
        raise package.broken(f"it would unpack to {total:,} bytes", _NO_RELEASE)
    for info in entries:
        name = info.filename
        if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name[:2]:
            raise package.broken(f"a file in it wants to lie outside: {name[:80]!r}")
        if not name.isprintable():
            raise package.broken(f"a file in it has a name that cannot be: {name[:80]!r}")
        if info.flag_bits & _ENCRYPTED:
            raise package.broken("it has a password", "Save it without a password.")
    _spans(package)
    _records(package)


def _inflated(info: ZipInfo) -> bool:
    return info.file_size > _SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1)


def _spans(package: Package) -> dict[str, _Span]:
    """Where each entry lies, in the order of the file.  Raises InputError when two overlap."""
    order = sorted(package.entries.values(), key=lambda info: info.header_offset)
    ends = [info.header_offset for info in order[1:]] + [package.directory]
    out: dict[str, _Span] = {}
    for info, end in zip(order, ends, strict=True):
        start = info.header_offset
        if not 0 <= start <= end - _LOCAL.size - info.compress_size:
            raise package.broken("the files in it lie on top of each other")
        out[info.filename] = _Span(start, end)
    return out


def _records(package: Package) -> list[tuple[ZipInfo, bytes]]:
    """The records of the central directory, in its order, with what each is about."""
    at = package.directory
    out: list[tuple[ZipInfo, bytes]] = []
    for info in package.entries.values():
        head = package.data[at : at + _CENTRAL.size]
        if len(head) < _CENTRAL.size or head[:4] != b"PK\x01\x02":
            raise package.broken("its directory is damaged")
        fields = _CENTRAL.unpack(head)
        if 0xFFFFFFFF in (fields[8], fields[9], fields[16]):
            raise package.broken("it uses ZIP64, which no document needs")
        length = _CENTRAL.size + sum(fields[10:13])
        out.append((info, package.data[at : at + length]))
        at += length
    return out


def replaced(package: Package, parts: Mapping[str, bytes]) -> bytes:
    """The file with other bytes in some parts; every other entry is copied, compressed as it is.

    Order, dates and attributes stay; a changed part is deflated (or stored, if it was).
    """
    out: list[bytes] = []
    at = 0
    moved: dict[str, tuple[int, tuple[int, int, int] | None]] = {}
    spans = _spans(package)
    first = min((span.start for span in spans.values()), default=0)
    out.append(package.data[:first])
    at = first
    for name, span in spans.items():
        entry, sizes = package.data[span.start : span.end], None
        if name in parts:
            entry, sizes = _entry(entry, parts[name])
        moved[name] = (at, sizes)
        out.append(entry)
        at += len(entry)
    directory = b"".join(_record(raw, *moved[info.filename]) for info, raw in _records(package))
    return b"".join((*out, directory, _end(package, at, len(directory))))


def _entry(old: bytes, data: bytes) -> tuple[bytes, tuple[int, int, int]]:
    """A local header like the old one with other data, and its (checksum, packed, unpacked size)."""
    mark, version, flags, method, time, date, _, _, _, named, extra = _LOCAL.unpack_from(old)
    packed = data if method == _STORED else _deflated(data)
    sizes = zlib.crc32(data), len(packed), len(data)
    name = old[_LOCAL.size : _LOCAL.size + named]
    more = _without_zip64(old[_LOCAL.size + named : _LOCAL.size + named + extra])
    head = _LOCAL.pack(mark, version, flags & ~_DESCRIPTOR, method, time, date, *sizes, named, len(more))
    return b"".join((head, name, more, packed)), sizes


def _deflated(data: bytes) -> bytes:
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return squeeze.compress(data) + squeeze.flush()


def _without_zip64(extra: bytes) -> bytes:
    out: list[bytes] = []
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind != _ZIP64:
            out.append(extra[at : at + 4 + length])
        at += 4 + length
    return b"".join(out)


def _record(old: bytes, offset: int, sizes: tuple[int, int, int] | None) -> bytes:
    fields = list(_CENTRAL.unpack_from(old))
    if sizes:
        fields[3] &= ~_DESCRIPTOR
        fields[7:10] = sizes
    fields[16] = offset
    return _CENTRAL.pack(*fields) + old[_CENTRAL.size :]


def _end(package: Package, offset: int, length: int) -> bytes:
    count = len(package.entries)
    with ZipFile(BytesIO(package.data)) as archive:
        comment = archive.comment
    return _END.pack(b"PK\x05\x06", 0, 0, count, count, length, offset, len(comment)) + comment
