/**
 * Work that takes longer than a request, of every kind; the pulls that were there are the first of them. What a job is
 * to do and how far it is are JSON whose shape belongs to its kind. `key` says what runs one after the other, `subject`
 * what a job is about, so that the same work is not begun twice.
 */
export const sql = `
CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'stopped', 'failed', 'done')),
  input TEXT NOT NULL,
  progress TEXT NOT NULL,
  error TEXT,
  server_id TEXT REFERENCES servers (id) ON DELETE CASCADE,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (kind, subject)
) STRICT;
CREATE INDEX jobs_by_key ON jobs (key, state, created_at);
CREATE INDEX jobs_by_server ON jobs (server_id);

INSERT INTO jobs (id, kind, key, subject, state, input, progress, error, server_id, created_at, updated_at)
SELECT
  id,
  'pull',
  'server/' || server_id,
  server_id || '/' || model,
  CASE state WHEN 'pulling' THEN 'running' ELSE state END,
  json_object('version', 1, 'value', json_object('serverId', server_id, 'model', model, 'insecure', json('false'))),
  json_object('version', 1, 'value', json_object('status', status, 'layers', json_extract(layers, '$.value'))),
  error,
  server_id,
  created_at,
  updated_at
FROM pulls;

DROP TABLE pulls;
`
