/**
 * What was chosen for each media stage, in a row of its own, so that keeping one touches no other. Provider and key are no
 * references: one that is deleted leaves a stage that says so, and one that comes back from the bin is chosen again. The
 * list of models stays when a later one fails.
 */
export const sql = `
CREATE TABLE stages (
  id TEXT PRIMARY KEY,
  provider_id TEXT NOT NULL,
  token_id TEXT,
  model TEXT,
  settings TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'invalid', 'unknown')),
  problem TEXT,
  models TEXT NOT NULL,
  listed_at TEXT
) STRICT;
`
