"""Which engines translate a release, by its language pair, its domain and its confidentiality."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from l10n.engines import route_steps
from l10n.errors import UsageError
from l10n.project.toml_table import Table, meant

Pairs = Mapping[str, tuple[str, ...]]
ANY = "*"
_NAMED = frozenset({"confidential", "embargoed", "domain"})
_LOCALE = r"(?:\*|[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)"
_PAIR = rf"\*|{_LOCALE}-{_LOCALE}"


@dataclass(frozen=True, slots=True)
class Confidentiality:
    """Whether a release is ``confidential`` and whether it is ``embargoed``: not yet public."""

    confidential: bool = False
    embargoed: bool = False


@dataclass(frozen=True, slots=True)
class Routes:
    """Engines by pair ("fr-es", "fr-*", "*-es" or "*"), in the order to ask them.

    What is said for confidential or embargoed releases, or for a field, goes before ``usual``; an
    empty list there means that none is asked.
    """

    usual: Pairs = field(default_factory=dict)
    confidential: Pairs = field(default_factory=dict)
    embargoed: Pairs = field(default_factory=dict)
    domains: Mapping[str, Pairs] = field(default_factory=dict)

    def of(
        self,
        source_locale: str,
        target_locale: str,
        confidentiality: Confidentiality,
        domains: Iterable[str] = (),
    ) -> tuple[str, ...]:
        """The route for a language pair, by the most restrictive table that has one."""
        for pairs in self._tables(confidentiality, domains):
            for key in _keys(source_locale, target_locale):
                if key in pairs:
                    return pairs[key]
        return ()

    def all_routes(self) -> Iterator[tuple[str, ...]]:
        """All routes of all tables."""
        for pairs in (self.usual, self.confidential, self.embargoed, *self.domains.values()):
            yield from pairs.values()

    def _tables(self, confidentiality: Confidentiality, domains: Iterable[str]) -> Iterator[Pairs]:
        if confidentiality.confidential:
            yield self.confidential
        if confidentiality.embargoed:
            yield self.embargoed
        for domain in domains:
            yield self.domains.get(domain, {})
        yield self.usual


def _keys(source_locale: str, target_locale: str) -> Iterator[str]:
    """The names of a pair, from the narrowest to the widest: a region's language stands for it too."""
    sources, targets = _wider(source_locale), _wider(target_locale)
    yield from (f"{source}-{target}" for source in sources for target in targets)
    yield from (f"{source}-{ANY}" for source in sources)
    yield from (f"{ANY}-{target}" for target in targets)
    yield ANY


def _wider(locale: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((locale, locale.partition("-")[0])))


def read(table: Table, engines: Collection[str]) -> Routes:
    """The routes of an `l10n.toml` among ``engines``.

    Raises ConfigError for an entry that is none of them and no way through them.
    """
    domains = table.table("domain")
    usual = Table(
        {key: steps for key, steps in table.values.items() if key not in _NAMED}, table.path, table.name
    )
    return Routes(
        _pairs(usual, engines) or {ANY: ("apertium",)},
        _pairs(table.table("confidential"), engines),
        _pairs(table.table("embargoed"), engines),
        {name: _pairs(domains.table(name), engines) for name in domains.values},
    )


def unknown_engine(name: str, engines: Collection[str]) -> tuple[str, str]:
    """What is wrong with the name of an engine that is not among ``engines``, and what to do about it."""
    problem = f"names {name!r}, which is no engine"
    hint, known = meant(name, engines), ", ".join(engines)
    return problem, f"{hint}Known here: {known}; a plug-in brings its own once it is installed."


def _pairs(table: Table, engines: Collection[str]) -> Pairs:
    return {pair: _steps(table, pair, engines) for pair in table.values}


def _steps(table: Table, pair: str, engines: Collection[str]) -> tuple[str, ...]:
    if not re.fullmatch(_PAIR, pair):
        raise table.wrong(pair, "is no pair of languages", 'Write it as in fr-es, "fr-*", "*-es" or "*".')
    steps = table.texts(pair)
    for step in steps:
        try:
            named = route_steps.parse_step(step).engines
        except UsageError as error:
            raise table.wrong(pair, f"says {step!r}", error.remedy) from None
        for name in named:
            if name not in engines:
                raise table.wrong(pair, *unknown_engine(name, engines))
    return steps
