"""The glossary at the desk: everybody reads it, editors change it and look through what is suggested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from l10n.glossary import Status, TermProblem, csv_table
from l10n.project import GlossaryChanged, Project
from workflow.desk import glossary_editing
from workflow.desk.glossary_editing import FIELDS, TermRow
from workflow.store import Person
from workflow.web.base_path import desk_path
from workflow.web.services import Services, ServicesDep, SignedIn
from workflow.web.templating import fields_of, page

router = APIRouter(prefix="/glossary")
_MOST = 100  # terms on a page
_PLACE = ("file", "line", "base", "known_by")


@router.get("")
def terms(
    services: ServicesDep,
    person: SignedIn,
    text: Annotated[str, Query(max_length=200)] = "",
    source: Annotated[str, Query(max_length=40)] = "",
    target: Annotated[str, Query(max_length=40)] = "",
    after: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """The terms that say something, for a pair of languages."""
    project = services.desk.ledger.project
    table = glossary_editing.read_glossary_table(project)
    matching = glossary_editing.filter_terms(table.terms, text, source, target)
    query = {"text": text, "source": source, "target": target}
    has_more = after + _MOST < len(matching)
    return page(
        "glossary.html",
        person=person,
        terms=[(row, _address(row.file, row.line)) for row in matching[after : after + _MOST]],
        count=len(matching),
        wrong=table.wrong[:10],
        further=_query(query | {"after": str(after + _MOST)}) if has_more else "",
        asked=query,
        may_change=lambda locale: glossary_editing.may_change(person, locale),
        spoken=_languages(project, person),
        onward_here=desk_path("/glossary") + (_query(query) if any(query.values()) else ""),
    )


@router.get("/term")
def term(
    request: Request,
    services: ServicesDep,
    person: SignedIn,
    file: Annotated[str, Query(max_length=200)] = "",
    line: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """The form for a term: that of a row, or a new one with what the address says of it."""
    if not line:
        fields = {name: request.query_params.get(name, "")[:2000] for name in FIELDS}
        spoken = _languages(services.desk.ledger.project, person)
        source = fields["source_locale"] or next(iter(spoken.sources), "")
        others = [locale for locale in spoken.targets if locale != source]
        likely_target = next((locale for locale in others if locale in spoken.mine), next(iter(others), ""))
        defaults = {"source_locale": source, "target_locale": fields["target_locale"] or likely_target}
        return _form(services, person, fields | defaults)
    row = glossary_editing.read_glossary_table(services.desk.ledger.project).at(file, line)
    entry = row.term
    return _form(services, person, csv_table.cells_of(entry) | _place(row))


@router.post("/term")
def save(
    request: Request, services: ServicesDep, person: SignedIn, what: Annotated[str, Form()] = ""
) -> Response:
    """Save a term or remove it; what was typed stays where that cannot be."""
    typed = fields_of(request.state.body)
    file, line, base = typed.get("file", ""), _number(typed.get("line", "")), typed.get("base", "")
    project = services.desk.ledger.project
    try:
        if what == "remove":
            glossary_editing.remove(project, person, file=file, line=line, base=base)
        elif problem := glossary_editing.save(project, person, typed, file=file, line=line, base=base):
            return _form(services, person, typed, problem=problem, status=422)
    except GlossaryChanged as error:
        table = glossary_editing.read_glossary_table(project)
        current = table.again(typed.get("known_by", "")) or table.alike(typed)
        fields = {name: typed.get(name, "") for name in FIELDS} | (_place(current) if current else {})
        problem = TermProblem("", error.message, error.remedy)
        stands = _differing(current, typed) if current else {}
        return _form(services, person, fields, problem=problem, stands=stands, status=409)
    languages = {name: typed.get(f"{name}_locale", "") for name in ("source", "target")}
    return RedirectResponse(desk_path("/glossary") + _query(languages), status_code=303)


@router.get("/suggestions")
def suggestions(
    services: ServicesDep,
    person: SignedIn,
    source: Annotated[str, Query(max_length=40)] = "",
    target: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """What approved texts speak of and the glossary lacks, for a pair of languages."""
    project = services.desk.ledger.project
    spoken = _languages(project, person)
    sources, targets = spoken.sources, spoken.targets
    source = source if source in sources else next(iter(sources), "")
    target = target if target in targets else next((locale for locale in targets if locale != source), "")
    suggested = (
        glossary_editing.suggested_terms(project, source, target)
        if source and target and source != target
        else []
    )
    return page(
        "glossary_suggestions.html",
        person=person,
        made=[
            (
                suggestion,
                _new(suggestion.term.source, source, target, suggestion.term.target, suggestion.term.status),
            )
            for suggestion in suggested
        ],
        asked={"source": source, "target": target},
        may=glossary_editing.may_change(person, target),
        spoken=spoken,
        onward_here=desk_path("/glossary/suggestions") + _query({"source": source, "target": target}),
    )


@router.post("/suggestions")
def look_through(
    request: Request, services: ServicesDep, person: SignedIn, what: Annotated[str, Form()] = ""
) -> Response:
    """Take a suggestion into the glossary, or decline it for good."""
    typed = fields_of(request.state.body)
    project = services.desk.ledger.project
    if what == "accept":
        if problem := glossary_editing.save(project, person, typed):
            return _form(services, person, typed, problem=problem, status=422)
    else:
        glossary_editing.decline(project, person, typed)
    languages = {name: typed.get(f"{name}_locale", "") for name in ("source", "target")}
    return RedirectResponse(desk_path("/glossary/suggestions") + _query(languages), status_code=303)


def _form(
    services: Services,
    person: Person,
    typed: Mapping[str, str],
    *,
    problem: TermProblem | None = None,
    stands: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    return page(
        "term.html",
        status=status,
        person=person,
        typed={name: typed.get(name, "") for name in (*FIELDS, *_PLACE)},
        problem=problem,
        stands=stands or {},
        statuses=tuple(Status),
        spoken=_languages(services.desk.ledger.project, person),
        onward_here=desk_path("/glossary"),
    )


@dataclass(frozen=True, slots=True)
class _Languages:
    """The languages that terms lead from and into, and those whose terms somebody may change."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    mine: tuple[str, ...]


def _languages(project: Project, person: Person) -> _Languages:
    settings = project.settings
    changeable = (locale for locale in ("", *settings.locales) if glossary_editing.may_change(person, locale))
    return _Languages(settings.source_locales, settings.locales, tuple(changeable))


def _place(row: TermRow) -> dict[str, str]:
    """Where a term stands, as the form carries it."""
    return dict(zip(_PLACE, (row.file, str(row.line), row.base, row.known_by), strict=True))


def _differing(row: TermRow, typed: Mapping[str, str]) -> Mapping[str, str]:
    """What of a term is not as somebody typed it."""
    cells = csv_table.cells_of(row.term)
    return {name: text for name, text in cells.items() if text != typed.get(name, "").strip()}


def _address(file: str, line: int) -> str:
    return desk_path("/glossary/term") + _query({"file": file, "line": str(line)})


def _new(source: str, source_locale: str, target_locale: str, target: str, status: str) -> str:
    fields = {"source": source, "target": target, "status": status}
    return desk_path("/glossary/term") + _query(
        fields | {"source_locale": source_locale, "target_locale": target_locale}
    )


def _query(fields: Mapping[str, str]) -> str:
    return "?" + urlencode({name: text for name, text in fields.items() if text})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
