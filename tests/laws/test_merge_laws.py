"""Two branches of a catalogue become one again, and nothing that was decided on either is lost."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import catalogue as po
from l10n.errors import CatalogueError
from l10n.model import Catalogue, Entry, State
from workflow import conflicts, merging
from workflow.conflicts import ConflictingText
from workflow.merging import Merged, merge

FEW = settings(max_examples=150)
FEWER = settings(FEW, max_examples=30)
SOURCES = ("one", "two", "three", "four", "five")
HEADERS = po.headers("es", source_locale="fr", name="laws")

words = st.sampled_from(
    ["uno", "dos", "tres", 'a "quoted" one', "文字列 " * 20, "long " * 40, "\\ back", "a\tb"]
)
people = st.sampled_from(["ana", "ben"])


def human(target: str, actor: str, state: State, *, fuzzy: bool) -> dict[str, object]:
    state = State.TRANSLATED if fuzzy else state
    return {"target": target, "actor": actor, "state": state, "fuzzy": fuzzy, "origin": "human"}


decisions = st.one_of(
    st.builds(
        human,
        words,
        people,
        st.sampled_from([State.TRANSLATED, State.REVIEWED]),
        fuzzy=st.booleans(),
    ),
    st.just({"target": "", "state": State.INITIAL, "fuzzy": False, "origin": "", "actor": ""}),
)


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """A catalogue with some decisions, in the order of its document."""
    entries = [Entry(source, **draw(decisions)) for source in SOURCES[:4]]
    return Catalogue("es", tuple(entries), HEADERS)


@st.composite
def branches(draw: st.DrawFn, base: Catalogue) -> Catalogue:
    """What people and updates make of a catalogue."""
    entries = []
    for entry in base.entries:
        done = draw(st.sampled_from(["nothing", "nothing", "decide", "gone", "comment"]))
        if done == "decide":
            entries.append(replace(entry, **draw(decisions)))
        elif done == "comment":
            entries.append(replace(entry, comment=draw(st.sampled_from(["why", "ask the office", ""]))))
        elif done == "nothing":
            entries.append(entry)
        elif entry.target:
            entries.append(replace(entry, obsolete=True))
    if draw(st.booleans()):
        entries.insert(draw(st.integers(0, len(entries))), Entry("five", **draw(decisions)))
    if draw(st.integers(0, 3)) == 0:
        entries.reverse()
    live = [entry for entry in entries if not entry.obsolete]
    return replace(base, entries=(*live, *(entry for entry in entries if entry.obsolete)))


@st.composite
def triples(draw: st.DrawFn) -> tuple[Catalogue, Catalogue, Catalogue]:
    base = draw(catalogues())
    return base, draw(branches(base)), draw(branches(base))


def told(catalogue: Catalogue) -> dict[tuple[str, str], Entry]:
    return {entry.key: replace(entry, line=0, base="") for entry in catalogue.entries}


def texts(entry: Entry) -> set[str]:
    """Every text that an entry holds: its target, and the others a person is asked about."""
    return {entry.target, *(one.target for one in conflicts.conflicting_texts(entry.comment))}


@given(triples())
@FEW
def test_which_side_is_which_makes_no_difference_but_to_the_order(
    three: tuple[Catalogue, Catalogue, Catalogue],
) -> None:
    base, ours, theirs = three
    assert told(merge(base, ours, theirs).catalogue) == told(merge(base, theirs, ours).catalogue)


@given(triples())
@FEW
def test_a_side_that_changed_nothing_leaves_the_other_as_it_is(
    three: tuple[Catalogue, Catalogue, Catalogue],
) -> None:
    base, ours, _ = three
    assert merge(base, ours, base) == Merged(ours)
    assert merge(base, base, ours) == Merged(ours)
    assert merge(base, ours, ours) == Merged(ours)


@given(triples())
@FEW
def test_merging_again_changes_nothing(three: tuple[Catalogue, Catalogue, Catalogue]) -> None:
    base, ours, theirs = three
    once = merge(base, ours, theirs).catalogue
    for side in (ours, theirs):
        again = merge(base, once, side)
        assert told(again.catalogue) == told(once)
        assert again.questions == ()


@given(triples())
@FEW
def test_every_text_decided_on_either_side_is_there(three: tuple[Catalogue, Catalogue, Catalogue]) -> None:
    base, ours, theirs = three
    merged, before = told(merge(base, ours, theirs).catalogue), told(base)
    for side in (ours, theirs):
        for key, entry in told(side).items():
            if entry.target and entry.target != before.get(key, Entry("")).target:
                assert entry.target in texts(merged[key])


@given(triples())
@FEW
def test_what_both_decided_differently_nobody_approves_but_a_person(
    three: tuple[Catalogue, Catalogue, Catalogue],
) -> None:
    base, ours, theirs = three
    made = merge(base, ours, theirs)
    asked = {entry.key for entry in made.questions}
    before, mine, new = told(base), told(ours), told(theirs)
    for key, entry in told(made.catalogue).items():
        assert not (key in asked and entry.approved)
        if (
            key in mine
            and key in new
            and len({one.get(key, Entry("")).target for one in (before, mine, new)}) == 3
        ):
            assert key in asked


@pytest.mark.gettext
@given(triples())
@FEWER
def test_msgfmt_accepts_what_is_written_and_msgcat_loses_no_question(
    tmp_path: Path, three: tuple[Catalogue, Catalogue, Catalogue]
) -> None:
    paths = [tmp_path / f"{name}.po" for name in ("base", "ours", "theirs")]
    for path, one in zip(paths, three, strict=True):
        path.unlink(missing_ok=True)
        po.write(one, path)
    expected = merge(*(po.read(path) for path in paths)).catalogue
    merging.merge_files(*paths)
    subprocess.run(["msgfmt", "-c", "-o", "/dev/null", paths[1]], check=True, capture_output=True)
    assert told(po.read(paths[1])) == told(expected)
    rewritten = subprocess.run(["msgcat", "-w", "50", paths[1]], check=True, capture_output=True).stdout
    paths[1].write_bytes(rewritten)
    worth = {key: entry for key, entry in told(expected).items() if entry.target or not entry.obsolete}
    assert {key: entry for key, entry in told(po.read(paths[1])).items() if key in worth} == worth


hostile = st.text(max_size=300) | st.text(st.sampled_from(' "\\\n\t\u2028\u0085\x00文#~'), max_size=200)


@given(
    st.sets(
        st.builds(
            ConflictingText, hostile, st.sampled_from(["translated", "reviewed"]), st.just("human"), people
        )
    )
)
@FEW
def test_other_texts_come_back_from_a_comment_as_they_went_in(others: set[ConflictingText]) -> None:
    comment = conflicts.join_comment("said by a person", others)
    assert conflicts.split_comment(comment) == ("said by a person", frozenset(others))
    assert all(len(line) <= 68 for line in comment.split("\n"))
    assert conflicts.without_conflicts(comment) == "said by a person"


def test_what_only_looks_like_a_question_stays_a_comment() -> None:
    for comment in ("l10n-other: nonsense", 'l10n-other: "no head"', "see l10n-other: x", "l10n-other:"):
        assert conflicts.split_comment(comment) == (comment, frozenset())


# Cases with names

A = Entry("one", "uno", state=State.REVIEWED, origin="human", actor="ana")
DRAFT = Entry("one", "MT", fuzzy=True, state=State.TRANSLATED, origin="mt:apertium")
EMPTY = Entry("one")


def one(*entries: Entry) -> Catalogue:
    return Catalogue("es", entries, HEADERS)


def merged(base: Entry, ours: Entry, theirs: Entry) -> tuple[Entry, bool]:
    made = merge(one(base), one(ours), one(theirs))
    (entry,) = made.catalogue.entries
    return entry, bool(made.questions)


CASES = {
    "approved beats saved where the text is the same": (
        EMPTY,
        replace(A, state=State.TRANSLATED),
        A,
        A,
        False,
    ),
    "a draft gives way to a person": (EMPTY, DRAFT, A, A, False),
    "a draft gives way to an approval of it": (
        EMPTY,
        DRAFT,
        replace(DRAFT, fuzzy=False, state=State.REVIEWED, actor="ana"),
        replace(DRAFT, fuzzy=False, state=State.REVIEWED, actor="ana"),
        False,
    ),
    "an answer on one side answers for both": (
        replace(
            A,
            fuzzy=True,
            state=State.TRANSLATED,
            comment=conflicts.join_comment("", {conflicts.conflicting_text_of(DRAFT)}),
        ),
        A,
        replace(
            A,
            fuzzy=True,
            state=State.TRANSLATED,
            comment=conflicts.join_comment("", {conflicts.conflicting_text_of(DRAFT)}),
        ),
        A,
        False,
    ),
    "gone on one side, decided on the other: kept as obsolete": (
        EMPTY,
        replace(A, source="one"),
        replace(EMPTY, obsolete=True),
        replace(A, obsolete=True),
        False,
    ),
    "back on one side": (replace(A, obsolete=True), A, replace(A, obsolete=True), A, False),
}


@pytest.mark.parametrize("name", CASES)
def test_cases(name: str) -> None:
    base, ours, theirs, expected, asked = CASES[name]
    assert merged(base, ours, theirs) == (expected, asked)
    assert merged(base, theirs, ours) == (expected, asked)


def test_sent_back_on_one_side_and_approved_on_the_other_is_a_question() -> None:
    back = replace(A, fuzzy=True, state=State.TRANSLATED, actor="ben")
    entry, asked = merged(A, replace(A, actor="cleo"), back)
    assert asked
    assert entry.fuzzy
    assert not entry.approved


def test_a_standing_counts_only_where_its_line_fits(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.po" for name in ("base", "ours", "theirs")]
    for path, entry in zip(paths, (EMPTY, replace(A, state=State.TRANSLATED), A), strict=True):
        po.write(one(entry), path)
    text = paths[2].read_text("utf-8")
    paths[2].write_text(text.replace(po.digest(A), "0123456789abcdef"), "utf-8")
    made = merging.merge_files(*paths)
    assert [entry.state for entry in made.catalogue.entries] == [State.TRANSLATED]


def test_the_order_follows_the_side_that_moved() -> None:
    a, b, c, new = (Entry(name) for name in "abcn")
    made = merge(one(a, b, c), one(a, b, new, c), one(c, a, b)).catalogue
    assert [entry.source for entry in made.entries] == ["c", "a", "b", "n"]


def test_of_two_headers_the_newer_date_counts_and_what_either_added_stays() -> None:
    old = po.header(one(A), "PO-Revision-Date", "2026-09-14 12:00+0000")
    ours = po.header(po.header(old, "PO-Revision-Date", "2026-09-15 12:00+0200"), "X-Ours", "a")
    theirs = po.header(po.header(old, "PO-Revision-Date", "2026-09-15 11:00+0000"), "X-Theirs", "b")
    found = dict(merge(old, ours, theirs).catalogue.headers)
    assert found["PO-Revision-Date"] == "2026-09-15 11:00+0000"
    assert (found["X-Ours"], found["X-Theirs"]) == ("a", "b")


def test_what_did_not_change_stays_byte_for_byte(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.po" for name in ("base", "ours", "theirs")]
    po.write(one(EMPTY, Entry("two")), paths[0])
    odd = paths[0].read_text("utf-8").replace('msgid "two"', 'msgid ""\n"tw"\n"o"')
    paths[0].write_text(odd, "utf-8")
    paths[1].write_text(odd, "utf-8")
    po.write(one(A, Entry("two")), paths[1])
    paths[2].write_text(odd.replace("Bugs-To: ", "Bugs-To: desk"), "utf-8")
    merging.merge_files(*paths)
    assert 'msgid ""\n"tw"\n"o"' in paths[1].read_text("utf-8")
    assert dict(po.read(paths[1]).headers)["Report-Msgid-Bugs-To"] == "desk"


HINDI = """\
# Office
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: hi\\n"
"Plural-Forms: nplurals=2; plural=(n==0 || n==1);\\n"

