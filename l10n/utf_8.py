"""Whether bytes are text in UTF-8, which hardly any other bytes are by chance."""

from __future__ import annotations


def is_utf_8(data: bytes) -> bool:
    """Whether bytes can be read as UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
