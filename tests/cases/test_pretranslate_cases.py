"""What pre-translation fills, how sure it says it is, and what it leaves alone."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from l10n import catalogue
from l10n.catalogue import provenance
from l10n.engines import NO_CONTEXTS, Capabilities, Contexts, Draft, Engine, Outcome, TraceStep, make
from l10n.engines.managed import ManagedEngine
from l10n.engines.records import InMemoryRecords
from l10n.errors import EngineBusy, EngineFailed, EngineMissing
from l10n.glossary import Glossary, Status, Term
from l10n.memory import Memory, TranslationUnit
from l10n.model import Catalogue, Entry, Match, State
from l10n.pretranslate import Correction, Failure, Report, candidates, explain, origin, pretranslate
from l10n.substitution import in_target_notation


@dataclass(frozen=True)
class Shelf:
    """A memory that holds a few matches by source."""

    matches: dict[str, list[Match]]
    asked: list[tuple[str, str | None, str | None]] = field(default_factory=list)

    def lookup(
        self,
        source: str,
        *,
        target_locale: str,
        limit: int = 3,
        threshold: float = 0.7,
        before: str | None = None,
        after: str | None = None,
    ) -> list[Match]:
        assert target_locale == "es"
        self.asked.append((source, before, after))
        return [match for match in self.matches.get(source, []) if match.score >= threshold * 100][:limit]


@dataclass(frozen=True)
class Script:
    """An engine that says what its table says, and keeps what it was asked."""

    answers: dict[str, Outcome]
    name: str = "script"
    batch: int = 0
    missing: bool = False
    asked: list[list[str]] = field(default_factory=list)

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities("xml", max_batch=self.batch)

    def supports(self, source_locale: str, target_locale: str) -> bool:
        return (source_locale, target_locale) == ("fr", "es")

    def translate(
        self, batch: Sequence[str], source_locale: str, target_locale: str, contexts: Contexts = NO_CONTEXTS
    ) -> list[Outcome]:
        del source_locale, target_locale, contexts
        if self.missing:
            raise EngineMissing("it is not installed")
        self.asked.append(list(batch))
        return [self.answers.get(source, EngineFailed("it is tired")) for source in batch]

    def close(self) -> None:
        """There is nothing to let go of."""


def tm(target: str, score: int, source: str = "x") -> Match:
    return Match(target, "icm" if score > 100 else "tm", score, "tm:marseille", source)


def fill(
    *sources: str | Entry,
    memory: Shelf | None = None,
    route: Sequence[Engine] = (),
    glossary: Glossary | None = None,
) -> tuple[list[Entry], Report]:
    entries = tuple(Entry(source) if isinstance(source, str) else source for source in sources)
    done, report = pretranslate(
        Catalogue("es", entries), source_locale="fr", memory=memory, glossary=glossary, route=route
    )
    return list(done.entries), report


OPEN = "Le bureau est ouvert."
ABIERTA = "La oficina está abierta."


@pytest.mark.parametrize(
    ("source", "matches", "target", "fuzzy", "where"),
    [
        (OPEN, [tm(ABIERTA, 102, OPEN)], ABIERTA, False, "tm:marseille:102"),
        (OPEN, [tm(ABIERTA, 101, OPEN)], ABIERTA, False, "tm:marseille:101"),
        (OPEN, [tm(ABIERTA, 100, OPEN)], ABIERTA, False, "tm:marseille:100"),
        (OPEN, [tm(ABIERTA, 99)], ABIERTA, True, "tm:marseille:99"),
        (OPEN, [tm(ABIERTA, 75)], ABIERTA, True, "tm:marseille:75"),
        (OPEN, [tm(ABIERTA, 74)], "", False, ""),
        (
            "Voir <1>ici</1>.",
            [tm("Ver aquí.", 100), tm("Ver <1>aquí</1>.", 80)],
            "Ver <1>aquí</1>.",
            True,
            "tm:marseille:80",
        ),
        ("Le 12 mai.", [tm("El 13 de mayo.", 100)], "El 13 de mayo.", True, "tm:marseille:100"),
        ("<1/>", [], "<1/>", False, "copy"),
        ("2005", [], "2005", False, "copy"),
        ("1 250,5", [], "", False, ""),
        (OPEN, [], "", False, ""),
    ],
)
def test_memory_and_copy(source: str, matches: list[Match], target: str, *, fuzzy: bool, where: str) -> None:
    ((entry,), report) = fill(source, memory=Shelf({source: matches}))
    assert (entry.target, entry.fuzzy, entry.origin) == (target, fuzzy, where)
    assert entry.state is (State.TRANSLATED if target else State.INITIAL)
    assert report.left == (0 if target else 1)


def test_a_similar_match_tells_what_it_was_made_for() -> None:
    ((entry,), _) = fill(OPEN, memory=Shelf({OPEN: [tm(ABIERTA, 90, "Le bureau est ouvert")]}))
    assert entry.previous == "Le bureau est ouvert"


def test_a_machine_draft_is_always_fuzzy() -> None:
    ((entry,), report) = fill(OPEN, route=[Script({OPEN: Draft(ABIERTA)})])
    assert (entry.target, entry.fuzzy, entry.origin) == (ABIERTA, True, "mt:script")
    assert report == Report({"mt:script": 1}, fuzzy=1, left=0)


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (OPEN, "it gave the source again"),
        ("Das Büro ist seit gestern wieder für alle geöffnet.", "it answered in another language"),
        ("Офис снова открыт для всех жителей города.", "it answered in another language"),
    ],
)
def test_what_is_no_draft_is_asked_of_the_next_engine(draft: str, reason: str) -> None:
    first = Script({OPEN: Draft(draft)}, name="first")
    ((entry,), report) = fill(OPEN, route=[first, Script({OPEN: Draft(ABIERTA)})])
    assert (entry.target, entry.origin) == (ABIERTA, "mt:script")
    assert report.failures == (Failure("first", OPEN, reason),)


def test_names_may_stay_as_they_are() -> None:
    ((entry,), _) = fill(
        "Clara Montel, Ondine", route=[Script({"Clara Montel, Ondine": Draft("Clara Montel, Ondine")})]
    )
    assert entry.target == "Clara Montel, Ondine"


@pytest.mark.parametrize(
    ("source", "draft", "target"),
    [
        (
            OPEN,
            "L&#39;oficina &amp;quot;nueva&amp;quot; est&aacute; abierta.",
            'L\'oficina "nueva" está abierta.',
        ),
        ("Un <1>lien</1>.", "Un <1>enlace &amp;amp;</1> &lt;2/&gt;.", "Un <1>enlace &</1> <\\2/>."),
        ("Écrivez &eacute; pour é.", "Escriba &eacute; para é.", "Escriba &eacute; para é."),
        ("Un AT&T.", "Un AT&T.", "Un AT&T."),
    ],
)
def test_escapes_of_an_engine_are_read(source: str, draft: str, target: str) -> None:
    ((entry,), _) = fill(source, route=[Script({source: Draft(draft)})])
    assert entry.target.replace("«", '"').replace("»", '"').replace("“", '"').replace("”", '"') == target


def test_what_a_person_did_is_never_touched() -> None:
    theirs = [
        Entry(OPEN, "Abierto.", state=State.TRANSLATED, origin="human", actor="ab12"),
        Entry(OPEN, "Abierto?", context="2", fuzzy=True, state=State.TRANSLATED),
        Entry(OPEN, "Abierto!", context="3", state=State.REVIEWED),
        Entry(OPEN, "", context="4", obsolete=True),
    ]
    engine = Script({OPEN: Draft(ABIERTA)})
    entries, report = fill(*theirs, memory=Shelf({OPEN: [tm(ABIERTA, 102)]}), route=[engine])
    assert entries == theirs
    assert report == Report()
    assert engine.asked == []


def test_notes_comments_and_context_stay() -> None:
    mine = Entry(OPEN, context="menu", comment="mind the tone", notes=("<1> link",), flags=("no-wrap",))
    ((entry,), _) = fill(mine, route=[Script({OPEN: Draft(ABIERTA)})])
    assert replace(entry, target="", fuzzy=False, state=State.INITIAL, origin="") == mine


def test_the_next_engine_is_asked_for_what_the_first_could_not_do() -> None:
    first = Script(
        {"Un mot.": Draft("Una palabra."), "Un <1>lien</1>.": Draft("Un enlace.", codes_missing=True)}, "one"
    )
    second = Script({"Un <1>lien</1>.": Draft("Un <1>enlace</1>.")}, "two")
    entries, report = fill("Un mot.", "Un <1>lien</1>.", "Un autre.", route=[first, second])
    assert [entry.target for entry in entries] == ["Una palabra.", "Un <1>enlace</1>.", ""]
    assert [entry.origin for entry in entries] == ["mt:one", "mt:two", ""]
    assert second.asked == [["Un <1>lien</1>.", "Un autre."]]
    assert report.filled == {"mt:one": 1, "mt:two": 1}
    assert report.left == 1
    assert set(report.failures) == {
        Failure("one", "Un <1>lien</1>.", "its codes do not fit"),
        Failure("one", "Un autre.", "it is tired"),
        Failure("two", "Un autre.", "it is tired"),
    }


def test_how_a_language_is_typed_is_put_right_in_a_draft_and_what_it_says_is_not() -> None:
    source = "Il dit : « Trois pays ! »"
    engine = Script({source: Draft("Dijo : « ¡Cuatro  países ! »")})
    ((entry,), _) = fill(source, route=[engine])
    assert entry.target == "Dijo: «¡Cuatro países!»"
    assert entry.fuzzy


def test_a_failure_is_told_once_and_by_the_name_that_the_project_has_for_the_engine() -> None:
    script = Script({OPEN: EngineBusy("script: it has trouble of its own")})
    careful = ManagedEngine(
        script, "ours", InMemoryRecords(), lambda: dt.datetime(2026, 9, 14, tzinfo=dt.UTC), sleep=str
    )
    _, plain = fill(OPEN, route=[script])
    _, named = fill(OPEN, route=[careful])
    assert plain.failures == (Failure("script", OPEN, "it has trouble of its own", later=True),)
    assert named.failures == (Failure("ours", OPEN, "it has trouble of its own", later=True),)


def test_an_engine_that_is_not_there_is_reported_and_passed_over() -> None:
    ((entry,), report) = fill(OPEN, route=[Script({}, missing=True), Script({OPEN: Draft(ABIERTA)}, "two")])
    assert entry.origin == "mt:two"
    assert report.failures == (Failure("script", "", "it is not installed"),)


def test_equal_sources_are_asked_once_and_in_batches() -> None:
    engine = Script({OPEN: Draft(ABIERTA), "Fermé": Draft("Cerrado"), "Un": Draft("Uno")}, batch=2)
    entries, report = fill(OPEN, "Fermé", Entry(OPEN, context="menu"), "Un", route=[engine])
    assert engine.asked == [[OPEN, "Fermé"], ["Un"]]
    assert [entry.target for entry in entries] == [ABIERTA, "Cerrado", ABIERTA, "Uno"]
    assert report.filled == {"mt:script": 4}


def test_an_engine_is_not_asked_for_a_pair_it_does_not_know() -> None:
    engine = Script({OPEN: Draft("x")})
    done, _ = pretranslate(Catalogue("pt", (Entry(OPEN),)), source_locale="fr", route=[engine])
    assert engine.asked == []
    assert done.entries[0].target == ""


def test_memory_hears_the_neighbours() -> None:
    shelf = Shelf({})
    fill("un", "deux", "trois", memory=shelf)
    heard = [("un", "", "deux"), ("deux", "un", "trois"), ("trois", "deux", "")]
    # Each once for what is the same, and again for what is similar.
    assert list(dict.fromkeys(shelf.asked)) == heard
    assert len(shelf.asked) == 6


def test_what_is_similar_is_not_looked_for_where_what_is_the_same_was_taken() -> None:
    shelf = Shelf({OPEN: [Match(ABIERTA, "tm", 100, "tm:x", OPEN)]})
    entries, _ = fill(OPEN, memory=shelf)
    assert entries[0].target == ABIERTA
    assert len(shelf.asked) == 1


def test_with_the_memory_itself(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.sqlite", source_locale="fr") as memory:
        memory.add(
            [
                TranslationUnit(OPEN, ABIERTA, "es", before="", after="Fermé le lundi.", origin="marseille"),
                TranslationUnit("Fermé le lundi.", "Cerrado el lunes.", "es", origin="marseille"),
                TranslationUnit("Il a reçu 12 visiteurs.", "Recibió a 12 visitantes.", "es", origin="lyon"),
            ]
        )
        catalogue = Catalogue(
            "es", tuple(map(Entry, [OPEN, "Fermé le lundi.", "Il a reçu 15 visiteurs.", "Adieu."]))
        )
        done, report = pretranslate(catalogue, source_locale="fr", memory=memory)
    assert [(entry.target, entry.fuzzy, entry.origin) for entry in done.entries] == [
        (ABIERTA, False, "tm:marseille:102"),
        ("Cerrado el lunes.", False, "tm:marseille:100"),
        ("Recibió a 15 visitantes.", True, "tm:lyon:98"),
        ("", False, ""),
    ]
    assert report == Report({"tm": 3}, fuzzy=1, left=1)


def test_a_whole_term_of_the_glossary_is_its_translation() -> None:
    glossary = Glossary(
        (
            Term("fr", "es", "OIM", "OIM", Status.REQUIRED),
            Term("fr", "es", "Migrant", "Migrante", Status.PREFERRED),
        )
    )
    entries, _ = fill("Migrant", "migrants", glossary=glossary)
    assert [(entry.target, entry.fuzzy, entry.origin) for entry in entries] == [
        ("Migrante", False, "tb"),
        ("", False, ""),
    ]


def test_progress_ends_with_everything() -> None:
    heard: list[tuple[int, int]] = []
    pretranslate(
        Catalogue("es", (Entry(OPEN), Entry("2005"), Entry("Deux"))),
        source_locale="fr",
        route=[Script({OPEN: Draft(ABIERTA)})],
        progress=lambda done, total: heard.append((done, total)),
    )
    assert heard == sorted(heard)
    assert heard[-1] == (3, 3)


def test_twice_is_once() -> None:
    first, _ = pretranslate(
        Catalogue("es", (Entry(OPEN), Entry("12"))), source_locale="fr", route=[make("pseudo")]
    )
    again, report = pretranslate(first, source_locale="fr", route=[make("pseudo")])
    assert again == first
    assert report == Report()


@pytest.mark.parametrize(
    ("name", "score", "kind", "said"),
    [
        ("tm:marseille", 100, "tm", "tm:marseille:100"),
        ("tm:un nom très long avec des espaces", 99, "tm", "tm:un-nom-très-long-a:99"),
        ("tm:", 100, "tm", "tm:100"),
        ("mt:apertium", 0, "mt", "mt:apertium"),
        ("mt:" + "x" * 40, 0, "mt", "mt:" + "x" * 21),
        ("tm:a\nb\x07", 102, "icm", "tm:a-b-:102"),
    ],
)
def test_an_origin_fits_its_comment_line(tmp_path: Path, name: str, score: int, kind: str, said: str) -> None:
    assert origin(Match("x", kind, score, name)) == said
    entry = Entry("a", "b", state=State.TRANSLATED, origin=said)
    assert max(map(len, provenance.lines(entry))) <= 70
    path = tmp_path / "one.po"
    catalogue.write(Catalogue("es", (entry,)), path)
    assert catalogue.read(path).entries[0].origin == said


def test_the_desk_is_offered_everything_once_best_first() -> None:
    shelf = Shelf({OPEN: [tm(ABIERTA, 100, OPEN), tm("Abierta.", 80)]})
    one = Script({OPEN: Draft(ABIERTA)}, "one")
    two = Script({OPEN: Draft("El despacho es abierto.")}, "two")
    found = candidates(
        Entry(OPEN),
        source_locale="fr",
        target_locale="es",
        memory=shelf,
        route=[one, two, Script({}, missing=True)],
    )
    assert [(match.target, match.kind, match.score) for match in found] == [
        (ABIERTA, "tm", 100),
        ("Abierta.", "tm", 80),
        ("El despacho es abierto.", "mt", 0),
    ]


def test_the_desk_is_offered_a_draft_without_its_codes() -> None:
    engine = Script({"Un <1>lien</1>": Draft("Un enlace", codes_missing=True)})
    (match,) = candidates(Entry("Un <1>lien</1>"), source_locale="fr", target_locale="es", route=[engine])
    assert (match.target, match.origin) == ("Un enlace", "mt:script")


def test_every_step_can_be_told_also_past_the_first_that_fits(tmp_path: Path) -> None:
    (tmp_path / "modes").mkdir()
    (tmp_path / "modes" / "eng-spa.mode").touch()
    entry = Entry("Lire <1>le rapport</1> de 2026.")
    memory = Shelf(
        {
            entry.source: [
                tm("Leer el informe de 2026.", 100),
                tm("Leer <1>el informe</1> de 2025.", 90),
            ]
        }
    )
    route = [
        Script(
            {
                entry.source: Draft(
                    "Leer <1>el informe</1> de 2026 .",
                    way="xml",
                    trace=(TraceStep("sent", "Lire"), TraceStep("answered", "Leer")),
                )
            },
            name="one",
        ),
        Script({}, name="tired"),
        Script({}, name="gone", missing=True),
        make("apertium", {"data": str(tmp_path)}),
    ]
    steps = list(explain(entry, source_locale="fr", target_locale="es", memory=memory, route=route))
    assert [(step.origin, step.verdict) for step in steps] == [
        ("tm:marseille:100", "is passed over: its codes do not fit"),
        ("tm:marseille:90", "fills it as a draft that a person has to look at"),
        ("mt:one", "is not needed any more"),
        ("mt:tired", "failed: it is tired"),
        ("mt:gone", "failed: it is not installed"),
        ("mt:apertium", "does not know the pair here"),
    ]
    assert [finding.check for finding in steps[1].findings] == ["numbers"]
    drafted = steps[2]
    assert drafted.way == "xml"
    assert [passage.what for passage in drafted.trace] == ["sent", "answered"]
    assert drafted.text.endswith("2026 .")
    assert drafted.mends == (Correction("spacing", "Leer <1>el informe</1> de 2026."),)
    assert not drafted.findings
    assert drafted.filled
    assert drafted.filled.target == drafted.mends[-1].text
    assert entry == Entry("Lire <1>le rapport</1> de 2026.")


@pytest.mark.parametrize(
    ("source_locale", "target_locale", "source", "draft", "expected"),
    [
        ("es", "fr", "86.000 hectáreas", "86.000 hectares", "86\u202f000 hectares"),
        ("es", "en", "<1>1.240,5</1> m", "<1>1.240,5</1> m", "<1>1,240.5</1> m"),
        ("es", "ar", "1.240 m", "1.240 م", "1,240 م"),
        ("fr", "en", "1 240,5 m en 2026", "1 240,5 m in 2026", "1,240.5 m in 2026"),
        ("en", "de", "$1,250,000.50", "$1,250,000.50", "$1.250.000,50"),
        ("es", "pt", "1.240 m", "1.240 m", "1.240 m"),
        ("es", "en", "1.240 m", "1,240 m", "1,240 m"),
        ("es", "en", "versión 1.240.3", "version 1.240.3", "version 1.240.3"),
        ("en", "fr", "section 3.200", "section 3.200", "section 3.200"),
        ("fr", "en", "+33 1 240 555", "+33 1 240 555", "+33 1 240 555"),
        ("fr", "en", "en 2024 120 pilotes", "in 2024 120 pilots", "in 2024 120 pilots"),
    ],
)
def test_numbers_an_engine_copied_get_the_marks_of_their_language(
    source_locale: str, target_locale: str, source: str, draft: str, expected: str
) -> None:
    assert in_target_notation(source, draft, (source_locale, target_locale)) == expected


def test_a_draft_is_given_the_numbers_of_its_language() -> None:
    entry = Entry("Le port accueille 1\u202f240 navires par an.")
    answer = Draft("El puerto acoge 1\u202f240 buques al año.")
    step = next(
        explain(entry, source_locale="fr", target_locale="es", route=[Script({entry.source: answer})])
    )
    assert step.mends == (Correction("numbers", "El puerto acoge 1.240 buques al año."),)
    assert step.filled
    assert step.filled.target == "El puerto acoge 1.240 buques al año."
