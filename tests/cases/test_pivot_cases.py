"""Translating by way of a third language, and how what comes of it is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from l10n.engines import Capabilities, Draft, Outcome, make, route_steps
from l10n.engines.pivot import Pivot
from l10n.engines.route_steps import RouteStep
from l10n.errors import EngineFailed, EngineMissing, UsageError
from l10n.model import Entry
from l10n.review_routing import Review, TrustSettings, route
from tests.contracts.test_engines_contract import no_apertium


@dataclass
class Said:
    """An engine for one pair that answers by a table and counts what it is asked."""

    name: str
    pair: tuple[str, str]
    table: dict[str, Outcome]
    capabilities: Capabilities = field(default_factory=lambda: Capabilities("xml"))
    most: int = 99
    asked: list[str] = field(default_factory=list)

    def supports(self, source: str, target: str) -> bool:
        return (source, target) == self.pair

    def translate(self, batch: Sequence[str], _source: str, _target: str) -> list[Outcome]:
        self.asked += batch
        return [self.table[text] for text in batch][: self.most]

    def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ("apertium", RouteStep("apertium", "", "apertium")),
        ("apertium via es", RouteStep("apertium", "es", "apertium")),
        ("deepl  via pt-BR then own", RouteStep("deepl", "pt-BR", "own")),
    ],
)
def test_what_a_route_says_is_an_engine_or_a_way(said: str, way: RouteStep) -> None:
    assert route_steps.parse_step(said) == way


@pytest.mark.parametrize(
    "said", ["", "a b", "a via", "a via es then", "a via es via en", "a via ../es", "via es"]
)
def test_anything_else_is_refused(said: str) -> None:
    with pytest.raises(UsageError):
        route_steps.parse_step(said)


def test_codes_failures_and_unknown_words_of_both_halves_count() -> None:
    first = Said(
        "one",
        ("fr", "es"),
        {
            "<1>a</1>": Draft("<1>A</1>", unknown=1),
            "b": Draft("A b"),
            "c": EngineFailed("one: no"),
            "<1/>d": Draft("D", codes_missing=True),
            "e": Draft("A b"),
            "f": Draft("F"),
        },
    )
    second = Said(
        "two",
        ("es", "en"),
        {
            "<1>A</1>": Draft("<1>@</1>", unknown=2, way="xml"),
            "A b": Draft("@ b"),
            "D": Draft("d", unknown=1),
            "F": EngineFailed("two: no"),
        },
    )
    found = Pivot(first, "es", second).translate(list(first.table), "fr", "en")
    assert [each if isinstance(each, Draft) else each.message for each in found] == [
        Draft("<1>@</1>", unknown=2),
        Draft("@ b"),
        "one: no",
        Draft("d", codes_missing=True, unknown=1),
        Draft("@ b"),
        "two: no",
    ]
    assert second.asked == ["<1>A</1>", "A b", "D", "F"]


def test_it_is_named_for_its_way_and_as_limited_as_both() -> None:
    first = Said("one", ("fr", "es"), {}, Capabilities("xml", max_batch=0, max_characters=500))
    second = Said("two", ("es", "en"), {}, Capabilities("marks", 20, 900, leaves_machine=True))
    found = Pivot(first, "es", second)
    assert found.name == "via-es+one+two"
    assert route_steps.pivot_language(found.name) == "es"
    assert found.capabilities == Capabilities("xml", 20, 500, leaves_machine=True)
    assert found.supports("fr", "en")
    assert not found.supports("fr", "es")
    assert not found.supports("en", "fr")
    with pytest.raises(EngineMissing):
        found.translate(["a"], "en", "fr")


def test_a_wrong_count_of_either_is_a_failure_of_all() -> None:
    short = Said("one", ("fr", "es"), {"a": Draft("A"), "b": Draft("B")}, most=1)
    second = Said("two", ("es", "en"), {"A": Draft("@")})
    found = Pivot(short, "es", second).translate(["a", "b"], "fr", "en")
    assert [getattr(each, "message", "") for each in found] == ["one: it gave 1 texts for 2"] * 2


def test_a_draft_by_way_of_a_third_language_says_so_and_is_not_trusted_for_its_engine() -> None:
    entry = Entry("Bonjour", "Hello", origin="mt:via-es+apertium")
    found = route(entry, [], TrustSettings(trusted=("apertium",)))
    assert found.review is Review.FULL
    assert [str(reason) for reason in found.reasons] == ["a draft by apertium, by way of es"]
    direct = Entry("Bonjour", "Hello", origin="mt:apertium")
    assert found.points > route(direct, [], TrustSettings()).points


@pytest.mark.apertium
@no_apertium
def test_apertium_goes_from_french_to_english_by_way_of_spanish() -> None:
    apertium = make("apertium")
    try:
        assert not apertium.supports("fr", "en")
        (found,) = Pivot(apertium, "es", apertium).translate(
            ["Il publie <1>un rapport annuel</1>."], "fr", "en"
        )
    finally:
        apertium.close()
    assert found == Draft("It publishes <1>an annual report</1>.")
