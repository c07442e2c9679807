"""What people joined, cut or set apart stays so when somebody changes a few words of it."""

from __future__ import annotations

import pytest

from l10n import formats
from l10n.model import Document
from l10n.segment import choices, choosing
from l10n.segment.choices import Apart, Choice, Join, Split

LIGHT = "The lamp of the old lighthouse is lit again."
SINCE = "It had been dark since the storm of 2019."
JOIN = Join(LIGHT, SINCE)
SPLIT = Split("The lamp of the old lighthouse", "is lit again.")


def document(text: str) -> Document:
    return formats.extract(text.encode(), path="a.txt", locale="en")


def cut(text: str, *made: Choice) -> list[str]:
    return [segment.source for _, segment in choices.apply(document(text), choices.of(made)).segments()]


@pytest.mark.parametrize(
    ("now", "choice", "expected"),
    [
        (
            "The lamp of the old lighthouse was lit again. It had been dark since the storm of 2019.",
            JOIN,
            ["The lamp of the old lighthouse was lit again. It had been dark since the storm of 2019."],
        ),
        (
            "The lamp of the lighthouse is lit again. It had been dark since the storm of 2018.",
            JOIN,
            ["The lamp of the lighthouse is lit again. It had been dark since the storm of 2018."],
        ),
        (
            "The lamp of the old lighthouse is lit again today.",
            SPLIT,
            ["The lamp of the old lighthouse", "is lit again today."],
        ),
        (
            "The great lamp of the old lighthouse is lit again.",
            SPLIT,
            ["The great lamp of the old lighthouse", "is lit again."],
        ),
        (
            f"At last {LIGHT} {SINCE}",
            JOIN,
            [f"At last {LIGHT} {SINCE}"],
        ),
        (
            f"At last {LIGHT}",
            SPLIT,
            ["At last The lamp of the old lighthouse", "is lit again."],
        ),
    ],
)
def test_a_cut_follows_its_sentences(now: str, choice: Choice, expected: list[str]) -> None:
    assert cut(now, choice) == expected
    assert not choices.stale(document(now), choices.of([choice]))


@pytest.mark.parametrize(
    ("now", "choice"),
    [
        ("The ferry sails at seven in the morning. It had been dark since the storm of 2019.", JOIN),
        (f"{LIGHT} Nobody knows for how long it will burn.", JOIN),
        (
            "\n\n".join(f"The lamp of {whose} lighthouse is lit again. {SINCE}" for whose in ("a", "my")),
            JOIN,
        ),
        ("The old lamp of a lighthouse is lit again today.", SPLIT),
        ("Boats sail. They are free.", Join("Boats sailed.", "They are free.")),
    ],
)
def test_it_follows_no_other_sentence_and_none_of_several(now: str, choice: Choice) -> None:
    assert cut(now, choice) == cut(now)
    assert [one.choice for one in choices.stale(document(now), choices.of([choice]))] == [choice]


def test_a_sentence_set_apart_keeps_its_context() -> None:
    apart = Apart(LIGHT, "lamp 1a2b3c", "Ships sail by.", "Everybody is glad.")
    text = "Ships sail by. The lamp of the lighthouse is lit again. Everybody is glad."
    made = choices.apply(document(text), choices.of([apart]))
    assert [segment.context for _, segment in made.segments()] == ["", "lamp 1a2b3c", ""]


def test_a_cut_that_followed_can_be_taken_back_and_is_written_as_it_stands() -> None:
    text = "The lamp of the old lighthouse was lit again. It had been dark since the storm of 2019."
    now = document(text)
    made = choices.of([JOIN])
    assert choices.followed(now, made).joins == (
        Join("The lamp of the old lighthouse was lit again.", SINCE),
    )
    (spot,) = choosing.spots(choices.apply(now, made))
    assert not choosing.undoing(now, made, spot.id)
