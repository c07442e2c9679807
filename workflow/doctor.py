"""What each engine and each route of a project would do, found out without sending any text."""

from __future__ import annotations

import datetime as dt
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from l10n import project as projects
from l10n.engines import Engine, pivot, route_steps
from l10n.engines.limits import Limits, Usage
from l10n.errors import L10nError
from l10n.project import Confidentiality, Project
from workflow.engine_pool import EnginePool

PortProbe = Callable[[str, int], str]
"""Why a host does not answer on a port, "" when it does."""


@dataclass(frozen=True, slots=True)
class EngineReport:
    """An engine of a project.

    ``missing`` says why it cannot run, ``address`` where its texts go, ``unreached`` why nobody answers
    there; each is "" when there is nothing to say.  ``spent`` is what was taken from the budgets that
    ``limits`` sets.
    """

    name: str
    kind: str
    missing: str = ""
    leaves_machine: bool = False
    address: str = ""
    unreached: str = ""
    limits: Limits = field(default_factory=Limits)
    spent: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class RouteReport:
    """The engines that could translate a pair of languages, in order, and why others could not.

    ``when`` is "" for what is public and of no field, "confidential", "not public", or a field.
    """

    source: str
    target: str
    ready: tuple[str, ...]
    passed_over: tuple[tuple[str, str], ...]
    when: str = ""


@dataclass(frozen=True, slots=True)
class DoctorReport:
    """All that was found; ``held`` are releases with the engines that may not see them yet."""

    engines: tuple[EngineReport, ...]
    routes: tuple[RouteReport, ...]
    held: tuple[tuple[str, tuple[str, ...]], ...]
    tools: tuple[tuple[str, str], ...]


def examine(project: Project, pool: EnginePool, reach: PortProbe, now: dt.datetime) -> DoctorReport:
    """Everything about a project's engines and routes."""
    releases = projects.releases(project)
    steps = dict.fromkeys(step for route in project.settings.routes.all_routes() for step in route)
    names = dict.fromkeys(name for step in steps for name in route_steps.parse_step(step).engines)
    names |= dict.fromkeys(project.settings.engines)
    engines_by_name: dict[str, Engine | L10nError] = {name: _constructed(pool, name) for name in names}
    engine_reports = tuple(_engine(name, engine, reach, pool) for name, engine in engines_by_name.items())
    pairs = dict.fromkeys((release.locale, locale) for release in releases for locale in release.locales)
    routes = tuple(route for pair in pairs for route in _routes(project, pair, engines_by_name, pool))
    withheld = tuple(
        (release.id, excluded)
        for release in releases
        if (
            excluded := tuple(
                name for name in engines_by_name if pool.kept_from(name, release.confidentiality(now))
            )
        )
    )
    for engine in engines_by_name.values():
        if not isinstance(engine, L10nError):
            engine.close()
    return DoctorReport(
        engine_reports,
        routes,
        withheld,
        tuple((name, shutil.which(name) or "") for name in ("git", "hunspell")),
    )


def _constructed(pool: EnginePool, name: str) -> Engine | L10nError:
    """An engine, or why it cannot run."""
    try:
        return pool.construct(name)
    except L10nError as error:
        return error


def _engine(name: str, engine: Engine | L10nError, reach: PortProbe, pool: EnginePool) -> EngineReport:
    settings = pool.settings_of(name)
    if isinstance(engine, L10nError):
        return EngineReport(name, settings.kind, f"{engine.message}. {engine.remedy}".rstrip(" ."))
    url = urlsplit(engine.capabilities.endpoint)
    host = url.hostname or ""
    port = url.port or (443 if url.scheme == "https" else 80)
    unreached = reach(host, port) if host else ""
    address = f"{host}:{port}" if host else ""
    return EngineReport(
        name=name,
        kind=settings.kind,
        leaves_machine=engine.capabilities.leaves_machine,
        address=address,
        unreached=unreached,
        limits=settings.limits,
        spent=pool.spent(name),
    )


