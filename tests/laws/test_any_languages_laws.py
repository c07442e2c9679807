"""Whatever two texts say, in whatever two languages they are said to be: a check tells, and never fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import checks, conventions

PAIRS = Path(__file__).parent.parent / "cases" / "pairs.txt"
EVERYTHING = (
    "日本 フランスの 田中さん 7月3日 한국 서울 김민수 프랑스 ไทย กรุงเทพ भारत दिल्ली 法國 總統 Ελλάδα Αθήνα"
    " Paris Anna Lindqvist President Россия Москва مصر القاهرة"
)
WORDS = sorted({word for line in PAIRS.read_text("utf-8").splitlines() for word in line.split()[1:]})
# Those that have a file, and some that have none or are written in another script than usual.
LOCALES = [
    *conventions.languages(),
    *("zh-Hant", "sr-Latn", "uz-Cyrl", "ku-Arab", "th", "ka", "hy", "am", "my", "zzz"),
]
TEXTS = st.lists(
    st.tuples(
        st.sampled_from(WORDS) | st.sampled_from(EVERYTHING.split()),
        st.sampled_from((" ", " ", "", "-", "\u00a0", "’", ", ")),
    ),
    max_size=14,
).map(lambda pieces: "".join(map("".join, pieces)))


@pytest.mark.parametrize("source_locale", LOCALES)
def test_names_of_all_scripts_are_looked_for_in_all_languages(source_locale: str) -> None:
    nothing = "Seven boats left."
    for target_locale in LOCALES:
        context = checks.check_context(source_locale, target_locale)
        checks.run_checks(EVERYTHING, nothing, context)
        checks.run_checks(nothing, EVERYTHING, context)


@given(st.sampled_from(LOCALES), st.sampled_from(LOCALES), TEXTS, TEXTS)
@settings(max_examples=300)
def test_no_pair_of_texts_ends_the_checks(
    source_locale: str, target_locale: str, source: str, target: str
) -> None:
    for finding in checks.run_checks(source, target, checks.check_context(source_locale, target_locale)):
        assert 0 <= finding.start <= finding.end <= len(target)
