"""The inputs of each published page, source and targets, stored by content so that it can be rebuilt.

A correction of the source leaves a translation behind for a while; its page then goes on saying
what it said last, which is made from here.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from l10n import disk
from l10n.formats import Targets
from l10n.model import Document
from l10n.project import Event
from l10n.site.lifecycle import PublicationStatus

SUFFIX = ".made"
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Source:
    """A source document as it was published: file name, bytes, locale, and main part."""

    path: str
    data: bytes
    locale: str
    main: str = ""

    @property
    def digest(self) -> str:
        """What identifies it."""
        head = f"{self.path}\0{self.locale}\0{self.main}\0".encode()
        return sha256(head + self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class PageInputs:
    """The inputs of a page in one language; ``complete`` when all of it was approved.

    ``targets`` are by the key of a segment in the source, ``corrected`` is how many corrections
    the page carried.  ``draft``, ``behind`` and ``standing`` are the page's; ``choices`` is how its source
    was cut, and ``plan`` what the release's plan said, None and "" where that was not kept.  ``placed``
    leads from files in the release's folder to where they stand on the site.
    """

    source: Source
    targets: Targets
    complete: bool
    corrected: int = 0
    draft: str = ""
    behind: bool = False
    standing: PublicationStatus | None = None
    choices: str | None = None
    placed: Mapping[str, str] = field(default_factory=dict)
    plan: str = ""


def source_of(document: Document, main: str) -> Source:
    """The source a document was read from."""
    return Source(document.path, document.raw, document.locale, main)


def encode(pages: Mapping[str, PageInputs], plan: str = "") -> bytes:
    """The inputs of a release's pages by locale, and its plan, as the bytes of a file.

    The targets of a page follow the order of its source's keys, with null where there is none.
    """
    keys: dict[Source, dict[tuple[str, str], None]] = {}
    for page in pages.values():
        keys.setdefault(page.source, {}).update(dict.fromkeys(page.targets))
    digests = {source: source.digest for source in keys}
    content = {
        "plan": plan,
        "sources": {
            digest: {
                "path": source.path,
                "locale": source.locale,
                "main": source.main,
                "data": base64.b64encode(source.data).decode(),
                "keys": [*keys[source]],
            }
            for source, digest in sorted(digests.items(), key=lambda pair: pair[1])
        },
        "pages": {
            locale: {
                "source": digests[inputs.source],
                "complete": inputs.complete,
                "corrected": inputs.corrected,
                "draft": inputs.draft,
                "behind": inputs.behind,
                "standing": inputs.standing and _standing_fields(inputs.standing),
                "choices": inputs.choices,
                "placed": dict(sorted(inputs.placed.items())),
                "targets": [inputs.targets.get(key) for key in keys[inputs.source]] if inputs.targets else [],
            }
            for locale, inputs in pages.items()
        },
    }
    return _ENCODE(content).encode("utf-8", "surrogatepass")


def decode(data: bytes) -> dict[str, PageInputs]:
    """What ``encode`` wrote, also an earlier one that kept less."""
    content: Any = json.loads(data.decode("utf-8", "surrogatepass"))
    sources = {
        digest: Source(fields["path"], base64.b64decode(fields["data"]), fields["locale"], fields["main"])
        for digest, fields in content["sources"].items()
    }
    return {
        locale: PageInputs(
            sources[fields["source"]],
            _targets(content["sources"][fields["source"]].get("keys"), fields["targets"]),
            bool(fields["complete"]),
            int(fields["corrected"]),
            str(fields.get("draft", "")),
            bool(fields.get("behind")),
            _standing(status) if (status := fields.get("standing")) else None,
            fields.get("choices"),
            fields.get("placed", {}),
            str(content.get("plan", "")),
        )
        for locale, fields in content["pages"].items()
    }


def _targets(keys: list[tuple[str, str]] | None, stored: Any) -> Targets:  # noqa: ANN401 - JSON holds anything
    """The targets of a page; where the source names no keys each carries its own, as they once did."""
    if keys is None:
        return {(context, source): target for context, source, target in stored}
    return {
        (context, source): target
        for (context, source), target in zip(keys, stored, strict=False)
        if target is not None
    }


def _standing_fields(standing: PublicationStatus) -> list[object]:
    events = [
        [event.what, event.at.isoformat(), event.day.isoformat(), event.locales, dict(event.texts)]
        for event in standing.events
    ]
    return [standing.status, events]


def _standing(stored: Any) -> PublicationStatus:  # noqa: ANN401 - JSON holds anything
    status, events = stored
    return PublicationStatus(
        status,
        tuple(
            Event(what, dt.datetime.fromisoformat(at), dt.date.fromisoformat(day), tuple(locales), texts)
            for what, at, day, locales, texts in events
        ),
    )


def stage(store: Path, inputs: Mapping[str, bytes], digests: Mapping[str, str]) -> Mapping[str, str]:
    """Write the inputs of releases under temporary names: {temporary path: final path}.

    ``digests`` has the digest of each release.  The caller syncs the files, together with whatever else has
    to be durable; then ``commit`` renames them.
    """
    out: dict[str, str] = {}
    for release, data in inputs.items():
        path = str(_path(store, digests[release]))
        lies = f"{path}.new"
        if lies in out or os.path.exists(path):  # noqa: PTH110 - thousands of them
            continue
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - the same
        disk.put(lies, data)
        out[lies] = path
    return out


def commit(store: Path, version: int, digests: Mapping[str, str], staged: Mapping[str, str]) -> None:
    """Rename staged inputs (``staged``) into place and record which inputs a version was made from."""
    for lies, path in staged.items():
        os.rename(lies, path)  # noqa: PTH104 - thousands of them
    folders = {os.path.dirname(path) for path in staged.values()}  # noqa: PTH120 - the same
    if folders:
        disk.sync(store, [*folders, str(store / "made")])
    lines = "".join(f"{digests[release]}  {release}\n" for release in sorted(digests))
    disk.write(store / f"{version}{SUFFIX}", lines.encode())


@dataclass(frozen=True, slots=True)
class PublishedInputs:
    """The inputs of the pages of a version, release by release; ``folder`` has its files.

    ``known`` is False where it is not kept what they were made from; ``at`` is the moment as which the site
    was published last, None where that is not known.
    """

    store: Path
    folder: Path = Path()
    digests: Mapping[str, str] = field(default_factory=dict)
    known: bool = False
    at: dt.datetime | None = None

    def __call__(self, release: str) -> Mapping[str, PageInputs]:
        """What the pages of a release were made from, by locale; nothing where it is not kept."""
        try:
            return decode(_path(self.store, self.digests[release]).read_bytes())
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    @property
    def releases(self) -> Iterable[str]:
        """The releases of which something is kept."""
        return self.digests.keys()


def reader(store: Path, version: int | None) -> PublishedInputs:
    """What the pages of a version were made from; nothing where that is not kept."""
    digests: dict[str, str] = {}
    known = False
    with suppress(OSError, UnicodeDecodeError):
        for line in (store / f"{version}{SUFFIX}").read_text("utf-8").splitlines():
            digest, _, release = line.partition("  ")
            digests[release] = digest
        known = True
    return PublishedInputs(store, store / str(version), digests, known)


def _path(store: Path, digest: str) -> Path:
    return store / "made" / digest[:2] / digest[2:]
