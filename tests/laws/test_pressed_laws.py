"""A page filled without parsing says what a page rendered in full says."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import texts
from l10n import inline
from l10n.formats import Targets, body, body_of, extract, markdown
from l10n.formats.markdown import pressed
from l10n.inline import Role
from l10n.model import Document

ROOT = Path(__file__).parents[2]
PIECES = (ROOT / "tests" / "cases" / "markdown" / "words.list").read_text("utf-8").splitlines()
PIECES += [" ", "  ", "\n"]
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)
NOTES = 'Un mot[^1] et ![un *beau* port](p.png "t"), un autre[^2].\n\n[^1]: Un.\n\n[^2]: Deux.\n'
GUARD = "<span></span>"


def _documents() -> list[Document]:
    found = [(path.name, path.read_bytes()) for path in sorted((ROOT / "releases").rglob("*.md"))]
    found += [(f"made-{seed}.md", texts.markdown("fr", seed, 900).encode()) for seed in range(3)]
    found.append(("notes.md", NOTES.encode()))
    return [extract(data, path=name, locale="fr") for name, data in found]


DOCUMENTS = _documents()


def _target(source: str, words: list[str], *, turned: bool) -> str:
    """Words around the codes of a source, in its order or, pair by pair, in another."""
    codes = [token.text for token in inline.tokens(source) if token.role is not Role.TEXT]
    if turned and all(token.role is Role.LONE for token in inline.tokens(source) if token.number):
        codes.reverse()
    said = [inline.escape_literal(word) for word in words] or ["x"]
    return "".join(f"{said[at % len(said)]}{code}" for at, code in enumerate(codes)) + "".join(said)


@settings(max_examples=60)
@given(
    document=st.sampled_from(DOCUMENTS),
    words=st.lists(WORDS, min_size=1, max_size=9),
    turned=st.booleans(),
)
def test_both_ways_give_the_same_page(document: Document, words: list[str], turned: bool) -> None:  # noqa: FBT001
    targets = {
        segment.key: _target(segment.source, words[number % len(words) :], turned=turned)
        for number, (_, segment) in enumerate(document.segments())
    }
    full = body(document, targets, ("", ""))
    assert body_of(document)(targets, ("", "")).replace(GUARD, "") == full.replace(GUARD, "")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.path)
def test_the_source_and_a_page_that_stays_partly_in_it_are_the_same_in_both_ways(document: Document) -> None:
    own = {segment.key: segment.source for _, segment in document.segments()}
    some: Targets = dict(list(own.items())[::2])
    for targets in (own, some, {}):
        for mark in (("", ""), ('<span lang="fr">', "</span>")):
            said = body(document, targets, mark).replace(GUARD, "")
            assert body_of(document)(targets, mark).replace(GUARD, "") == said


@pytest.mark.parametrize("document", DOCUMENTS[:3], ids=lambda one: one.path)
def test_our_own_releases_are_filled_without_parsing(document: Document) -> None:
    calls: list[int] = []

    def render(targets: Targets, mark: tuple[str, str]) -> str:
        calls.append(1)
        return markdown.body(document, targets, mark)

    written = pressed.body_of(document, render)
    calls.clear()
    written({segment.key: segment.source for _, segment in document.segments()}, ("", ""))
    assert calls == []


def test_what_cannot_be_proven_is_rendered_in_full() -> None:
    document = extract(b"Un <span>mot</span>.\n\n<div>\n<p>Bloc *un*</p>\n</div>\n", path="a.md", locale="fr")
    render = partial(markdown.body, document)
    written = pressed.body_of(document, render)
    assert (written.full, written.woven) == (render, None)
