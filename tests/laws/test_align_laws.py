"""Sentences of a page and of its translation go together, also where one of them says less."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from l10n import formats, project
from l10n.align import align
from l10n.model import Document, Unit

ROOT = Path(__file__).parents[2]
Truth = frozenset[tuple[str, str]]


@pytest.fixture(scope="module")
def pages() -> list[tuple[Document, Document, Truth]]:
    """The demonstration releases beside their pages in other languages, and what goes together."""
    return list(translated())


def translated() -> Iterator[tuple[Document, Document, Truth]]:
    ours = project.load(ROOT)
    for release in project.releases(ours):
        document = project.document(ours, release)
        for locale in release.locales:
            stored = project.read_catalogue(ours, release, locale)
            targets = {entry.key: entry.target for entry in stored.live if entry.target} if stored else {}
            if stored and len(targets) > 0.9 * len(stored.live):
                page = formats.merge(document, targets)
                other = formats.extract(page, path=str(document.path), locale=locale)
                yield document, other, frozenset((source, target) for (_, source), target in targets.items())


def without_some(document: Document, chance: random.Random) -> Document:
    parts = (part for part in document.parts if not isinstance(part, Unit) or chance.random() > 0.2)
    return replace(document, parts=tuple(parts))


def test_whole_pages_go_together(pages: list[tuple[Document, Document, Truth]]) -> None:
    assert len(pages) > 15
    for source, target, truth in pages:
        pairs = align(source, target)
        assert {(pair.source, pair.target) for pair in pairs} <= truth
        assert len({pair.source for pair in pairs}) > 0.95 * len({source for source, _ in truth})


@pytest.mark.parametrize("seed", range(3))
def test_what_only_one_side_says_misleads_hardly(
    pages: list[tuple[Document, Document, Truth]], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
    sure = right = found = there = 0
    for whole, other, truth in pages:
        source, target = without_some(whole, chance), without_some(other, chance)
        said = [{segment.source for _, segment in page.segments()} for page in (source, target)]
        there += sum(one in said[0] and two in said[1] for one, two in truth)
        for pair in align(source, target):
            good = (pair.source, pair.target) in truth
            found += good
            if pair.sure >= 0.8:
                sure += 1
                right += good
    assert right >= 0.97 * sure
    assert found >= 0.85 * there
    assert sure >= 0.4 * there


def test_pages_without_words_have_nothing_in_common() -> None:
    empty = formats.extract(b"<p></p>", path="a.html", locale="fr")
    words = formats.extract(b"<p>Some words.</p>", path="a.html", locale="en")
    assert align(empty, words) == []
    assert align(words, empty) == []


def test_what_nobody_translated_is_not_sure() -> None:
    words = formats.extract(b"<p>Some words that nobody translated.</p>", path="a.html", locale="en")
    assert [pair.sure for pair in align(words, words)] == [0.0]


@pytest.mark.parametrize(
    ("locale", "page"),
    [
        ("ja", "850000ユーロのうち40%は町が負担した。残りは州が負担した。"),
        ("es", "El municipio paga el 40 % de los 850 000 euros. La región paga el resto."),
    ],
)
def test_sentences_that_go_with_one_are_set_as_in_their_language(locale: str, page: str) -> None:
    source = formats.extract(
        "La commune paie 40 % des 850 000 euros et la région paie le reste.".encode(),
        path="a.txt",
        locale="fr",
    )
    target = formats.extract(page.encode(), path="b.txt", locale=locale)
    assert [pair.target for pair in align(source, target)] == [page]


MUSEUM = (
    "Les travaux ont coûté 8,5 millions d’euros.",
    "La ville en a payé un tiers pour 90 000 visiteurs par an.",
    "Le musée ouvre tous les jours sauf le mardi.",
)
IN_CHINESE = ("工程耗资850万欧元。", "市政府为每年9万名参观者承担了三分之一。", "除星期二外博物馆每天开放。")


def pages_of(source: Sequence[str], target: Sequence[str]) -> tuple[Document, Document]:
    """A paragraph in French and one in Chinese."""
    return (
        formats.extract(f"<p>{' '.join(source)}</p>".encode(), path="a.html", locale="fr"),
        formats.extract(f"<p>{''.join(target)}</p>".encode(), path="a.html", locale="zh"),
    )


def test_numbers_are_the_same_in_whatever_scale_they_are_written() -> None:
    pairs = align(*pages_of(MUSEUM, IN_CHINESE))
    assert [(pair.source, pair.target) for pair in pairs] == list(zip(MUSEUM, IN_CHINESE, strict=True))
    assert all(pair.sure >= 0.8 for pair in pairs[:2])


def test_a_paragraph_that_goes_sentence_by_sentence_makes_its_pairs_surer() -> None:
    whole = align(*pages_of(MUSEUM, IN_CHINESE))[2]
    (_, *_, last) = align(*pages_of(MUSEUM, ("博物馆又开放了。", *IN_CHINESE)))
    assert (whole.source, whole.target) == (last.source, last.target) == (MUSEUM[2], IN_CHINESE[2])
    assert whole.sure > last.sure
