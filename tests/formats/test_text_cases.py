"""Plain texts and what becomes of them: the tables in ``tests/cases/text``."""

from __future__ import annotations

import codecs
from itertools import groupby
from pathlib import Path

import pytest

from l10n.errors import InputError
from l10n.formats import extract, merge, text
from l10n.model import Document, Kind

CASES = Path(__file__).parents[1] / "cases" / "text"
SHARED = Path(__file__).parents[3] / "shared"
NAMES = sorted(path.stem for path in CASES.glob("*.txt"))


def read(path: Path, locale: str) -> Document:
    content = path.read_bytes().decode()
    return Document(text.extract(content, path=path.name, locale=locale), path.name, "text", locale)


def table(document: Document) -> str:
    """One line a segment: the unit's kind (``+`` for its further sentences) and the source."""
    return "".join(
        f"{unit.kind if number == 0 else '+':<9} {segment.source}\n"
        for unit in document.units
        for number, segment in enumerate(unit.segments)
    )


@pytest.mark.parametrize("name", NAMES)
def test_units_are_those_of_the_table(name: str) -> None:
    document = read(CASES / f"{name}.txt", name.rpartition(".")[2])
    assert table(document) == (CASES / f"{name}.units").read_text("utf-8")
    assert document.raw == merge(document, {}) == (CASES / f"{name}.txt").read_bytes()


def seed() -> Document:
    found = sorted((SHARED / "seed").glob("*.txt"))
    if not found:
        pytest.skip("the seed document is not here")
    return read(found[0], "fr")


def test_the_seed_is_a_title_nine_sentences_a_cue_and_five_contact_lines() -> None:
    counted = [
        (kind, sum(len(unit.segments) for unit in units))
        for kind, units in groupby(seed().units, key=lambda unit: unit.kind)
    ]
    assert counted == [(Kind.TITLE, 1), (Kind.PARAGRAPH, 9), (Kind.CUE, 1), (Kind.CONTACT, 5)]


def test_the_seed_locks_the_phone_and_shows_the_mangled_address_clean() -> None:
    contact = [segment for unit in seed().units if unit.kind is Kind.CONTACT for segment in unit.segments]
    assert [segment.source for segment in contact[1:]] == ["OIM Genève", "Tél. : <1/>", "E-mail :", "<1/>"]
    assert contact[-1].codes[0].value == "pboncour@iom.int"
    assert contact[-1].raw.startswith('"mailto:')


def bench() -> list[Path]:
    return sorted((SHARED / "bench" / "documents" / "txt").glob("*.txt"))


@pytest.mark.skipif(not bench(), reason="the development documents are not here")
def test_every_development_document_comes_back_byte_for_byte() -> None:
    for path in bench():
        assert merge(read(path, "en"), {}) == path.read_bytes(), path.name


WRAPS = [
    (
        "en",
        "The harbour of the vice-\npresident is now open.",
        "The harbour of the vice-president is now open.",
    ),
    ("de", "Die Ein-\nund Ausfahrt bleibt gesperrt.", "Die Ein- und Ausfahrt bleibt gesperrt."),
    ("en", "An inter\u00ad\nnational school opened.", "An international school opened."),
    (
        "en",
        "The mayor spoke \u2013\r\n   at length \u2013 of the sea.",
        "The mayor spoke \u2013 at length \u2013 of the sea.",
    ),
    ("fr", "Le maire a parlé,\rpuis il est parti.", "Le maire a parlé, puis il est parti."),
    (
        "en",
        "The maps may be printed again where a\ncopyright notice and the name of the\nquay are kept.",
        "The maps may be printed again where a copyright notice and the name of the quay are kept.",
    ),
]


@pytest.mark.parametrize(("locale", "given", "source"), WRAPS)
def test_a_wrapped_line_is_mended(locale: str, given: str, source: str) -> None:
    (unit,) = [part for part in text.extract(given, path="a.txt", locale=locale) if not isinstance(part, str)]
    assert [segment.source for segment in unit.segments] == [source]
    assert unit.raw == given


