"""A language's own name, and dates as its press writes them."""

from __future__ import annotations

import datetime as dt

import pytest

from l10n.site.languages import date_text, language, network_alternates, network_locale, number_text


@pytest.mark.parametrize(
    ("locale", "day", "text"),
    [
        ("fr", "2026-09-01", "1er septembre 2026"),
        ("fr", "2026-09-11", "11 septembre 2026"),
        ("en", "2026-09-14", "14 September 2026"),
        ("en-US", "2026-09-14", "September 14, 2026"),
        ("es", "2026-09-14", "14 de septiembre de 2026"),
        ("pt-BR", "2026-09-14", "14 de setembro de 2026"),
        ("ar", "2026-09-14", "14 سبتمبر 2026"),
        ("fa", "2026-09-14", "۱۴ سپتامبر ۲۰۲۶"),
        ("zh-Hans", "2026-09-14", "2026年9月14日"),
        ("qaa", "2026-09-14", "2026-09-14"),
    ],
)
def test_a_date_is_written_out(locale: str, day: str, text: str) -> None:
    assert date_text(dt.date.fromisoformat(day), locale) == text


@pytest.mark.parametrize(
    ("locale", "text"),
    [("fr", "12\u202f400"), ("en", "12,400"), ("fa", "۱۲٬۴۰۰"), ("ar", "12,400"), ("qaa", "12400")],
)
def test_a_number_is_in_the_digits_of_its_press(locale: str, text: str) -> None:
    assert number_text(12400, locale) == text


@pytest.mark.parametrize(
    ("locale", "name", "direction"),
    [
        ("fr", "Français", "ltr"),
        ("ar", "العربية", "rtl"),
        ("pt-BR", "Português (Brasil)", "ltr"),
        ("fa", "فارسی", "rtl"),
        ("zh", "中文", "ltr"),
        ("zh-Hans", "简体中文", "ltr"),
        ("zh-Hant", "繁體中文", "ltr"),
        ("zh-Hant-HK", "繁體中文 (中國香港特別行政區)", "ltr"),
        ("zh-TW", "中文 (台灣)", "ltr"),
        ("sr-Latn", "Srpski (latinica)", "ltr"),
        ("id", "Bahasa Indonesia", "ltr"),
        ("ka", "ქართული", "ltr"),
        ("he-IL", "עברית (ישראל)", "rtl"),
    ],
)
def test_a_language_calls_itself_by_its_own_name(locale: str, name: str, direction: str) -> None:
    assert (language(locale).name, language(locale).direction) == (name, direction)


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("fr", "fr_FR"),
        ("fr-CA", "fr_CA"),
        ("ar", "ar_EG"),
        ("en", "en_US"),
        ("sw", "sw_TZ"),
        ("pt", "pt_BR"),
        ("pt-PT", "pt_PT"),
        ("zh", "zh_CN"),
        ("ca-valencia", "ca_ES"),
        ("eo", "eo"),
        ("zh-Hant", "zh_TW"),
        ("zh-Hant-HK", "zh_HK"),
        ("zh-Hans", "zh_CN"),
        ("sr-Latn", "sr_RS"),
        ("es-419", "es"),
        ("qaa", "qaa"),
    ],
)
def test_networks_are_told_a_language_and_a_territory(locale: str, told: str) -> None:
    assert network_locale(locale) == told


@pytest.mark.parametrize(
    ("locale", "others", "told"),
    [
        ("fr", "en ar", "en_US ar_EG"),
        ("fr", "sr sr-Latn pt pt-BR en", "sr_RS pt_BR en_US"),
        ("sr", "fr sr-Latn", "fr_FR"),
        ("pt-BR", "pt pt-PT", "pt_PT"),
        ("fr", "", ""),
    ],
)
def test_networks_are_told_each_other_language_once(locale: str, others: str, told: str) -> None:
    assert network_alternates(locale, others.split()) == tuple(told.split())
