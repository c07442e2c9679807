"""How large a picture is shown, from the header of its file; a damaged or hostile one says nothing."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.site.picture_size import Size, size


def _png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x02\0\0\0"


def _jpeg(width: int, height: int, before: bytes = b"", frame: int = 0xC0) -> bytes:
    head = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0" + before
    return head + b"\xff" + struct.pack(">BHBHHB", frame, 11, 8, height, width, 1) + b"\x01\x11\0\xff\xda"


def _exif(orientation: int, order: str = ">") -> bytes:
    mark = b"MM\0*" if order == ">" else b"II*\0"
    entries = ((0x010F, 2, 4, 0), (0x0112, 3, 1, orientation))
    rows = b"".join(
        struct.pack(f"{order}HHIHH", tag, kind, count, value, 0) for tag, kind, count, value in entries
    )
    tiff = mark + struct.pack(f"{order}IH", 8, len(entries)) + rows + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff


def _riff(chunk: bytes, data: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", len(data) + 12) + b"WEBP" + chunk + struct.pack("<I", len(data)) + data


def _box(name: bytes, *parts: bytes) -> bytes:
    data = b"".join(parts)
    return struct.pack(">I", len(data) + 8) + name + data


def _avif(*properties: bytes) -> bytes:
    inner = _box(b"iprp", _box(b"ipco", *properties))
    return _box(b"ftyp", b"avif\0\0\0\0") + _box(b"meta", bytes(4), _box(b"hdlr", bytes(20)), inner)


def _ispe(width: int, height: int) -> bytes:
    return _box(b"ispe", struct.pack(">III", 0, width, height))


PICTURES = {
    "PNG": (_png(640, 480), (640, 480)),
    "JPEG": (_jpeg(640, 480), (640, 480)),
    "progressive JPEG": (_jpeg(640, 480, frame=0xC2), (640, 480)),
    "JPEG with a table and fill before its frame": (
        _jpeg(640, 480, b"\xff\xc4\0\x04\0\0\xff\xff\xff\xdb\0\x02"),
        (640, 480),
    ),
    "JPEG of a camera held upright": (_jpeg(640, 480, _exif(1)), (640, 480)),
    "JPEG of a camera held sideways": (_jpeg(640, 480, _exif(6)), (480, 640)),
    "the same, of the other byte order": (_jpeg(640, 480, _exif(8, "<")), (480, 640)),
    "GIF": (b"GIF89a" + struct.pack("<HH", 640, 480), (640, 480)),
    "WebP": (_riff(b"VP8 ", bytes(3) + b"\x9d\x01\x2a" + struct.pack("<HH", 640, 480)), (640, 480)),
    "WebP, scaled up by its decoder": (
        _riff(b"VP8 ", bytes(3) + b"\x9d\x01\x2a" + struct.pack("<HH", 640 | 0x4000, 480)),
        (640, 480),
    ),
    "WebP without loss": (
        _riff(b"VP8L", b"\x2f" + struct.pack("<I", 639 | 479 << 14) + bytes(5)),
        (640, 480),
    ),
    "WebP with extras": (_riff(b"VP8X", bytes(4) + b"\x7f\x02\0" + b"\xdf\x01\0"), (640, 480)),
    "AVIF": (_avif(_ispe(64, 48), _ispe(640, 480)), (640, 480)),
    "AVIF, turned": (_avif(_ispe(640, 480), _box(b"irot", b"\x01")), (480, 640)),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480px"/>', (640, 480)),
    "SVG with a declaration": (
        b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <svg width='1'> --><svg height='480' width='639.6'>",
        (640, 480),
    ),
    "SVG as wide as its place": (b'<svg width="100%" height="480">', None),
    "SVG in millimetres": (b'<svg width="64mm" height="48mm">', None),
    "SVG that only says its proportions": (b'<svg viewBox="0 0 4 3">', None),
    "a page": (b"<!doctype html><title>No</title>", None),
    "no width": (_png(0, 480), None),
    "wider than anything": (_png(2**31, 480), None),
    "something else": (b"%PDF-1.7\n", None),
    "nothing": (b"", None),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_as_large_as_its_header_says(name: str) -> None:
    data, shown = PICTURES[name]
    assert size(data) == shown


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_breaks_off_is_as_large_or_says_nothing(name: str) -> None:
    data, shown = PICTURES[name]
    found = {size(data[:end]) for end in range(len(data))}
    assert all(_is_sound(one) for one in found)
    if name not in {"SVG", "SVG with a declaration"}:  # an address that breaks off is still read
        assert found <= {None, shown, shown and shown[::-1], (64, 48)}


@given(st.sampled_from(sorted(PICTURES)), st.integers(0, 199), st.binary(max_size=9))
def test_a_damaged_picture_breaks_nothing(name: str, at: int, damage: bytes) -> None:
    data, _ = PICTURES[name]
    assert _is_sound(size(data[:at] + damage + data[at + len(damage) :]))


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8" + b"\xff" * 1_000_000,
        b"\xff\xd8" + b"\xff\xfe\0\x02" * 250_000,
        b"\0\0\0\x14ftypavif" + bytes(8) + (b"\0\0\0\x08free" * 125_000),
        b"\0\0\0\x14ftypavif" + bytes(8) + b"\0\0\0\x01meta" + b"\0" * 8,
        b"<svg " + b"a=1 " * 250_000,
        b"<" * 1_000_000,
    ],
)
def test_a_file_made_to_keep_a_reader_busy_says_nothing(data: bytes) -> None:
    assert size(data) is None


def _is_sound(found: Size | None) -> bool:
    return found is None or min(found) > 0
