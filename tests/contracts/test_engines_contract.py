"""What every engine promises, asked of all of them: those of services speak to a server on this machine."""

import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from l10n import inline
from l10n.engines import ENGINES, Draft, Engine, apertium, make, protect
from l10n.engines.apertium import Apertium
from l10n.engines.copy import wordless
from l10n.engines.pseudo import disguise
from l10n.errors import ConfigError, EngineFailed, EngineMissing, UsageError
from tests.engines_support import SERVICES, client, running

MODES = Path("/usr/share/apertium/modes")
no_apertium = pytest.mark.skipif(
    shutil.which("apertium-wblank-mode") is None or not (MODES / "fr-es.mode").exists(),
    reason="Apertium and its French-Spanish data are not installed",
)
LOCAL = {"pseudo": (), "copy": (), "apertium": (pytest.mark.apertium, no_apertium)}
LEAVES_MACHINE = {"deep-google", "deep-mymemory", "deep-libre", "deep-deepl", "deepl"}
HARD = [
    "",
    " ",
    "12 000",
    "Bonjour.",
    "<1/>",
    "Le texte <\\1> et <\\\\2/> reste.",
    "Voir <1>le <2>nouveau</2> site</1>, puis <3/>.",
    "« Guillemets », \"droits\", 'simples' et l’apostrophe",
    "[crochets] {accolades} ^chapeau$ une/deux \\ @moi <b> a<b>c * ~ # + & %",
    "[[t:c:1]]mot[[/]] []. [q1] \\[ \\\\ ^a/b<n>$ /@*#",
    "Première ligne\nDeuxième ligne\n\nTroisième\tcolonne",
    "https://exemple.org/a?b=1&c=[2] et a.b@exemple.org au +33 1 44 49 13 13",
    "漢字 العربية 😀 \u200f\ue000\U000f0001 \x07",
    "<1>" + "Le rapport annuel est publié. " * 67 + "</1>",
    "nul\0dedans",
    "*",
    "Étoile* d'une <1>note*</1>",
]


@pytest.fixture(params=[*(pytest.param(name, marks=marks) for name, marks in LOCAL.items()), *SERVICES])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with ExitStack() as stack:
        if request.param in SERVICES:
            engine = client(stack.enter_context(running(SERVICES[request.param])))
        else:
            engine = make(request.param)
        yield engine
        engine.close()


@pytest.fixture
def pipes() -> Iterator[Apertium]:
    engine = make("apertium", {"timeout": 2})
    assert isinstance(engine, Apertium)
    yield engine
    engine.close()


def test_as_many_outcomes_as_texts_and_codes_exactly_kept(engine: Engine) -> None:
    outcomes = engine.translate(HARD, "fr", "es")
    assert len(outcomes) == len(HARD)
    for source, outcome in zip(HARD, outcomes, strict=True):
        if isinstance(outcome, EngineFailed):
            assert engine.name == "copy" or len(source) > engine.capabilities.max_characters > 0, source
        elif outcome.codes_missing:
            assert not inline.codes_of(outcome.text)
        else:
            assert protect.damage(source, outcome.text) == [], source


def test_literals_that_look_like_codes_survive(engine: Engine) -> None:
    (outcome,) = engine.translate(["Le <\\1> et <\\/2/> et <\\\\3/> valent 12"], "fr", "es")
    if isinstance(outcome, Draft):
        assert "<\\1>" in outcome.text
        assert "<\\/2/>" in outcome.text
        assert "<\\\\3/>" in outcome.text


def test_order_is_kept(engine: Engine) -> None:
    numbers = [str(number) for number in range(100, 160)]
    outcomes = engine.translate(numbers, "fr", "es")
    assert [any_digits(outcome) for outcome in outcomes] == numbers


def any_digits(outcome: Draft | EngineFailed) -> str:
    return "".join(filter(str.isdigit, outcome.text)) if isinstance(outcome, Draft) else ""


def test_empty_batches_and_texts_are_fine(engine: Engine) -> None:
    assert engine.translate([], "fr", "es") == []
    assert engine.translate([""], "fr", "es") == [Draft("")]


def test_it_says_what_it_can(engine: Engine) -> None:
    assert engine.supports("fr", "es")
    assert engine.capabilities.leaves_machine is (engine.name in LEAVES_MACHINE)
    assert engine.name.removesuffix(f"-{getattr(engine, 'provider', '')}") in ENGINES.names()


