"""What can be wrong with the files of a site: names, contents, and files that are nobody's to read."""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from l10n.model import Severity
from l10n.site.lint import styles
from l10n.site.lint.fault import Fault
from l10n.site.lint.site import SiteFiles, xml_of
from l10n.utf_8 import is_utf_8

Found = tuple[str, Fault]

# What editors, systems, version control and this program keep for themselves.
_BACKUP = re.compile(r"~\Z|\.(?:bak|backup|old|orig|rej|sw[op]|tmp|part)\Z", re.IGNORECASE)
_INWARD = re.compile(r"\.(?:po|mo|sqlite3?|db|log|sql|pem|key)\Z|\A(?:l10n|release)\.toml\Z", re.IGNORECASE)
_DROPPED = frozenset({"thumbs.db", "desktop.ini"})
# Hidden names that servers ask for (RFC 8615; the hosts of static sites).
_ASKED = frozenset({".well-known", ".nojekyll", ".htaccess"})
# Signs with a meaning of their own in an address, or none in a file name elsewhere.
_MEANING = re.compile(r"[\x00-\x1f\x7f?#%\\:*\"<>|]")
_SIGNATURES = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".webp": (b"RIFF",),
    ".pdf": (b"%PDF-",),
    ".woff2": (b"wOF2",),
    ".gz": (b"\x1f\x8b",),
}
_ENDINGS = {
    ".png": b"IEND",
    ".jpg": b"\xff\xd9",
    ".jpeg": b"\xff\xd9",
    ".gif": b";",
    ".pdf": b"%%EOF",
}
# Programs may write something behind a picture.
_TAIL = 4096
_JSON = frozenset({".json", ".webmanifest", ".geojson"})
_READ = frozenset({".html", ".js", ".json", ".css", ".txt", ".xml", ".md", ".yml", ".yaml"})
# Keys that look like nothing else: of Amazon, GitHub, Google, Slack, and private keys in PEM (RFC 7468).
_KEY = re.compile(
    rb"\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bAIza[0-9A-Za-z_-]{35}\b"
    rb"|\bxox[abpr]-[0-9A-Za-z-]{10,}"
    rb"|-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"
)
_MARKED = re.compile(rb"\xef\xbb\xbf|\xff\xfe|\xfe\xff")
_TEXTS = frozenset({".html", ".xml", ".json", ".txt", ".js", ".css"})
_SVG_SCRIPT = re.compile(
    rb"<script[\s>/]|\son[a-z]+\s*=|(?:href|src)\s*=\s*[\"']\s*javascript:", re.IGNORECASE
)


def faults(site: SiteFiles) -> Iterator[Found]:
    """What is wrong with the files of a site, each with its path."""
    yield from _alike(site)
    yield from styles.of_files(site)
    for path, data in site.files.items():
        file = PurePosixPath(path)
        yield from ((path, fault) for fault in (*_name(path, file), *_content(path, file, data)))
        if file.suffix == ".gz" and (whole := site.files.get(path.removesuffix(".gz"))) is not None:
            yield from ((path, fault) for fault in _packed(data, whole))


def _alike(site: SiteFiles) -> Iterator[Found]:
    """Names that are one on systems where case, or how an accent is written, makes no difference."""
    seen: dict[str, str] = {}
    for path in site.files:
        other = seen.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if other != path:
            yield path, Fault("file-name", 1, f"on some systems this is the same file as {other}")


def _name(path: str, file: PurePosixPath) -> Iterator[Fault]:
    if not unicodedata.is_normalized("NFC", path):
        yield Fault("file-name", 1, "the letters of the name are apart from their accents (not NFC)")
    if any(sign.isspace() for sign in path):
        message = "a blank in a file name is written %20 in an address, and is cut off by many programs"
        yield Fault("file-name", 1, message, Severity.WARNING)
    if sign := _MEANING.search(path):
        yield Fault("file-name", 1, f"{sign[0]!r} in a file name means something else in an address")
    hidden = next((part for part in file.parts if part.startswith(".") and part not in _ASKED), "")
    if hidden:
        yield Fault("stray", 1, f"{hidden} is hidden, and published")
    elif _BACKUP.search(file.name) or _INWARD.search(file.name) or file.name.lower() in _DROPPED:
        yield Fault("stray", 1, "the file is for those who make the site, and published")
    elif file.suffix == ".map":
        # Browsers ask for it when somebody looks at how a page is made, and for nothing else.
        message = "the file is for those who make the site, and published"
        yield Fault("stray", 1, message, Severity.WARNING)


def _content(path: str, file: PurePosixPath, data: bytes) -> Iterator[Fault]:
    if not data:
        # A mark for a host may be empty.
        if not file.name.startswith("."):
            yield Fault("file", 1, "the file is empty")
        return
    signatures = _SIGNATURES.get(file.suffix.lower())
    if signatures and not data.startswith(signatures):
        yield Fault("file", 1, f"the file is not what its name says ({file.suffix})")
    yield from _broken(file, data)
    if file.suffix in _TEXTS and _MARKED.match(data) and not (path.endswith(".html") and data[:1] != b"\xef"):
        yield Fault("encoding", 1, "the file begins with a byte order mark")
    elif file.suffix in _TEXTS and not path.endswith(".html") and not is_utf_8(data):
        yield Fault("encoding", 1, "the file is not UTF-8")
    if file.suffix.lower() == ".svg":
        if b"<!DOCTYPE" not in data[:2000] and xml_of(data) is None:
            yield Fault("file", 1, "the picture is no XML: browsers do not show it")
        if script := _SVG_SCRIPT.search(data):
            line = data.count(b"\n", 0, script.start()) + 1
            yield Fault("unsafe", line, "the picture has a script in it")


def _broken(file: PurePosixPath, data: bytes) -> Iterator[Fault]:
    """A file that ends before its time, or is not in its own language."""
    kind = file.suffix.lower()
    ending = _ENDINGS.get(kind)
    if ending and data.startswith(_SIGNATURES[kind]) and ending not in data[-_TAIL:]:
        yield Fault("file", 1, f"the file ends before its time ({file.suffix})")
    elif kind == ".webp" and data[:4] == b"RIFF" and data[8:12] != b"WEBP":
        yield Fault("file", 1, f"the file is not what its name says ({file.suffix})")
    elif kind == ".webp" and int.from_bytes(data[4:8], "little") + 8 > len(data):
        yield Fault("file", 1, f"the file ends before its time ({file.suffix})")
    elif kind in _JSON and not _is_json(data):
        yield Fault("file", 1, "the file is no JSON")
    if kind in _READ and (key := _KEY.search(data)):
        line = data.count(b"\n", 0, key.start()) + 1
        yield Fault("unsafe", line, f"a key of somebody is in the file ({key[0][:12].decode()}…)")


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _packed(data: bytes, whole: bytes) -> Iterator[Fault]:
    """A file that servers send in the place of another one: it holds that, whole."""
    unpacking = zlib.decompressobj(wbits=31)
    try:
        text = unpacking.decompress(data, len(whole) + 1)
    except zlib.error:
        yield Fault("file", 1, "the file cannot be unpacked")
        return
    if text != whole or not unpacking.eof:
        yield Fault("file", 1, "the file holds something else than the one it stands for")
