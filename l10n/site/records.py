"""The build record of the version on line, so that the next build makes only what changed inputs require.

The record is safe to delete: without it everything is built.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from l10n import disk
from l10n.gc_tuning import relaxed_gc
from l10n.project import Project, Release, notices
from l10n.site import release_json
from l10n.site.lifecycle import PublicationStatus
from l10n.site.page import LocalisedText, Page
from l10n.site.site_frame import SiteFrame

FILE = "record.json"
FORM = 7


@dataclass(frozen=True, slots=True)
class Group:
    """A release as it was built from files with ``stamp``; valid from ``since`` until ``until``.

    ``pages`` are without their bodies.  ``files`` maps the paths of the release to digests; ``inputs_digest``
    is the digest of what its pages were made from; ``skipped`` is what the site does not show, and why;
    ``former`` are the addresses that a page with its own frame had, and ``leads`` where links of
    its pages lead: (locale, link, where to).  ``line`` is all that as the record file has it.
    """

    release: Release
    stamp: str
    since: dt.datetime
    until: dt.datetime | None
    pages: tuple[Page, ...]
    files: Mapping[str, str]
    inputs_digest: str
    skipped: tuple[tuple[str, str], ...] = ()
    former: tuple[str, ...] = ()
    leads: tuple[tuple[str, str, str], ...] = ()
    line: str = ""

    def stands(self, stamp: str, as_of: dt.datetime) -> bool:
        """Whether a build at a moment from files with a stamp would give the same."""
        return stamp == self.stamp and self.lasts(as_of)

    def lasts(self, as_of: dt.datetime) -> bool:
        """Whether nothing changes about it by itself until a moment."""
        return self.since <= as_of and (self.until is None or as_of < self.until)


@dataclass(frozen=True, slots=True)
class Record:
    """What a version was made from: ``key`` stands for all that every page depends on.

    ``other_files`` maps the path of each file that is no release's to the digests of what it shows and of
    its bytes.  ``folder`` is where the version stands, ``frame`` what its pages share, where it was
    built by this process.
    """

    key: str = ""
    groups: Mapping[str, Group] = field(default_factory=dict)
    other_files: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    folder: Path = Path()
    frame: SiteFrame | None = None


def write(store: Path, version: int, record: Record) -> None:
    """Keep the record of a version: what it is, what is no release's, and a line for each release."""
    head = {"form": FORM, "version": version, "key": record.key}
    lines = [_json(head), _json(record.other_files), *(group.line for group in record.groups.values())]
    disk.write(store / FILE, "\n".join(lines).encode("utf-8", "surrogatepass"))


@relaxed_gc()
def read(project: Project, store: Path, version: int | None) -> Record | None:
    """The record of a version, None when there is none or it is another's."""
    try:
        lines = (store / FILE).read_bytes().decode("utf-8", "surrogatepass").split("\n")
        head: Any = json.loads(lines[0])
        if version is None or (head["form"], head["version"]) != (FORM, version):
            return None
        other_files = {path: (shows, data) for path, (shows, data) in json.loads(lines[1]).items()}
        groups = (_group(project, line) for line in lines[2:])
        by_name = {group.release.id: group for group in groups}
        return Record(head["key"], by_name, other_files, store / str(version))
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def line_of(project: Project, group: Group) -> str:
    """A release as a record's file says it, in one line."""
    until = None if group.until is None else group.until.isoformat()
    pages = [_page_fields(group.release, page) for page in group.pages]
    since = group.since.isoformat()
    fields = [dict(group.files), group.inputs_digest, group.skipped, group.former, group.leads]
    return _json(
        [release_json.to_json(group.release, project.root), group.stamp, since, until, pages, *fields]
    )


def _page_fields(release: Release, page: Page) -> list[object]:
    standing_names = {notices.name(event) for event in page.standing.events}
    return [
        page.locale,
        page.headline.text,
        page.headline.locale,
        page.summary.text,
        page.summary.locale,
        page.complete,
        page.draft,
        page.mixed,
        page.behind,
        page.status,
        [at for at, event in enumerate(release.history) if notices.name(event) in standing_names],
        page.face,
        page.place,
        page.mark,
    ]


def _group(project: Project, line: str) -> Group:
    plan, stamp, since, until, pages, files, inputs_digest, skipped, former, leads = json.loads(line)
    release: Release = release_json.from_json(plan, project.root)
    return Group(
        release,
        stamp,
        dt.datetime.fromisoformat(since),
        None if until is None else dt.datetime.fromisoformat(until),
        tuple(_page(release, fields) for fields in pages),
        files,
        inputs_digest,
        tuple((locale, why) for locale, why in skipped),
        tuple(former),
        tuple((locale, address, led) for locale, address, led in leads),
        line,
    )


def _page(release: Release, fields: Any) -> Page:  # noqa: ANN401 - JSON holds anything
    locale, headline, headline_locale, summary, summary_locale, *rest = fields
    complete, draft, mixed, behind, status, events, face, place, mark = rest
    return Page(
        release,
        locale,
        LocalisedText(headline, headline_locale),
        LocalisedText(summary, summary_locale),
        "",
        complete,
        draft,
        mixed,
        behind,
        PublicationStatus(status, tuple(release.history[at] for at in events if at < len(release.history))),
        face,
        place,
        mark,
    )
