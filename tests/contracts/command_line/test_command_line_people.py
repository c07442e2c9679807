"""Who may do what."""

from __future__ import annotations

import pytest

from tests.command_line_support import Run


def test_of_two_roles_for_the_same_languages_the_higher_counts(
    started: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    roles = ["--role", "admin", "--role", "editor", "--role", "reviewer=es", "--role", "translator=es"]
    assert started("people", "add", "lea", "--name", "Lea", *roles) == 0
    capsys.readouterr()
    assert started("people", "list") == 0
    assert "admin=* reviewer=es" in capsys.readouterr().out


def test_a_role_is_given_for_several_languages_at_once(
    started: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    roles = ["--role", "reviewer=zh,pt-br", "--role", "translator"]
    assert started("people", "add", "lea", "--name", "Lea", *roles) == 0
    capsys.readouterr()
    assert started("people", "list") == 0
    assert "translator=* reviewer=pt-BR reviewer=zh" in capsys.readouterr().out


def test_people_are_added_and_get_links(started: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert started("people", "add", "ana", "--name", "Ana Ruiz", "--role", "reviewer=es") == 0
    assert "/sign-in/" in capsys.readouterr().out
    assert started("people", "list") == 0
    assert "Ana Ruiz" in capsys.readouterr().out
    assert started("people", "link", "ana") == 0
    assert started("people", "link", "nobody") == 2
    assert started("people", "add", "ben", "--name", "Ben", "--role", "king") == 2
