"""What holds for every glossary: nothing is lost on the way through CSV and TBX, or beside a change."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.glossary import Status, Term, csv_table, tbx, tbx_export
from l10n.glossary import term as terms
from l10n.xml_elements import SkippedElement

# Letters of many scripts, what CSV and XML mark, spaces of all kinds, and what no file can hold.
LETTERS = st.characters() | st.sampled_from(list("\"',;<>&]#=-*\u00a0\u2028\u202e\t\n\r\x00\x1b é的م"))
WORDS = st.text(LETTERS, max_size=12)
LOCALES = st.sampled_from(["fr", "en", "pt-BR", "zh-Hans", "ar", "*", "", "fr_CA", "no locale"])
DOMAINS = st.lists(st.text(LETTERS, min_size=1, max_size=6), max_size=3).map(tuple)


@st.composite
def sound(draw: st.DrawFn) -> Term:
    """A term that makes sense, as a file can say it."""
    said = {
        "source_locale": draw(LOCALES),
        "target_locale": draw(LOCALES),
        "source": draw(WORDS).strip(),
        "target": draw(WORDS).strip(),
        "status": draw(st.sampled_from(Status)).value,
        "note": draw(WORDS).strip(),
        "domain": "; ".join(draw(DOMAINS)),
        "definition": draw(WORDS).strip(),
        "forms": "; ".join(draw(DOMAINS)),
        "target_forms": "; ".join(draw(DOMAINS)),
    }
    found, _ = csv_table.term_of(said)
    return found or Term("fr", "en", "eau", "water", Status.REQUIRED)


def through_csv(items: tuple[Term, ...]) -> tuple[Term, ...]:
    text = csv_table.written(items)
    return csv_table.checked(csv_table.parse(text, path="t.csv"), path="t.csv")


def through_tbx(items: tuple[Term, ...]) -> tuple[Term, ...]:
    heard: list[SkippedElement] = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "terms.tbx"
        path.write_text("".join(tbx_export.write(items)), "utf-8", newline="")
        read = tuple(tbx.read(path, (), on_skipped=heard.append))
    assert not heard
    return read


@given(st.lists(sound(), max_size=8).map(tuple))
@settings(max_examples=300)
def test_nothing_is_lost_from_csv_to_tbx_and_back(items: tuple[Term, ...]) -> None:
    assert through_csv(items) == items
    there = through_tbx(items)
    assert Counter(there) == Counter(items)
    assert through_csv(there) == there
    assert through_tbx(there) == there


@given(sound())
def test_what_is_kept_is_sound_and_kept_as_it_is(term: Term) -> None:
    assert terms.term_problem(term) is None
    assert terms.normal(term) == term


ROWS = st.lists(
    st.sampled_from(
        [
            "fr,en,eau,water,required,,by hand\n",
            'fr,en,"port, quai",harbour,preferred,"two\nlines",x\n',
            '# a remark, with "marks\n',
            "\n",
            "fr,en,mer,sea,wished,,what?\n",
            "fr,,Ondine,,do-not-translate\n",
        ]
    ),
    max_size=8,
)


@given(ROWS, sound(), st.data(), st.sampled_from(["\n", "\r\n"]))
def test_one_change_leaves_every_other_row_as_it_was(
    rows: list[str], term: Term, data: st.DataObject, newline: str
) -> None:
    said = "source_locale,target_locale,source,target,status,note,ours\n" + "".join(rows)
    before = csv_table.parse(said.replace("\n", newline), path="t.csv")
    assert before.text == said.replace("\n", newline)
    standing = [row for row in before.rows if row.term is not None]

    added = csv_table.parse(csv_table.with_terms(before, (term,)).text, path="t.csv")
    assert [row.raw for row in added.rows[:-1]] == [row.raw for row in before.rows]
    assert added.rows[-1].term == term

    if not standing:
        return
    row = data.draw(st.sampled_from(standing))
    place = before.rows.index(row)
    after = csv_table.parse(csv_table.changed(before, row.line, term).text, path="t.csv")
    assert after.rows[place].term == term
    assert after.rows[place].cells[6:7] == (row.cells[6:7] or after.rows[place].cells[6:7])
    gone = csv_table.parse(csv_table.without(before, row.line).text, path="t.csv")
    others = [one.raw for one in before.rows if one is not row]
    assert [one.raw for one in after.rows if one is not after.rows[place]] == others
    assert [one.raw for one in gone.rows] == others


@given(st.text(st.sampled_from(list('ab,;"#\n\r\x00 é')), max_size=60))
def test_any_rows_are_read_or_named(text: str) -> None:
    found = csv_table.parse("source_locale,target_locale,source,target,status\n" + text, path="t.csv")
    assert found.text.endswith(text)
    assert all(row.line >= 2 and row.problem and row.problem.wrong for row in found.problems)


@given(st.text(st.sampled_from(list('<>/&;!"= etrmnyId\n\x00é')), max_size=80))
@settings(max_examples=200)
def test_any_entries_are_read_or_counted(inside: str) -> None:
    heard: list[SkippedElement] = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "terms.tbx"
        text = f"<martif><text><body>\n<termEntry>{inside}</termEntry></body></text></martif>"
        path.write_text(text, "utf-8", newline="")
        assert not list(tbx.read(path, ("fr",), on_skipped=heard.append))
    assert heard
    assert heard[0].line >= 2