def test_a_phone_after_a_label_is_locked_without_a_plus() -> None:
    document = Document(text.extract("Tél. 01 23 45 67 89", path="", locale="fr"), "", "text", "fr")
    ((_, segment),) = document.segments()
    assert (segment.source, segment.codes[0].value) == ("Tél. <1/>", "01 23 45 67 89")


def test_what_a_text_says_of_networks_stands_under_their_names() -> None:
    said = {
        "Facebook": "Half of all towns have a page. Most of them answer within a day.",
        "YouTube": "One town in five has a channel. Its films are short.",
    }
    towns = "How towns speak\n\nTowns speak to people in many ways. A survey of forty shows how.\n"
    towns += "".join(f"\n{name}\n\n{words}\n" for name, words in said.items())
    document = Document(text.extract(towns, path="", locale="en"), "", "text", "en")
    told = [" ".join(segment.source for segment in unit.segments) for unit in document.units]
    assert told == [line for line in towns.splitlines() if line]


def test_what_stands_below_two_dashes_signs_a_message() -> None:
    message = (
        "The port opens\n\nIt was opened again by its mayor.\n\n-- \nJo Marsh, Chair\nQuay Trust | Saltby\n"
    )
    document = Document(text.extract(message, path="", locale="en"), "", "text", "en")
    assert [unit.kind for unit in document.units] == [Kind.TITLE, Kind.PARAGRAPH, Kind.CONTACT, Kind.CONTACT]


@pytest.mark.parametrize(
    "page",
    [
        "\n\f",
        "\f\n",
        "\n\n\fHarbour Board      Page 3\n\n",
        "\n\n     - 2 -\n\n",
        "\r\n\r\n12\r\n\r\n",
        "\n\n7\n\n\f",
    ],
)
def test_a_sentence_goes_on_over_the_end_of_a_page_which_is_kept(page: str) -> None:
    head = (
        "On Monday the council decided that the harbour should be opened\nagain, and that all boats that are"
    )
    tail = "waiting outside may come in by the end of May this year."
    source = f"{head}{page}{tail}\n\nHarbour Board      Page 4\n"
    document = Document(text.extract(source, path="", locale="en"), "", "text", "en")
    segment = next(segment for _, segment in document.segments())
    assert segment.source.split(" that are ")[1].startswith("<1/> waiting outside")
    assert [(code.opening, code.label) for code in segment.codes] == [(page, "page break")]
    merged = merge(document, {segment.key: "They may <1/> come in."}).decode()
    assert merged.startswith(f"They may{page}come in.")


@pytest.mark.parametrize("between", ["\n\n", "\n\n***\n\n", ".\n\n12\n\n"])
def test_what_parts_no_pages_parts_sentences(between: str) -> None:
    source = f"The council has decided on Monday that the harbour{between}and all of the boats may come in."
    document = Document(text.extract(source, path="", locale="en"), "", "text", "en")
    assert not any(segment.codes for _, segment in document.segments())


def test_signs_of_windows_1252_are_shown_though_read_as_controls() -> None:
    source = "The port opens \x96 today.\n\nThe mayor said: \x93It cost \x804.\x94\n"
    document = Document(text.extract(source, path="", locale="en"), "", "text", "en")
    assert [segment.source for _, segment in document.segments()] == [
        "The port opens \u2013 today.",
        "The mayor said: \u201cIt cost \u20ac4.\u201d",
    ]


def test_a_page_shows_the_numbers_of_sections() -> None:
    page = " ".join(text.body(read(CASES / "mandate.en.txt", "en"), {}, ("", "")).split())
    assert "<p>2.1.1. Nitrates</p>" in page
    assert "<p>1.2. The report is based on measurements taken at 40 stations.</p>" in page


def test_a_file_to_take_along_is_no_line_of_an_address() -> None:
    release = "The port opens\n\nIt was opened by its mayor.\n\nMedia contact\nJo Marsh\njo@quay.example\n"
    below = "12 Quay Street, Saltby\nDownload the release (PDF, 230 KB)\n"
    document = Document(text.extract(release + below, path="", locale="en"), "", "text", "en")
    assert [unit.kind for unit in document.units][2:] == [Kind.CUE, *[Kind.CONTACT] * 3, Kind.PARAGRAPH]