#: desk.py:1
#, python-format
msgid "%d segment"
msgid_plural "%d segments"
msgstr[0] ""
"%d "
"खंड"
msgstr[1] "%d खंड"

msgctxt "list"
msgid "%d release"
msgid_plural "%d releases"
msgstr[0] ""
msgstr[1] ""

msgid "Save"
msgstr ""

#~ msgid "%d day"
#~ msgid_plural "%d days"
#~ msgstr[0] "%d दिन"
#~ msgstr[1] "%d दिन"
"""


def merged_texts(tmp_path: Path, ours: str, theirs: str, base: str = HINDI) -> tuple[str, Merged]:
    paths = [tmp_path / f"{name}.po" for name in ("base", "ours", "theirs")]
    for path, text in zip(paths, (base, ours, theirs), strict=True):
        path.write_bytes(text.encode())
    made = merging.merge_files(*paths)
    return paths[1].read_bytes().decode(), made


RELEASES = 'msgid_plural "%d releases"\nmsgstr[0] ""\nmsgstr[1] ""\n'
DONE = 'msgid_plural "%d releases"\nmsgstr[0] "%d विज्ञप्ति"\nmsgstr[1] "%d विज्ञप्तियाँ"\n'


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_plural_forms_that_one_side_wrote_are_merged_and_the_rest_stands_byte_for_byte(
    tmp_path: Path, newline: str
) -> None:
    saved = 'msgid "Save"\nmsgstr "सहेजें"\n'
    ours = HINDI.replace('msgid "Save"\nmsgstr ""\n', saved)
    theirs = HINDI.replace(RELEASES, DONE).replace("खंड", "अंश")
    texts = (text.replace("\n", newline) for text in (ours, theirs, HINDI))
    text, made = merged_texts(tmp_path, *texts)
    assert text == theirs.replace('msgid "Save"\nmsgstr ""\n', saved).replace("\n", newline)
    assert not made.questions


def test_plural_forms_decided_on_both_sides_are_a_question_that_holds_all_of_them(tmp_path: Path) -> None:
    ours = HINDI.replace(RELEASES, DONE)
    theirs = HINDI.replace(RELEASES, DONE.replace("विज्ञप्तियाँ", "प्रकाशन"))
    text, made = merged_texts(tmp_path, ours, theirs)
    assert len(made.questions) == 1
    assert 'msgid_plural "%d releases"\nmsgstr[0] "%d विज्ञप्ति"\nmsgstr[1] "%d ' in text
    assert "\n#, fuzzy\nmsgctxt" in text
    assert all(word in text for word in ("विज्ञप्तियाँ", "प्रकाशन", "l10n-other: translated - -"))
    assert text.count("msgid_plural") == 3
    assert "\x1e" not in text
    other, _ = merged_texts(tmp_path, theirs, ours)
    assert other == text


def test_a_plural_entry_that_one_side_took_away_and_the_other_wrote_stays_as_obsolete(tmp_path: Path) -> None:
    head, _, rest = HINDI.partition('msgctxt "list"')
    ours = head + rest.partition('msgstr[1] ""\n\n')[2]
    text, _ = merged_texts(tmp_path, ours, HINDI.replace(RELEASES, DONE))
    assert "".join(f"#~ {line}\n" for line in DONE.splitlines()) in text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(words, words), min_size=3, max_size=3), st.sampled_from([1, 2, 6]))
def test_what_msgfmt_takes_is_taken_and_comes_back(
    tmp_path_factory: pytest.TempPathFactory, forms: list[tuple[str, str]], number: int
) -> None:
    def said(target: str) -> str:
        escape = target.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
        told = "".join(f'msgstr[{form}] "{form}{escape}"\n' for form in range(number))
        plural = f'"Plural-Forms: nplurals={number}; plural=0;\\n"\n'
        head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n{plural}\n'
        return f'{head}msgid "a"\nmsgid_plural "b"\n{told}'

    base, ours, theirs = (said(first) for first, _ in forms)
    text, made = merged_texts(tmp_path_factory.mktemp("po"), ours, theirs, base)
    decided = {one for one in (ours, theirs) if one != base}
    if len(decided) == 1:
        assert text in decided
    command = ["msgfmt", "-c", "-o", "/dev/null", "-"]
    assert subprocess.run(command, input=text.encode(), capture_output=True, check=False).returncode == 0
    assert bool(made.questions) == (len(decided) == 2)


@pytest.mark.parametrize("sign", ["\x1e", "\\036", "\\36", "\\x1e", "\\\\\\x01E"])
@pytest.mark.parametrize("ours", [True, False])
def test_a_text_with_the_sign_between_plural_forms_is_not_merged_by_entry(
    tmp_path: Path, sign: str, *, ours: bool
) -> None:
    lone = HINDI.partition('msgid "Save"')[0].partition('msgctxt "list"')[0]
    with_sign = f'{lone}msgid "Port {sign}"\nmsgstr "x {sign}"\n'
    with pytest.raises(CatalogueError, match=r"U\+001E"):
        merged_texts(tmp_path, *((with_sign, HINDI) if ours else (HINDI.replace(RELEASES, DONE), with_sign)))


@pytest.mark.parametrize("said", ['msgstr "e"\n', 'msgid_plural "%d ports"\nmsgstr[0] "a"\nmsgstr[1] "b"\n'])
def test_one_source_that_two_sides_gave_different_plurals_is_not_merged_by_entry(
    tmp_path: Path, said: str
) -> None:
    """Gettext takes both for one entry, and refuses a file that has it twice."""
    other = 'msgid "%d port"\nmsgid_plural "%d harbours"\nmsgstr[0] "c"\nmsgstr[1] "d"\n'
    added = f'msgid "%d port"\n{said}'
    with pytest.raises(CatalogueError, match="'%d port' would stand there with two plural sources"):
        merged_texts(tmp_path, f"{HINDI}\n{added}", f"{HINDI}\n{other}")


def test_an_escaped_backslash_before_the_number_of_that_sign_is_no_such_sign(tmp_path: Path) -> None:
    said = 'msgid "Port \\\\036"\nmsgstr "x \\\\x1e"\n'
    text, _ = merged_texts(tmp_path, HINDI.replace(RELEASES, DONE), f"{HINDI}\n{said}")
    assert said in text
    assert DONE in text


def test_a_side_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.po" for name in ("base", "ours", "theirs")]
    for path in paths[:2]:
        po.write(one(A), path)
    paths[2].write_text('msgid "one"\n<<<<<<< here\n', "utf-8")
    before = paths[1].read_bytes()
    with pytest.raises(CatalogueError):
        merging.merge_files(*paths)
    assert paths[1].read_bytes() == before


def test_large_catalogues_take_time_in_proportion() -> None:
    many = [replace(A, source=f"{n}", comment="l10n-other: x") for n in range(4000)]
    base = one(*many)
    ours = one(*(replace(entry, target="dos") for entry in many))
    theirs = one(*(replace(entry, target="tres") for entry in reversed(many)))
    made = merge(base, ours, theirs)
    assert len(made.questions) == 4000
    assert [entry.source for entry in made.catalogue.entries[:2]] == ["3999", "3998"]
