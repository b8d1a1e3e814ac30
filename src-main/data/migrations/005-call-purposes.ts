/**
 * What a call is for is no longer always a role of a story: its kind comes first, and `subject` names what has no column
 * of its own (a template, a gateway's key, a stage). Until now there were turns, and tests of a role's settings.
 */
export const sql = `
CREATE TABLE calls_by_purpose (
  id TEXT PRIMARY KEY,
  started_at TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('turn', 'template', 'gateway', 'embedding', 'media', 'test')),
  turn_id TEXT,
  story_id TEXT,
  role TEXT,
  subject TEXT,
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
  total_ms INTEGER NOT NULL,
  CHECK (kind <> 'turn' OR (turn_id IS NOT NULL AND story_id IS NOT NULL AND role IS NOT NULL)),
  CHECK (kind NOT IN ('template', 'gateway', 'media') OR subject IS NOT NULL)
) STRICT;
INSERT INTO calls_by_purpose
  SELECT id, started_at, iif(turn_id IS NULL OR story_id IS NULL, 'test', 'turn'), turn_id, story_id, role, NULL,
    provider, model, server, token_name, attempt, outcome, error_code, status, input_tokens, output_tokens, cost,
    cost_source, first_token_ms, total_ms
  FROM calls;
DROP TABLE calls;
ALTER TABLE calls_by_purpose RENAME TO calls;
CREATE INDEX calls_by_time ON calls (started_at);
CREATE INDEX calls_by_turn ON calls (turn_id);
`
