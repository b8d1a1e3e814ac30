/**
 * What templates were used for. A generation is no child of its template, so that the history stays when that goes. `words`:
 * what it is found by, in small letters. Once it has ended, `sent` and `tries` may be packed into `packed`, and are empty then.
 */
export const sql = `
CREATE TABLE batches (
  id TEXT PRIMARY KEY,
  template_id TEXT NOT NULL,
  template_name TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 0),
  language TEXT NOT NULL CHECK (language IN ('en', 'ru')),
  story_id TEXT REFERENCES stories (id) ON DELETE SET NULL,
  file_name TEXT,
  asked TEXT,
  inputs TEXT,
  concurrency INTEGER NOT NULL CHECK (concurrency >= 1),
  total INTEGER NOT NULL CHECK (total >= 0),
  created_at TEXT NOT NULL,
  deleted_at TEXT
) STRICT;
CREATE INDEX batches_by_template ON batches (template_id);
CREATE INDEX batches_by_story ON batches (story_id) WHERE story_id IS NOT NULL;
CREATE INDEX batches_deleted ON batches (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE batch_rows (
  batch_id TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 1),
  line INTEGER NOT NULL CHECK (line >= 1),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'complete', 'invalid', 'failed', 'skipped')),
  inputs TEXT,
  faults TEXT,
  PRIMARY KEY (batch_id, number)
) STRICT;
CREATE INDEX batch_rows_by_state ON batch_rows (batch_id, state, number);

CREATE TABLE generations (
  id TEXT PRIMARY KEY,
  template_id TEXT NOT NULL,
  template_name TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 0),
  language TEXT NOT NULL CHECK (language IN ('en', 'ru')),
  story_id TEXT REFERENCES stories (id) ON DELETE SET NULL,
  batch_id TEXT REFERENCES batches (id) ON DELETE CASCADE,
  batch_row INTEGER CHECK (batch_row IS NULL OR batch_id IS NOT NULL),
  state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'invalid', 'stopped', 'failed')),
  format TEXT NOT NULL CHECK (format IN ('text', 'json', 'csv')),
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  tries_made INTEGER NOT NULL CHECK (tries_made >= 0),
  edited INTEGER NOT NULL CHECK (edited IN (0, 1)),
  favourite INTEGER NOT NULL CHECK (favourite IN (0, 1)),
  input_tokens INTEGER,
  output_tokens INTEGER,
  cost REAL,
  total_ms INTEGER NOT NULL,
  title TEXT NOT NULL,
  excerpt TEXT NOT NULL,
  error TEXT,
  created_at TEXT NOT NULL,
  deleted_at TEXT,
  words TEXT NOT NULL,
  inputs TEXT NOT NULL,
  text TEXT NOT NULL,
  value TEXT,
  sent TEXT NOT NULL,
  tries TEXT NOT NULL,
  packed BLOB
) STRICT;
CREATE UNIQUE INDEX generations_by_row ON generations (batch_id, batch_row) WHERE batch_id IS NOT NULL;
CREATE INDEX generations_by_template ON generations (template_id, version, id) WHERE deleted_at IS NULL;
CREATE INDEX generations_by_story ON generations (story_id, id) WHERE story_id IS NOT NULL;
CREATE INDEX generations_by_model ON generations (model, id) WHERE deleted_at IS NULL;
CREATE INDEX generations_running ON generations (id) WHERE state = 'running';
CREATE INDEX generations_deleted ON generations (deleted_at) WHERE deleted_at IS NOT NULL;

ALTER TABLE calls ADD COLUMN generation_id TEXT;
CREATE INDEX calls_by_generation ON calls (generation_id) WHERE generation_id IS NOT NULL;
`