def wrapped(source: str, target: str) -> str:
    document = Document(text.extract(source, path="a.txt", locale="en"), "a.txt", "text", "en")
    targets = {segment.key: target for _, segment in document.segments()}
    return merge(document, targets).decode()


SOURCE = "The harbour was opened again by the\r\n  mayor of the town on a Sunday in May.\r\n"


def test_a_target_is_wrapped_where_its_source_was_with_its_line_ends_and_indent() -> None:
    assert wrapped(SOURCE, "Le port a été rouvert un dimanche de mai par le maire de la ville.") == (
        "Le port a été rouvert un dimanche\r\n  de mai par le maire de la ville.\r\n"
    )


def test_chinese_is_wrapped_between_characters_but_no_line_starts_with_a_full_stop() -> None:
    target = "五月的一个星期天市长在全城居民的见证下重新开放了这座港口。"
    lines = wrapped(SOURCE, target).split("\r\n  ")
    assert "".join(lines) == target + "\r\n"
    assert len(lines) == 2
    assert not lines[1].startswith("。")


@pytest.mark.parametrize("mark", ["-", "*", "\u2013", ">", "1."])
def test_no_wrapped_line_starts_like_an_item_or_a_quotation(mark: str) -> None:
    for before in range(20, 45):
        out = wrapped(SOURCE, f"{'x' * before} {mark} and then some more words follow here.")
        assert not any(line.strip().startswith(mark) for line in out.splitlines())


def test_a_target_keeps_no_line_ends_and_no_control_characters() -> None:
    assert wrapped("The harbour is open.", "Le port\nest\x00 ouvert\x1b.") == "Le port est ouvert."


PAGE = """Harbour opens

The harbour <b>opened</b>. It is
free of charge & open.

- boats
- nets

> Quoted words
> go here.

1. First thing
2. Second thing

For further information, please contact:
Maureen Hale
Tel: +44 151 555 0100
"mailto:m@harbour.example">m@harbour.example
https://harbour.example/?a=1&b="2
"""

ARTICLE = """<h1>[Harbour opens]</h1>
<p>[The harbour &lt;b&gt;opened&lt;/b&gt;. It is free of charge &amp; open.]</p>
<ul>
<li>[boats]</li>
<li>[nets]</li>
</ul>
<blockquote>
<p>[Quoted words go here.]</p>
</blockquote>
<ol>
<li>[First thing]</li>
<li>[Second thing]</li>
</ol>
<p class="cue">[For further information, please contact:]</p>
<address>[Maureen Hale]<br>
[Tel: <a href="tel:+441515550100" dir="ltr">+44 151 555 0100</a>]<br>
[<a href="mailto:m@harbour.example">m@harbour.example</a>]<br>
[<a href="https://harbour.example/?a=1&amp;b=">https://harbour.example/?a=1&amp;b=</a>&quot;2]</address>
"""


def test_the_page_has_every_block_in_its_element_and_marks_what_is_not_translated() -> None:
    document = Document(text.extract(PAGE, path="a.txt", locale="en"), "a.txt", "text", "en")
    assert text.body(document, {}, ("[", "]")) == ARTICLE


def test_the_page_shows_a_unit_in_the_target_language_only_when_it_is_whole() -> None:
    document = Document(text.extract(PAGE, path="a.txt", locale="en"), "a.txt", "text", "en")
    said = {source: source.upper() for _, source in (segment.key for _, segment in document.segments())}
    targets = {("", key): value for key, value in said.items() if not key.startswith("It is")}
    page = text.body(document, targets, ("[", "]"))
    assert "<h1>HARBOUR OPENS</h1>" in page
    assert "<p>[The harbour" in page


def test_menus_stay_off_the_page() -> None:
    document = read(CASES / "puerto.es.txt", "es")
    page = text.body(document, {}, ("", ""))
    assert page.startswith("<h1>Nueva casa del marino en Valparaíso</h1>\n<p>La presidenta")
    assert not any(menu in page for menu in ("Quiénes somos", "Done ahora", "Síganos", "©"))


