"""Publishing, corrections, and what is held back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line_support import Run, approve_all, catalogue


def test_publish_dry_run_rollback_and_strict(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    public = tmp_path / "p" / "public"
    assert started("publish", "--dry-run") == 0
    assert not public.exists()
    assert started("publish") == 0
    first = (public / "fr" / "nice" / "index.html").read_text("utf-8")
    assert '<html lang="fr"' in first
    assert not (public / "es" / "nice").exists()
    assert started("publish", "--strict") == 1
    approve_all(catalogue(tmp_path))
    capsys.readouterr()
    assert started("publish", "--dry-run") == 0
    told = capsys.readouterr().out
    assert "added: es/nice/index.html (words: -0 +" in told
    assert "changed: sitemap.xml" in told
    assert not (public / "es" / "nice").exists()
    assert started("publish") == 0
    assert started("publish", "--verify") == 0
    assert "[Une phrase ici.]" in (public / "es" / "nice" / "index.html").read_text("utf-8")
    assert started("publish", "--rollback") == 0
    assert not (public / "es" / "nice").exists()
    assert "live again" in capsys.readouterr().out


def test_what_is_held_back_is_told_of_what_was_asked_for_by_release_and_reason(
    started: Run, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert started("add", source, "--locale", "fr", "--id", "sete", "--date", "2026-09-14") == 0

    def held_back(*asked: str) -> list[str]:
        capsys.readouterr()
        assert started("publish", "--dry-run", *asked) == 0
        lines = capsys.readouterr().err.splitlines()
        return [line.split(":")[1].strip() for line in lines if line.startswith("held back:")]

    assert held_back() == ["nice in es, ar", "sete in es, ar"]
    assert held_back("sete") == ["sete in es, ar"]
    assert held_back("sete", "--locale", "ar") == ["sete in ar"]
    assert held_back("sete", "--locale", "fr") == []
    assert started("publish", "sete", "--locale", "fr", "--strict") == 0


def test_a_publication_that_shall_be_quiet_says_only_what_went_wrong(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert started("publish") == 0
    capsys.readouterr()
    for words in (("publish",), ("publish", "--full"), ("publish", "--dry-run"), ("publish", "--due")):
        assert started("-q", *words) == 0
        assert capsys.readouterr() == ("", "")
    for words in (("publish", "-q", "--verify"), ("publish", "--rollback", "-q")):
        assert started(*words) == 0
        assert capsys.readouterr() == ("", "")
    assert started("-q", "publish", "--strict") == 1
    out, err = capsys.readouterr()
    assert (out, [line[:10] for line in err.splitlines()]) == ("", ["held back:"] * err.count("\n"))
    assert err
    front = (tmp_path / "p" / "public" / "index.html").resolve()
    front.chmod(0o644)
    front.write_text("changed", "utf-8")
    assert started("-q", "publish", "--verify") == 1
    assert "index.html" in capsys.readouterr().out


def test_a_correction_is_written_down_told_on_the_page_and_asked_of_translators(
    started: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert started("history", "nice", "corrected") == 2
    assert "readers are to know why" in capsys.readouterr().err
    assert started("history", "nice", "corrected", "Il y a 13 ports.", "--locale", "fr,es") == 0
    assert started("history", "nice", "restored") == 2
    assert "there is nothing to take back" in capsys.readouterr().err
    assert started("history", "nice", "archived", "--locale", "de") == 2
    assert "nice is not translated into de" in capsys.readouterr().err
    assert started("history", "nice", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["what"], row["languages"], row["note"]) == ("corrected", "fr, es", "Il y a 13 ports.")
    assert started("update", "nice") == 0
    assert "Il y a 13 ports." in catalogue(tmp_path).read_text("utf-8")
    assert "Il y a 13 ports." not in catalogue(tmp_path, "ar").read_text("utf-8")
    assert started("publish") == 0
    assert "Il y a 13 ports." in (tmp_path / "p/public/fr/nice/index.html").read_text("utf-8")


def test_an_event_of_what_readers_do_not_have_yet_is_told_so(
    started: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert started("history", "nice", "corrected", "Il y a 13 ports.") == 0
    assert "readers do not have" not in capsys.readouterr().err  # the site may be published elsewhere
    assert started("publish") == 0
    assert started("history", "nice", "corrected", "Il y a 14 ports.") == 0
    assert "readers do not have" not in capsys.readouterr().err
    assert started("history", "nice", "corrected", "Il y a 15 ports.", "--locale", "es") == 0
    assert "readers do not have nice yet" in capsys.readouterr().err


def test_what_is_next_for_an_event_depends_on_when_it_takes_effect(
    started: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert started("history", "nice", "archived") == 0
    assert capsys.readouterr().err == "Next: l10n publish nice\n"
    assert started("history", "nice", "withdrawn", "Une erreur.", "--at", "2999-01-01T09:00Z") == 0
    told = capsys.readouterr().err
    assert told.startswith(
        "Next: l10n update, so that the note is translated; then nothing until 2999-01-01T09:00"
    )
    assert "l10n publish --due" in told
    assert "l10n publish nice" not in told