def _routes(
    project: Project, pair: tuple[str, str], engines: Mapping[str, Engine | L10nError], pool: EnginePool
) -> Iterator[RouteReport]:
    """The pair's usual route, and those of other releases where they are another."""
    usual = _route(project, pair, engines, pool, "", Confidentiality())
    yield usual
    cases = [
        ("confidential", Confidentiality(confidential=True)),
        ("not public", Confidentiality(embargoed=True)),
    ]
    cases += [(domain, Confidentiality()) for domain in project.settings.routes.domains]
    for when, confidentiality in cases:
        other = _route(project, pair, engines, pool, when, confidentiality)
        if (other.ready, other.passed_over) != (usual.ready, usual.passed_over):
            yield other


def _route(
    project: Project,
    pair: tuple[str, str],
    engines: Mapping[str, Engine | L10nError],
    pool: EnginePool,
    when: str,
    confidentiality: Confidentiality,
) -> RouteReport:
    ready: list[str] = []
    passed_over: list[tuple[str, str]] = []
    for step in project.settings.routes.of(*pair, confidentiality, [when]):
        if excluded := pool.kept_from(step, confidentiality):
            passed_over.append((step, f"{', '.join(excluded)} may not see it"))
        elif reason := _unable(step, pair, engines):
            passed_over.append((step, reason))
        else:
            ready.append(step)
    return RouteReport(*pair, tuple(ready), tuple(passed_over), when)


def _unable(step: str, pair: tuple[str, str], engines: Mapping[str, Engine | L10nError]) -> str:
    """Why a way cannot translate a pair, "" when it can."""
    parsed = route_steps.parse_step(step)
    first, second = engines[parsed.first], engines[parsed.second]
    if isinstance(first, L10nError) or isinstance(second, L10nError):
        return "it cannot run"
    engine = pivot.Pivot(first, parsed.through, second) if parsed.through else first
    return "" if engine.supports(*pair) else "it does not know the pair here"


def probe_port(host: str, port: int) -> str:
    """Try to connect to a host and port; why that failed, "" when it worked.  No data is sent."""
    try:
        with closing(socket.create_connection((host, port), timeout=3)):
            return ""
    except OSError as error:
        return error.strerror or str(error) or "it does not answer"


def _budgets(engine: EngineReport) -> Iterator[str]:
    """What was spent of each budget that is set."""
    if engine.limits.per_day:
        yield f"{engine.spent.day:,} of {engine.limits.per_day:,} characters today"
    if engine.limits.per_month:
        yield f"{engine.spent.month:,} of {engine.limits.per_month:,} characters this month"


def lines(report: DoctorReport) -> Sequence[str]:
    """What was found, for people."""
    out = ["Engines"]
    for engine in report.engines:
        where = (
            f", texts go to {engine.address}"
            if engine.address
            else ", texts leave the machine"
            if engine.leaves_machine
            else ""
        )
        state = f"cannot run: {engine.missing}" if engine.missing else f"ready{where}"
        state += f"; it cannot be reached ({engine.unreached})" if engine.unreached else ""
        state += "".join(f"; {budget}" for budget in _budgets(engine))
        out.append(
            f"  {engine.name} ({engine.kind}): {state}"
            if engine.kind != engine.name
            else f"  {engine.name}: {state}"
        )
    out.append("Routes" if report.routes else "Routes: none before the first release (l10n add FILE)")
    for route in report.routes:
        steps = ", then ".join(route.ready) if route.ready else "memory and glossary only"
        why = "".join(f"; {name}: {reason}" for name, reason in route.passed_over)
        when = f", {route.when}" if route.when else ""
        out.append(f"  {route.source} to {route.target}{when}: {steps}{why}")
    if report.held:
        out.append("Held back")
        out += [f"  {release} is not shown to {', '.join(names)}" for release, names in report.held]
    out.append("Tools")
    out += [f"  {name}: {'installed' if path else 'not installed'}" for name, path in report.tools]
    return out
