/**
 * The gateway's settings, in one row that is there once they were changed; and its keys, of which only the SHA-256 is kept:
 * they are 256 random bits, so that nothing shorter than trying all of them finds one. A key is revoked by its row going;
 * the ledger keeps its name.
 */
export const sql = `
CREATE TABLE gateway (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  switched_on INTEGER NOT NULL CHECK (switched_on IN (0, 1)),
  settings TEXT NOT NULL
) STRICT;

CREATE TABLE gateway_keys (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  last4 TEXT NOT NULL,
  models TEXT,
  requests_per_minute INTEGER CHECK (requests_per_minute >= 1),
  tokens_per_day INTEGER CHECK (tokens_per_day >= 1),
  dollars_per_day REAL CHECK (dollars_per_day > 0),
  expires_at TEXT,
  created_at TEXT NOT NULL,
  last_used_at TEXT
) STRICT;

ALTER TABLE calls ADD COLUMN gateway_key_id TEXT;
CREATE INDEX calls_by_gateway_key ON calls (gateway_key_id, started_at) WHERE gateway_key_id IS NOT NULL;
`
