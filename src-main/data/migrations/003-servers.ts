/**
 * How servers want to be asked, which comes first, and what they can take at once; and models on their way to a server.
 * A secret is sealed by the vault `vault_id` for the address `secret_url`. Servers that are here already keep their
 * order: the default one first, then as they were added.
 */
export const sql = `
ALTER TABLE servers ADD COLUMN auth TEXT NOT NULL DEFAULT '{"version":1,"value":{"type":"none"}}';
ALTER TABLE servers ADD COLUMN vault_id TEXT;
ALTER TABLE servers ADD COLUMN sealed BLOB;
ALTER TABLE servers ADD COLUMN secret_url TEXT;
ALTER TABLE servers ADD COLUMN active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1));
ALTER TABLE servers ADD COLUMN priority INTEGER NOT NULL DEFAULT 0 CHECK (priority >= 0);
ALTER TABLE servers ADD COLUMN max_concurrent INTEGER CHECK (max_concurrent >= 1);
ALTER TABLE servers ADD COLUMN problem TEXT;

UPDATE servers SET priority = placed.place
FROM (SELECT id, row_number() OVER (ORDER BY is_default DESC, created_at, id) - 1 AS place FROM servers) AS placed
WHERE placed.id = servers.id;

CREATE TABLE pulls (
  id TEXT PRIMARY KEY,
  server_id TEXT NOT NULL REFERENCES servers (id) ON DELETE CASCADE,
  model TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'pulling', 'stopped', 'failed', 'done')),
  status TEXT NOT NULL,
  layers TEXT NOT NULL,
  error TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (server_id, model)
) STRICT;
`
