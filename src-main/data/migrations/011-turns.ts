/**
 * What became of each turn, and what each of its steps sent and got. A message that was sent is kept once for each
 * story, found by its digest: consecutive turns send nearly the same. `sent` names messages by ranges of their `seq`.
 */
export const sql = `
CREATE TABLE turns (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  story_id TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('send', 'retry', 'continue')),
  state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'stopped', 'failed')),
  parent_id TEXT,
  message_id TEXT,
  error TEXT,
  started_at TEXT NOT NULL,
  ended_at TEXT
) STRICT;
CREATE INDEX turns_by_story ON turns (story_id, seq);
CREATE INDEX turns_running ON turns (seq) WHERE state = 'running';

CREATE TABLE sent_messages (
  seq INTEGER PRIMARY KEY,
  story_id TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  digest BLOB NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('system', 'user', 'assistant')),
  content TEXT NOT NULL,
  UNIQUE (story_id, digest)
) STRICT;

CREATE TABLE turn_steps (
  turn_id TEXT NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  role TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'stopped', 'failed')),
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  server TEXT,
  token_name TEXT,
  attempts INTEGER NOT NULL CHECK (attempts >= 1),
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
  PRIMARY KEY (turn_id, position)
) STRICT;
`
