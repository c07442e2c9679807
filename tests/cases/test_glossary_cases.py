"""How a glossary is read, and where its terms stand."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from l10n import glossary
from l10n.errors import ConfigError
from l10n.glossary import Glossary, Status, Term

HEADER = "source_locale,target_locale,source,target,status,note\n"


def write(folder: Path, text: str) -> Path:
    path = folder / "terms.csv"
    path.write_text(text, "utf-8")
    return path


def found(text: str, *sources: str, source_locale: str = "en") -> list[str]:
    terms = tuple(Term(source_locale, "fr", source, "mot", Status.REQUIRED) for source in sources)
    hits = Glossary(terms).find(text, source_locale, "fr")
    assert all(hit.term.source in sources for hit in hits)
    return [text[hit.start : hit.end] for hit in hits]


def test_a_file_is_read_with_its_notes_and_commas(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        HEADER + 'en,fr,"camp, shelter",abri,required,see the style guide\n\nen,,IOM,,do-not-translate,\n',
    )
    read = glossary.read([path])
    assert read.entries == (
        Term("en", "fr", "camp, shelter", "abri", Status.REQUIRED, "see the style guide"),
        Term("en", "", "IOM", "", Status.DO_NOT_TRANSLATE),
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("source,target\n", 1, "first line"),
        (HEADER + "en,fr,a,b,mandatory,\n", 2, "no status"),
        (HEADER + "en,fr,a,b,required,\nen,fr,a\n", 3, "columns"),
        (HEADER + "en,fr,a,,required,\n", 2, "no target"),
        (HEADER + ",fr,a,b,required,\n", 2, "no source_locale"),
        (HEADER + "en,,a,b,required,\n", 2, "no target_locale"),
        (HEADER + 'en,fr,"a,b,required,\n', 2, "not CSV"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        glossary.read([write(tmp_path, text)])
    assert caught.value.line == line
    assert caught.value.path == str(tmp_path / "terms.csv")
    assert caught.value.remedy


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        glossary.read([path])


@pytest.mark.parametrize(
    ("text", "terms", "expected"),
    [
        ("A migrant and two migrants.", ["migrant"], ["migrant", "migrants"]),
        ("Migrant rights", ["migrant"], ["Migrant"]),
        ("MIGRANT RIGHTS", ["migrant"], ["MIGRANT"]),
        ("He said: “Migrants stay.”", ["migrant"], ["Migrants"]),
        ("the Polish office", ["polish"], []),
        ("emigrants and migrations", ["migrant"], []),
        ("the who of it", ["WHO"], []),
        ("WHO said", ["WHO"], ["WHO"]),
        ("cats and cars", ["car"], []),
        ("member states meet", ["member state"], ["member states"]),
        ("Member  States", ["Member State"], ["Member  States"]),
        ("the migrant worker fund", ["migrant", "migrant worker"], ["migrant worker"]),
        ("R&D and C++", ["R&D", "C++"], ["R&D", "C++"]),
        ("international organisationally", ["organisation"], []),
    ],
)
def test_whole_words_are_found_with_short_endings(text: str, terms: list[str], expected: list[str]) -> None:
    assert found(text, *terms) == expected


def test_languages_without_spaces_match_anywhere() -> None:
    assert found("国际移民组织欢迎移民", "移民", "国际移民组织", source_locale="zh") == [
        "国际移民组织",
        "移民",
    ]
    assert found("สำนักงานใหม่", "สำนักงาน", source_locale="th") == ["สำนักงาน"]


def test_arabic_words_carry_their_articles() -> None:
    assert found("بالمهاجرين والمهاجر", "مهاجر", source_locale="ar") == ["بالمهاجرين", "والمهاجر"]


def test_a_term_for_a_language_holds_for_its_variants() -> None:
    terms = Glossary((Term("en", "pt", "office", "escritório", Status.REQUIRED),))
    assert terms.terms("en-GB", "pt-BR")
    assert not terms.terms("en", "pl")
    assert not terms.terms("en", "ptx")


def test_many_terms_and_long_texts_take_time_in_proportion() -> None:
    many = Glossary(
        tuple(
            Term("en", "fr", f"word{number} of the {number}", "mot", Status.REQUIRED)
            for number in range(5000)
        )
    )
    many.find("warm up", "en", "fr")
    started = process_time()
    assert len(many.find("word7 of the 7 and " * 5000, "en", "fr")) == 5000
    assert process_time() - started < 2
