"""QR codes (ISO/IEC 18004) for short texts: bytes, error correction M, versions 1 to 10."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import chain, groupby, zip_longest

Matrix = tuple[tuple[bool, ...], ...]
_Cell = tuple[int, int]
# By version: correction words of a block, and the data words of each block.
_BLOCKS: Sequence[tuple[int, tuple[int, ...]]] = (
    (10, (16,)),
    (16, (28,)),
    (26, (44,)),
    (18, (32,) * 2),
    (24, (43,) * 2),
    (16, (27,) * 4),
    (18, (31,) * 4),
    (22, (38, 38, 39, 39)),
    (22, (36, 36, 36, 37, 37)),
    (26, (43, 43, 43, 43, 44)),
)
_MASKS: Sequence[Callable[[int, int], int]] = (
    lambda y, x: (y + x) % 2,
    lambda y, _: y % 2,
    lambda _, x: x % 3,
    lambda y, x: (y + x) % 3,
    lambda y, x: (y // 2 + x // 3) % 2,
    lambda y, x: y * x % 2 + y * x % 3,
    lambda y, x: (y * x % 2 + y * x % 3) % 2,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2,
)
_FINDER = (True, False, True, True, True, False, True)


def matrix(text: str) -> Matrix | None:
    """The dark modules of a text, row by row without the quiet zone; None for one of more than 213 bytes."""
    data = text.encode()
    version = next((v for v in range(1, 11) if len(data) <= sum(_BLOCKS[v - 1][1]) - (3 if v > 9 else 2)), 0)
    if not version:
        return None
    fixed = _fixed(version)
    size = 17 + 4 * version
    bits = chain(_bits(_words(data, version)), iter(int, 1))
    drawn = dict(zip(_path(size, fixed), bits, strict=False))
    masked = (_masked(size, fixed, drawn, number) for number in range(8))
    return min(masked, key=_penalty)


def picture(text: str) -> tuple[int, str]:
    """How many modules a picture of a text is wide, and an SVG path of the dark ones; (0, "") without one."""
    rows = matrix(text) or ()
    dark = ((x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)


def _words(data: bytes, version: int) -> Iterator[int]:
    """Data and correction, as they follow each other in the picture."""
    correction, sizes = _BLOCKS[version - 1]
    room = sum(sizes)
    header = 4 << (16 if version > 9 else 8) | len(data)
    bits = header << 8 * len(data) + 4 | int.from_bytes(data) << 4
    head = bits.to_bytes(len(data) + (3 if version > 9 else 2))
    rest = room - len(head)
    filled = head + (b"\xec\x11" * room)[:rest]
    blocks, at = [], 0
    for size in sizes:
        blocks.append(filled[at : at + size])
        at += size
    checks = [_remainder(block, correction) for block in blocks]
    for group in (blocks, checks):
        yield from (word for words in zip_longest(*group) for word in words if word is not None)


def _times(a: int, b: int) -> int:
    """The product of two elements of the field of 256 that QR codes use."""
    product = 0
    for _ in range(8):
        product ^= a if b & 1 else 0
        b >>= 1
        a = a << 1 ^ (0x11D if a & 0x80 else 0)
    return product


def _remainder(block: bytes, count: int) -> list[int]:
    """The Reed-Solomon words of a block."""
    generator, root = [1], 1
    for _ in range(count):
        generator = [a ^ _times(b, root) for a, b in zip([*generator, 0], [0, *generator], strict=True)]
        root = _times(root, 2)
    remainder = [*block, *[0] * count]
    for at in range(len(block)):
        factor = remainder[at]
        for place, coefficient in enumerate(generator):
            remainder[at + place] ^= _times(coefficient, factor)
    return remainder[len(block) :]


def _bits(words: Iterable[int]) -> Iterator[int]:
    return (word >> shift & 1 for word in words for shift in range(7, -1, -1))


def _fixed(version: int) -> dict[_Cell, bool]:
    """The modules that say how to read the others; those of the format are still light."""
    size, last = 17 + 4 * version, 4 * version + 10
    corners = {(3, 3), (3, size - 4), (size - 4, 3)}
    lines = () if version == 1 else (6, last) if version < 7 else (6, (6 + last) // 2, last)
    centres = {(y, x) for y in lines for x in lines} - {(6, 6), (6, last), (last, 6)}
    modules = {cell: at % 2 == 0 for at in range(8, size - 8) for cell in ((6, at), (at, 6))}
    modules |= _rings(corners, 4, {2, 4}, size) | _rings(centres, 2, {1}, size)
    for places in _format_places(size):
        modules |= dict.fromkeys(places, False)
    modules[size - 8, 8] = True
    version_bits = version << 12 | _polynomial_remainder(version << 12, 0x1F25, 12)
    for bit in range(18 if version > 6 else 0):
        a, b = bit // 3, size - 11 + bit % 3
        modules[a, b] = modules[b, a] = bool(version_bits >> bit & 1)
    return modules


def _rings(centres: Iterable[_Cell], reach: int, light: Container[int], size: int) -> dict[_Cell, bool]:
    """Squares around centres, dark but for the rings at some distances."""
    around = range(-reach, reach + 1)
    return {
        (y + down, x + across): max(abs(down), abs(across)) not in light
        for y, x in centres
        for down in around
        for across in around
        if 0 <= y + down < size and 0 <= x + across < size
    }


def _format_places(size: int) -> tuple[list[_Cell], list[_Cell]]:
    """Where each bit of the format stands, twice, the lowest first."""
    near = [(y, 8) for y in (0, 1, 2, 3, 4, 5, 7, 8)] + [(8, x) for x in (7, 5, 4, 3, 2, 1, 0)]
    far = [(8, size - 1 - n) for n in range(8)] + [(size - 7 + n, 8) for n in range(7)]
    return near, far


def _polynomial_remainder(value: int, divisor: int, bits: int) -> int:
    """What is left of a polynomial over two elements."""
    while value.bit_length() > bits:
        value ^= divisor << value.bit_length() - divisor.bit_length()
    return value


def _path(size: int, fixed: dict[_Cell, bool]) -> Iterator[_Cell]:
    """The modules that hold data, in their order: up and down by pairs of columns from the right."""
    pairs = [(x, x - 1) for x in range(size - 1, 6, -2)] + [(x, x - 1) for x in range(5, 0, -2)]
    for number, pair in enumerate(pairs):
        rows = range(size) if number % 2 else range(size - 1, -1, -1)
        yield from ((y, x) for y in rows for x in pair if (y, x) not in fixed)


def _masked(size: int, fixed: dict[_Cell, bool], drawn: dict[_Cell, int], number: int) -> Matrix:
    mask = _MASKS[number]
    cells = fixed | {(y, x): bool(bit) != (mask(y, x) == 0) for (y, x), bit in drawn.items()}
    format_bits = (number << 10 | _polynomial_remainder(number << 10, 0x537, 10)) ^ 0x5412
    for places in _format_places(size):
        cells |= {place: bool(format_bits >> bit & 1) for bit, place in enumerate(places)}
    return tuple(tuple(cells[y, x] for x in range(size)) for y in range(size))


def _penalty(rows: Matrix) -> int:
    """How hard a picture is to read."""
    size = len(rows)
    lines = (*rows, *zip(*rows, strict=True))
    runs = (len(list(run)) for line in lines for _, run in groupby(line))
    penalty = sum(length - 2 for length in runs if length >= 5)
    penalty += 3 * sum(
        rows[y][x] == rows[y][x + 1] == rows[y + 1][x] == rows[y + 1][x + 1]
        for y in range(size - 1)
        for x in range(size - 1)
    )
    for line in lines:
        for at in range(size - 6):
            if line[at : at + 7] == _FINDER:
                before, after = line[max(0, at - 4) : at], line[at + 7 : at + 11]
                penalty += 40 * (not any(before) or not any(after))
    dark = 100 * sum(map(sum, rows)) // (size * size)
    return penalty + 10 * (abs(dark - 50) // 5)
