"""Any gettext tool can hold our catalogues, and we read the result without loss."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import catalogue as po
from l10n import formats, inline
from l10n.errors import CatalogueError
from l10n.model import Catalogue, Code, Document, Entry, Segment, State, Unit
from l10n.review_rule import ReviewRule
from l10n.segment import VERSION
from l10n.substitution import differ_in_numbers, substituted

GETTEXT = pytest.mark.gettext

words = st.text(
    st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from('\t\\"<>1/#~%'),
    min_size=1,
    max_size=90,
).filter(lambda text: text.strip() and "\r" not in text)


@st.composite
def entries(draw: st.DrawFn) -> tuple[Entry, ...]:
    sources = draw(st.lists(words, min_size=1, max_size=6, unique=True))
    made = []
    for source in sources:
        target = draw(st.just("") | words)
        fuzzy = bool(target) and draw(st.booleans())
        states = [State.TRANSLATED] if fuzzy else [State.TRANSLATED, State.REVIEWED]
        made.append(
            Entry(
                source,
                target=target,
                context=draw(st.just("") | words),
                fuzzy=fuzzy,
                state=draw(st.sampled_from(states)) if target else State.INITIAL,
                origin=draw(st.sampled_from(["", "human", "mt:apertium", "tm:a-release"])) if target else "",
                actor=draw(st.sampled_from(["", "k3f9abcd"])) if target else "",
            )
        )
    return tuple(made)


def catalogue_of(made: tuple[Entry, ...]) -> Catalogue:
    return Catalogue("es", made, po.headers("es", source_locale="fr", name="laws"))


def told(entry: Entry) -> Entry:
    return replace(entry, line=0, base="")


@given(entries())
@settings(max_examples=60)
def test_what_is_written_is_read_again(tmp_path: Path, made: tuple[Entry, ...]) -> None:
    path = tmp_path / "one.po"
    po.write(catalogue_of(made), path)
    assert [told(entry) for entry in po.read(path).entries] == list(made)


@GETTEXT
@given(entries())
@settings(max_examples=20)
def test_msgfmt_accepts_it_and_msgcat_changes_nothing_we_know(
    tmp_path: Path, made: tuple[Entry, ...]
) -> None:
    path = tmp_path / "one.po"
    po.write(catalogue_of(made), path)
    subprocess.run(["msgfmt", "-c", "-o", "/dev/null", path], check=True, capture_output=True)
    rewritten = subprocess.run(
        ["msgcat", "--sort-output", "--width=50", path], check=True, capture_output=True
    )
    path.write_bytes(rewritten.stdout)
    after = {entry.key: told(entry) for entry in po.read(path).entries}
    assert after == {entry.key: entry for entry in made}


@GETTEXT
def test_counts_are_msgfmts(tmp_path: Path) -> None:
    made = (
        Entry("one", target="uno", state=State.REVIEWED),
        Entry("two", target="dos", state=State.TRANSLATED),
        Entry("three", target="tres", fuzzy=True, state=State.TRANSLATED),
        Entry("four"),
        Entry("gone", target="ido", obsolete=True),
    )
    path = tmp_path / "one.po"
    po.write(catalogue_of(made), path)
    said = subprocess.run(
        ["msgfmt", "--statistics", "-o", "/dev/null", path], check=True, capture_output=True, text=True
    ).stderr
    counts = po.count(po.read(path).entries)
    assert said.strip() == (
        f"{counts.translated} translated messages, {counts.fuzzy} fuzzy translation,"
        f" {counts.missing} untranslated message."
    )
    assert counts.approved == 1


def test_an_entry_edited_outside_is_at_most_translated(tmp_path: Path) -> None:
    path = tmp_path / "one.po"
    po.write(catalogue_of((Entry("Bonjour", target="Hola", state=State.REVIEWED, actor="abc"),)), path)
    path.write_text(path.read_text("utf-8").replace('"Hola"', '"Buenas"'), "utf-8")
    (entry,) = po.read(path).entries
    assert (entry.target, entry.state, entry.origin) == ("Buenas", State.TRANSLATED, "catalogue")
    assert po.edited_outside(entry)
    (trusted,) = po.read(path, rule=ReviewRule(gettext=True)).entries
    assert trusted.state is State.REVIEWED


def test_of_two_provenance_lines_the_one_that_fits_counts(tmp_path: Path) -> None:
    path = tmp_path / "one.po"
    po.write(catalogue_of((Entry("Bonjour", target="Hola", state=State.REVIEWED, actor="abc"),)), path)
    text = path.read_text("utf-8")
    path.write_text(text.replace("# l10n:", "# l10n: translated x y 0123456789abcdef\n# l10n:"), "utf-8")
    (entry,) = po.read(path).entries
    assert (entry.state, entry.comment) == (State.REVIEWED, "")


@pytest.mark.parametrize("length", [24, 1])
def test_a_provenance_line_is_at_most_seventy_columns(length: int) -> None:
    entry = Entry("s", target="t", state=State.TRANSLATED, origin="o" * length, actor="a" * 8)
    text = po.text(catalogue_of((entry,)))
    assert max(len(line) for line in text.splitlines() if "l10n:" in line) <= 70


BROKEN = {
    "syntax": ('msgid "a"\nmsgstr "b\n', 2),
    "conflict": ('msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> other\n', 2),
    "twice": ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', 4),
    "no keyword": ('msgid "a"\nmsgstr "b"\nnonsense\n', 3),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, name: str) -> None:
    text, line = BROKEN[name]
    path = tmp_path / "broken.po"
    path.write_text(text, "utf-8")
    with pytest.raises(CatalogueError) as raised:
        po.read(path)
    assert (raised.value.path, raised.value.line) == (str(path), line)


def test_bytes_that_are_not_the_charset_are_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.po"
    path.write_bytes('msgid "a"\nmsgstr "é"\n'.encode("latin-1"))
    with pytest.raises(CatalogueError, match="not utf-8") as raised:
        po.read(path)
    assert raised.value.line == 2


def test_a_save_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "one.po"
    made = catalogue_of((Entry("Bonjour", target="Hola", state=State.REVIEWED),))
    assert po.write(made, path)
    assert not po.write(po.read(path), path)


def markdown(text: str) -> Document:
    return formats.extract(text.encode(), path="release.md", locale="en")


def translated(text: str) -> Catalogue:
    fresh = po.template(markdown(text), locale="es")
    done = [
        replace(entry, target=f"[{entry.source}]", state=State.REVIEWED, actor="abc")
        for entry in fresh.entries
    ]
    return replace(fresh, entries=tuple(done))


FOUR = "One sentence here. Two more there.\n\nA third stands alone.\n\nThe fourth is last.\n"
CASES = [
    ("nothing", FOUR, FOUR, []),
    (
        "a paragraph moved",
        FOUR,
        "The fourth is last.\n\n" + FOUR.removesuffix("\n\nThe fourth is last.\n"),
        ["moved"],
    ),
    ("wrapped anew", "One sentence here.\n", "One\nsentence here.\n", []),
    ("another link", "See [it](a) now.\n", "See [it](b) now.\n", []),
    ("a paragraph above", FOUR, "Something new on top.\n\n" + FOUR, ["new"]),
    ("one less", FOUR, FOUR.replace("A third stands alone.\n\n", ""), ["obsolete"]),
    ("quotation marks", 'He said "no" to it.\n', "He said “no” to it.\n", ["cosmetic"]),
    ("bold gone", "One **big** sentence here.\n", "One big sentence here.\n", ["cosmetic"]),
    ("bold came", "The IOM met here.\n", "The **IOM** met here.\n", ["small"]),
    ("a break came", "The IOM met here.\n", "The IOM  \nmet here.\n", ["meaning"]),
    ("a slip", "The organisaton met here.\n", "The organisation met here.\n", ["small"]),
    ("a slip behind an apostrophe", "It was o'clok then.\n", "It was o'clock then.\n", ["small"]),
    ("a short word", "They did meet now.\n", "They did meet not.\n", ["meaning"]),
    ("a name", "They met Leila Haddouche.\n", "They met Leila Hadouche.\n", ["meaning"]),
    ("a negation", "They never come here.\n", "They ever come here.\n", ["meaning"]),
    ("another number", "It has 19 member states.\n", "It has 20 member states.\n", ["number"]),
    ("another date", "They met on 3 May 2026.\n", "They met on 14 June 2026.\n", ["number"]),
    ("a number and a word", "It has 19 member states.\n", "It has 20 member cities.\n", ["meaning"]),
    ("other words", "One sentence here is long.\n", "One sentence here is far too long.\n", ["meaning"]),
    ("split", "It is here; and it stays.\n", "It is here. And it stays.\n", ["split", "split"]),
    (
        "split without its conjunction",
        "It lasted for three long years, and the town council watched it all.\n",
        "It lasted for three long years. The town council watched it all.\n",
        ["split", "split"],
    ),
    (
        "merged with a conjunction",
        "The quay opens on Monday. It employs twelve people.\n",
        "The quay opens on Monday and employs twelve people.\n",
        ["meaning"],
    ),
    (
        "one of two made longer",
        "The quay opens on Monday. It employs twelve people.\n",
        "The new quay opens on Monday morning. It employs twelve people.\n",
        ["meaning"],
    ),
    ("another dash", "Geneva - the quay… opened.\n", "Geneva – the quay... opened.\n", ["cosmetic"]),
    ("a comma came", "After two years the quay opened.\n", "After two years, the quay opened.\n", ["small"]),
    ("commas for brackets", "It (the quay) opened.\n", "It, the quay, opened.\n", ["small"]),
    ("a full stop came", "- On Monday and Friday\n", "- On Monday and Friday.\n", ["small"]),
    ("a comma that denies", "No more boats come.\n", "No, more boats come.\n", ["meaning"]),
    ("a comma within a number", "It took 12, 5 of them here.\n", "It took 12,5 of them here.\n", ["meaning"]),
    ("a minus", "It was – 5 degrees here.\n", "It was 5 degrees here.\n", ["meaning"]),
    ("a question", "The quay opened on Monday.\n", "The quay opened on Monday?\n", ["meaning"]),
    ("capitals", "- Practical information\n", "- PRACTICAL INFORMATION\n", ["small"]),
    ("another beginning", "The town saw an accident.\n", "The town saw an incident.\n", ["meaning"]),
    ("no instead of yes", "The strike is legal here.\n", "The strike is illegal here.\n", ["meaning"]),
    ("a plural", "It lists the quay there.\n", "It lists the quays there.\n", ["meaning"]),
    ("accents", "The resume and a facade came.\n", "The résumé and a façade came.\n", ["meaning"]),
    ("accents of one word", "The epopees came here.\n", "The épopées came here.\n", ["small"]),
    ("a slip in marked words", "An *organisaton* met.\n", "An organisation met.\n", ["meaning"]),
    ("a dash in a word", "The co-op met here.\n", "The coop met here.\n", ["small"]),
    ("merged by its wrap", "It is cheap etc. Nice.\n\nEnd.\n", "It is cheap etc. Nice.\n\nEnd.\n", []),
    ("another text", "One sentence here.\n", "Completely different words.\n", ["new", "obsolete"]),
]


@pytest.mark.parametrize(("name", "before", "after", "grades"), CASES, ids=[case[0] for case in CASES])
def test_an_update_reopens_only_what_changed(name: str, before: str, after: str, grades: list[str]) -> None:
    old = translated(before)
    revision = po.revise(old, markdown(after))
    new = revision.catalogue
    assert [str(change.grade) for change in revision.changes] == grades
    kept = {entry.target for entry in old.entries if entry.target}
    assert kept <= {entry.target for entry in new.entries}, f"{name}: a target was thrown away"
    for entry in new.live:
        assert entry.approved or not entry.target or entry.fuzzy
    assert po.revise(new, markdown(after)).changes == ()


def test_the_header_tells_by_which_rules_the_sentences_were_cut_once_an_entry_changes() -> None:
    old = po.header(translated(FOUR), "X-Segmentation", "0")
    assert dict(translated(FOUR).headers)["X-Segmentation"] == VERSION
    assert po.update(old, markdown(FOUR)) == old
    assert dict(po.update(old, markdown("New.\n\n" + FOUR)).headers)["X-Segmentation"] == VERSION


def test_a_changed_meaning_keeps_its_target_as_fuzzy_with_the_source_it_was_made_for() -> None:
    old = translated("It has the best member states.\n")
    (entry, gone) = po.update(old, markdown("It has the worst member states.\n")).entries
    assert entry.fuzzy
    assert not entry.publishable
    assert entry.previous == "It has the best member states."
    assert gone.obsolete


def test_after_several_revisions_the_difference_is_to_the_last_approved_source() -> None:
    once = po.update(
        translated("It has the best member states.\n"), markdown("It has the worst member states.\n")
    )
    twice = po.update(once, markdown("It has the worst member towns.\n"))
    assert twice.live[0].previous == "It has the best member states."
    assert twice.live[0].target == "[It has the best member states.]"


def test_a_match_that_was_for_an_earlier_source_no_longer_has_its_score() -> None:
    (old,) = translated("It has the best member states.\n").entries
    earlier = "It had the best member states."
    draft = replace(old, fuzzy=True, state=State.TRANSLATED, origin="tm:rome:98", previous=earlier)
    found = po.update(Catalogue("es", (draft,)), markdown("It has the worst member states.\n")).live[0]
    assert (found.origin, found.previous) == ("tm:rome", earlier)


def test_a_changed_number_is_offered_already_put_in() -> None:
    old = translated("It has 19 member states since 1998.\n")
    (entry, _) = po.update(old, markdown("It has 20 member states since 1998.\n")).entries
    assert (entry.target, entry.fuzzy, entry.publishable) == (
        "[It has 20 member states since 1998.]",
        True,
        False,
    )


@pytest.mark.parametrize(
    ("before", "after", "target", "offered"),
    [
        ("On 3 May 2026.", "On 14 June 2026.", "El 3 de mayo de 2026.", "El 14 de junio de 2026."),
        ("In September it opens.", "In October it opens.", "En septiembre abre.", "En octubre abre."),
        ("From May to June.", "From June to July.", "De mayo a junio.", "De junio a julio."),
        (
            "It costs 1,250.5 euros.",
            "It costs 2,500.25 euros.",
            "Cuesta 1.250,5 euros.",
            "Cuesta 2.500,25 euros.",
        ),
        ("In May, yes in May.", "In June, yes in June.", "En mayo, sí, en mayo.", "En mayo, sí, en mayo."),
        ("From Monday to Friday.", "From Tuesday to Friday.", "De lunes a viernes.", "De martes a viernes."),
        ("On Monday 3 May.", "On Tuesday 4 May.", "El lunes 3 de mayo.", "El martes 4 de mayo."),
        ("It has 3,200 ships.", "It has 3,450 ships.", "Tiene 3200 buques.", "Tiene 3450 buques."),
        ("It has 3,200 ships.", "It has 950 ships.", "Tiene 3200 buques.", "Tiene 950 buques."),
        ("It has 3200 ships.", "It has 3450 ships.", "Tiene 3.200 buques.", "Tiene 3.450 buques."),
        ("It has 1.5 boats.", "It has 2.5 boats.", "Tiene 15 barcos.", "Tiene 15 barcos."),
        ("The 3 boats.", "The 4 boats.", "Los «3rd» barcos.", "Los «3rd» barcos."),
    ],
)
def test_a_changed_date_is_offered_in_the_words_of_the_target(
    before: str, after: str, target: str, offered: str
) -> None:
    fresh = po.template(document_of([before]), locale="es")
    old = replace(fresh, entries=(replace(fresh.entries[0], target=target, state=State.REVIEWED),))
    entry = po.update(old, document_of([after])).live[0]
    assert (entry.target, entry.fuzzy) == (offered, True)


def test_the_first_of_a_month_is_a_number_like_the_others_in_french() -> None:
    parts = ("Dès le 30 avril 2026.", "Dès le 1er mai 2026.", "Dès le 2 mai 2026.")
    assert [differ_in_numbers(parts[0], part, "fr") for part in parts] == [True, True, True]
    kept = [substituted(part, parts[0], "From 30 April 2026.", ("fr", "en")) for part in parts[1:]]
    assert kept == ["From 1 May 2026.", "From 2 May 2026."]
    assert substituted(parts[1], parts[0], "From April 30th, 2026.", ("fr", "en")) is None
    assert substituted(parts[2], parts[1], "From 1 May 2026.", ("fr", "en")) == "From 2 May 2026."


def test_after_a_slip_of_the_pen_the_page_keeps_its_approved_target(tmp_path: Path) -> None:
    old = translated("The organisaton met here.\n")
    po.write(po.update(old, markdown("The organisation met here.\n")), tmp_path / "one.po")
    (entry, _) = po.read(tmp_path / "one.po").entries
    assert (entry.fuzzy, entry.approved, entry.publishable) == (True, False, True)


@pytest.mark.parametrize(
    ("before", "after", "target", "marked"),
    [
        ("The IOM met.", "The <1>IOM</1> met.", "La IOM se reunió.", "La <1>IOM</1> se reunió."),
        ("It has 19 here.", "It has <1>19</1> here.", "Aquí tiene 19.", "Aquí tiene <1>19</1>."),
        ("The IOM met.", "The <1>IOM</1> met.", "La OIM se reunió.", ""),
        ("The IOM met.", "The <1>IOM</1> met.", "La IOM de la IOM se reunió.", ""),
        ("The IOM met.", "The IOM<1/> met.", "La IOM se reunió.", ""),
        ("The IOM met.", "<1>The <2>IOM</2> met</1>.", "La IOM se reunió.", ""),
        ("A <1>link</1> of IOM.", "A <1>link</1> of <2>IOM</2>.", "Un <1>enlace</1> de IOM.", ""),
    ],
)
def test_a_name_or_number_newly_set_in_bold_is_so_in_the_target_and_asks_for_one_look(
    before: str, after: str, target: str, marked: str
) -> None:
    fresh = po.template(document_of([before]), locale="es")
    old = replace(fresh, entries=(replace(fresh.entries[0], target=target, state=State.REVIEWED),))
    entry = po.update(old, document_of([after])).live[0]
    assert (entry.target, entry.fuzzy, entry.publishable) == (marked or target, True, bool(marked))
    if marked:
        assert inline.code_problems(entry.target, inline.codes_of(after)) == []


def test_sentences_that_became_one_keep_their_approval_and_their_codes() -> None:
    old = translated("See [one](a) here.\n\nThen [two](b) there.\n")
    one = replace(document_of(["See <1>one</1> here. Then <2>two</2> there."]), locale="en")
    (entry, *_) = po.update(old, one).entries
    assert entry.target == "[See <1>one</1> here.] [Then <2>two</2> there.]"
    assert entry.approved


def test_sentences_that_became_one_with_a_conjunction_offer_both_targets() -> None:
    before = "The quay opens on Monday. It employs twelve people.\n"
    (entry, *gone) = po.update(
        translated(before), markdown("The quay opens on Monday and employs twelve people.\n")
    ).entries
    assert entry.target == "[The quay opens on Monday.] [It employs twelve people.]"
    assert (entry.fuzzy, entry.previous) == (True, before.strip())
    assert all(one.obsolete for one in gone)


def test_a_sentence_that_was_cut_gives_each_piece_its_part() -> None:
    old = replace(
        translated("x\n"),
        entries=(
            Entry("See one. Then <1>two</1>.", target="Ver uno. Luego <1>dos</1>.", state=State.REVIEWED),
        ),
    )
    cut = document_of(["See one.", "Then <1>two</1>."])
    entries = po.update(old, cut).live
    assert [(entry.target, entry.fuzzy) for entry in entries] == [
        ("Ver uno.", True),
        ("Luego <1>dos</1>.", True),
    ]


def document_of(sources: list[str]) -> Document:
    units = tuple(Unit((Segment(source, source, codes=codes(source)),)) for source in sources)
    return Document(units, "made.txt", "text", "en")


def codes(source: str) -> tuple[Code, ...]:
    return tuple(replace(code, label="link", opening="[") for code in inline.codes_of(source))


def test_a_sentence_that_returns_gets_its_target_back() -> None:
    old = translated("One sentence here.\n\nTwo there.\n")
    without = po.update(old, markdown("One sentence here.\n"))
    again = po.update(without, markdown("One sentence here.\n\nTwo there.\n"))
    assert [entry.target for entry in again.live] == [entry.target for entry in old.live]
    assert all(entry.approved for entry in again.live)


@pytest.mark.parametrize(
    ("back", "grade", "target"),
    [
        ("A “third” stands for 3 days.", "cosmetic", 'A "third" stands for 3 days.'),
        ('A "third" stands for 5 days.', "number", 'A "third" stands for 5 days.'),
        ('A "third" stands for 3 days, alone.', "meaning", 'A "third" stands for 3 days.'),
        ("Something quite different is said here.", "new", ""),
    ],
)
def test_a_sentence_that_returns_changed_gets_its_target_back(back: str, grade: str, target: str) -> None:
    before = 'One sentence here.\n\nA "third" stands for 3 days.\n'
    without = po.update(translated(before), markdown("One sentence here.\n"))
    revision = po.revise(without, markdown(f"One sentence here.\n\n{back}\n"))
    assert [str(change.grade) for change in revision.changes] == [grade]
    entry = revision.catalogue.live[-1]
    assert entry.target == (f"[{target}]" if target else "")
    assert entry.fuzzy == (grade in {"number", "meaning"})
    assert po.revise(revision.catalogue, markdown(f"One sentence here.\n\n{back}\n")).changes == ()


def test_an_update_without_a_change_changes_nothing() -> None:
    old = translated("One sentence here. Another [one](x).\n\n- An item\n")
    assert po.text(
        po.update(old, markdown("One sentence here. Another [one](x).\n\n- An item\n"))
    ) == po.text(old)


CODED = 'msgid "Une école <1>neuve</1>."\nmsgstr ""\n'


def in_latin(tmp_path: Path, text: str = CODED, charset: str = "ISO-8859-1") -> Path:
    path = tmp_path / "one.po"
    head = f'msgid ""\nmsgstr "Content-Type: text/plain; charset={charset}\\n"\n'
    path.write_bytes(f"{head}\n{text}".encode(charset))
    return path


def with_notes(path: Path, *notes: str, **changed: str) -> Catalogue:
    read = po.read(path)
    return replace(read, entries=tuple(replace(entry, notes=notes, **changed) for entry in read.entries))


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("<1>…</1> bold", "<1>...</1> bold"),
        ("<1/> link “Œuvre – ‘ō’”", "<1/> link \"OEuvre - 'o'\""),
        ("<1/> field 東京 é", "<1/> field ?? é"),
    ],
)
def test_a_note_of_ours_is_written_in_signs_of_the_file(tmp_path: Path, note: str, expected: str) -> None:
    path = in_latin(tmp_path)
    made = with_notes(path, note)
    assert po.write(made, path)
    assert path.read_bytes().decode("iso-8859-1").endswith(f"\n#. {expected}\n{CODED}")
    assert b"charset=ISO-8859-1" in path.read_bytes()
    assert not po.write(made, path)
    assert not po.write(with_notes(path, note), path)


@pytest.mark.parametrize("changed", [{"target": "文…"}, {"comment": "typed by somebody…"}])
def test_what_somebody_has_typed_keeps_its_signs(tmp_path: Path, changed: dict[str, str]) -> None:
    path = in_latin(tmp_path)
    po.write(with_notes(path, "<1>…</1> bold", **changed), path)
    assert b"charset=UTF-8" in path.read_bytes()
    assert "#. <1>…</1> bold\n" in path.read_text("utf-8")


def test_notes_that_fit_stay_as_they_are(tmp_path: Path) -> None:
    path = in_latin(tmp_path, charset="windows-1252")
    po.write(with_notes(path, "<1>…</1> bold"), path)
    assert "#. <1>…</1> bold\n".encode("cp1252") in path.read_bytes()
