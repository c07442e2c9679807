"""The source in a form: an uploaded file, typed text, or what an earlier step kept."""

from __future__ import annotations

import base64
from collections.abc import Callable, Coroutine
from pathlib import PurePath
from typing import Any

from fastapi import Request, Response, UploadFile
from fastapi.routing import APIRoute

from l10n import formats
from l10n.errors import UsageError
from workflow.web.guard import LARGEST_UPLOAD

LARGEST = 3 * 1024 * 1024


class LargeFormRoute(APIRoute):
    """A route whose form may carry a whole source as text, which is more than Starlette takes in a field."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, which finds the form read already."""
        handle = super().get_route_handler()

        async def roomy(request: Request) -> Response:
            await request.form(max_part_size=LARGEST_UPLOAD)
            return await handle(request)

        return roomy


def source(file: UploadFile | None, text: str, kept: str, suffix: str) -> tuple[bytes, str]:
    """The bytes of a source and its ending: of the file that was sent, else the text, else what was ``kept``.

    ``kept`` is base64, ``suffix`` its ending.  Raises UsageError when there is none, when it is too large
    and for an ending that no format knows.
    """
    if file is not None and file.filename:
        data, suffix = file.file.read(), PurePath(file.filename).suffix.lower()
    elif text.strip():
        data, suffix = text.replace("\r\n", "\n").encode("utf-8", "replace"), ".md"
    else:
        try:
            data, suffix = base64.b64decode(kept, validate=True), PurePath(suffix).name
        except ValueError:
            data, suffix = b"", ""
    if not data:
        raise UsageError("there is no source", remedy="Choose a file, or paste a text.")
    if len(data) > LARGEST:
        raise UsageError("the source is larger than 3 MB", remedy="Add it with l10n add.")
    name = PurePath(f"source{suffix}")
    formats.for_path(name.name)
    return data, name.suffix
