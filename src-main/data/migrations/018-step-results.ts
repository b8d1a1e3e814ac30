/** Steps that ask no model, or that the turn went on without, and what a step made beside its answer. */
export const sql = `
CREATE TABLE turn_steps_next (
  turn_id TEXT NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  role TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'stopped', 'failed', 'skipped')),
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  server TEXT,
  token_name TEXT,
  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  sent TEXT NOT NULL,
  answer TEXT NOT NULL,
  reasoning TEXT NOT NULL,
  input_tokens INTEGER,
  output_tokens INTEGER,
  cost REAL,
  first_token_ms INTEGER,
  total_ms INTEGER NOT NULL,
  error TEXT,
  started_at TEXT NOT NULL,
  result TEXT,
  PRIMARY KEY (turn_id, position)
) STRICT;
INSERT INTO turn_steps_next SELECT *, NULL FROM turn_steps;
DROP TABLE turn_steps;
ALTER TABLE turn_steps_next RENAME TO turn_steps;
`
