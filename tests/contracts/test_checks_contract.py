"""What every check promises, and what each one finds."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time
from collections import Counter
from itertools import permutations

import polib
import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import checks
from l10n.checks import CHECKS, check_entry, check_pair, explain
from l10n.errors import UsageError
from l10n.model import Entry, Finding, Severity
from tests.checks_support import GLOSSARY, TABLES, table_rows
from tests.growth import seconds, takes_less
from tests.interface_texts import catalogue_path

LOCALES = ("en", "fr", "es", "ar", "ru", "zh", "pt-BR", "de", "it", "ja", "hi", "th", "nl", "fa", "sv", "tr")
NAMES = checks.names()


def said(finding: Finding, target: str) -> str:
    where = f" [{target[finding.start : finding.end]}]" if finding.end else ""
    return finding.message + where


@pytest.mark.parametrize(("name", "locales", "source", "target", "expected"), table_rows())
def test_it_finds_what_the_table_says(
    name: str, locales: str, source: str, target: str, expected: str
) -> None:
    source_locale, target_locale = locales.split()
    found = check_pair(
        source,
        target,
        source_locale=source_locale,
        target_locale=target_locale,
        glossary=GLOSSARY,
        only=[name],
    )
    assert " & ".join(said(finding, target) for finding in found) == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_check_has_pairs_that_it_reports_and_pairs_that_it_leaves_alone(name: str) -> None:
    outcomes = {bool(expected) for check, _, _, _, expected in table_rows() if check == name}
    assert outcomes == {True, False}, f"write both into tests/cases/checks/{name}.txt"


WORDS = (TABLES / "words.list").read_text("utf-8").split()
HOSTILE = (TABLES / "hostile.list").read_text("utf-8").splitlines()

TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [
                *WORDS,
                " ",
                "  ",
                "\u00a0",
                "\u202f",
            ]
        ),
        max_size=14,
    ).map("".join),
)


@pytest.mark.parametrize("name", NAMES)
@given(source=TEXTS, target=TEXTS, locales=st.tuples(st.sampled_from(LOCALES), st.sampled_from(LOCALES)))
@settings(max_examples=60)
def test_it_never_fails_and_points_into_the_target(
    name: str, source: str, target: str, locales: tuple[str, str]
) -> None:
    def look() -> list[Finding]:
        return check_pair(
            source,
            target,
            source_locale=locales[0],
            target_locale=locales[1],
            glossary=GLOSSARY,
            only=[name],
        )

    found = look()
    assert found == look()
    for finding in found:
        assert finding.check == name
        assert 0 <= finding.start <= finding.end <= len(target)
        assert finding.message
        assert finding.fix != target


@pytest.mark.parametrize("name", NAMES)
def test_its_explanation_does_not_lie(name: str) -> None:
    check = CHECKS.get(name)
    for example, reported in ((check.BAD, True), (check.GOOD, False)):
        found = check_pair(
            example.source,
            example.target,
            source_locale=example.source_locale,
            target_locale=example.target_locale,
            glossary=example.glossary() if example.glossary else None,
        )
        assert any(finding.check == name for finding in found) is reported
        assert example.target in explain(name)
    assert name == check.ID
    assert check.EXPLANATION in explain(name)


def test_what_is_found_does_not_depend_on_the_order_of_sets() -> None:
    """Which of two numbers is the other's counterpart is the same in every process."""
    program = (
        "from l10n.checks import check_pair\n"
        "for source, target in (('It is at 5 p.m. (ruling 17 of 5).', 'Il est 17 heures (arrêt 17 de 5).'),"
        " ('5 p.m., 6 p.m., 17, 18 and 3', '18 heures, 17 heures, 17, 18 et 4')):\n"
        "    print(check_pair(source, target, source_locale='en', target_locale='fr'))\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(TABLES.parents[2])},
            capture_output=True,
            check=True,
        ).stdout
        for seed in range(6)
    }
    assert len(said) == 1


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("name", NAMES)
def test_long_hostile_text_takes_time_in_proportion(name: str, piece: str) -> None:
    def look(length: int) -> None:
        text = piece * (length // len(piece))
        for source, target in ((text, text + "7"), ("9 " + text, text)):
            check_pair(source, target, source_locale="en", target_locale="ar", glossary=GLOSSARY, only=[name])

    started = time.process_time()
    look(16_000)
    if time.process_time() - started > 0.1:
        assert takes_less(lambda: look(16_000), 10 * max(seconds(lambda: look(4_000)), 0.02))


UNLIKE = [
    ("ru", "it", "ne Maria ", "5°C "),
    ("ar", "de", "Paris ", "Anna Bell да "),
    ("en", "fr", "3 May 2020 no minister ", "n° O'Neil Mr. "),
    ("en", "ar", "not Maria lundi President ", "dozen one "),
    ("es", "ru", "Anna Bell 年a b ", "Путин 1/2 "),
    ("es", "ar", "!", "Paris !"),
    ("pt", "en", ",年?", ",年?"),
]


@pytest.mark.parametrize(("source_locale", "target_locale", "source", "target"), UNLIKE)
def test_long_texts_of_which_each_word_is_compared_take_time_in_proportion(
    source_locale: str, target_locale: str, source: str, target: str
) -> None:
    def look(length: int) -> None:
        texts = [piece * (length // len(piece)) for piece in (source, target)]
        check_pair(*texts, source_locale=source_locale, target_locale=target_locale)

    assert takes_less(lambda: look(16_000), 10 * seconds(lambda: look(4_000)) + 0.3)


def test_many_numbers_with_many_units_take_time_in_proportion() -> None:
    def look(length: int) -> None:
        texts = [piece * (length // len(piece)) for piece in ("It is 5 km and 3 t, ", "C’est 5 km et 4 m, ")]
        check_pair(*texts, source_locale="en", target_locale="fr", only=["measures"])

    assert takes_less(lambda: look(60_000), 10 * max(seconds(lambda: look(15_000)), 0.02))


def test_many_mistakes_each_with_the_whole_text_mended_take_time_in_proportion() -> None:
    def look(length: int) -> None:
        check_pair(
            "Le port.", "puerto " * (length // 7), source_locale="fr", target_locale="es", only=["doubled"]
        )

    assert takes_less(lambda: look(160_000), 8 * max(seconds(lambda: look(40_000)), 0.02))


def test_many_pairs_of_codes_take_time_in_proportion() -> None:
    def look(number: int) -> None:
        text = " ".join(f"<{code}>word{code} here</{code}>" for code in range(1, number + 1))
        check_pair(text, f"{text} 7", source_locale="en", target_locale="fr", only=["codes"])

    assert takes_less(lambda: look(4_000), 10 * max(seconds(lambda: look(1_000)), 0.02))


@pytest.mark.parametrize("number", [7, 40, 1234, 98765.5, 1234567, 0.25, 12345.678])
def test_a_number_in_any_two_locales_is_the_same(number: float) -> None:
    written = {locale: format_decimal(number, locale=locale.replace("-", "_")) for locale in LOCALES}
    for source_locale, source in written.items():
        for target_locale, target in written.items():
            found = check_pair(
                f"({source})",
                f"({target})",
                source_locale=source_locale,
                target_locale=target_locale,
                only=["numbers"],
            )
            assert found == [], (source, target)


def test_an_empty_target_is_no_finding() -> None:
    assert check_pair("12 <1/>", " ", source_locale="en", target_locale="fr") == []


def test_of_thousands_of_findings_in_a_text_the_first_of_each_check_are_kept() -> None:
    found = check_pair(
        "A " * 3000, "b(( un un " * 1000, source_locale="en", target_locale="es", only=["brackets", "doubled"]
    )
    by_check = Counter(finding.check for finding in found)
    assert by_check == {"brackets": 50, "doubled": 50}
    assert found[0].start == 1


def test_an_obsolete_entry_is_not_looked_at() -> None:
    entry = Entry("Page 12", "Page 21")
    assert [f.check for f in check_entry(entry, source_locale="en", target_locale="fr")] == ["numbers"]
    gone = Entry("Page 12", "Page 21", obsolete=True)
    assert check_entry(gone, source_locale="en", target_locale="fr") == []


def test_a_fix_mends_every_slip() -> None:
    found = check_pair("Yes, no.", " Oui ,  non. ", source_locale="en", target_locale="fr")
    assert {finding.fix for finding in found} == {"Oui, non."}


def test_an_unknown_check_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="codes, numbers"):
        explain("sums")


def test_correct_pairs_of_nine_languages_are_left_alone() -> None:
    """Every language to every other."""
    developed = TABLES.parent.parent.parent / "benchmarks" / "pairs" / "developed.txt"
    texts = [path.read_text("utf-8") for path in (TABLES.parent / "pairs.txt", developed)]
    blocks = "\n\n".join(texts).split("\n\n")
    rows = [
        dict(line.split(": ", 1) for line in block.splitlines() if line and line[0] != "#")
        for block in blocks
    ]
    rows = [row for row in rows if row]
    assert len(rows) >= 36
    assert all(len(row) == 9 for row in rows)
    for row in rows:
        for one, other in permutations(row, 2):
            found = check_pair(row[one], row[other], source_locale=one, target_locale=other)
            loud = [finding for finding in found if finding.severity is not Severity.INFO]
            assert loud == [], (one, other, row[one], row[other])


DATES = [dt.date(2027, month, day) for month in range(1, 13) for day in (1, 9, 13, 28)]
STYLES = ("d MMMM y", "EEEE, d MMMM y", "d MMM y")
SPOKEN = ("en", "fr", "es", "ru", "de", "it", "pt", "sv", "nl", "ar", "zh", "ja")


def written(date: dt.date, locale: str, style: str) -> str:
    if locale in {"zh", "ja"}:
        style = style.replace("d MMMM y", "y年M月d日").replace("d MMM y", "y年M月d日")
    if locale in {"es", "pt"}:
        style = style.replace("d MMMM y", "d 'de' MMMM 'de' y")
    return format_date(date, style, locale=locale)


@given(
    st.sampled_from(DATES), st.sampled_from(STYLES), st.sampled_from(STYLES), *[st.sampled_from(SPOKEN)] * 2
)
@settings(max_examples=300)
def test_a_date_in_any_two_locales_is_the_same(
    date: dt.date, style: str, other_style: str, one: str, other: str
) -> None:
    weekday = "EEEE" in style
    other_style = style if weekday or "EEEE" in other_style else other_style
    found = check_pair(
        written(date, one, style),
        written(date, other, other_style),
        source_locale=one,
        target_locale=other,
        only=["dates", "numbers"],
    )
    assert found == []


@given(st.sampled_from(DATES), st.sampled_from(DATES), *[st.sampled_from(SPOKEN)] * 2)
@settings(max_examples=300)
def test_another_date_is_always_found(date: dt.date, wrong: dt.date, one: str, other: str) -> None:
    if date == wrong or one == other:
        return
    found = check_pair(
        written(date, one, STYLES[0]),
        written(wrong, other, STYLES[0]),
        source_locale=one,
        target_locale=other,
        only=["dates", "numbers"],
    )
    assert found != []


MONEY = {
    "en": ("dollars", "euros", "pounds", "yen", "roubles"),
    "fr": ("dollars", "euros", "livres", "yens", "roubles"),
    "es": ("dólares", "euros", "libras", "yenes", "rublos"),
    "pt": ("dólares", "euros", "libras", "ienes", "rublos"),
    "it": ("dollari", "euro", "sterline", "yen", "rubli"),
    "de": ("Dollar", "Euro", "Pfund", "Yen", "Rubel"),
    "ru": ("долларов", "евро", "фунтов", "иен", "рублей"),
    "ar": ("دولار", "يورو", "جنيه إسترليني", "ين", "روبل"),
    "zh": ("美元", "欧元", "英镑", "日元", "卢布"),
}


@pytest.mark.parametrize("one", MONEY)
@pytest.mark.parametrize("other", MONEY)
def test_money_is_the_same_only_in_its_own_currency(one: str, other: str) -> None:
    if one == other:
        return
    for at, money in enumerate(MONEY[one]):
        for place, paid in enumerate(MONEY[other]):
            found = check_pair(
                f"40 {money}", f"40 {paid}", source_locale=one, target_locale=other, only=["measures"]
            )
            assert bool(found) is (at != place), (money, paid)


@pytest.mark.parametrize("locale", ["fr", "es", "ar"])
def test_every_finding_of_the_tables_can_be_said_in_the_languages_of_the_interface(locale: str) -> None:
    catalogue = polib.pofile(str(catalogue_path(locale)))
    known = {entry.msgid: entry.msgstr for entry in catalogue}
    for _, locales, source, target, _ in table_rows():
        one, other = locales.split()
        for finding in check_pair(source, target, source_locale=one, target_locale=other, glossary=GLOSSARY):
            assert known.get(finding.template), finding.template
            told = finding.localised_message(known.__getitem__)
            assert all(value in told for _, value in finding.values)


@pytest.mark.parametrize(
    ("check", "source", "target", "severity"),
    [
        ("ending", "To list them, run ls --all.", "Pour en avoir la liste, lancez ls --all", Severity.INFO),
        ("ending", "The list is ready today.", "La liste est prête aujourd’hui", Severity.WARNING),
        ("urls", "See http://example.org/a", "Voir https://example.org/a/", Severity.WARNING),
        ("urls", "See https://example.org/a", "Voir https://example.org/b", Severity.ERROR),
    ],
)
def test_what_style_allows_weighs_less(check: str, source: str, target: str, severity: Severity) -> None:
    found = check_pair(source, target, source_locale="en", target_locale="fr", only=[check])
    assert {finding.severity for finding in found} == {severity}
