"""What holds for every text, however odd, on its way through an engine."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import inline
from l10n.engines import Draft, Engine, make, protect
from l10n.engines.apertium_stream import decode, encode
from l10n.engines.pseudo import disguise

ODD = "abEé  .,'’«»-*~#@[]{}^$/\\<>+1;:\n\t\0\ue000\U000f0001漢ع⟦⟧"
WORDS = [
    "le ",
    "rapport",
    " du ",
    "l'",
    "été",
    "OIM",
    "www.exemple.org ",
    "<1>",
    "</2>",
    "[[t:c:1]]",
    "[[/]]",
    "t:o:0",
]
words = st.one_of(
    st.text(ODD, max_size=10), st.lists(st.sampled_from(WORDS), max_size=5).map("".join), st.text(max_size=5)
).map(inline.escape_literal)


@st.composite
def sources(draw: st.DrawFn, depth: int = 2) -> str:
    """A source with well-formed codes, numbered in order."""
    count = 0

    def block(level: int) -> str:
        nonlocal count
        out = [draw(words)]
        for _ in range(draw(st.integers(0, 2))):
            count += 1
            number = count
            lone = level == 0 or draw(st.booleans())
            out.append(f"<{number}/>" if lone else f"<{number}>{block(level - 1)}</{number}>")
            out.append(draw(words))
        return inline.words_only("".join(out), str)

    return block(depth)


def sound(source: str) -> bool:
    """Whether joining the words made no other codes than those meant."""
    return not inline.code_problems(source, inline.codes_of(source))


@given(sources())
@settings(max_examples=150)
def test_a_stream_that_comes_back_unchanged_is_the_source(source: str) -> None:
    if sound(source):
        draft = decode(encode(source).stream, encode(source))
        assert not draft.codes_missing
        assert "".join(draft.text.split()) == "".join(source.split())


@given(sources(), st.text(ODD, max_size=30))
@settings(max_examples=100)
def test_any_answer_gives_the_codes_exactly_or_none(source: str, answer: str) -> None:
    if sound(source):
        for stream in (answer, encode(source).stream[: len(answer)] + answer, encode(answer).stream):
            draft = decode(stream, encode(source))
            assert protect.damage(source, draft.text) == [] if not draft.codes_missing else True
            assert not (draft.codes_missing and inline.codes_of(draft.text))


@given(sources())
@settings(max_examples=100)
def test_pseudo_keeps_codes(source: str) -> None:
    if sound(source):
        assert not inline.code_problems(disguise(source), inline.codes_of(source))


@pytest.mark.parametrize(
    "hostile",
    [
        "[[" * 50_000,
        "[[t:c:1]]" * 11_000,
        "\\" * 100_000,
        "[[t:c:1]]a[[/]] " * 6_000,
        "*" * 100_000,
        "<1>" * 33_000,
    ],
)
def test_hostile_streams_and_sources_take_no_time_to_speak_of(hostile: str) -> None:
    decode(hostile, encode("un <1>mot</1>"))
    decode("un mot", encode(hostile))
    encode(inline.escape_literal(hostile))


@pytest.fixture(scope="module")
def apertium() -> Iterator[Engine]:
    engine = make("apertium", {"timeout": 2})
    yield engine
    engine.close()


@pytest.mark.apertium
@pytest.mark.skipif(
    shutil.which("apertium-wblank-mode") is None or not Path("/usr/share/apertium/modes/fr-es.mode").exists(),
    reason="Apertium and its French-Spanish data are not installed",
)
@given(st.lists(sources().filter(sound), max_size=8))
@settings(max_examples=40)
def test_apertium_answers_every_text_and_never_half_a_code(apertium: Engine, batch: list[str]) -> None:
    for source, outcome in zip(batch, apertium.translate(batch, "fr", "es"), strict=True):
        assert isinstance(outcome, Draft), source
        if outcome.codes_missing:
            assert not inline.codes_of(outcome.text)
        else:
            assert protect.damage(source, outcome.text) == []
