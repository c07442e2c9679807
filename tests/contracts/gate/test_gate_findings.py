"""What the gate finds beyond the pairs that each check looks at, and what is let pass with a reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from l10n import catalogue as po
from l10n import formats, lengths, project
from l10n.catalogue import update
from l10n.checks import check_pair
from l10n.gate import (
    CatalogueFile,
    Goals,
    inspect_catalogue,
)
from l10n.model import Catalogue, Entry, Severity, State
from l10n.review_rule import ReviewRule
from tests.gate_support import DEMO, entry, put, rule
from workflow.cli import main


def test_a_silenced_finding_is_told_with_its_reason_and_fails_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(
        folder,
        "a.po",
        entry("12 000 eggs", "tausend Dutzend Eier", "# l10n-ok: numbers -- they count in dozens"),
    )
    assert main(["check", "a.po"]) == 0
    assert "info: 12 000 is missing (silenced: they count in dozens) [numbers]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("# l10n-ok: numbers", "gives no reason"),
        ("# l10n-ok: numbers --", "gives no reason"),
        ("# l10n-ok: sums -- why not", "names no check ('sums')"),
        ("# l10n-ok: -- why not", "names no check ('')"),
    ],
)
def test_a_silence_without_reason_silences_nothing(
    folder: Path, line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, "a.po", entry("12 000 eggs", "tausend Dutzend Eier", line))
    assert main(["check", "a.po"]) == 1
    out = capsys.readouterr().out
    assert "error: 12 000 is missing [numbers]" in out
    assert said in out


def test_a_silence_ends_when_the_source_changes() -> None:
    comment = "A word on eggs.\nl10n-ok: numbers -- they count in dozens"

    def comment_after(source: str) -> str:
        before = Entry("12 000 eggs were laid.", "mille douzaines", comment=comment, state=State.REVIEWED)
        document = formats.extract(f"{source}\n".encode(), path="eggs.txt", locale="en")
        return update(Catalogue("fr", (before,)), document).entries[0].comment

    assert comment_after("13 000 eggs were laid.") == "A word on eggs."
    assert comment_after("12 000 eggs were laid.") == comment


def test_one_source_has_one_target(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "po/a.po", entry("The office", "Das Büro"), entry("The port", "Der Hafen"))
    put(folder, "po/b.po", entry("The  office", "Das Amt"), entry("The port", "Der Hafen"))
    put(folder, "po/c.po", entry("The office", "Het bureau"), locale="nl")
    assert main(["check", "po"]) == 0
    said = "po/b.po:7: info: the same source has another target in po/a.po:7 [consistency]\n"
    assert capsys.readouterr().out == said


def test_a_short_label_may_differ_from_the_same_word_in_small_letters(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, "a.po", entry("Saved", "Gespeicherte"), entry("saved", "hat gespeichert"))
    assert main(["check", "--fail-on", "warning", "a.po"]) == 0
    assert "consistency" not in capsys.readouterr().out


def test_the_form_for_nothing_may_deny_and_no_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    six = rule("nplurals=3; plural=n==0 ? 0 : n==1 ? 1 : 2")
    denied = 'msgid "one port opens"\nmsgid_plural "%d ports open"\n'
    forms = 'msgstr[0] "لا يفتح أي ميناء"\nmsgstr[1] "يفتح ميناء واحد"\nmsgstr[2] "{}"\n'
    put(folder, "a.po", denied + forms.format("تفتح %d موانئ"), locale="ar", more=six)
    assert main(["check", "--no-cache", "--checks", "negation", "--fail-on", "warning", "a.po"]) == 0
    put(folder, "a.po", denied + forms.format("لا تفتح %d موانئ"), locale="ar", more=six)
    assert main(["check", "--no-cache", "--checks", "negation", "--fail-on", "warning", "a.po"]) == 1
    assert "nothing in the source is negative" in capsys.readouterr().out


def test_our_own_interface_passes_the_gate(capsys: pytest.CaptureFixture[str]) -> None:
    catalogues = sorted(map(str, DEMO.glob("locales/*/LC_MESSAGES/passerelle.po")))
    assert main(["check", "--no-cache", "--fail-on", "warning", *catalogues]) == 0
    assert " 0 errors, 0 warnings" in capsys.readouterr().err


def test_two_sources_of_one_target_are_told_where_it_says_much(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(
        folder,
        "po/a.po",
        entry("The office opens on Monday.", "Das Büro öffnet am Montag und bleibt offen."),
        entry("The office opens on Tuesday.", "Das Büro öffnet am Montag und bleibt offen."),
        entry("Read more", "Mehr lesen"),
        entry("Learn more", "Mehr lesen"),
    )
    put(folder, "po/b.po", entry("Bureaus open on Mondays.", "Das Büro öffnet am Montag und bleibt offen."))
    put(folder, "po/c.po", entry("The office", "Das Büro öffnet am Montag und bleibt offen."), locale="nl")
    main(["check", "po", "--checks", "spacing"])
    assert capsys.readouterr().out == (
        "po/a.po:10: warning: another source has the same target in po/a.po:7 [consistency]\n"
        "po/b.po:7: info: another source has the same target in po/a.po:7 [consistency]\n"
    )


def test_a_project_learns_how_long_its_targets_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def pair(number: int, times: float) -> tuple[str, str]:
        source = (
            "The committee spoke about ports and boats " + "again " * (number % 9) + "and" * number + "so"
        )
        return source, "m" * int(len(source) * times)

    (folder / "l10n.toml").write_text(
        '[project]\nname = "x"\nsource_locales = ["en"]\nlocales = ["en", "fr"]\n'
    )
    release = folder / "releases" / "ports"
    release.mkdir(parents=True)
    said = [pair(number, 0.8 + number % 5 / 100) for number in range(70)]
    (release / "source.txt").write_text("\n\n".join(source for source, _ in said))
    (release / "release.toml").write_text('locale = "en"\nlocales = ["fr"]\ndate = 2026-05-04\n')
    assert main(["update"]) == 0
    path = folder / "locales" / "fr" / "LC_MESSAGES" / "ports.po"
    found = po.read(path)
    targets = dict(said)
    entries = (replace(entry, target=targets[entry.source], state=State.REVIEWED) for entry in found.entries)
    po.write(replace(found, entries=tuple(entries)), path)
    capsys.readouterr()
    assert main(["check", "--learn-lengths"]) == 0
    assert "en-fr: 82 % from 70 approved pairs" in capsys.readouterr().out
    learned = project.load(folder).lengths["en-fr"]
    assert learned.spread < lengths.default_ratio("en", "fr").spread
    source, _ = pair(20, 1)
    for target, reported in ((source * 2, True), ("m" * int(len(source) * 0.82), False)):
        told = check_pair(
            source, target, source_locale="en", target_locale="fr", band=learned, only=["omissions"]
        )
        assert bool(told) is reported
    (folder / "lengths.toml").write_text("[en-fr]\npercent = 0\nspread = 5\n")
    assert main(["check"]) == 2
    assert "lengths.toml" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("edited", "trusting", "expected"),
    [
        (9, False, [(Severity.WARNING, True)] * 9),
        (10, False, [(Severity.WARNING, False)]),
        (3, True, [(Severity.INFO, False)]),
        (0, True, []),
    ],
)
def test_what_another_tool_edited_buries_nothing(
    folder: Path, edited: int, *, trusting: bool, expected: list[tuple[Severity, bool]]
) -> None:
    lead = "# l10n: reviewed human a1b2c3 0000000000000000"
    entries = [entry(f"Quay {number} is open", f"Kai {number} ist offen", lead) for number in range(edited)]
    path = put(folder, "quays.po", *entries)
    file = CatalogueFile(str(path), "quays.po", "de", "en", rule=ReviewRule(gettext=trusting))
    found = [one for one in inspect_catalogue(file, Goals(), ()).findings if one.check == "provenance"]
    assert [(one.severity, bool(one.source)) for one in found] == expected
    assert all(one.message.startswith(f"{edited} entries") for one in found if not one.source)
