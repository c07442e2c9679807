"""The day a source says it was published on, by tables of cases."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from l10n import formats
from l10n.project.dating import stated_date

TODAY = dt.date(2026, 11, 29)
IN_PAGES = {
    "Open Graph": ("p.html", '<meta property="article:published_time" content="2026-09-14T08:00:00+02:00">'),
    "Dublin Core": ("p.html", "<meta name='DC.date.issued' content=2026-09-14>"),
    "Google Scholar": ("p.html", '<meta name="citation_publication_date" content="2026/09/14">'),
    "JSON-LD": ("p.html", '<script type="application/ld+json">{"datePublished": "2026-09-14"}</script>'),
    "microformat": ("p.html", '<time class="entry-date published" datetime="2026-09-14T08:00">Monday</time>'),
    "microdata": ("p.html", '<time itemprop="datePublished" datetime="2026-09-14">today</time>'),
    "YAML": ("p.md", "---\ntitle: A\ndate: 2026-09-14T08:00:00Z\n---\n"),
    "YAML of Astro": ("p.md", '---\ntitle: A\npubDate: "2026-09-14"\n---\n'),
    "TOML": ("p.md", '+++\ntitle = "A"\ndate = 2026-09-14\n+++\n'),
    "a mail": (
        "p.txt",
        "From: a@b.example\nTo: c@b.example\nSubject: A\nDate: Mon, 14 Sep 2026 23:30:00 -0500\n\n",
    ),
    "JSON": ("p.md", '{\n  "title": "A",\n  "date": "2026-09-14"\n}\n'),
}
NOT_IN_PAGES = {
    "a time that is an event's": ("p.html", '<time datetime="2026-09-14">14 September</time>'),
    "what is no date": ("p.html", '<meta name="date" content="soon">'),
    "a nested key": ("p.md", "---\ntitle: A\nevent:\n  date: 2026-09-14\n---\n"),
    "a mail without a day": (
        "p.txt",
        "From: a@b.example\nSubject: A\nDate: tomorrow\n\nA pier opens.\n",
    ),
    "a form in a text": ("p.txt", "The pier opens.\n\nName: Ana\nDate: 14 Sep 2026\nPlace: Nuvry\n"),
    "a day there is not": ("p.md", "---\ntitle: A\ndate: 2026-02-31\n---\n"),
    "a line of the text": ("p.md", "---\ntitle: A\n---\n\ndate: 2026-09-14 is when it rained.\n"),
}


def rows() -> list[list[str]]:
    lines = Path(__file__).with_name("dating.txt").read_text("utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


def stated(path: str, text: str, locale: str = "en") -> dt.date | None:
    return stated_date(formats.extract(text.encode(), path=path, locale=locale), latest=TODAY)


@pytest.mark.parametrize(("locale", "line", "day"), rows())
def test_the_day_in_a_line_at_the_head(locale: str, line: str, day: str) -> None:
    expected = None if day == "-" else dt.date.fromisoformat(day)
    assert stated("a.html", f"<h1>A title</h1><p>{line}<p>More words follow.", locale) == expected


@pytest.mark.parametrize(("path", "head"), IN_PAGES.values(), ids=IN_PAGES)
def test_the_day_in_what_a_page_tells_machines(path: str, head: str) -> None:
    body = "<p>12 May 2020</p><p>Words.</p>" if path == "p.html" else "\n12 May 2020\n\nWords.\n"
    assert stated(path, head + body) == dt.date(2026, 9, 14)


@pytest.mark.parametrize(("path", "head"), NOT_IN_PAGES.values(), ids=NOT_IN_PAGES)
def test_what_is_not_the_day_of_publication(path: str, head: str) -> None:
    assert stated(path, head + ("<p>Words.</p>" if path == "p.html" else "\nWords.\n")) is None


def test_the_surest_place_counts() -> None:
    page = (
        '<time class="published" datetime="2026-01-01"></time><meta name="date" content="2026-02-02">'
        '<meta property="article:published_time" content="2026-09-14"><p>Words.</p>'
    )
    assert stated("p.html", page) == dt.date(2026, 9, 14)


def test_a_date_far_from_the_head_is_part_of_the_text() -> None:
    assert stated("a.md", "# A title\n\n" + "Words.\n\n" * 12 + "14 September 2026\n") is None
