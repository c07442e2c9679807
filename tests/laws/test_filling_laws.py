"""A page filled with all of its targets as one text says what one filled segment by segment says."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import texts
from l10n import formats, inline
from l10n.formats import Targets
from l10n.inline import Role
from l10n.project import Release
from l10n.site import originals, pages, publishable_targets

ROOT = Path(__file__).parents[2]
PIECES = [
    "mot", "'", '"', "« ", " »", " !", "...", "12 500", " %", "؟", "سؤال?", "&", "<", ">", "a@b.org",
    "https://example.org/a?b&c", "\u00a0", " ", "  ", "\u200f", "é", "\\", "<3>", "<\\1>", "。", "x;", "k :",
]  # fmt: skip
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join)
SOURCES = {
    "made.md": texts.markdown("fr", 3, 900),
    "twice.md": "---\ntitle: Un *port*\n---\n\n# Un *port*\n\nUn [mot](a.html) et ![un port](p.png).\n\n"
    "- Un. Deux\n- Un. Trois\n",
    "notes.md": 'Un mot[^1] et ![un *beau* port](p.png "t"), un autre[^2].\n\n[^1]: Un.\n\n[^2]: Deux.\n',
    "page.html": "<title>Un port</title><h1>Un <b>port</b></h1><p>« Un » ! Deux<br>trois.</p>",
    "plain.txt": 'Un port ouvre\n\nLe port de Sfax ouvre demain. Il "ferme" le soir.\n',
}


@cache
def _original(name: str) -> pages.Original:
    document = formats.extract(SOURCES[name].encode(), path=name, locale="fr")
    release = Release("a", Path("releases/a") / name, "fr", ("ar", "es"), dt.date(2026, 11, 27))
    return originals.original(release, document)


def _target(source: str, words: list[str], *, turned: bool) -> str:
    """Words around the codes of a source, in its order or, where they are alone, in another."""
    codes = [token.text for token in inline.tokens(source) if token.role is not Role.TEXT]
    if turned and all(token.role is Role.LONE for token in inline.tokens(source) if token.number):
        codes.reverse()
    said = [inline.escape_literal(word) for word in words] or ["x"]
    return "".join(f"{said[at % len(said)]}{code}" for at, code in enumerate(codes)) + said[-1]


def _slowly(source: pages.Original, told: Targets, locale: str) -> pages.Page:
    targets, _ = publishable_targets.fit(source, told, locale)
    return pages.page(source, locale, targets)


@settings(max_examples=200)
@given(
    name=st.sampled_from(sorted(SOURCES)),
    locale=st.sampled_from(["es", "ar", "fr-CA", "fr", "en", "zh"]),
    words=st.lists(WORDS, min_size=1, max_size=9),
    turned=st.booleans(),
)
def test_both_ways_give_the_same_page(name: str, locale: str, words: list[str], turned: bool) -> None:  # noqa: FBT001
    source = _original(name)
    told = {
        key: _target(key[1], words[number % len(words) :], turned=turned)
        for number, key in enumerate(source.keys)
    }
    filling = publishable_targets.filled(source, told, locale)
    if filling is not None:
        assert filling.targets == publishable_targets.fit(source, told, locale)[0]
        assert pages.whole_page(source, locale, filling) == _slowly(source, told, locale)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_plain_targets_are_filled_in_at_once(name: str) -> None:
    source = _original(name)
    told = {key: _target(key[1], ["una «palabra» 'l'aigua' & más"], turned=False) for key in source.keys}
    filling = publishable_targets.filled(source, told, "es")
    assert filling is not None
    assert filling.words is not None
    assert pages.whole_page(source, "es", filling) == _slowly(source, told, "es")
    assert pages.own_page(source) == pages.page(source, "fr", source.own)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:0],
        lambda text: f"{text}\nx",
        lambda text: text.replace("<1>", "<2>"),
        lambda text: f"{text} a@b.org",
        lambda text: f"{text} \ufdd0",
    ],
)
def test_what_needs_a_closer_look_is_left_to_that(change: object) -> None:
    source = _original("twice.md")
    told = {key: key[1] for key in source.keys}
    key = next(key for key in told if "<1>" in key[1])
    told[key] = change(told[key])  # type: ignore[operator]
    assert publishable_targets.filled(source, {key: text for key, text in told.items() if text}, "es") is None
