/**
 * The steps from an empty database to the newest version: the first makes version 1 of nothing, the next version 2 of that.
 * A step that was released is never changed; a change of the tables is a further step.
 */
export const MIGRATIONS: readonly string[] = [
  `
  -- What the folder of graphs has to look like.
  CREATE TABLE graphs (
    id TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL,      -- the newest
    pending INTEGER NOT NULL,       -- 1 until the file is as the newest revision says
    file_sha256 TEXT NOT NULL       -- of the file when it last was settled; '' for none
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE revisions (
    graph TEXT NOT NULL REFERENCES graphs (id),
    revision INTEGER NOT NULL,      -- from 1, never used again
    action TEXT NOT NULL CHECK (action IN ('put', 'restore', 'delete')),
    text TEXT,                      -- canonical; NULL where the graph was deleted
    title TEXT,
    restored INTEGER,               -- the revision whose text this is
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (graph, revision)
  ) STRICT;

  CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'refused', 'failed')),
    status INTEGER,
    by TEXT NOT NULL,
    address TEXT,
    request TEXT,
    detail TEXT NOT NULL
  ) STRICT;

  CREATE TABLE deployments (
    run TEXT NOT NULL PRIMARY KEY,
    graph TEXT NOT NULL,
    revision INTEGER NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'stopped')),
    live TEXT NOT NULL,             -- values that were set, by node
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    unfinished_starts INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE benchmarks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    graph TEXT,
    revision INTEGER,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    result TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- A benchmark is kept from its beginning, and has several graphs.
  CREATE TABLE benchmark_graphs (
    benchmark INTEGER NOT NULL REFERENCES benchmarks (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    graph TEXT,                     -- id and revision where it was one of this server
    revision INTEGER,
    sha256 TEXT NOT NULL,           -- of the canonical text; '' where that was not kept
    PRIMARY KEY (benchmark, position)
  ) STRICT;
  INSERT INTO benchmark_graphs (benchmark, position, title, graph, revision, sha256)
    SELECT id, 0, graph, graph, revision, '' FROM benchmarks WHERE graph IS NOT NULL;
  ALTER TABLE benchmarks DROP COLUMN graph;
  ALTER TABLE benchmarks DROP COLUMN revision;
  ALTER TABLE benchmarks ADD COLUMN state TEXT NOT NULL DEFAULT 'done'
    CHECK (state IN ('running', 'done', 'failed', 'cancelled'));
  ALTER TABLE benchmarks ADD COLUMN request TEXT NOT NULL DEFAULT '{}';
  `,
  `
  -- What people call a revision; NULL: nothing.
  ALTER TABLE revisions ADD COLUMN name TEXT;
  `,
];
