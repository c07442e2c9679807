"""What the gate remembers of catalogues and does in several processes changes nothing that it says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from l10n import gate
from l10n.gate import (
    CatalogueFile,
    Goals,
)
from l10n.segment import VERSION
from tests.gate_support import copy_demo, entry, environment, put
from workflow.cli import main


def test_what_was_seen_is_remembered_and_never_wrong(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy_demo(folder)
    memory = folder / ".l10n" / "cache" / "check.lines"

    def told(*options: str) -> str:
        main(["check", *options])
        return capsys.readouterr().out

    first = told()
    assert memory.is_file()
    assert (folder / ".l10n" / ".gitignore").read_text("utf-8") == "*\n"
    assert told() == first == told("--no-cache")
    path = folder / "locales" / "fr" / "LC_MESSAGES" / "heat-alerts.po"
    path.write_text(path.read_text("utf-8").replace("412 utilisateurs", "421 utilisateurs"), "utf-8")
    second = told()
    assert "the source has 412, the target 421 [numbers]" in second
    assert second == told("--no-cache")
    source = next((folder / "releases" / "heat-alerts").glob("source.*"))
    source.write_text(source.read_text("utf-8").replace("412 users", "413 users"), "utf-8")
    third = told()
    assert "out of step with its source" in third
    assert "cut by rules" not in third
    assert third == told("--no-cache")
    path.write_text(
        path.read_text("utf-8").replace(f"X-Segmentation: {VERSION}", "X-Segmentation: 0"), "utf-8"
    )
    assert f"no longer in the source, cut by rules 0, which are {VERSION} now); run l10n update" in told()
    path.write_text(
        path.read_text("utf-8").replace("X-Segmentation: 0", f"X-Segmentation: {VERSION}"), "utf-8"
    )
    whole = memory.read_bytes()
    torn = (whole[:-9], whole[:-9] + whole[-9:].replace(b'"', b""), whole[:200], whole.replace(b"[", b"", 3))
    for broken in (b"", b"{}", b"\xff", *torn):
        memory.write_bytes(broken)
        assert told() == third == told()


def test_a_file_that_changed_is_read_again_though_its_size_and_time_say_nothing(folder: Path) -> None:
    path = put(folder, "a.po", entry("In 2024", "Im Jahr 2024"))

    def told() -> list[str]:
        memory = gate.open_cache(folder / ".l10n", clock=lambda: 1 << 62)  # when every time is long ago
        (sheet,) = gate.inspect_all(memory, [CatalogueFile(str(path), "a.po")], Goals(), ("numbers",))
        gate.save(memory)
        return [one.message for one in sheet.findings]

    assert told() == told() == []
    assert "\n=a.po\t" in (folder / ".l10n" / "cache" / "check.lines").read_text("utf-8")
    before = path.stat()
    path.write_text(path.read_text("utf-8").replace("Jahr 2024", "Jahr 2025"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert told() == ["the source has 2024, the target 2025"]


def test_what_was_seen_is_remembered_also_after_the_settings_changed(folder: Path) -> None:
    path = put(folder, "a.po", entry("In 2024", "Im Jahr 2025"))
    looks = []

    def asked() -> frozenset[tuple[str, str]]:
        looks.append("source")
        return frozenset({("", "In 2024")})

    def told(stamp: str) -> list[str]:
        memory = gate.open_cache(folder / ".l10n", clock=lambda: 1 << 62)  # when every time is long ago
        place = CatalogueFile(str(path), "a.po", source_keys=asked, stamp=stamp)
        (sheet,) = gate.inspect_all(memory, [place], Goals(), ("numbers",))
        gate.save(memory)
        return [one.message for one in sheet.findings]

    for stamp, looked in (("first", 1), ("second", 2), ("second", 2), ("first", 2)):
        assert told(stamp) == ["the source has 2024, the target 2025"]
        assert len(looks) == looked


def test_several_processes_say_what_one_says(folder: Path) -> None:
    """Of forty catalogues in two languages, one of which cannot be read, with a cache and without."""
    for number in range(20):
        put(folder, f"{number}.de.po", entry(f"In 20{number:02}", f"Im Jahr 20{number // 2:02}"))
        put(folder, f"{number}.fr.po", entry("On 4 May", f"Le {4 + number % 3} mai"), locale="fr")
    (folder / "7.fr.po").write_text('msgid "torn\n', "utf-8")
    (folder / "l10n.toml").write_text(
        '[project]\nname = "x"\nsource_locales = ["en"]\nlocales = ["de", "fr"]\n', "utf-8"
    )

    def said(*options: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "workflow.cli", "check", ".", *options]
        done = subprocess.run(command, cwd=folder, env=environment(), check=False, capture_output=True)
        return done.returncode, done.stdout.decode()

    code, alone = said("--no-cache", "--processes", "1")
    assert code == 2
    assert alone.count("[dates]") > 10
    assert alone.count("[numbers]") > 10
    for options in (["--no-cache"], [], [], ["--processes", "2"]):
        assert said(*options) == (code, alone)


def test_what_is_remembered_is_found_again_by_another_process(folder: Path) -> None:
    """The order of a set differs from process to process; a run that sees nothing new adds nothing."""
    copy_demo(folder)
    command = [sys.executable, "-m", "workflow.cli", "check", "-q", "--required", "ar,en,es,fr,ru,zh"]
    seen = set()
    for seed in ("1", "2", "3"):
        ours = environment(PYTHONHASHSEED=seed)
        subprocess.run(command, cwd=folder, env=ours, check=False, capture_output=True)
        lines = (folder / ".l10n" / "cache" / "check.lines").read_text("utf-8").split("\n")
        # What is told of a file comes when it is old.
        seen.add(tuple(line for line in lines if line[:1] != "="))
    assert len(seen) == 1
