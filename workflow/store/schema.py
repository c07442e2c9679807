"""The tables of the ledger."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    event,
)

VERSION = 11
metadata = MetaData()

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("release", String, nullable=False),
    Column("locale", String, nullable=False),
    Column("segment", String, nullable=False),
    Column("context", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("fuzzy", Boolean, nullable=False),
    Column("action", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("at", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("base", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("comment", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("place", Integer, nullable=False, server_default="0"),
    Column("salt", String, nullable=False, server_default=""),
    Column("link", String, nullable=False, server_default=""),
    Column("seals", Text, nullable=False, server_default="{}"),
    Column("outstanding", Text, nullable=False, server_default=""),
    Column("author", String, nullable=False, server_default=""),
    Column("passed", String, nullable=False, server_default=""),
    Index("decisions_in_chain", "release", "place"),
    Index("decisions_of_segment", "release", "locale", "segment", "id"),
    sqlite_autoincrement=True,
)

chains = Table(
    "chains",
    metadata,
    Column("release", String, primary_key=True),
    Column("link", String, nullable=False),
    Column("length", Integer, nullable=False),
)

heads = Table(
    "heads",
    metadata,
    Column("release", String, primary_key=True),
    Column("locale", String, primary_key=True),
    Column("segment", String, primary_key=True),
    Column("decision", Integer, nullable=False),
    Column("digest", String, nullable=False),
)

projections = Table(
    "projections",
    metadata,
    Column("release", String, primary_key=True),
    Column("locale", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("upto", Integer, nullable=False),
    # The newest decision on any of its segments, kept so that nobody has to look for it.
    Column("newest", Integer, nullable=False, server_default="0"),
)

claims = Table(
    "claims",
    metadata,
    Column("release", String, primary_key=True),
    Column("locale", String, primary_key=True),
    Column("segment", String, primary_key=True),
    Column("person", String, nullable=False),
    Column("expires", String, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", String, primary_key=True),
    Column("login", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("roles", Text, nullable=False),
    Column("password", String, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("kind", String, primary_key=True),
    Column("digest", String, primary_key=True),
    Column("person", String, nullable=False),
    Column("expires", String, nullable=False),
    Column("since", String, nullable=False, server_default=""),
    Column("about", String, nullable=False, server_default=""),
    Column("scope", String, nullable=False, server_default=""),
)

# What a person keeps for themselves: "step" is the time of the last code of their second factor.
accounts = Table(
    "accounts",
    metadata,
    Column("person", String, primary_key=True),
    Column("email", String, nullable=False),
    Column("totp", String, nullable=False),
    Column("step", Integer, nullable=False),
    Column("away", String, nullable=False),
    Column("seen", String, nullable=False),
    Column("letters", String, nullable=False, server_default="daily"),
    Column("told", String, nullable=False, server_default=""),
    Column("language", String, nullable=False, server_default=""),
)

audit = Table(
    "audit",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", String, nullable=False),
    Column("person", String, nullable=False),
    Column("what", String, nullable=False),
    Column("about", String, nullable=False),
    Index("audit_of_person", "person", "at"),
)

assignments = Table(
    "assignments",
    metadata,
    Column("release", String, primary_key=True),
    Column("locale", String, primary_key=True),
    Column("person", String, nullable=False),
    Column("due", String, nullable=False),
    Column("at", String, nullable=False),
)

comments = Table(
    "comments",
    metadata,
    Column("id", String, primary_key=True),
    Column("release", String, nullable=False),
    Column("locale", String, nullable=False),
    Column("segment", String, nullable=False),
    Column("person", String, nullable=False),
    Column("at", String, nullable=False),
    Column("text", Text, nullable=False),
    # Asked of whoever wrote the source; seen by the people of every language.
    Column("asks", Boolean, nullable=False),
    Column("resolved", String, nullable=False),
    Index("comments_of_segment", "release", "segment"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("person", String, primary_key=True),
    Column("release", String, primary_key=True),
    Column("locale", String, primary_key=True),
    Column("segment", String, primary_key=True),
    Column("target", Text, nullable=False),
    Column("base", String, nullable=False),
    Column("at", String, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("payload", Text, nullable=False),
    Column("queue", String, nullable=False),
    Column("lock", String, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    # When somebody may take it: NULL once nobody has to.
    Column("ready", String),
    Column("worker", String, nullable=False),
    Column("cancel", Boolean, nullable=False),
    Column("changed", String, nullable=False),
    sqlite_autoincrement=True,
)
# In words of both databases: SQLAlchemy would load all it knows of PostgreSQL to write them.
for _index in (
    "CREATE INDEX jobs_open ON jobs (queue, id) WHERE ready IS NOT NULL",
    "CREATE INDEX jobs_running ON jobs (lock) WHERE state = 'running'",
):
    event.listen(jobs, "after_create", DDL(_index))  # type: ignore[no-untyped-call]  # it has no types

# What engines answered: the key is a digest of everything that the answer depends on.
answers = Table(
    "answers",
    metadata,
    Column("key", String, primary_key=True),
    Column("text", Text, nullable=False),
    Column("codes_missing", Boolean, nullable=False),
    Column("unknown", Integer, nullable=False),
    Column("way", String, nullable=False),
    Column("at", String, nullable=False, server_default=""),
    Index("answers_by_age", "at"),
)

spending = Table(
    "spending",
    metadata,
    Column("engine", String, primary_key=True),
    Column("day", String, primary_key=True),
    Column("characters", Integer, nullable=False),
)

breakers = Table(
    "breakers",
    metadata,
    Column("engine", String, primary_key=True),
    Column("pair", String, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("until", String, nullable=False),
)

# When an engine with a rate limit may be asked, one row a request.
turns = Table(
    "turns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("engine", String, nullable=False),
    Column("at", String, nullable=False),
    Index("turns_of_engine", "engine", "at"),
)

versions = Table("schema_version", metadata, Column("version", Integer, primary_key=True))