def test_a_pair_it_does_not_support_is_not_asked(engine: Engine) -> None:
    if not engine.supports("fr", "x-nowhere"):
        with pytest.raises(EngineMissing):
            engine.translate(["Bonjour"], "fr", "x-nowhere")


def test_four_threads_get_their_own_texts(engine: Engine) -> None:
    got: dict[int, list[str]] = {}

    def ask(thread: int) -> None:
        batch = [f"{thread} 00{number}" for number in range(40)]
        got[thread] = [any_digits(outcome) for outcome in engine.translate(batch, "fr", "fr-CH")]

    def ask_words(thread: int) -> None:
        batch = [f"Le projet {thread} 00{number}" for number in range(40)]
        got[thread] = [any_digits(outcome) for outcome in engine.translate(batch, "fr", "es")]

    work = ask if engine.name == "copy" else ask_words
    threads = [threading.Thread(target=work, args=(thread,)) for thread in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert got == {thread: [f"{thread}00{number}" for number in range(40)] for thread in range(1, 5)}


def test_closing_twice_is_fine_and_leaves_nothing_open(engine: Engine) -> None:
    before = held_open()
    engine.translate(["Bonjour"], "fr", "es")
    engine.close()
    engine.close()
    for _ in range(100):
        if held_open() <= before:
            break
        time.sleep(0.02)
    assert held_open() <= before


def held_open() -> set[tuple[str, str]]:
    """The files, sockets and children of this process."""
    own = Path("/proc/self")
    held: set[tuple[str, str]] = set()
    for task in (own / "task").iterdir():
        with suppress(OSError):  # a thread that has just ended
            held |= {("child", pid) for pid in (task / "children").read_text().split()}
    for each in (own / "fd").iterdir():
        with suppress(OSError):
            held.add((each.name, str(each.readlink())))
    return held


def test_every_engine_of_the_table_is_held_to_the_contract() -> None:
    """A new one goes into ``LOCAL`` here, or into ``SERVICES`` of ``tests/engines_support.py``."""
    assert {*LOCAL, *(service.engine for service in SERVICES.values())} == set(ENGINES.names())


def test_an_engine_nobody_knows_is_refused() -> None:
    with pytest.raises(UsageError):
        make("nobody")


@pytest.mark.parametrize("bad", [{"timeout": "soon"}, {"timeout": 0}, {"timeout": True}, {"data": 3}])
def test_a_wrong_setting_is_named(bad: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match=next(iter(bad))):
        make("apertium", bad)


# pseudo and copy


def test_pseudo_is_about_a_third_longer_and_leaves_values_alone() -> None:
    source = "Le bureau <1>de Marseille</1> est ouvert : www.exemple.org, <2/>."
    target = disguise(source)
    assert target.startswith("[")
    assert target.endswith("]")
    assert "<1>ðéé Ṁààŕšééîîļļéé</1>" in target
    assert "www.exemple.org" in target
    assert 1.3 < len(inline.plain(target)) / len(inline.plain(source)) < 1.6


def test_pseudo_runs_right_to_left_where_the_language_does() -> None:
    (draft,) = make("pseudo").translate(["Bonjour <1>à tous</1>"], "fr", "ar")
    assert isinstance(draft, Draft)
    assert draft.text.startswith("﴿")
    assert not any(char in draft.text for char in "onjur")


@pytest.mark.parametrize(
    ("source", "source_locale", "target_locale", "same"),
    [
        ("<1/>", "fr", "es", True),
        ("2005", "fr", "en", True),
        ("www.exemple.org", "fr", "en", True),
        ("+33 1 44 49 13 13", "fr", "en", True),
        ("1,25", "fr", "en", False),
        ("1,25 %", "fr", "fr-CH", True),
        ("1 250", "fr", "en", False),
        ("Tél. : <1/>", "fr", "es", False),
        ("漢字", "zh", "ja", False),
        ("— … !", "fr", "es", True),
    ],
)
def test_copy_takes_what_reads_the_same(
    source: str, source_locale: str, target_locale: str, *, same: bool
) -> None:
    assert wordless(source, source_locale, target_locale) is same


# Apertium's processes


def test_without_apertium_the_error_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match="apt-get install apertium"):
        make("apertium", {"data": str(tmp_path)})
    (tmp_path / "modes").mkdir()
    (tmp_path / "modes" / "en-ca.mode").touch()
    engine = make("apertium", {"data": str(tmp_path)})
    assert not engine.supports("fr", "es")
    with pytest.raises(EngineMissing, match="apt-get install apertium"):
        engine.translate(["Bonjour"], "fr", "es")


