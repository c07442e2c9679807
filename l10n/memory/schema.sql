-- One row for each distinct source, its targets beside it, and the places where each stood. Keys are digests
-- that spare an index over the texts; a neighbour's 0 says that nobody knows it.
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    shape_key BIGINT NOT NULL,
    text_key BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS source_by_key ON source (shape_key, text_key);

-- The ids of targets are the memory's clock: what came later has the higher one.
CREATE TABLE IF NOT EXISTS target (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source BIGINT NOT NULL,
    locale TEXT NOT NULL,
    text TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS origin (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    own INTEGER NOT NULL,
    UNIQUE (name, own)
);
-- Every target has a place, and by the places of a source its targets are found: an index of their own would
-- be one page more to read for each answer. ``language`` is that of the target's locale.
CREATE TABLE IF NOT EXISTS place (
    source BIGINT NOT NULL,
    language TEXT NOT NULL,
    target BIGINT NOT NULL,
    before BIGINT NOT NULL,
    after BIGINT NOT NULL,
    origin BIGINT NOT NULL,
    approved INTEGER NOT NULL,
    day INTEGER NOT NULL,
    PRIMARY KEY (source, language, target, before, after, origin)
) WITHOUT ROWID;

-- How similar sources are found: about.way says by which of the two.
-- By postings: which sources hold a token, by their length.
CREATE TABLE IF NOT EXISTS posting (
    token BIGINT NOT NULL,
    length INTEGER NOT NULL,
    source BIGINT NOT NULL,
    PRIMARY KEY (token, length, source)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS frequency (token BIGINT PRIMARY KEY, sources INTEGER NOT NULL) WITHOUT ROWID;
-- By an index file of all up to the target about.posted, and what tells of those that came later.
CREATE TABLE IF NOT EXISTS tail (
    target INTEGER PRIMARY KEY,
    source BIGINT NOT NULL,
    shape TEXT NOT NULL,
    traits BLOB NOT NULL
);

-- The files that were read into it, each with the stamp it had and its pairs.
CREATE TABLE IF NOT EXISTS reading (name TEXT PRIMARY KEY, stamp TEXT NOT NULL, pairs TEXT NOT NULL);
