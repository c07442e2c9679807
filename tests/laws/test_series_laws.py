"""What people joined, cut or set apart outlives any series of small changes, if each is written down."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import formats
from l10n.model import Document
from l10n.segment import choices, choosing
from l10n.segment.choices import Choices, Join, Split
from l10n.segment.keeping import kept

TEXT = (
    (
        "The old lighthouse on the northern pier opens to visitors this spring",
        "Keepers climb its hundred steps",
    ),
    (
        "Nobody has lived in those narrow rooms since the storm",
        "Children from two villages painted every door blue",
    ),
    ("A small ferry carries up to forty people across", "Dogs may travel free when they wear some leash"),
    (
        "Our museum shows maps which sailors drew by hand",
        "Guides speak five languages and answer all your questions",
    ),
)
AT = 2  # the sentence, of all, that the choice is about, and the one after it
CUT = 5  # words of it before the cut
WORDS = ("quiet", "seven", "Ana", "harbour", "below", "truly", "1912", "l’été", "green", "market")
Text = list[list[str]]
EDITS = st.lists(
    st.tuples(
        st.integers(0, 7), st.integers(0, 30), st.sampled_from(("put", "add", "drop")), st.sampled_from(WORDS)
    ),
    min_size=1,
    max_size=12,
)


def document(text: Text) -> Document:
    told = [" ".join(words)[:1].upper() + " ".join(words)[1:] + "." for words in text]
    return formats.extract(
        "\n\n".join(map(" ".join, zip(told[::2], told[1::2], strict=True))).encode(), path="a.md", locale="en"
    )


def edited(text: Text, where: int, at: int, how: str, word: str) -> Text:
    """The text after one word of a sentence was replaced, added or dropped; short sentences keep theirs."""
    words = list(text[where])
    at %= len(words)
    if how == "add":
        words.insert(at, word)
    elif how == "put":
        words[at] = word
    elif len(words) > 8:
        del words[at]
    return [words if number == where else other for number, other in enumerate(text)]


def joined(text: Text) -> Choices:
    first, second = (segment.source for _, segment in list(document(text).segments())[AT : AT + 2])
    return choices.of([Join(first, second)])


def cut(text: Text) -> Choices:
    source = [segment.source for _, segment in document(text).segments()][AT]
    words = source.split(" ")
    return choices.of([Split(" ".join(words[:CUT]), " ".join(words[CUT:]))])


def apart(text: Text) -> Choices:
    made = document(text)
    return choices.of([choosing.setting_apart(made, choosing.spots(made)[AT].id)])


def is_joined(text: Text, made: Choices) -> bool:
    first, second = (segment.source for _, segment in list(document(text).segments())[AT : AT + 2])
    return f"{first} {second}" in [
        segment.source for _, segment in choices.apply(document(text), made).segments()
    ]


def is_cut(text: Text, made: Choices) -> bool:
    whole = [segment.source for _, segment in document(text).segments()][AT]
    sources = [segment.source for _, segment in choices.apply(document(text), made).segments()]
    return len(sources) == len(text) + 1 and f"{sources[AT]} {sources[AT + 1]}" == whole


def is_apart(text: Text, made: Choices) -> bool:
    contexts = [segment.context for _, segment in choices.apply(document(text), made).segments()]
    return [at for at, context in enumerate(contexts) if context] == [AT]


@pytest.mark.parametrize(
    ("choose", "holds"),
    [(joined, is_joined), (cut, is_cut), (apart, is_apart)],
    ids=["join", "split", "apart"],
)
@settings(max_examples=60, deadline=None)
@given(EDITS)
def test_a_choice_outlives_a_series_of_changes(
    choose: Callable[[Text], Choices],
    holds: Callable[[Text, Choices], bool],
    edits: list[tuple[int, int, str, str]],
) -> None:
    text = [sentence.split(" ") for pair in TEXT for sentence in pair]
    made = choose(text)
    assert holds(text, made)
    for edit in edits:
        text = edited(text, *edit)
        made = kept(document(text), made)
        assert holds(text, made)
        assert kept(document(text), made) == made
        assert not choices.stale(document(text), made)
