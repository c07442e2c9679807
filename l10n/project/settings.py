"""The settings in `l10n.toml`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from l10n.conventions import load, registered
from l10n.conventions.two_letters import language_of_country, names_language
from l10n.engines.builtin import ENGINES, OPTIONS
from l10n.engines.limits import Limits
from l10n.errors import UsageError
from l10n.locale_tags import in_usual_case
from l10n.memory import Penalties
from l10n.project import engine_routes, toml_table
from l10n.project.engine_routes import Confidentiality, Routes
from l10n.project.toml_table import Table
from l10n.review_routing import TrustSettings

FILE = "l10n.toml"
EVERYWHERE = "*"
"""What stands for every locale where something is said by locale."""
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?:-[A-Za-z0-9]{5,8})*")
_OURS = ("kind", "embargoed", "confidential")
_LIMITS = ("characters_per_day", "characters_per_month", "requests_per_minute")
_TOPIC = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_CALLING_CODE = re.compile(r"\+[1-9][0-9]{0,2}")
_URL = re.compile(r"https?://[^\s<>\"']+")
_BRAND = ("icon", "logo", "picture")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

Thing = TypeVar("Thing")


PLACEHOLDER_URL = "https://www.example.org"
"""The address of a site that has not said its own (example.org belongs to nobody: RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Site:
    """The published site.

    ``url`` is its address without a closing slash, ``titles`` its name per locale.  ``history``
    says that a page shows what happened to it, line by line.  ``topics`` maps the key of a topic to
    its name per locale.  ``search`` says that every language has a search page.
    ``credits`` discloses who translated and who reviewed, as a plan or the ledger names them.
    ``calling_code`` is that of the phone numbers that do not begin with their country, as in "+33".
    ``icon``, ``logo`` and ``picture`` name files of the project that stand for its organisation, the
    latter two per locale.
    """

    url: str = PLACEHOLDER_URL
    titles: Mapping[str, str] = field(default_factory=dict)
    history: bool = False
    topics: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    search: bool = True
    credits: bool = False
    calling_code: str = ""
    icon: tuple[str, ...] = ()
    logo: Mapping[str, str] = field(default_factory=dict)
    picture: Mapping[str, str] = field(default_factory=dict)

    def topic(self, key: str, locale: str) -> str:
        """A topic's name for a reader of ``locale``, in the first language it has one in if not in theirs."""
        names = self.topics.get(key, {})
        return spoken(names, locale) or next(iter(names.values()), key)

    def topic_locale(self, key: str, locale: str) -> str:
        """The language in which a reader of ``locale`` is told a topic's name, "" for their own."""
        names = self.topics.get(key, {})
        return "" if spoken(names, locale) else next(iter(names), "")

    def title(self, locale: str) -> str:
        """The site's name for a reader of ``locale``."""
        return spoken(self.titles, locale) or next(iter(self.titles.values()), "")


def spoken(things: Mapping[str, Thing], locale: str) -> Thing | None:
    """What there is for a locale, for the language it is a region's of in the same script, or for all."""
    tag = locale
    while tag:
        if tag in things and (tag == locale or load(tag).script == load(locale).script):
            return things[tag]
        tag = tag.rpartition("-")[0]
    return things.get(EVERYWHERE)


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """An engine named in the configuration: which kind it is, and what that kind wants to know.

    ``embargoed`` allows it to see releases before their embargo, although it leaves the machine,
    ``confidential`` likewise releases marked so.  ``limits`` are what it may be asked.
    """

    name: str
    kind: str
    options: Mapping[str, Any] = field(default_factory=dict)
    embargoed: bool = False
    limits: Limits = field(default_factory=Limits)
    confidential: bool = False

    def may_see(self, confidentiality: Confidentiality) -> bool:
        """Whether an engine on another machine may get the texts of a release."""
        return (self.embargoed or not confidentiality.embargoed) and (
            self.confidential or not confidentiality.confidential
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """A project's settings.

    ``routes`` say which engines are asked for what; ``trust_gettext`` lets a plain entry
    from any gettext tool count as reviewed; ``partial`` is what a release does with paragraphs
    that are not approved, unless it says so itself; ``min_approved`` is the percentage of
    approved segments a language needs to be published, per locale or "*".  ``review`` is
    "one" where a reviewer approves, "none" where whoever translates may, "four-eyes" where nobody may
    approve what they wrote themselves; in the locales of ``two_passes`` two people have to approve
    a text, unless a release says otherwise.  ``database`` is the address
    of the ledger's database, "" for the file under the project's state; ``answers_kept`` is for how
    many days it keeps what engines answered, 0 for ever.  ``penalties`` are what a
    match of the memory loses, ``memory_database`` is where it is kept, "" for files under the state.
    ``trust`` says what gets a light review.  ``domains`` are the fields releases are about, unless they
    say so themselves.
    """

    name: str
    source_locales: tuple[str, ...]
    locales: tuple[str, ...]
    site: Site = field(default_factory=Site)
    routes: Routes = field(default_factory=Routes)
    engines: Mapping[str, EngineSettings] = field(default_factory=dict)
    min_approved: Mapping[str, int] = field(default_factory=dict)
    trust_gettext: bool = False
    partial: str = "fallback"
    review: str = "one"
    two_passes: tuple[str, ...] = ()
    database: str = ""
    answers_kept: int = 180
    penalties: Penalties = field(default_factory=Penalties)
    memory_database: str = ""
    trust: TrustSettings = field(default_factory=TrustSettings)
    domains: tuple[str, ...] = ()

    def threshold(self, locale: str) -> int:
        """The percentage of approved segments a language needs to be published."""
        return self.min_approved.get(locale, self.min_approved.get("*", 1))


PARTIAL = ("fallback", "wait", "draft")
REVIEW = ("one", "none", "four-eyes")


def locale_of(text: str) -> str:
    """A BCP 47 tag in its usual letter case.  Raises UsageError when it is none."""
    if not _LOCALE.fullmatch(text):
        raise UsageError(
            f"{text!r} is no locale", remedy="Use a BCP 47 tag with hyphens, such as fr or pt-BR."
        )
    tag = in_usual_case(text)
    language, dash, rest = tag.partition("-")
    if (known := registered(language)) != language:
        raise UsageError(
            f"{text!r} is no locale", remedy=f"BCP 47 has two letters for this language: {known}{dash}{rest}."
        )
    if len(language) == 2 and not names_language(language):
        meant = language_of_country(language)
        raise UsageError(
            f"{text!r} is no locale",
            remedy=f"{language} is no language; {meant} is one of the country {language.upper()}."
            if meant
            else f"No language is registered as {language}.",
        )
    return tag


def locales_in(table: Table, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The locales a table names under a key.  Raises ConfigError for what is none."""
    return tuple(locale_in(table, key, value) for value in table.texts(key, default))


def locale_in(table: Table, key: str, value: str) -> str:
    """What a table says under a key, as a locale.  Raises ConfigError when it is none."""
    try:
        return locale_of(value)
    except UsageError as error:
        raise table.wrong(key, f"names {value!r}, which is no locale", error.remedy) from None


def read(path: Path) -> Settings:
    """The settings in an `l10n.toml`.  Raises ConfigError for what it should not say."""
    table = toml_table.read(path)
    table.only({"project", "site", "routes", "engines", "gates", "ledger", "memory", "review"})
    project = table.table("project")
    project.only({"name", "source_locales", "locales", "trust", "partial", "review", "two_passes", "domains"})
    source_locales = _locales(project, "source_locales")
    locales = _locales(project, "locales")
    ledger = table.table("ledger")
    ledger.only({"database", "answers_kept"})
    memory = table.table("memory")
    memory.only({"penalties", "database"})
    gates = table.table("gates")
    gates.only({"min_approved"})
    engines = _engines(table.table("engines"))
    return Settings(
        name=project.text("name", path.parent.name),
        source_locales=source_locales,
        locales=tuple(dict.fromkeys((*source_locales, *locales))),
        site=_site(table.table("site")),
        routes=engine_routes.read(table.table("routes"), tuple(dict.fromkeys((*engines, *ENGINES.names())))),
        engines=engines,
        min_approved=_percentages(gates.table("min_approved")),
        trust_gettext=project.choice("trust", ("passerelle", "gettext")) == "gettext",
        partial=project.choice("partial", PARTIAL),
        review=project.choice("review", REVIEW),
        two_passes=locales_in(project, "two_passes"),
        database=_database(ledger),
        answers_kept=_days(ledger, "answers_kept", 180),
        penalties=_penalties(memory.table("penalties")),
        memory_database=_database(memory),
        trust=_trust(table.table("review")),
        domains=project.texts("domains"),
    )


def _locales(table: Table, key: str) -> tuple[str, ...]:
    locales = locales_in(table, key)
    if not locales:
        raise table.wrong(key, "names no locale", f'Write it as in {key} = ["fr"].')
    return locales


def _site(table: Table) -> Site:
    table.only({"url", "title", "history", "topics", "search", "credits", "calling_code", *_BRAND})
    url = table.text("url", Site().url).rstrip("/")
    if not _URL.fullmatch(url):
        raise table.wrong("url", f"is {url!r}", "It starts with http:// or https://.")
    topics = table.table("topics")
    for key in topics.values:
        if not _TOPIC.fullmatch(key):
            raise topics.wrong(key, "is no key of a topic", "It has small letters, digits and hyphens.")
    topic_names = {key: _in_languages(topics, key) for key in topics.values}
    return Site(
        url,
        _in_languages(table, "title"),
        table.flag("history"),
        topic_names,
        table.flag("search", default=True),
        table.flag("credits"),
        calling_code(table),
        _names(table, "icon", _several(table, "icon")),
        *(_named_files(table, key) for key in ("logo", "picture")),
    )


def _several(table: Table, key: str) -> tuple[str, ...]:
    """The texts under a key, which may be one without a list."""
    one = table.values.get(key)
    return (one,) if isinstance(one, str) else table.texts(key)


def _named_files(table: Table, key: str) -> Mapping[str, str]:
    """The names of files by locale."""
    files = _in_languages(table, key)
    _names(table, key, tuple(files.values()))
    return files


def _names(table: Table, key: str, files: tuple[str, ...]) -> tuple[str, ...]:
    """The same names of files.  Raises ConfigError for what can be no name."""
    for name in files:
        if not name or _CONTROL.search(name):
            raise table.wrong(key, f"is {name!r}", 'It names a file, as in "brand/logo.svg".')
    return files


def calling_code(table: Table, default: str = "") -> str:
    """The country of the phone numbers that do not begin with theirs, as in "+33".  Raises ConfigError."""
    code = table.text("calling_code", default)
    if code and not _CALLING_CODE.fullmatch(code):
        raise table.wrong("calling_code", f"is {code!r}", 'Write it as in calling_code = "+33".')
    return code


def _in_languages(table: Table, key: str) -> Mapping[str, str]:
    """A text by locale; one without a locale is for all of them."""
    value = table.values.get(key, "")
    if isinstance(value, str):
        return {"*": value} if value else {}
    texts = table.table(key)
    return {locale: texts.text(locale) for locale in texts.values}


def _engines(table: Table) -> Mapping[str, EngineSettings]:
    engines = {}
    for name in table.values:
        engine = table.table(name)
        options = {key: value for key, value in engine.values.items() if key not in {*_OURS, *_LIMITS}}
        if (kind := engine.text("kind", name)) not in (kinds := ENGINES.names()):
            said_in, key = (engine, "kind") if "kind" in engine.values else (table, name)
            raise said_in.wrong(key, *engine_routes.unknown_engine(kind, kinds))
        _check_options(engine, kind, options)
        engines[name] = EngineSettings(
            name,
            kind,
            options,
            engine.flag("embargoed"),
            _limits(engine),
            engine.flag("confidential"),
        )
    return engines


def _check_options(engine: Table, kind: str, options: Collection[str]) -> None:
    """Refuse a setting that this kind of engine has not: a misspelt budget would be none."""
    if kind not in OPTIONS:
        return
    known = (*_OURS, *_LIMITS, *OPTIONS[kind])
    for key in options:
        if key not in known:
            remedy = f"{toml_table.meant(key, known)}Known here: {', '.join(known)}."
            raise engine.wrong(key, f"is no setting of an engine of the kind {kind!r}", remedy)


def _limits(engine: Table) -> Limits:
    for key in _LIMITS:
        if engine.number(key, 0) < 0:
            raise engine.wrong(key, "is negative", "0 means no limit.")
    return Limits(*(engine.number(key, 0) for key in _LIMITS))


def _trust(table: Table) -> TrustSettings:
    usual = TrustSettings()
    table.only(asdict(usual))
    light, audit = table.number("light_from", usual.light_from), table.number("audit", usual.audit)
    for name, number in (("light_from", light), ("audit", audit)):
        if not 0 <= number <= 100:
            raise table.wrong(name, f"is {number}", "It lies between 0 and 100.")
    return TrustSettings(light, table.texts("trusted"), audit)


def _penalties(table: Table) -> Penalties:
    usual = asdict(Penalties())
    table.only(usual)
    points = {name: table.number(name, number) for name, number in usual.items()}
    for name, number in points.items():
        if not 0 <= number <= 100:
            raise table.wrong(name, f"is {number}", "A penalty lies between 0 and 100 points.")
    return Penalties(**points)


def _database(table: Table) -> str:
    address = table.text("database")
    if address and not address.startswith("postgresql://"):
        raise table.wrong("database", "is no address of a database", "It starts with postgresql://.")
    return address


def _days(table: Table, key: str, default: int) -> int:
    days = table.number(key, default)
    if not 0 <= days <= 36_500:
        raise table.wrong(key, f"is {days}", "It is a number of days, 0 for ever.")
    return days


def _percentages(table: Table) -> Mapping[str, int]:
    percentages = {key: table.number(key, 0) for key in table.values}
    for key, value in percentages.items():
        if not 0 <= value <= 100:
            raise table.wrong(key, f"is {value}", "A percentage lies between 0 and 100.")
    return percentages
