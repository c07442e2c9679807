"""Cutting loses nothing, takes linear time, and never cuts a pair of codes."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from l10n import inline
from l10n.inline import Role, Run
from l10n.model import Segment
from l10n.segment import cut, split
from tests.growth import seconds, takes_less

LOCALES = st.sampled_from(
    [
        "en",
        "fr",
        "es",
        "ar",
        "ru",
        "zh-Hans",
        "pt-BR",
        "de",
        "it",
        "hi",
        "ja",
        "th",
        "el",
        "und",
        "tlh",
        "ku-Arab",
    ]
)
# Any character at all, and texts thick with what the rules look at.
ANYTHING = st.text()
THICK = st.lists(
    st.sampled_from(
        [
            *".!?…。؟।",
            *" \n\t\u00a0\u202f",
            *"\"'«»“”„‘’()[]「」（）",
            *"aAéД中ع5-–•",
            "Dr.",
            "etc.",
            "z. B.",
            "p. 5",
            "\r\n",
            "[1]",
            "😀",
        ]
    )
).map("".join)
TEXTS = ANYTHING | THICK


@settings(max_examples=250)
@given(text=TEXTS, locale=LOCALES)
def test_joined_pieces_are_the_text(text: str, locale: str) -> None:
    pieces = split(text, locale)
    assert "".join(pieces) == text
    assert all(pieces)


@settings(max_examples=200)
@given(text=TEXTS, locale=LOCALES)
def test_white_space_stays_with_the_sentence_before_it(text: str, locale: str) -> None:
    assert not any(piece[0].isspace() for piece in split(text, locale)[1:])


@example(text="0;. -", locale="en", space=" ")
@settings(max_examples=200)
@given(text=TEXTS, locale=LOCALES, space=st.sampled_from([" ", "\n", "\u202f", "\n\n", " \t "]))
def test_white_space_at_the_end_changes_nothing(text: str, locale: str, space: str) -> None:
    core = text.rstrip()
    pieces = split(core, locale)
    assert split(core + space, locale) == ([*pieces[:-1], pieces[-1] + space] if pieces else [space])


@settings(max_examples=200)
@given(paragraphs=st.lists(TEXTS.map(str.strip).filter(bool), min_size=2, max_size=4), locale=LOCALES)
def test_a_blank_line_always_ends(paragraphs: list[str], locale: str) -> None:
    pieces = split("\n\n".join(paragraphs), locale)
    ends = {sum(map(len, pieces[:count])) for count in range(len(pieces) + 1)}
    at = 0
    for paragraph in paragraphs[:-1]:
        at += len(paragraph) + 2
        assert at in ends


HOSTILE = [
    *(
        ".",
        ". ",
        "...",
        "。",
        "!",
        "?a ",
        "…",
        '"',
        '." ',
        '" .',
        "« ",
        ".»",
        "“",
        "'",
        "(",
        "[",
        ".)",
        ".[1]",
        "「",
        "。」",
    ),
    *(
        "（",
        " ",
        "\n",
        "\r\n",
        ".\n\n",
        ".\u00a0a",
        "a. ",
        "A. ",
        "1. ",
        "z. B. ",
        "т. д. ",
        "• 1. ",
        "😀",
        ".😀",
        "- ",
    ),
    *("\n \t", ".\n" + " " * 40, "a.b/", "x" * 30 + ". ", "? a ", "\ufffc", ". – ", "3 May. – "),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear(piece: str) -> None:
    def cut(size: int) -> None:
        split("A" + piece * (size // len(piece)), "de")

    # Sixteen times the text is sixteen times the work, not two hundred and fifty-six.
    started = time.process_time()
    cut(32_000)
    if time.process_time() - started > 0.1:
        assert takes_less(lambda: cut(32_000), 80 * max(seconds(lambda: cut(2_000)), 0.005))


def runs() -> st.SearchStrategy[tuple[Run, ...]]:
    names = st.sampled_from(["a", "b"])
    word = st.sampled_from(
        ["One. Two", ". ", "Is it? ", "Yes", " ", "e.g. ", "\n", "A. B", "(", "5", "«Oui. »"]
    )
    text = word.map(inline.text_run)
    entity = st.sampled_from(
        [Run("&amp;", "&"), Run("&nbsp;", "\u00a0"), Run("&#32;", " "), Run("&#8203;", "")]
    )
    opening = names.map(lambda name: Run(f"<{name}>", "", Role.OPEN, name, name))
    closing = names.map(lambda name: Run(f"</{name}>", "", Role.CLOSE, name, name))
    lone = st.just(Run("<br>", "", Role.LONE, "br", "line break"))
    value = st.just(Run("www.example.org", "www.example.org", Role.VALUE, "url", "address"))
    return st.lists(text | entity | opening | closing | lone | value, max_size=14).map(tuple)


@settings(max_examples=250)
@given(runs=runs(), values=st.booleans(), whole=st.booleans())
def test_a_block_cut_into_segments_loses_nothing(runs: tuple[Run, ...], *, values: bool, whole: bool) -> None:
    parts = cut(runs, "en", values=values, whole=whole)
    joined = "".join(part if isinstance(part, str) else part.raw for part in parts)
    assert joined == "".join(run.raw for run in runs)


@settings(max_examples=250)
@given(runs=runs(), values=st.booleans())
def test_no_segment_cuts_a_pair_of_codes(runs: tuple[Run, ...], *, values: bool) -> None:
    marked = tuple(
        run._replace(raw=f"{run.raw[:-1]} {index}>") if run.name else run for index, run in enumerate(runs)
    )
    whole = inline.join_empty(marked)
    segments = [part for part in cut(marked, "en", values=values) if isinstance(part, Segment)]
    for opening, closing in inline.pairs(whole).items():
        for segment in segments:
            assert (whole[opening].raw in segment.raw) == (whole[closing].raw in segment.raw)


@settings(max_examples=200)
@given(runs=runs())
def test_a_segment_shows_no_white_space_or_lone_markup_at_its_edges(runs: tuple[Run, ...]) -> None:
    for part in cut(runs, "en"):
        if isinstance(part, Segment):
            assert part.source == part.source.strip()
            edges = (inline.tokens(part.source)[0], inline.tokens(part.source)[-1])
            labels = {code.number: code.label for code in part.codes}
            assert not any(edge.role is Role.LONE and labels[edge.number] == "line break" for edge in edges)