@pytest.mark.parametrize(
    ("files", "source", "target", "found"),
    [
        (["fr-es"], "fr-CA", "es-MX", "fr-es"),
        (["eng-spa"], "en", "es", "eng-spa"),
        (["spa-eng", "spa-eng_US"], "es", "en-US", "spa-eng_US"),
        (["spa-eng", "spa-eng_US"], "es", "en-GB", "spa-eng"),
        (["fr-es"], "es", "fr", None),
        (["fr-es"], "../fr", "es", None),
    ],
)
def test_modes_are_found_by_two_or_three_letters(
    tmp_path: Path, files: list[str], source: str, target: str, found: str | None
) -> None:
    (tmp_path / "modes").mkdir()
    for name in files:
        (tmp_path / "modes" / f"{name}.mode").touch()
    mode = apertium.find_mode(tmp_path, source, target)
    assert (mode.stem if mode else None) == found


def translated(engine: Engine, source: str) -> str:
    (outcome,) = engine.translate([source], "fr", "es")
    assert isinstance(outcome, Draft)
    return outcome.text


@pytest.mark.apertium
@no_apertium
def test_codes_go_with_their_words(pipes: Apertium) -> None:
    assert translated(pipes, "Il publie <1>un rapport annuel</1>.") == "Publica <1>un informe anual</1>."
    assert translated(pipes, "Écrivez à <1/> ou <2/>.") == "Escribid a <1/> o <2/>."


@pytest.mark.apertium
@no_apertium
def test_unknown_words_lose_their_mark_and_only_lower_case_ones_count(pipes: Apertium) -> None:
    (outcome,) = pipes.translate(["Zorglub est un blurgounet *net*"], "fr", "es")
    assert isinstance(outcome, Draft)
    assert outcome.unknown == 1
    assert "Zorglub es un blurgounet *" in outcome.text


@pytest.mark.apertium
@no_apertium
@pytest.mark.parametrize("stage", [0, 1, 4, -1])
def test_a_killed_program_is_noticed_and_replaced(pipes: Apertium, stage: int) -> None:
    before = translated(pipes, "Le chat dort.")
    pids = pipes.pipeline("fr", "es").pids
    os.kill(pids[stage], signal.SIGKILL)
    assert translated(pipes, "Le chat dort.") == before
    assert not set(pids) & set(pipes.pipeline("fr", "es").pids)


@pytest.mark.apertium
@no_apertium
def test_a_program_killed_while_it_works_costs_no_text(pipes: Apertium) -> None:
    batch = [f"Le bureau numéro {number} est ouvert." for number in range(600)]
    translated(pipes, "Bonjour")
    pid = pipes.pipeline("fr", "es").pids[6]
    threading.Timer(0.1, os.kill, (pid, signal.SIGKILL)).start()
    outcomes = pipes.translate(batch, "fr", "es")
    assert [any_digits(outcome) for outcome in outcomes] == [str(number) for number in range(600)]
    assert pid not in pipes.pipeline("fr", "es").pids


@pytest.mark.apertium
@no_apertium
def test_a_program_that_hangs_is_given_up_and_replaced(pipes: Apertium) -> None:
    before = translated(pipes, "Le chat dort.")
    pids = pipes.pipeline("fr", "es").pids
    os.kill(pids[5], signal.SIGSTOP)
    started = time.monotonic()
    assert translated(pipes, "Le chat dort.") == before
    assert 1.5 < time.monotonic() - started < 8
    assert pids[5] not in pipes.pipeline("fr", "es").pids


@pytest.mark.apertium
@no_apertium
def test_closing_leaves_no_process_behind(pipes: Apertium) -> None:
    translated(pipes, "Le chat dort.")
    pids = pipes.pipeline("fr", "es").pids
    assert pids
    pipes.close()
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


@pytest.mark.apertium
@no_apertium
def test_too_long_a_text_fails_alone(pipes: Apertium) -> None:
    long, short = pipes.translate(["mot " * 6000, "Le chat dort."], "fr", "es")
    assert isinstance(long, EngineFailed)
    assert isinstance(short, Draft)
