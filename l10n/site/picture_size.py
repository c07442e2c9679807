"""How many pixels wide and high a picture is shown, from the header of its file.

PNG (its specification, 11.2.2), JPEG (ITU-T T.81, B.2.2, turned as Exif 2.3 says), GIF (89a), WebP
(RFC 9649), AVIF (ISO/IEC 23008-12, "ispe" and "irot") and SVG.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from l10n.formats.html.tokens import Sort, attribute_values, tokens

Size = tuple[int, int]

_MOST = 100_000
_SVG_HEAD = 16_384
# More parts than a camera writes before its picture; a file of nothing but empty ones is not read to its end.
_PARTS = 4096
_PIXELS = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)(?:px)?\s*", re.ASCII)
# Start of a frame: the markers of T.81, table B.1, without DHT, JPG and DAC, which share their row.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_STANDALONE = frozenset((0x01, *range(0xD0, 0xD9)))
_SCAN, _END, _APP1 = 0xDA, 0xD9, 0xE1
_ORIENTATION, _SHORT = 0x0112, 3
_TURNED = range(5, 9)


def size(data: bytes) -> Size | None:
    """The width and the height of a picture, None where its file does not say, or is no such picture."""
    for starts, read in _READERS:
        if starts(data):
            found = read(data)
            return found if found and min(found) > 0 and max(found) <= _MOST else None
    return None


def _png(data: bytes) -> Size | None:
    return (_big(data, 16, 4), _big(data, 20, 4)) if data[12:16] == b"IHDR" else None


def _gif(data: bytes) -> Size:
    return _little(data, 6, 2), _little(data, 8, 2)


def _webp(data: bytes) -> Size | None:
    kind = data[12:16]
    if len(data) < 30:
        return None
    if kind == b"VP8X":
        return _little(data, 24, 3) + 1, _little(data, 27, 3) + 1
    if kind == b"VP8L":
        bits = _little(data, 21, 4)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return (_little(data, 26, 2) & 0x3FFF, _little(data, 28, 2) & 0x3FFF) if kind == b"VP8 " else None


def _jpeg(data: bytes) -> Size | None:
    turned = False
    for marker, at, end in _segments(data):
        if marker == _APP1 and data[at : at + 6] == b"Exif\0\0":
            turned = turned or _orientation(data[at + 6 : end]) in _TURNED
        elif marker in _FRAMES:
            height, width = _big(data, at + 1, 2), _big(data, at + 3, 2)
            return (height, width) if turned else (width, height)
    return None


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """The segments before the first scan: marker, start and end of what they hold."""
    at = 2
    for _ in range(_PARTS):
        if at + 4 > len(data) or data[at] != 0xFF:
            return
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _STANDALONE:
            at += 2
        elif marker in {_SCAN, _END}:
            return
        else:
            end = at + 2 + max(2, _big(data, at + 2, 2))
            yield marker, at + 4, end
            at = end


def _orientation(tiff: bytes) -> int:
    """How the camera was held (TIFF 6.0, the first directory), 0 where that is not said."""
    number = {b"II*\0": _little, b"MM\0*": _big}.get(tiff[:4])
    if number is None:
        return 0
    at = number(tiff, 4, 4)
    for entry in range(at + 2, at + 2 + 12 * number(tiff, at, 2), 12):
        if entry + 12 > len(tiff):
            break
        if number(tiff, entry, 2) == _ORIENTATION and number(tiff, entry + 2, 2) == _SHORT:
            return number(tiff, entry + 8, 2)
    return 0


def _avif(data: bytes) -> Size | None:
    """The largest of the pictures in the file: the others are its tiles, its transparency, or a thumbnail."""
    properties = [
        (name, start, end)
        for meta_name, meta, meta_end in _boxes(data, 0, len(data))
        if meta_name == b"meta"
        for name, start, end in _inside(data, meta + 4, meta_end, (b"iprp", b"ipco"))
    ]
    sizes = [(_big(data, at + 4, 4), _big(data, at + 8, 4)) for name, at, _ in properties if name == b"ispe"]
    if not sizes:
        return None
    width, height = max(sizes, key=lambda found: found[0] * found[1])
    turned = any(name == b"irot" and _big(data, at, 1) & 1 for name, at, _ in properties)
    return (height, width) if turned else (width, height)


def _inside(data: bytes, start: int, end: int, path: tuple[bytes, ...]) -> Iterator[tuple[bytes, int, int]]:
    """The boxes in the boxes that a path of names leads to."""
    for name, at, box_end in _boxes(data, start, end):
        if not path:
            yield name, at, box_end
        elif name == path[0]:
            yield from _inside(data, at, box_end, path[1:])


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes between two places (ISO/IEC 14496-12, 4.2): name, start and end of what they hold."""
    at = start
    for _ in range(_PARTS):
        if at + 8 > end:
            return
        length, head = _big(data, at, 4), 8
        if length == 1:
            length, head = _big(data, at + 8, 8), 16
        elif length == 0:
            length = end - at
        if length < head:
            return  # it would lead back
        yield data[at + 4 : at + 8], at + head, min(end, at + length)
        at += length


def _svg(data: bytes) -> Size | None:
    text = data[:_SVG_HEAD].decode("utf-8", "replace")
    root = next((token for token in tokens(text) if token.sort is Sort.START), None)
    if root is None or root.name != "svg":
        return None
    values = attribute_values(text, root)
    found = [_PIXELS.fullmatch(values.get(name, "")) for name in ("width", "height")]
    sides = [round(float(side[1])) for side in found if side]
    return (sides[0], sides[1]) if len(sides) == 2 else None


def _big(data: bytes, at: int, length: int) -> int:
    """A number with its first byte the most significant, 0 where the file breaks off in it."""
    return int.from_bytes(data[at : at + length], "big") if at + length <= len(data) else 0


def _little(data: bytes, at: int, length: int) -> int:
    """The same with its first byte the least significant."""
    return int.from_bytes(data[at : at + length], "little") if at + length <= len(data) else 0


def _begins(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(signatures)


_READERS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], Size | None]], ...] = (
    (_begins(b"\x89PNG\r\n\x1a\n"), _png),
    (_begins(b"\xff\xd8\xff"), _jpeg),
    (_begins(b"GIF87a", b"GIF89a"), _gif),
    (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", _webp),
    (lambda data: data[4:8] == b"ftyp" and data[8:12] in {b"avif", b"avis", b"mif1"}, _avif),
    (lambda data: data[:_SVG_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<", _svg),
)
