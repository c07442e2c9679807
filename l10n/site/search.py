"""The search page of each language and its prebuilt index; no server is needed.

The words are brought to one form here, and what a reader types by the script in the same way:
letters small, without accents and vowel signs, digits European.  A text is then found by any part of a
word, which serves scripts without spaces as well.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from hashlib import sha256
from itertools import groupby

from l10n.formats.html.entities import decode
from l10n.site import templates
from l10n.site.languages import date_text, language
from l10n.site.lists import Lists
from l10n.site.page import Page, alike
from l10n.site.plain_text import main_html
from l10n.site.site_frame import Alternate, Choice, SiteFile, SiteFrame, folder

PLACE = "search"
# Soft hyphens, accents, Hebrew points, Arabic vowel signs, joiners, marks of direction: as in search.js.
_MARKS = re.compile(
    "[\u00ad\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670\u0640\u200b-\u200f\u2060-\u2069]"
)
# What people type for each other; the digits of Arabic, Persian, Devanagari, Bengali and Thai.
_SAME = str.maketrans(
    {
        "ى": "ي",
        "ی": "ي",
        "ة": "ه",
        "ک": "ك",
        "ß": "ss",
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ı": "i",
    }
    | {"’": "'", "‘": "'", "ς": "σ", "‐": "-", "–": "-"}
    | {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50) for digit in range(10)}
)
_SPACE = re.compile(r"\s+")
# Tags within a word, or between two where no space is written.
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|cite|em|i|mark|q|s|small|span|strong|sub|u|wbr)(?:\s[^<>]*)?>", re.IGNORECASE
)
_TAG = re.compile(r"""<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>""", re.DOTALL)
_UNSAID = re.compile(r"<(script|style|template|noscript)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)


def fold(text: str) -> str:
    """A text in the form in which it is looked for."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text).lower()).translate(_SAME)
    return _SPACE.sub(" ", unicodedata.normalize("NFC", plain)).strip()


def site_files(
    frame: SiteFrame, listed: Lists, html: Callable[[str], bytes], digest: Callable[[str], str]
) -> Iterator[SiteFile]:
    """The search page of every language, its script, and what it looks through, in a file for each year.

    ``html`` gives a page's bytes by its path, ``digest`` what stands for them.
    """
    script = templates.source(frame.env, "search.js")
    script_path = f"assets/search.{sha256(script).hexdigest()[:12]}.js"
    yield SiteFile(script_path, script_path, lambda: script)
    for locale, pages in listed.pages.items():
        searchable = [page for page in pages if page.status in {"published", "archived"} and not page.draft]
        names: list[str] = []
        for year, of_year in groupby(searchable, key=lambda page: page.day.year):
            part = list(of_year)
            shows = "\n".join(f"{page.face} {digest(f'{folder(page)}index.html')}" for page in part)
            name = f"{PLACE}/{locale}-{year:04}.js"
            names.append(name)
            yield SiteFile(name, shows, partial(_index, locale, part, html))
        yield SiteFile(
            f"{locale}/{PLACE}/index.html",
            f"{names} {script_path}",
            partial(_page, frame, locale, names, script_path),
        )


def addresses(frame: SiteFrame) -> Iterator[tuple[str, tuple[Alternate, ...]]]:
    """The address of every search page, with its alternates."""
    links = [Alternate(locale, frame.url(f"{locale}/{PLACE}/")) for locale in frame.locales]
    all_links = (*links, Alternate("x-default", links[0].url))
    return ((link.url, all_links) for link in links)


def _index(locale: str, pages: Sequence[Page], html: Callable[[str], bytes]) -> bytes:
    """Rows of address, headline, date, date in words, summary, headline and text to look in.

    Behind that are the languages of the headline and the summary, where one is not the page's, and its slug,
    where another release looks the same.
    """
    same = alike(pages)
    rows = [
        [
            folder(page),
            page.headline.text,
            page.day.isoformat(),
            date_text(page.day, locale),
            page.summary.text,
            fold(page.headline.text),
            fold(words_of(html(f"{folder(page)}index.html").decode())),
            *_more(page, same),
        ]
        for page in pages
    ]
    data = (
        json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        .replace("\u2028", " ")
        .replace("\u2029", " ")
    )
    return f"passerelle.add({data});\n".encode()


def _more(page: Page, same: Collection[str]) -> tuple[str, ...]:
    slug = page.release.slug(page.locale)
    languages = ["" if text.locale == page.locale else text.locale for text in (page.headline, page.summary)]
    told = (*languages, slug if slug in same else "")
    return told if any(told) else ()


def words_of(html: str) -> str:
    """What the text of a page says."""
    return decode(_TAG.sub(" ", _INLINE.sub("", _UNSAID.sub(" ", main_html(html)))))


def _page(frame: SiteFrame, locale: str, names: Sequence[str], script: str) -> bytes:
    return frame.render(
        "search.html",
        locale,
        root="../../",
        path=f"{locale}/{PLACE}/",
        home="../",
        names=names,
        script=script,
        alternates=next(addresses(frame))[1],
        siblings=[item for item in frame.locales if item != locale],
        choices=[
            Choice(language(item), f"../../{item}/{PLACE}/", current=item == locale) for item in frame.locales
        ],
    )
