/**
 * What the user decides about models, how fresh each provider's list is, limits of parallel calls, and the ledger: one row
 * for each attempt at a call, with names instead of references, so that it stays true when the rest changes.
 */
export const sql = `
ALTER TABLE models ADD COLUMN enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1));
ALTER TABLE models ADD COLUMN source TEXT NOT NULL DEFAULT 'synced' CHECK (source IN ('synced', 'manual'));
ALTER TABLE models ADD COLUMN edits TEXT NOT NULL DEFAULT '{"version":1,"value":{}}';

ALTER TABLE providers ADD COLUMN limits TEXT NOT NULL DEFAULT '{"version":1,"value":{"total":null,"perToken":null}}';

CREATE TABLE model_lists (
  provider_id TEXT PRIMARY KEY REFERENCES providers (id) ON DELETE CASCADE,
  last_sync TEXT,
  problem TEXT
) STRICT;

CREATE TABLE calls (
  id TEXT PRIMARY KEY,
  started_at TEXT NOT NULL,
  turn_id TEXT,
  story_id TEXT,
  role TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  server TEXT,
  token_name TEXT,
  attempt INTEGER NOT NULL CHECK (attempt >= 1),
  outcome TEXT NOT NULL CHECK (outcome IN ('complete', 'stopped', 'failed')),
  error_code TEXT,
  status INTEGER,
  input_tokens INTEGER,
  output_tokens INTEGER,
  cost REAL,
  cost_source TEXT CHECK (cost_source IN ('provider', 'price')),
  first_token_ms INTEGER,
  total_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX calls_by_time ON calls (started_at);
CREATE INDEX calls_by_turn ON calls (turn_id);
`
