"""QR codes as another program draws them: python-qrcode 8.2, level M, bytes, with the mask chosen here."""

from __future__ import annotations

import hashlib

import pytest

from workflow.qr import matrix, picture

TEXT = "otpauth://totp/OELM:admin?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=OELM" * 4


@pytest.mark.parametrize(
    ("length", "side", "digest"),
    [
        (1, 21, "c2be843253d3ced8"),
        (20, 25, "3be4516f0ba0e0ee"),
        (40, 29, "704de66de2a4c2e6"),
        (60, 33, "1d9cd350ec55d015"),
        (84, 37, "2164a7f9b4ccb2f1"),
        (100, 41, "f50f18a56c64af0c"),
        (120, 45, "f33458d1cc5a23aa"),
        (150, 49, "ebf9db0377988d2e"),
        (180, 53, "10b0d7201b2652ff"),
        (213, 57, "ab0a316a337c677e"),
    ],
)
def test_each_version_is_drawn_as_elsewhere(length: int, side: int, digest: str) -> None:
    rows = matrix(TEXT[:length])
    assert rows is not None
    drawn = "\n".join("".join("#" if dark else "." for dark in row) for row in rows)
    assert (len(rows), hashlib.sha256(drawn.encode()).hexdigest()[:16]) == (side, digest)


def test_a_text_that_is_too_long_has_no_picture() -> None:
    assert matrix(TEXT[:214]) is None
    assert picture("é" * 107) == (0, "")
    assert picture("é" * 106)[0] == 57


def test_a_picture_has_a_square_for_each_dark_module() -> None:
    width, path = picture(TEXT[:84])
    rows = matrix(TEXT[:84])
    assert rows is not None
    assert (width, path.count("h1v1h-1z")) == (37, sum(map(sum, rows)))
