/** The first tables. JSON columns hold `{ version, value }` (json-column.ts). Times are ISO-8601 UTC text. */
export const sql = `
CREATE TABLE facts (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE vault (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  record TEXT NOT NULL
) STRICT;

CREATE TABLE providers (
  id TEXT PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  built_in INTEGER NOT NULL CHECK (built_in IN (0, 1)),
  name TEXT,
  base_url TEXT,
  key_required INTEGER CHECK (key_required IN (0, 1)),
  headers TEXT NOT NULL,
  extra_body TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  provider_id TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
  name TEXT NOT NULL COLLATE NOCASE,
  last4 TEXT NOT NULL,
  vault_id TEXT NOT NULL,
  sealed BLOB NOT NULL,
  fingerprint TEXT NOT NULL,
  base_url TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('unknown', 'active', 'cooling', 'exhausted', 'invalid')),
  cooling_until TEXT,
  created_at TEXT NOT NULL,
  last_used_at TEXT,
  UNIQUE (provider_id, name),
  UNIQUE (provider_id, vault_id, fingerprint)
) STRICT;

CREATE TABLE servers (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  url TEXT NOT NULL UNIQUE,
  is_default INTEGER NOT NULL CHECK (is_default IN (0, 1)),
  available INTEGER CHECK (available IN (0, 1)),
  version TEXT,
  last_checked TEXT,
  created_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX servers_one_default ON servers (is_default) WHERE is_default = 1;

CREATE TABLE models (
  id TEXT PRIMARY KEY,
  provider_id TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
  server_id TEXT REFERENCES servers (id) ON DELETE CASCADE,
  model TEXT NOT NULL,
  facts TEXT NOT NULL,
  available INTEGER NOT NULL CHECK (available IN (0, 1)),
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL
) STRICT;
CREATE INDEX models_by_provider ON models (provider_id, server_id);
CREATE INDEX models_by_server ON models (server_id);

CREATE TABLE model_configs (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  kind TEXT NOT NULL CHECK (kind IN ('chat', 'embedding')),
  settings TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE presets (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  description TEXT NOT NULL,
  is_default INTEGER NOT NULL CHECK (is_default IN (0, 1)),
  fallback TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX presets_one_default ON presets (is_default) WHERE is_default = 1;

CREATE TABLE preset_roles (
  preset_id TEXT NOT NULL REFERENCES presets (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  model_config_id TEXT REFERENCES model_configs (id) ON DELETE RESTRICT,
  settings TEXT NOT NULL,
  PRIMARY KEY (preset_id, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX preset_roles_by_model_config ON preset_roles (model_config_id);

CREATE TABLE stories (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('en', 'ru')),
  preset_id TEXT NOT NULL REFERENCES presets (id) ON DELETE RESTRICT,
  head_id TEXT REFERENCES messages (id) ON DELETE SET NULL,
  draft TEXT NOT NULL,
  archived INTEGER NOT NULL CHECK (archived IN (0, 1)),
  deleted_at TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX stories_by_preset ON stories (preset_id);
CREATE INDEX stories_by_change ON stories (updated_at);
CREATE INDEX stories_by_head ON stories (head_id);

-- A passage with others after it cannot be deleted alone. The whole story can: no row of it is left then. A cascade from
-- passage to passage would go as deep as the story is long, and SQLite ends at a thousand.
CREATE TABLE messages (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  story_id TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  parent_id TEXT REFERENCES messages (id),
  author TEXT NOT NULL CHECK (author IN ('writer', 'story')),
  text TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('streaming', 'complete', 'cut', 'stopped', 'failed')),
  written_by TEXT,
  edited INTEGER NOT NULL CHECK (edited IN (0, 1)),
  deleted_at TEXT,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX messages_by_place ON messages (story_id, parent_id);
CREATE INDEX messages_by_parent ON messages (parent_id);
CREATE INDEX messages_streaming ON messages (state) WHERE state = 'streaming';

-- Full text by trigrams, so that part of a word is found in any language. Made of the tables above alone: it can be
-- rebuilt with INSERT INTO x(x) VALUES ('rebuild'). A passage enters the index when it is no longer being written.
CREATE VIEW written_messages AS SELECT seq, text FROM messages WHERE state <> 'streaming';
CREATE VIRTUAL TABLE messages_text
  USING fts5 (text, content = 'written_messages', content_rowid = 'seq', tokenize = 'trigram');
CREATE TRIGGER messages_text_insert AFTER INSERT ON messages WHEN new.state <> 'streaming' BEGIN
  INSERT INTO messages_text (rowid, text) VALUES (new.seq, new.text);
END;
CREATE TRIGGER messages_text_delete AFTER DELETE ON messages WHEN old.state <> 'streaming' BEGIN
  INSERT INTO messages_text (messages_text, rowid, text) VALUES ('delete', old.seq, old.text);
END;
-- One trigger, because the order of two is not defined: the old words must be out before the new ones come in.
CREATE TRIGGER messages_text_update AFTER UPDATE OF text, state ON messages
WHEN old.state <> 'streaming' OR new.state <> 'streaming' BEGIN
  INSERT INTO messages_text (messages_text, rowid, text)
    SELECT 'delete', old.seq, old.text WHERE old.state <> 'streaming';
  INSERT INTO messages_text (rowid, text) SELECT new.seq, new.text WHERE new.state <> 'streaming';
END;

CREATE VIRTUAL TABLE stories_text USING fts5 (title, content = 'stories', content_rowid = 'seq', tokenize = 'trigram');
CREATE TRIGGER stories_text_insert AFTER INSERT ON stories BEGIN
  INSERT INTO stories_text (rowid, title) VALUES (new.seq, new.title);
END;
CREATE TRIGGER stories_text_delete AFTER DELETE ON stories BEGIN
  INSERT INTO stories_text (stories_text, rowid, title) VALUES ('delete', old.seq, old.title);
END;
CREATE TRIGGER stories_text_update AFTER UPDATE OF title ON stories BEGIN
  INSERT INTO stories_text (stories_text, rowid, title) VALUES ('delete', old.seq, old.title);
  INSERT INTO stories_text (rowid, title) VALUES (new.seq, new.title);
END;
`