def test_sentences_of_another_script_are_parted_as_that_script_wants() -> None:
    document = Document(text.extract("他来了。她走了。", path="a.txt", locale="zh"), "a.txt", "text", "zh")
    targets = {("", "他来了。"): "He came.", ("", "她走了。"): "She left."}
    assert text.body(document, targets, ("", "")) == "<p>He came. She left.</p>\n"


@pytest.mark.parametrize("name", NAMES)
def test_line_ends_change_nothing(name: str) -> None:
    locale = name.rpartition(".")[2]
    content = (CASES / f"{name}.txt").read_text("utf-8")
    for end in ("\r\n", "\r"):
        ended = content.replace("\n", end)
        document = Document(text.extract(ended, path="a.txt", locale=locale), "a.txt", "text", locale)
        assert table(document) == (CASES / f"{name}.units").read_text("utf-8")
        assert document.text == ended


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"One.\nTwo\0.\n", "a.txt:2:4: there is a NUL byte"),
        (codecs.BOM_UTF16_LE + "One\0".encode("utf-16-le"), "a.txt:1:9: there is a NUL byte"),
        (b"One.\ncaf\xe9\n", "a.txt:2:4: byte 0xe9 is not utf-8"),
        (
            b"One.\n<<<<<<< HEAD\nTwo.\n||||||| 1\n=======\n>>>>>>> b",
            "a.txt:2:1: a merge was left undone here",
        ),
        ("One two.\n".encode("utf-16-be"), "a.txt:1:1: the file is in UTF-16"),
        ("One two.\n".encode("utf-32-le"), "a.txt:1:1: the file is in UTF-32"),
        ("Один.\n".encode("utf-32-be"), "a.txt:1:1: the file is in UTF-32"),
        ("One.\nTwo\0".encode("utf-32"), "a.txt:2:16: there is a NUL byte"),
        ("図書館。\n".encode("iso2022_jp"), "a.txt:1:1: the file is in ISO-2022"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_place(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as raised:
        extract(data, path="a.txt", locale="en")
    assert str(raised.value).startswith(said)


def segments_of(content: str, locale: str) -> list[str]:
    document = Document(text.extract(content, path="a.txt", locale=locale), "a.txt", "text", locale)
    return [segment.source for _, segment in document.segments()]


LEADERS = "Contents\n\nIntroduction ........ 4\nThe islands and\n   their people . . . . . . 12\n"
QUOTED = (
    "Jo wrote:\n\n> We have opened the port again and we are very glad that so many\n"
    "people came\n> to the quay to see it.\n"
)


def test_dots_that_lead_to_a_page_are_no_words_of_its_title() -> None:
    assert segments_of(LEADERS, "en") == ["Contents", "Introduction", "The islands and their people"]


def test_what_a_mail_program_wrapped_out_of_a_quotation_belongs_to_it() -> None:
    said = "We have opened the port again and we are very glad that so many people came"
    assert segments_of(QUOTED, "en") == ["Jo wrote:", f"{said} to the quay to see it."]


def test_three_signs_are_a_quotation_where_lines_are_quoted_less_deeply() -> None:
    assert segments_of("> Jo said:\n>>> add(nets, boats)\n", "en") == ["Jo said:", "add(nets, boats)"]


@pytest.mark.parametrize(
    ("locale", "given", "source"),
    [
        ("fr", "L\na ministre parle.", "La ministre parle."),
        ("en", "A\nnew ferry sails.", "A new ferry sails."),
        ("en", "A\nll ferries sail.", "All ferries sail."),
    ],
)
def test_a_large_first_letter_belongs_to_its_word(locale: str, given: str, source: str) -> None:
    assert segments_of(given, locale) == [source]


@pytest.mark.parametrize(
    "line",
    ["Presse (at) hafen.example", "presse[at]hafen.example", "presse(at)hafen(punkt)example"],
)
def test_an_address_spelt_out_is_locked_and_no_link(line: str) -> None:
    document = Document(text.extract(f"E-Mail: {line}", path="", locale="de"), "", "text", "de")
    ((_, segment),) = document.segments()
    assert (segment.source, segment.codes[0].value) == ("E-Mail: <1/>", line)
    assert "mailto:" not in text.body(document, {}, ("", ""))


def test_the_numbers_of_links_stay_off_the_page() -> None:
    dump = "The port\n\nSee [1]our plans for it.\n\nReferences\n\n   1. https://port.example/plans\n"
    document = Document(text.extract(dump, path="", locale="en"), "", "text", "en")
    assert [segment.source for _, segment in document.segments()] == ["The port", "See <1/>our plans for it."]
    assert "See our plans" in text.body(document, {}, ("", ""))


def test_dots_before_a_number_and_nothing_else_are_kept() -> None:
    content = "... ... ... 4\n\n........ 12\n"
    document = Document(text.extract(content, path="a.txt", locale="en"), "a.txt", "text", "en")
    assert document.text == content


def test_a_head_that_counts_the_pages_is_no_text_where_no_form_feed_parts_them() -> None:
    head = "Comunicato n. 7                 Pagina {} di 2\n\n"
    said = ["Il museo riapre lunedì.", "Il biglietto costa otto euro."]
    content = f"{head.format(1)}{said[0]}\n\n\n{head.format(2)}{said[1]}\n"
    assert segments_of(content, "it") == said


def test_what_hangs_below_a_column_is_wrapped_below_it() -> None:
    source = "10.15 a.m.    The mayor opens the show on water and\n              stone in the museum.\n"
    document = Document(text.extract(source, path="a.txt", locale="en"), "a.txt", "text", "en")
    (_, time), (_, event) = document.segments()
    assert (time.source, event.source) == (
        "10.15 a.m.",
        "The mayor opens the show on water and stone in the museum.",
    )
    target = "Le maire ouvre l’exposition sur l’eau et la pierre au musée."
    assert merge(document, {time.key: "10 h 15", event.key: target}).decode() == (
        "10 h 15    Le maire ouvre l’exposition sur l’eau et\n              la pierre au musée.\n"
    )


def test_a_sentence_is_wrapped_on_from_where_the_one_before_it_ends() -> None:
    source = (
        "The harbour was opened again by the mayor of the town on a Sunday in May\n"
        "this year. It had been closed for seven years after a storm. Ferries\n"
        "sail every hour from now on, and they are free of charge for children.\n"
    )
    document = Document(text.extract(source, path="a.txt", locale="en"), "a.txt", "text", "en")
    targets = {
        segment.key: target
        for (_, segment), target in zip(
            document.segments(),
            (
                "Le port a été rouvert un dimanche de mai par le maire de la ville.",
                "Il était fermé depuis sept ans, après une tempête.",
                "Les bateaux partent toutes les heures et sont gratuits pour les enfants.",
            ),
            strict=True,
        )
    }
    assert merge(document, targets).decode() == (
        "Le port a été rouvert un dimanche de mai par le maire de la ville. Il\n"
        "était fermé depuis sept ans, après une tempête. Les bateaux partent\n"
        "toutes les heures et sont gratuits pour les enfants.\n"
    )
    own = {segment.key: segment.source for _, segment in document.segments()}
    assert merge(document, own).decode() == source


@pytest.mark.parametrize(
    "line",
    [
        "(more)",
        "- ENDS -",
        "ENDS",
        "(ends)",
        "[FIN]",
        "Ende.",
        "### Ende ###",
        "(à suivre)",
        "（完）",
        "以上",
        "Word count: 512",
        "Wörter: 312",
        "(512 words)",
        "Zeichen (mit Leerzeichen): 2.345",
        "字数：512",
        "Marea/jl/mp",
    ],
)
def test_what_newsrooms_write_below_a_text_is_no_text(line: str) -> None:
    said = "The harbour was opened again by the mayor."
    expected = [said, line] if line == "Ende." else [said]
    assert segments_of(f"{said}\n\n{line}\n", "en") == expected


@pytest.mark.parametrize(
    ("lines", "items"),
    [
        (["(i) boats", "(ii) nets", "(iii) sails"], 3),
        (["I. boats", "II. nets"], 2),
        (["A. boats", "B. nets"], 2),
        (["а) лодки", "б) сети"], 2),
        (["أ) قوارب", "ب) شباك"], 2),
        (["①船", "②網"], 2),
        (["1- boats", "2- nets"], 2),
        (["h) boats", "i) nets"], 0),
        (["I. Petrov sails.", "The nets are dry."], 0),
        (["10 - 12 boats", "13 - 14 nets"], 0),
    ],
)
def test_lists_are_numbered_in_the_ways_of_several_scripts(lines: list[str], items: int) -> None:
    content = "These are in the harbour:\n" + "".join(f"{line}\n" for line in lines)
    document = Document(text.extract(content, path="a.txt", locale="en"), "a.txt", "text", "en")
    assert sum(unit.kind is Kind.ITEM for unit in document.units) == items


def test_many_hyphens_at_line_ends_are_the_typesetter_s_and_a_compound_keeps_its_own() -> None:
    content = (
        "The har-\nbour was closed, and the well known mayor of the town said\nthat a well-\n"
        "known man has be-\ngun to open it.\n"
    )
    (said,) = segments_of(content, "en")
    assert said.startswith("The harbour was closed")
    assert said.endswith("a well-known man has begun to open it.")


def test_days_of_a_year_are_no_sections() -> None:
    days = ["1.1. Neujahr", "1.2. Lichtmess", "1.3. Saisonbeginn", "3.4. Karfreitag", "1.5. Tag der Arbeit"]
    content = "Feste im Hafen\n\nDer Hafen ist an diesen Tagen geschlossen.\n\n" + "\n".join(days)
    assert segments_of(content, "de")[2:] == days


def test_sections_are_no_days() -> None:
    sections = ["1.1. Zweck", "1.2. Geltung", "1.3. Dauer", "2.1. Kosten", "2.2. Fristen"]
    content = "Ordnung\n\nDie Ordnung gilt ab sofort.\n\n" + "\n".join(sections)
    assert segments_of(content, "de")[2:] == [section.partition(" ")[2] for section in sections]


@pytest.mark.parametrize(
    ("locale", "given", "words"),
    [
        ("fr", "Les quais sont acces-\nsibles ; on veille à l'accessibilité.", "sont accessibles"),
        (
            "fr",
            "Le rendez-\nvous des habi-\ntants et le rôle des associa-\ntions.",
            "Le rendez-vous des habitants",
        ),
        (
            "fr",
            "Le vice-\nprésident des habi-\ntants et des associa-\ntions.",
            "Le vice-président des habitants",
        ),
        ("fr", "La vice-\nprésidente, comme le vice-président, les habi-\ntants.", "La vice-présidente"),
        ("fr", "Un porte-à-\nfaux, des habi-\ntants, des associa-\ntions.", "porte-à-faux, des habitants"),
        ("en", "State-of-the-\nart cranes for the har-\nbour and the is-\nlands.", "State-of-the-art cranes"),
        ("en", "The check-\nin was slow.", "The check-in was"),
        ("en", "The inner- and\nouter-\nor middle-island boats.", "outer- or middle-island"),
        ("es", "El barco zarpó por-\nque hacía sol.", "zarpó porque hacía"),
        (
            "ru",
            "Он вышел из-\nза стола, сказал вице-\nпрезидент пор-\nта.",
            "из-за стола, сказал вице-президент",
        ),
        ("de", "Die Ein-\nund Ausfahrt bleibt offen.", "Die Ein- und Ausfahrt"),
        ("pl", "Wiatr północno-\nwschodni wie-\nje.", "północno-wschodni wieje"),
    ],
)
def test_a_hyphen_at_a_line_s_end_stays_where_spelling_or_the_text_wants_it(
    locale: str, given: str, words: str
) -> None:
    (said, *_) = segments_of(given, locale)
    assert words in said


def test_accounts_of_networks_are_locked_where_a_line_says_nothing_else() -> None:
    document = Document(text.extract("X: @port_press\n", path="", locale="en"), "", "text", "en")
    ((_, segment),) = document.segments()
    assert (segment.source, segment.codes[0].value) == ("X: <1/>", "@port_press")
