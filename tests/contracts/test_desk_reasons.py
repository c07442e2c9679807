"""Why a job failed is told in the language of the interface, whatever engine it was that failed."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pytest

from l10n.messages import INTERFACE_LANGUAGES
from tests.conftest import ROOT
from tests.desk_support import House, tree
from workflow.jobs.board import Board
from workflow.web.interface_language import use_language
from workflow.web.reasons import explained, sentence, translate_line

OTHERS = [locale for locale in INTERFACE_LANGUAGES if locale != "en"]
FAILURES = {"EngineFailed", "EngineBusy", "EngineSpent", "EngineMissing", "Failure"}
TOLD = (
    (
        "fr",
        "3 segments are left: a: it could not be reached, or hung up; b: it failed",
        (
            "Il reste 3 segments\u00a0: a\u00a0: il est injoignable ou a coupé la connexion\u00a0; "
            "b\u00a0: il a échoué."
        ),
    ),
    ("fr", "far: it refused (status 418)", "Far\u00a0: il a refusé (état 418)."),
    ("es", "1 segment is left: far: its quota is used up", "Queda 1 segmento: far: su cuota está agotada."),
    (
        "fr",
        "deepl needs a key\n  Set the environment variable DEEPL_AUTH_KEY.",
        "Il faut une clé à deepl. Définissez la variable d’environnement DEEPL_AUTH_KEY.",
    ),
    ("fr", "OSError: <disk>", '<span lang="en" dir="ltr">OSError: &lt;disk&gt;.</span>'),
    ("en", "OSError: <disk>", "OSError: &lt;disk&gt;."),
    ("en", "2 segments are left: far: it failed", "2 segments are left: far: it failed."),
)

OF_PEOPLE = (
    ("fr", "the login 'ana' is taken", "L’identifiant 'ana' est déjà pris."),
    ("es", "byte 0xe9 is not utf-8", "El byte 0xe9 no es válido en utf-8."),
    ("fr", "no format for the ending '.pdf'", "Aucun format pour l’extension '.pdf'."),
    ("ar", "this entry has no msgstr", "لا msgstr لهذا المدخل."),
    ("fr", "something that nobody has words for", "Something that nobody has words for."),
    ("fr", "Déjà dit ici : rien", "Déjà dit ici : rien."),
    ("en", "the login 'ana' is taken", "The login 'ana' is taken."),
)


@pytest.mark.parametrize(("locale", "message", "said"), OF_PEOPLE)
def test_a_message_is_told_with_its_values(locale: str, message: str, said: str) -> None:
    with use_language(locale):
        assert sentence(message) == said


def shown(text: ast.expr) -> str | None:
    """What a text says with 7 for each of its values, None for one that only hands on another's words."""
    if isinstance(text, ast.Constant):
        return str(text.value)
    if not isinstance(text, ast.JoinedStr):
        return None
    said = "".join(str(one.value) if isinstance(one, ast.Constant) else "7" for one in text.values)
    return said if any(map(str.isalpha, said)) else None


def failures() -> Iterator[str]:
    """What engines, and pre-translation that asks them, give as the reason that they failed."""
    files = [*(ROOT / "l10n" / "engines").glob("*.py"), *(ROOT / "l10n" / "pretranslate").glob("*.py")]
    return raised(files, FAILURES)


def raised(files: Iterable[Path], errors: Collection[str]) -> Iterator[str]:
    """What errors of some names say in some files, and what to do about them."""
    for call in (one for file in files for one in ast.walk(ast.parse(file.read_text("utf-8")))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in errors:
            remedies = (word.value for word in call.keywords if word.arg == "remedy")
            yield from filter(None, map(shown, (*call.args, *remedies)))


@pytest.mark.parametrize("locale", OTHERS)
def test_every_failure_of_an_engine_has_words_in_every_language(locale: str) -> None:
    reasons = {one for one in failures() if not one.startswith("pip install")}
    assert len(reasons) > 30
    with use_language(locale):
        assert sorted(one for one in reasons if translate_line(one) is None) == []


@pytest.mark.parametrize("locale", OTHERS)
def test_whatever_cannot_be_cut_or_joined_is_told_in_every_language(locale: str) -> None:
    """The words of `spot` and `splitting` are told in the tables of messages with values."""
    files = [ROOT / "l10n" / "segment" / f"{name}.py" for name in ("choosing", "seams", "gaps", "edges")]
    reasons = {one for one in raised(files, {"UsageError"}) if one != "7 7"}
    assert len(reasons) > 20
    with use_language(locale):
        assert sorted(one for one in reasons if translate_line(one) is None) == []


@pytest.mark.parametrize(("locale", "reason", "said"), TOLD)
def test_a_reason_is_told_by_its_parts(locale: str, reason: str, said: str) -> None:
    with use_language(locale):
        assert explained(reason) == said


def test_the_page_of_jobs_says_it(house: House) -> None:
    board = Board(house.ledger.store, house.clock)  # type: ignore[arg-type]
    editor = house.at("ed")
    editor.post("/jobs", data={"release": "tanger"})
    taken = board.take("a worker")
    assert taken is not None
    assert taken.kind == "pretranslate"
    board.fail(taken, "2 segments are left: far: it did not answer in time")
    editor.post("/language", data={"language": "ar"})
    (why,) = [one.text() for one in tree(editor.get("/jobs").text).css(".staff .due")]
    assert why == "بقي مقطعان: far: لم يُجب في الوقت المحدد."


@pytest.mark.parametrize("front", ["a: ", "1 segment is left: "])
def test_a_reason_with_a_long_front_is_left_as_it_is(front: str) -> None:
    with use_language("fr"):
        assert "it failed" in explained(front * 5000 + "it failed")
