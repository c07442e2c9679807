"""Each line of the table of damaged marks, and a few laws of the same room."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import inline
from l10n.engines import protect

CASES = [
    block.split("\n")
    for block in (Path(__file__).parent / "engines" / "marks.txt").read_text("utf-8").strip().split("\n\n")
    if not block.startswith("#")
]


@pytest.mark.parametrize(("source", "answer", "target"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_marks_come_back_whole_or_not_at_all(source: str, answer: str, target: str) -> None:
    expected = None if target == "DAMAGED" else target
    assert protect.unmark(answer, protect.mark(source)) == expected


@pytest.mark.parametrize(("source", "answer"), [c[1:3] for c in CASES], ids=[c[0] for c in CASES])
def test_what_is_left_without_marks_has_no_codes(source: str, answer: str) -> None:
    bare = protect.bare(answer, protect.mark(source))
    assert not inline.codes_of(bare)
    assert "⟦1⟧" not in bare


words = st.text("abç é<>/\\1[]⟦⟧.'", min_size=1, max_size=12)


@st.composite
def sources(draw: st.DrawFn) -> str:
    parts = []
    for number in range(1, draw(st.integers(1, 5))):
        plain = inline.escape_literal(draw(words))
        inside = inline.escape_literal(draw(words))
        parts.append(draw(st.sampled_from([f"{plain}<{number}/>", f"{plain}<{number}>{inside}</{number}>"])))
    return inline.words_only("".join(parts) + inline.escape_literal(draw(words)), lambda text: text)


@given(sources())
@settings(max_examples=300)
def test_an_undamaged_answer_is_the_source_again_or_refused(source: str) -> None:
    marked = protect.mark(source)
    assert protect.unmark(marked.text, marked) in {source, None}
    if not set("⟦⟧") & set(source):
        assert protect.unmark(marked.text, marked) == source


@given(sources(), st.data())
@settings(max_examples=300)
def test_cutting_into_a_mark_is_always_noticed(source: str, data: st.DataObject) -> None:
    marked = protect.mark(source)
    spots = [at for at, char in enumerate(marked.text) if char in marked.shape]
    if not spots or not inline.codes_of(source):
        return
    at = data.draw(st.sampled_from(spots))
    answer = marked.text[:at] + marked.text[at + 1 :]
    target = protect.unmark(answer, marked)
    assert target in {source, None}


def test_weaving_puts_pairs_around_their_spans() -> None:
    source = "<1>a <2>b</2></1> c"
    assert protect.weave("x y z", {1: (0, 3), 2: (2, 3)}, source) == "<1>x <2>y</2></1> z"
    assert protect.weave("x y z", {1: (0, 3), 2: (0, 3)}, source) == "<1><2>x y</2></1> z"
    assert protect.weave("x y z", {1: (0, 3), 2: (2, 5)}, source) is None


@pytest.mark.parametrize(
    "hostile", ["⟦1" * 30_000, "⟦1⟧" * 30_000, "<1>" * 30_000, "[ " * 50_000, "1/" * 50_000]
)
def test_hostile_answers_take_no_time_to_speak_of(hostile: str) -> None:
    assert protect.unmark(hostile, protect.mark("un <1>mot</1>")) is None
    protect.bare(hostile, protect.mark("un <1>mot</1>"))
    protect.unmark("x", protect.mark(inline.escape_literal(hostile)))
