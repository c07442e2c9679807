"""Names of files where a text for readers may stand."""

from __future__ import annotations

import re

FILE_NAME = re.compile(
    r"[^\s/]+\.(?:jpe?g|png|gif|webp|avif|svg|tiff?|pdf|docx?|xlsx?|pptx?|od[tsp]|zip|mp[34])", re.IGNORECASE
)
"""What systems write where an editor said nothing: "IMG_0412.jpg"."""
