"""The memory in step with the catalogues is the memory made new from them, whatever changed."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import catalogue as po
from l10n import project
from l10n.model import Catalogue, Entry, Match, State
from l10n.project import Project, Release

SOURCES = ("Une phrase ici.", "Une autre là.", "Un dernier mot.")
RELEASES = ("a", "b")
entries = st.tuples(
    st.sampled_from(("", "Una frase.", "Otra frase.")),
    st.sampled_from((State.TRANSLATED, State.REVIEWED)),
    st.booleans(),
)
changes = st.tuples(st.sampled_from(RELEASES), st.lists(entries, max_size=len(SOURCES)))


def make(folder: Path) -> tuple[Project, dict[str, Release]]:
    made = project.create(folder / "p", name="Laws", source_locale="fr", locales=("es",))
    file = folder / "source.txt"
    file.write_text("\n\n".join(SOURCES), "utf-8")
    date = dt.date(2026, 9, 14)
    found = {
        name: project.add(made, file, release_id=name, locale="fr", locales=("es",), date=date)
        for name in RELEASES
    }
    return made, found


def write(made: Project, release: Release, told: list[tuple[str, State, bool]]) -> None:
    path = project.catalogue_path(made, release, "es")
    live = tuple(
        Entry(source, target=target, state=state if target else State.INITIAL, fuzzy=fuzzy and bool(target))
        for source, (target, state, fuzzy) in zip(SOURCES, told, strict=False)
    )
    if live:
        po.write(Catalogue("es", live), path)
    else:
        path.unlink(missing_ok=True)


def offered(made: Project) -> list[list[Match]]:
    with project.open_memory(made, "fr") as memory:
        found = [memory.lookup(source, target_locale="es", limit=9) for source in SOURCES]
    # Of equal ones the newest comes first, and a shared pair is told from the one read last.
    return [sorted((replace(one, origin="") for one in matches), key=repr) for matches in found]


@settings(max_examples=12)
@given(st.lists(changes, min_size=1, max_size=4))
def test_reading_what_changed_gives_what_reading_everything_gives(
    told: list[tuple[str, list[tuple[str, State, bool]]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made, releases = make(Path(folder))
        for name, lines in told:
            write(made, releases[name], lines)
            anew = Path(folder) / "anew"
            shutil.copytree(made.root, anew, ignore=shutil.ignore_patterns(".l10n"))
            assert offered(made) == offered(project.load(anew))
            shutil.rmtree(anew)


def test_the_memory_follows_step_by_step_and_not_only_from_scratch(tmp_path: Path) -> None:
    made, releases = make(tmp_path)
    approved = ("Una frase.", State.REVIEWED, False)
    write(made, releases["a"], [approved])
    first = offered(made)
    write(made, releases["b"], [approved])
    assert offered(made) == first
    write(made, releases["b"], [("", State.INITIAL, False)])
    assert offered(made) == first
    write(made, releases["a"], [("Una frase.", State.REVIEWED, True)])
    assert offered(made) == [[], [], []]


def test_a_repetition_in_a_release_is_offered_once_one_of_them_is_decided(tmp_path: Path) -> None:
    made, releases = make(tmp_path)
    path = project.catalogue_path(made, releases["a"], "es")

    def told(state: State) -> None:
        entries = (Entry(SOURCES[0], "Una frase.", state=state), Entry(SOURCES[0], context="again"))
        po.write(Catalogue("es", entries), path)

    def found() -> list[tuple[str, int]]:
        with project.open_memory(made, "fr") as memory:
            matches = memory.lookup(SOURCES[0], target_locale="es", before=SOURCES[0], after="")
        return [(match.target, match.score) for match in matches]

    told(State.TRANSLATED)
    assert found() == []
    told(State.REVIEWED)
    assert found() == [("Una frase.", 100)]
