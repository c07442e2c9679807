"""What a page may show of a catalogue is what reading all of it says, or is left to that."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import catalogue as po
from l10n.errors import CatalogueError
from l10n.model import Catalogue, Entry, State

HEADERS = (("Language", "es"), ("Content-Type", "text/plain; charset=UTF-8"))
words = st.text(st.sampled_from('aé "\\\n\t%文ب«…\u2028'), min_size=1, max_size=90).filter(str.strip)
entries = st.builds(
    Entry,
    source=words,
    target=st.just("") | words,
    context=st.sampled_from(["", "", "title"]),
    fuzzy=st.sampled_from([False, False, True]),
    state=st.sampled_from([State.REVIEWED, State.REVIEWED, State.TRANSLATED]),
    origin=st.sampled_from(["human", "tm:100"]),
    actor=st.just("t8pn2mzc"),
    comment=st.sampled_from(["", "", "mind the tone"]),
    notes=st.sampled_from([(), ("title: h2",)]),
    obsolete=st.sampled_from([False, False, False, True]),
    author=st.sampled_from(["", "", "k2f9"]),
)


@settings(max_examples=150)
@given(st.lists(entries, max_size=5, unique_by=lambda entry: entry.key))
def test_it_is_what_reading_says(tmp_path: Path, found: list[Entry]) -> None:
    path = tmp_path / "a.po"
    path.unlink(missing_ok=True)
    po.write(Catalogue("es", tuple(found), HEADERS), path)
    shown = po.read_page_targets(path)
    if shown is not None:
        read = po.read(path)
        assert list(shown.targets.items()) == [
            (entry.key, entry.target) for entry in read.live if entry.publishable
        ]
        assert shown.locale == read.locale


def test_a_file_of_ours_is_read_so(tmp_path: Path) -> None:
    entry = Entry("Un texte\nlong", "Un texto", state=State.REVIEWED, comment="a note", notes=("h2",))
    gone = Entry("Parti", "Ido", state=State.REVIEWED, obsolete=True)
    po.write(Catalogue("es", (entry, Entry("Autre"), gone), HEADERS), tmp_path / "a.po")
    shown = po.read_page_targets(tmp_path / "a.po")
    assert shown is not None
    assert shown.targets == {("", "Un texte\nlong"): "Un texto"}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("Hola", "Hola a todos"),
        lambda text: text.replace("msgid", "#, fuzzy\nmsgid", 2).replace("#, fuzzy\n", "", 1),
        lambda text: text + text[text.index("# l10n") :],
        lambda text: text.replace("charset=UTF-8", "charset=ISO-8859-1"),
        lambda text: text + "nonsense\n",
        lambda text: text.replace('"Hola"', '"Ho\\qla"'),
        lambda text: text.replace('msgstr "Hola"', 'msgid_plural "x"\nmsgstr[0] "Hola"'),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("# l10n", "<<<<<<< ours\n# l10n"),
    ],
)
def test_what_is_not_as_we_write_it_is_left_to_reading(tmp_path: Path, change: object) -> None:
    path = tmp_path / "a.po"
    entry = Entry("Salut", "Hola", state=State.REVIEWED, origin="human", actor="t8pn2mzc")
    po.write(Catalogue("es", (entry,), HEADERS), path)
    path.write_text(change(path.read_text("utf-8")), "utf-8", newline="")  # type: ignore[operator]
    shown = po.read_page_targets(path)
    try:
        read = po.read(path)
    except CatalogueError:
        assert shown is None
        return
    said = {each.key: each.target for each in read.live if each.publishable}
    assert shown is None or shown.targets == said
