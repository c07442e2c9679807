"""The parser of a command: words may stand behind options, and a misspelt choice is told with a near one."""

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
        """As argparse's, and say where the command is explained."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: error: {message}\n  {self.prog} -h explains it\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401 - as argparse has it
        if action.choices is None or value in action.choices:
            return
        import difflib  # slow, and only for a mistake

        choices = [str(choice) for choice in action.choices]
        near = difflib.get_close_matches(str(value), choices, n=1)
        known = f"did you mean {near[0]!r}?" if near else f"choose from {', '.join(choices)}"
        raise argparse.ArgumentError(_named(action), f"there is no {str(value)!r}; {known}")


def _named(action: argparse.Action) -> argparse.Action | None:
    """What an error names: an option, but no word that only the code knows."""
    return action if action.option_strings or action.metavar else None
