"""What we write into a catalogue of another tool's style is what msgcat would write there."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from l10n import catalogue as po
from l10n.catalogue import style
from l10n.model import Catalogue, Entry, State

GETTEXT = pytest.mark.gettext

WORDS = tuple(
    re.findall(
        r"\S+",
        "the quick brown-fox jumps, over. (lazy) dog! «fin» — 100% a/b http://x.org/a?b=1&c=2 文字。日本 "
        'Дом عربي x\\y "q" éèñ … 1.5 <1>bold</1>',
    )
)
prose = st.lists(
    st.sampled_from(WORDS) | st.sampled_from(["end.\nNew", "\t", "two  spaces"]),
    min_size=1,
    max_size=40,
).map(" ".join)
sometimes = st.just("") | prose
# Words of one letter, of which one text has an odd and one an even number of columns, show any width.
MEASURES = ("a " * 150 + "b", "aa " + "a " * 150 + "b")
INDENTS = ([], ["--indent"])
STYLES = [["--width", str(width)] for width in (20, 33, 50, 72, 79, 80, 100, 131)] + [["--no-wrap"]]


@st.composite
def entries(draw: st.DrawFn) -> tuple[Entry, ...]:
    made = []
    for source in draw(st.lists(prose, min_size=1, max_size=4, unique=True)):
        target, fuzzy = draw(sometimes), draw(st.booleans())
        made.append(
            Entry(
                source,
                target=target,
                context=draw(sometimes),
                previous=draw(sometimes) if target and fuzzy else "",
                fuzzy=fuzzy and bool(target),
                flags=draw(st.sampled_from([(), ("no-wrap",)])),
                state=State.TRANSLATED if target else State.INITIAL,
            )
        )
    return tuple(made)


@GETTEXT
@given(entries(), st.sampled_from(STYLES), st.sampled_from(INDENTS), prose)
@example(
    (Entry("a long text " * 12, flags=("no-wrap",), context="in a column " * 9),),
    STYLES[4],
    INDENTS[1],
    "new " * 40,
)
@settings(max_examples=60)
def test_msgcat_finds_nothing_to_change(
    tmp_path: Path, made: tuple[Entry, ...], style_: list[str], indent: list[str], target: str
) -> None:
    path = tmp_path / "one.po"
    msgcat = ["msgcat", *style_, *indent, path]
    measures = tuple(Entry(text, context="measure") for text in MEASURES)
    gone = Entry("gone " * 30 + "away", target="gone\n" + "ido " * 30, obsolete=True, state=State.TRANSLATED)
    headers = po.headers("es", source_locale="fr", name="laws")
    path.unlink(missing_ok=True)
    po.write(Catalogue("es", (*measures, *made, gone), headers), path)
    path.write_bytes(subprocess.run(msgcat, check=True, capture_output=True).stdout)

    read = po.read(path)
    decided = tuple(
        entry if entry.obsolete else replace(entry, target=f"{entry.target} {target}", state=State.REVIEWED)
        for entry in read.entries
    )
    po.write(replace(read, entries=decided), path)
    assert path.read_bytes() == subprocess.run(msgcat, check=True, capture_output=True).stdout


@GETTEXT
@pytest.mark.parametrize("indent", INDENTS, ids=["plain", "indented"])
@pytest.mark.parametrize("style_", STYLES, ids=" ".join)
def test_the_width_of_a_file_is_seen(tmp_path: Path, style_: list[str], indent: list[str]) -> None:
    path = tmp_path / "one.po"
    unwrapped = Entry("never broken " * 30 + "here", flags=("no-wrap",))
    made = (unwrapped, *(Entry(text, context="measure") for text in MEASURES))
    po.write(Catalogue("es", made, po.headers("es", source_locale="fr", name="laws")), path)
    msgcat = ["msgcat", *style_, *indent, path]
    told = subprocess.run(msgcat, check=True, capture_output=True).stdout.decode()
    assert style.width(told, default=79) == (style.UNLIMITED if style_ == ["--no-wrap"] else int(style_[1]))


@pytest.mark.parametrize("width", [3, 9, 0])
def test_a_line_narrower_than_its_keyword_still_holds_an_empty_text(width: int) -> None:
    assert style.indented('msgid ""\nmsgstr ""\n', width) == 'msgid   ""\nmsgstr  ""\n'


FIELDS = "Language: es\\nContent-Type: text/plain; charset=UTF-8\\n"
UNBROKEN = (
    f'msgid ""\nmsgstr "{FIELDS}"\n\nmsgid "One line.\\nTwo lines.\\n"\nmsgstr ""\n\nmsgid "b"\nmsgstr ""\n'
)
HEADED = UNBROKEN.replace(
    f'msgstr "{FIELDS}"', 'msgstr ""\n"Language: es\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"'
)
LINES = "Una línea.\n" + "larga " * 30 + "\nfin"


@pytest.mark.parametrize(
    "text", [UNBROKEN, HEADED, UNBROKEN.replace("\n", "\r\n")], ids=["one", "head", "crlf"]
)
def test_lines_stay_in_one_string_where_they_did(tmp_path: Path, text: str) -> None:
    path = tmp_path / "one.po"
    path.write_bytes(text.encode())
    read = po.read(path)
    made = tuple(replace(entry, target=LINES, state=State.TRANSLATED) for entry in read.entries)
    po.write(replace(read, entries=made), path)
    told = LINES.replace("\n", "\\n")
    own = re.sub(rb"# l10n:.*\r?\n", b"", path.read_bytes()).decode()
    head, _, rest = text.partition('msgid "One')
    assert own == head + 'msgid "One' + rest.replace('msgstr ""', f'msgstr "{told}"')
    po.write(po.header(po.read(path), "Language", "es_MX"), path)
    head = head.replace("Language: es", "Language: es_MX")
    assert re.sub(rb"# l10n:.*\r?\n", b"", path.read_bytes()).decode().startswith(head)


def test_lines_end_where_most_texts_end_them(tmp_path: Path) -> None:
    path = tmp_path / "one.po"
    usual = 'msgid ""\n"Three.\\n"\n"Four.\\n"\nmsgstr ""\n"Tres.\\n"\n"Cuatro.\\n"\n'
    path.write_text(f"{HEADED}\n{usual}", "utf-8")
    read = po.read(path)
    po.write(replace(read, entries=(*read.entries[:2], replace(read.entries[2], target="a\nb"))), path)
    assert path.read_text("utf-8").endswith('msgstr ""\n"a\\n"\n"b"\n')
