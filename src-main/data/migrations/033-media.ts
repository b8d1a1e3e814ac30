/**
 * What stages made: poems, voices, songs and clips. The file of one lies in the folder `media` under its hash. `asked` is the
 * provider, the key and the model that it is made with; `ticket` what is needed to ask the provider for it again: it is kept
 * before and right after a job is submitted, so that nothing is paid twice. `found` is what it is found by, in small letters.
 */
export const sql = `
CREATE TABLE media (
  id TEXT PRIMARY KEY,
  stage TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'complete', 'stopped', 'failed')),
  error TEXT,
  story_id TEXT REFERENCES stories (id) ON DELETE SET NULL,
  message_id TEXT REFERENCES messages (id) ON DELETE SET NULL,
  source_id TEXT,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  token_name TEXT,
  hash TEXT,
  file TEXT,
  cost REAL CHECK (cost IS NULL OR cost >= 0),
  cost_source TEXT CHECK (cost_source IS NULL OR cost_source IN ('provider', 'price')),
  created_at TEXT NOT NULL,
  deleted_at TEXT,
  excerpt TEXT NOT NULL,
  found TEXT NOT NULL,
  request TEXT NOT NULL,
  asked TEXT NOT NULL,
  ticket TEXT,
  made TEXT NOT NULL
) STRICT;
CREATE INDEX media_by_story ON media (story_id, id) WHERE story_id IS NOT NULL;
CREATE INDEX media_by_message ON media (message_id, id) WHERE message_id IS NOT NULL;
CREATE INDEX media_by_hash ON media (hash) WHERE hash IS NOT NULL;
CREATE INDEX media_deleted ON media (deleted_at) WHERE deleted_at IS NOT NULL;
`
