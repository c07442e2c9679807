"""Forms that were sent when nobody was signed in any more: their fields go along and are sent once more."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from urllib.parse import parse_qsl

from python_multipart import parse_form
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import Field, File

Fields = Sequence[tuple[str, str]]
_MOST = 5_000  # fields: a list of segments has two for each
_TYPED = frozenset({"target", "text", "note", "why", "whys", "left"})


def sent_fields(headers: Mapping[str, str], body: bytes) -> Fields:
    """The fields of a form as a browser sent it, in their order; none for anything else.

    ``headers`` are named in small letters.  A browser lets no page choose a file for somebody, so one that
    was chosen becomes what the pages that take files keep of it: ``kept``, in base64, and its ending
    ``suffix``.
    """
    kind = headers.get("content-type", "")
    try:
        if kind.startswith("multipart/form-data"):
            return _parts(kind, body)
        return parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST)
    except (ValueError, FormParserError):
        return ()


def _parts(kind: str, body: bytes) -> Fields:
    fields: list[tuple[str, str]] = []

    def typed(field: Field) -> None:
        fields.append((_text(field.field_name), _text(field.value)))

    def chosen(file: File) -> None:
        if name := _text(file.file_name):
            file.file_object.seek(0)
            data = base64.b64encode(file.file_object.read()).decode()
            fields.extend([("kept", data), ("suffix", PurePath(name).suffix.lower())])

    parse_form({"Content-Type": kind.encode("latin-1")}, io.BytesIO(body), typed, chosen)
    return fields


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace")


def typed_texts(fields: Fields) -> tuple[str, ...]:
    """What somebody wrote in a form, without what it was about."""
    return tuple(value for name, value in fields if name in _TYPED and value.strip())


def packed(fields: Fields) -> str:
    """Fields as one field of another form, "" for none."""
    return json.dumps(list(fields), ensure_ascii=False) if fields else ""


def unpacked(text: str) -> Fields:
    """What ``packed`` made a text of, nothing of any other text."""
    try:
        pairs = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return ()
    if not isinstance(pairs, list):
        return ()
    return [(_sound(pair[0]), _sound(pair[1])) for pair in pairs if _is_pair(pair)]


def _is_pair(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(text, str) for text in pair)


def _sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
