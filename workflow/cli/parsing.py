"""The parser of a command: words may stand behind options, and what is misspelt is told with a near word."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from copy import copy
from typing import Any, NoReturn


class CommandParser(argparse.ArgumentParser):
    """As argparse's, which refuses the last word of `add one.md --locale fr two.md`.

    It gives what may be left out nothing at all once an option follows (bugs.python.org/issue14191).
    """

    _mixing = False

    def parse_known_args(  # type: ignore[override]  # the overloads of typeshed
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> Any:  # noqa: ANN401 - as above
        """Parse; where only words are left over, parse again with the options taken out first."""
        before = copy(namespace)
        parsed, left = super().parse_known_args(args, namespace)
        if self._mixing or self._subparsers or not left or any(word.startswith("-") for word in left):
            return parsed, left
        self._mixing = True
        try:
            return self.parse_known_intermixed_args(args, before)
        finally:
            self._mixing = False

    def error(self, message: str) -> NoReturn:
        """As argparse's, in the language of whoever reads it, and say where the command is explained."""
        from l10n.errors import UsageError
        from workflow.cli.verdicts import error_in_words

        told = error_in_words(UsageError(message, remedy=_explained(self.prog)))
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: error: {told}\n")

    def refuse(self, words: Sequence[str]) -> NoReturn:
        """Say of words that nothing takes which option was meant."""
        for word in words:
            if word.startswith("-"):
                name = word.partition("=")[0]
                names = {one.strip("-"): one for one in self._option_string_actions if len(one) > 2}
                if near := _near(name.strip("-"), tuple(names)):
                    self.error(_unknown(name, f"did you mean {names[near]}?"))
        self.error(f"unrecognized arguments: {' '.join(words)}")

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401 - as argparse has it
        if action.choices is None or value in action.choices:
            return
        choices = [str(choice) for choice in action.choices]
        near = _near(str(value), choices)
        known = f"did you mean {near!r}?" if near else f"choose from {', '.join(choices)}"
        raise argparse.ArgumentError(_named(action), _unknown(repr(str(value)), known))


def _near(word: str, words: Sequence[str]) -> str:
    """The nearest of the words, "" where none is near."""
    import difflib  # slow, and only for a mistake

    return next(iter(difflib.get_close_matches(word, words, n=1)), "")


def _unknown(word: str, known: str) -> str:
    return f"there is no {word}; {known}"


def _explained(program: str) -> str:
    return f"{program} -h explains it"


def _named(action: argparse.Action) -> argparse.Action | None:
    """What an error names: an option, but no word that only the code knows."""
    return action if action.option_strings or action.metavar else None
