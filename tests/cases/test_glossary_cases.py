"""How a glossary is read, and where its terms stand."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from l10n import glossary, hunspell
from l10n.checks import check_pair
from l10n.errors import ConfigError, InputError
from l10n.glossary import Glossary, Status, Term, tbx
from l10n.glossary import term as terms
from l10n.hunspell import Stemmer
from l10n.xml_elements import SkippedElement

CASES = Path(__file__).parent / "glossary"
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


def test_a_term_is_a_whole_word_in_scripts_that_write_vowels_as_marks() -> None:
    assert found("हर गाँव में नल है, और नलिका भी", "नल", source_locale="hi") == ["नल"]
    assert found("ஒரு பால் உள்ளது", "பா", source_locale="ta") == []


def rows(name: str) -> list[list[str]]:
    lines = (CASES / name).read_text("utf-8").splitlines()
    return [[part.strip() for part in line.split("|")] for line in lines if "|" in line and line[0] != "#"]


@pytest.mark.parametrize(("locale", "word", "text", "expected"), rows("forms.txt"))
def test_regular_forms_of_a_term_are_found(locale: str, word: str, text: str, expected: str) -> None:
    wanted = [] if expected == "-" else expected.split(", ")
    source = Glossary((Term(locale, "xx", word, "zz", Status.REQUIRED),))
    assert [text[hit.start : hit.end] for hit in source.find(text, locale, "xx")] == wanted
    target = Glossary((Term("xx", locale, "zz", word, Status.REQUIRED),))
    assert [text[hit.start : hit.end] for hit in target.targets(text, "xx", locale)] == wanted


@pytest.mark.parametrize(("locale", "word", "target", "expected"), rows("built.txt"))
def test_a_word_within_another_or_changed_within_is_not_missed(
    locale: str, word: str, target: str, expected: str
) -> None:
    decided = Glossary((Term("xx", locale, "zz", word, Status.REQUIRED),))
    findings = check_pair(
        "zz", target, source_locale="xx", target_locale=locale, glossary=decided, only=["glossary"]
    )
    assert not findings if expected == "+" else findings


def test_a_form_of_a_name_keeps_its_capital() -> None:
    assert found("Il voit le Canal et les canaux", "Canal", source_locale="fr") == ["Canal"]
    assert found("les canaux", "canal", source_locale="fr") == ["canaux"]


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
        (HEADER + "en,f r,a,b,required,\n", 2, "no locale"),
        (HEADER + "en,en,a,b,required,\n", 2, "the same"),
        (HEADER + '# note\n\nen,fr,"a\na",b,required,\n', 4, "line break"),
        (HEADER + "en,fr,a\x07,b,required,\n", 2, "control character"),
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
        ("cats and carts", ["car"], []),
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


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("Les travaux durent.", "Las obras duran.", "“travail” is to be “trabajo”"),
        ("Les travaux durent.", "Los trabajos duran.", ""),
        ("Il lève les yeux.", "Levanta la vista.", "“œil” is to be “ojo”"),
        ("Il lève les yeux.", "Levanta los ojos.", ""),
        ("Ils sont allés au port.", "Fueron al puerto.", ""),
        ("Ondine répond.", "Ondyna responde.", ""),
        ("Ondine répond.", "Undina responde.", "“Ondine” is not to be translated"),
    ],
)
def test_forms_that_begin_otherwise_stand_in_a_column(
    tmp_path: Path, source: str, target: str, said: str
) -> None:
    text = (
        "source_locale,target_locale,source,target,status,forms,target_forms\n"
        "fr,es,travail,trabajo,required,travaux,\nfr,es,œil,ojo,required,yeux,ojos\n"
        "fr,es,aller,ir,required,vont; allés,va; fueron\n"
        "fr,es,Ondine,Ondine,do-not-translate,,Ondyna\n"
    )
    for inflection in (None, hunspell.stemmer()):
        terms = glossary.read([write(tmp_path, text)], inflection=inflection)
        found = check_pair(source, target, source_locale="fr", target_locale="es", glossary=terms)
        messages = [str(one.message) for one in found if one.check == "glossary"]
        assert all(message.startswith(said) for message in messages)
        assert bool(messages) == bool(said)


def test_forms_of_no_word_are_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no source"):
        glossary.read([write(tmp_path, HEADER.replace("note", "forms") + "en,fr,,mot,forbidden,words\n")])


def test_columns_stand_in_any_order_with_others_between_and_remarks_above(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "# decided in May\nstatus;source;owner;target;source_locale;target_locale;domain;definition\n"
        "required;camp;Ada;camp;en;fr;aid; a place\n# later\nPreferred;tent;;tente;EN;fr_ca;aid\n",
    )
    assert glossary.read([path]).entries == (
        Term("en", "fr", "camp", "camp", Status.REQUIRED, "", ("aid",), "a place"),
        Term("en", "fr-CA", "tent", "tente", Status.PREFERRED, "", ("aid",)),
    )


def test_a_term_of_a_domain_holds_only_there() -> None:
    everywhere = Term("en", "fr", "staff", "personnel", Status.REQUIRED)
    at_sea = Term("en", "fr", "bridge", "passerelle", Status.REQUIRED, domains=("Ships", "crews"))
    whole = Glossary((everywhere, at_sea))
    assert whole.within(()).entries == (everywhere,)
    assert whole.within(["roads"]).entries == (everywhere,)
    assert whole.within(["roads", "ships"]).entries == (everywhere, at_sea)


SAID = "Ligne que suit le rivage."
SHORE = Term("fr", "en", "trait de côte", "coastline", Status.PREFERRED, "One word.", ("sea",), SAID)


def test_tbx_of_2008_is_read_and_what_is_wrong_in_it_is_named_with_its_line() -> None:
    heard: list[SkippedElement] = []
    dock = "bassin à flot"
    domains, said = ("sea", "ports"), "Where boats lie."
    assert list(tbx.read(CASES / "martif-2008.tbx", ["fr"], on_skipped=heard.append)) == [
        Term("fr", "en", dock, "wet dock", Status.PREFERRED, "", domains, said),
        Term("fr", "en", dock, "floating basin", Status.FORBIDDEN, "Says too much.", domains, said),
        Term("fr", "pt-BR", dock, "doca molhada", Status.PREFERRED, "", domains, said),
        Term("fr", "", "Ondine", "", Status.DO_NOT_TRANSLATE),
    ]
    assert [(bad.line, bad.reason) for bad in heard] == [
        (19, "it is no XML"),
        (20, "it is in one language only"),
        (22, "it is no XML"),
        (23, "the term has no target_locale"),
    ]


@pytest.mark.parametrize("name", ["basic-2019-dct.tbx", "basic-2019-dca.tbx"])
def test_tbx_of_2019_is_read_in_both_styles(name: str) -> None:
    heard: list[SkippedElement] = []
    assert list(tbx.read(CASES / name, ["fr"], on_skipped=heard.append)) == [SHORE]
    backwards = list(tbx.read(CASES / name, ["en"], on_skipped=heard.append))
    assert [(term.source, term.target) for term in backwards] == [("coastline", "trait de côte")]
    assert not list(tbx.read(CASES / name, ["ar"], on_skipped=heard.append))
    assert not heard


def test_tbx_min_of_2013_is_read() -> None:
    heard: list[SkippedElement] = []
    assert list(tbx.read(CASES / "min-2013.tbx", ["fr"], on_skipped=heard.append)) == [
        Term("fr", "en", "quai", "quay", Status.PREFERRED, domains=("sea",)),
        Term("fr", "en", "quai", "dockside", Status.FORBIDDEN, domains=("sea",)),
    ]
    assert heard == []


def test_tbx_is_read_whose_namespace_has_a_prefix() -> None:
    heard: list[SkippedElement] = []
    assert list(tbx.read(CASES / "prefixed.tbx", ["fr"], on_skipped=heard.append)) == [
        Term("fr-FR", "en-GB", "quai", "quay", Status.PREFERRED),
        Term("fr-FR", "en-GB", "quai", "dockside", Status.FORBIDDEN),
    ]
    assert heard == [SkippedElement(12, "a language in it has no name")]


@pytest.mark.parametrize(
    ("locale", "ours", "expected"),
    [
        ("fr-FR", "fr", "fr"),
        ("en-GB", "fr en", "en"),
        ("en-GB", "en-US", "en-GB"),
        ("en-GB", "en en-GB", "en-GB"),
        ("pt", "pt-BR", "pt"),
        ("zh-CN", "zh-Hans", "zh-Hans"),
        ("zh-TW", "zh-Hans", "zh-TW"),
        ("zh-TW", "zh-Hans zh-Hant", "zh-Hant"),
        ("es-419", "es", "es"),
        ("de-AT", "fr", "de-AT"),
        ("", "fr", ""),
    ],
)
def test_a_region_that_a_project_does_not_speak_of_is_its_language(
    locale: str, ours: str, expected: str
) -> None:
    assert terms.project_locale(locale, ours.split()) == expected


def test_a_file_that_breaks_off_gives_what_stands_before(tmp_path: Path) -> None:
    whole = (CASES / "basic-2019-dct.tbx").read_text("utf-8")
    path = tmp_path / "half.tbx"
    path.write_text(whole[: whole.index("</body>")], "utf-8")
    read = tbx.read(path, ["fr"], on_skipped=lambda _: None)
    assert next(read) == SHORE
    with pytest.raises(InputError, match="breaks off"):
        next(read)
    path.write_text("<html></html>", "utf-8")
    with pytest.raises(InputError, match="no TBX"):
        next(tbx.read(path, ["fr"], on_skipped=lambda _: None))


FRENCH = pytest.mark.skipif(hunspell.dictionary("fr") is None, reason="no French dictionary is installed")


@FRENCH
@pytest.mark.parametrize(
    ("term", "source", "target", "by_endings", "by_stems"),
    [
        (Term("en", "fr", "come", "venir", Status.REQUIRED), "They come.", "Ils viendront.", 1, 0),
        (Term("en", "fr", "come", "venir", Status.REQUIRED), "They come.", "Ils partiront.", 1, 1),
        (Term("en", "fr", "", "refuge", Status.FORBIDDEN), "No.", "Elle a refusé.", 1, 0),
        (Term("en", "fr", "", "refuge", Status.FORBIDDEN), "Two.", "Deux refuges.", 1, 1),
        (Term("fr", "en", "mont", "mount", Status.REQUIRED), "Nous montons.", "We go up.", 1, 0),
        (Term("fr", "en", "mont", "mount", Status.REQUIRED), "Les monts d’ici.", "The hills here.", 1, 1),
    ],
)
def test_a_dictionary_knows_forms_that_endings_do_not_tell(
    term: Term, source: str, target: str, by_endings: int, by_stems: int
) -> None:
    locales = {"source_locale": term.source_locale, "target_locale": term.target_locale}
    for stems, expected in ((None, by_endings), (Stemmer(), by_stems)):
        found = check_pair(source, target, glossary=Glossary((term,), stems), only=["glossary"], **locales)
        assert len(found) == expected, found


def test_without_a_dictionary_no_word_has_a_stem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DICPATH", str(tmp_path))
    (tmp_path / "hi.dic").write_bytes(b"\xff\x00")
    assert Stemmer().stems("viendra", "hi") == frozenset()
    (tmp_path / "hi.aff").write_bytes(b"SET nonsense\n\xff\x00")
    assert isinstance(Stemmer().stems("viendra", "hi"), frozenset)
    assert Stemmer().stems("水", "hi") == frozenset()
