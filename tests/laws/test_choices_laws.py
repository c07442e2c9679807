"""However people join, cut and set apart, not a byte of the file changes and nothing is done twice."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import formats
from l10n.errors import UsageError
from l10n.model import Document
from l10n.project import segmentation
from l10n.segment import choices, choosing
from l10n.segment.choices import Apart, Choice, Choices, Join, Split

WORDS = ["The port", "opens", "été", "«now»", "in 2026", "<1>", "a & b", "海", "e\u0301t", "it's", "x"]
HTML = [
    *("L&rsquo;&eacute;t&eacute;", "Tom &amp; Jerry", "a&nbsp;b", "\n  ", "<b>bold</b>", "<i>One. Two.</i>"),
    *('<a href="/x">', "</a>", "<br>", '<img alt="Un. Deux, trois." src="x">', "<!-- c -->", "{{ x }}"),
]
MARKDOWN = [
    *("\\*", "**bold.**", "*it*", "[a link.](/x)", "&amp;", "\n", "  \n", "`code`", "<b>tag</b>", "\\\\"),
    *("![an image. Or two.](x.png)", "[^1]", "http://a.b/c", "~~gone~~", "\n> "),
]
TEXT = ["\n", "+33 4 91 00 00 00", "a@b.org", "&amp;", "*", "\u00ad\n", "http://a.b/c", "  "]
ENDS = [".", "!", "?", ",", " –", "。", ""]
SYNTAXES = {"html": HTML, "md": MARKDOWN, "txt": TEXT}


@st.composite
def documents(draw: st.DrawFn) -> Document:
    ending = draw(st.sampled_from(sorted(SYNTAXES)))
    piece = st.sampled_from(WORDS + SYNTAXES[ending])
    blocks = []
    for _ in range(draw(st.integers(1, 3))):
        sentences = draw(
            st.lists(st.tuples(st.lists(piece, min_size=1, max_size=4), st.sampled_from(ENDS)), max_size=5)
        )
        inside = " ".join(" ".join(pieces) + end for pieces, end in sentences)
        blocks.append(f"<p>{inside}</p>" if ending == "html" else inside)
    text = "\n\n".join(blocks)
    return formats.extract(text.encode(), path=f"page.{ending}", locale="en")


@st.composite
def chosen(draw: st.DrawFn, document: Document) -> Choices:
    """Choices as people make them, one after the other, and a few that fit nothing."""
    made = choices.of(draw(st.lists(st.sampled_from([Join("No", "such"), Split("No", "such")]), max_size=1)))
    for _ in range(draw(st.integers(0, 5))):
        cut = choices.apply(document, made)
        spots = choosing.spots(cut)
        if not spots:
            break
        spot = draw(st.sampled_from(spots))
        try:
            made = choosing.adding(document, made, draw_choice(draw, cut, spot))
        except UsageError:
            continue
    return made


def draw_choice(draw: st.DrawFn, cut: Document, spot: choosing.Spot) -> Choice:
    match draw(st.sampled_from(["join", "split", "apart"])):
        case "join":
            return choosing.joining(cut, spot.id)
        case "split":
            at = draw(st.integers(1, max(1, len(spot.segment.source) - 1)))
            return choosing.cutting(cut, spot.id, spot.segment.source[:at])
        case _:
            return choosing.setting_apart(cut, spot.id)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Document, Choices]:
    document = draw(documents())
    return document, draw(chosen(document))


@given(cases())
@settings(max_examples=300)
def test_the_file_stays_as_it_is(case: tuple[Document, Choices]) -> None:
    document, made = case
    cut = choices.apply(document, made)
    assert cut.text == document.text
    assert formats.merge(cut, {}) == document.raw
    assert [unit.raw for unit in cut.units] == [unit.raw for unit in document.units]


@given(cases())
@settings(max_examples=200)
def test_twice_is_once_and_what_is_stale_counts_for_nothing(case: tuple[Document, Choices]) -> None:
    document, made = case
    cut = choices.apply(document, made)
    assert choices.apply(cut, made) == cut
    stale = [one.choice for one in choices.stale(document, made)]
    assert choices.apply(document, made - stale) == cut
    if set(stale) == set(made):
        assert cut == document


@given(cases())
@settings(max_examples=200)
def test_every_segment_can_be_written_again(case: tuple[Document, Choices]) -> None:
    """Each code is one of its segment's, so that a target of the same words can be written."""
    document, made = case
    cut = choices.apply(document, made)
    targets = {segment.key: segment.source for _, segment in cut.segments()}
    formats.merge(cut, targets)


@given(cases())
@settings(max_examples=150)
def test_every_choice_can_be_taken_back(case: tuple[Document, Choices]) -> None:
    document, made = case
    made = made - [one.choice for one in choices.stale(document, made)]
    for _ in range(len(made_of := list(made))):
        if not made:
            break
        plain = {(unit.line, one.raw, one.key) for unit, one in document.segments()}
        cut = choices.apply(document, made)
        touched = [
            spot
            for spot in choosing.spots(cut)
            if (spot.unit.line, spot.segment.raw, spot.segment.key) not in plain
        ]
        assert touched, made_of
        less = choosing.undoing(document, made, touched[0].id)
        assert set(less) < set(made)
        made = less
    assert not made


def test_a_choice_is_taken_back_where_one_for_a_sentence_like_it_would_do_for_both() -> None:
    document = formats.extract(b"<p>The port. Opens. Opens!</p>", path="page.html", locale="en")
    made = choices.of((Split("O", "pens!"), Split("O", "pens.")))
    (first, *_) = (spot for spot in choosing.spots(choices.apply(document, made)) if spot.segment.raw == "O")
    assert set(choosing.undoing(document, made, first.id)) < set(made)


words = st.text(st.characters(blacklist_categories=("Cs",)), max_size=20)
spoken = words.filter(choosing.said)
contexts = st.text(st.sampled_from("abc é#-1 "), min_size=1).filter(str.strip)


@given(
    st.lists(
        st.builds(Join, spoken, spoken)
        | st.builds(Split, spoken, spoken)
        | st.builds(Apart, spoken, contexts, words, words, words, st.integers(1, 9))
    )
)
@settings(max_examples=100)
def test_what_is_kept_in_a_file_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, made: list[Choice]
) -> None:
    path = tmp_path_factory.mktemp("choices") / "segmentation.es.toml"
    path.write_bytes(segmentation.text(choices.of(made), "# A head\n").encode())
    assert segmentation.read(path) == choices.of(made)
    assert segmentation.text(segmentation.read(path), "# A head\n").encode() == path.read_bytes()


def test_time_grows_with_the_text() -> None:
    def seconds(sentences: int) -> float:
        text = " ".join(f"The port {number} opens, says the mayor &amp; all." for number in range(sentences))
        document = formats.extract(f"<p>{text}</p>".encode(), path="page.html", locale="en")
        row = [segment.source for _, segment in document.segments()]
        assert len(row) == sentences
        made = choices.of(
            [Join(one, two) for one, two in zip(row[::3], row[1::3], strict=False)]
            + [Split(one[: one.index(",") + 1], one[one.index(",") + 1 :]) for one in row[2::3]]
        )
        start = time.process_time()
        cut = choices.apply(document, made)
        assert len(list(cut.segments())) > sentences * 0.9
        return time.process_time() - start

    short = min(seconds(300) for _ in range(3))
    assert seconds(3000) < 30 * short + 0.2
