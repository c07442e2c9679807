"""Number words that stand next to each other, added up: "two hundred and five", "half a million"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from l10n.checks.reading.values import Value, of_digits

_WAITS = 4  # words until which a part waits for its scale, itself counted: "a quarter of a million"


@dataclass(slots=True)
class Row:
    """Number words that stand next to each other, added up."""

    total: int = 0
    current: int = 0
    last: int = 0
    power: int = 0
    empty: bool = True
    halved: bool = False
    joined: bool = False
    waiting: int = 0
    waits: int = 0
    held: int = 0
    at: tuple[int, int] = (0, 0)
    begin: int = 0
    end: int = 0
    sums: list[tuple[Value, int, int]] = field(default_factory=list)

    def add(self, value: int) -> None:
        """A number word behind those before it; a hundred multiplies them."""
        if value == 100 and 0 < self.current < 100:
            self.last = self.current * 99
            self.current *= 100
        else:
            self.last = value
            self.current += value
        self._reach()

    def replace_last(self, value: int, *, known: bool) -> None:
        """A number of two words, of which the first was added already where it is ``known``."""
        if known:
            self.current -= self.last
        self.add(value)

    def before(self, value: int) -> None:
        """A half, and what is said beside it, of a scale that follows: "half a million", "two and a half"."""
        beside = self.current if self.joined and not self.power else 0
        self._wait(4 * (value + beside) + 2)

    def quarter(self) -> None:
        """A quarter, or three, of a scale that follows."""
        self._wait(3 if self.current == 3 else 1)

    def _wait(self, quarters: int) -> None:
        self.waiting, self.waits, self.held = quarters, _WAITS, self.current

    def scale(self, power: int) -> None:
        """A power of ten of what was said before it."""
        if self.halved:  # "a million and a half of the million"
            return
        if self._waits_for_scale():
            self.total += self.waiting * 10**power // 4
        elif self.power and not self.current:
            self.total = (self.total or 1) * 10 ** min(power, 12) if self.total < 10**60 else self.total
        else:
            self.total += max(self.current, 1) * 10**power
        self.current = self.last = self.waits = 0
        self.power = power
        self._reach()

    def collect(self, size: int) -> None:
        """A word for so many of something, or as many times that: a dozen, two dozen, half a dozen."""
        if self._waits_for_scale():
            self.current = self.waiting * size // 4
        elif 0 < self.current < 100:
            self.current *= size
        else:
            self.current += size
        self.last = self.current
        self.waits = 0
        self._reach()

    def _waits_for_scale(self) -> bool:
        """Whether a part still waits, and nothing was counted since: not in "half of the two million"."""
        return self.waits > 0 and self.current in {0, self.held}

    def _reach(self) -> None:
        if self.empty:
            self.begin = self.at[0]
        self.end = self.at[1]
        self.empty = self.joined = False

    def half(self) -> None:
        """Half of the scale before it: a million and a half."""
        if self.power:
            self.total += 10**self.power // 2
            self.halved = True

    def close(self) -> Iterator[Value]:
        """The sum, and an empty row again."""
        if not self.empty:
            value = of_digits(str(self.total + self.current))
            self.sums.append((value, self.begin, self.end))
            yield value
            self.total = self.current = self.last = self.power = 0
            self.empty, self.halved = True, False
        self.joined = False
