-- One row for each distinct source, with its shape (no codes, capitals or numbers) to compare it by; its targets, and where each stood, beside it.
CREATE TABLE IF NOT EXISTS about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS source (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE,
    shape TEXT NOT NULL,
    shape_key INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS source_by_shape ON source (shape_key);

CREATE TABLE IF NOT EXISTS target (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source (id),
    locale TEXT NOT NULL,
    text TEXT NOT NULL,
    origin TEXT NOT NULL,
    state TEXT NOT NULL,
    UNIQUE (source, locale, text)
);

-- Without a neighbour: ''; nobody knows: NULL.
CREATE TABLE IF NOT EXISTS context (target INTEGER NOT NULL REFERENCES target (id), before TEXT, after TEXT);
CREATE UNIQUE INDEX IF NOT EXISTS context_once
    ON context (target, ifnull(before, char(0)), ifnull(after, char(0)));

-- The inverted index: which sources hold a token, by their number of words.
CREATE TABLE IF NOT EXISTS posting (
    token INTEGER NOT NULL,
    size INTEGER NOT NULL,
    source INTEGER NOT NULL,
    PRIMARY KEY (token, size, source)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS frequency (token INTEGER PRIMARY KEY, sources INTEGER NOT NULL);
