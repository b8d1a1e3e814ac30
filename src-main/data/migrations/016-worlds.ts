/**
 * Worlds with what they hold, the stories that take them, and in what those differ. `woken_lore` says which entries woke
 * when a passage was written: how long they stay awake, and when they may wake again, is found along a story's path.
 * The bin takes worlds and their entries, too; which kinds of things it can hold is said by its store alone.
 */
export const sql = `
CREATE TABLE worlds (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  fields TEXT NOT NULL,
  extra TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE world_entries (
  id TEXT NOT NULL PRIMARY KEY,
  world_id TEXT NOT NULL REFERENCES worlds (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('character', 'place', 'persona', 'lore')),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  fields TEXT NOT NULL,
  extra TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX world_entries_in_order ON world_entries (world_id, kind, position, id);

CREATE TABLE story_worlds (
  story_id TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  world_id TEXT NOT NULL REFERENCES worlds (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  PRIMARY KEY (story_id, world_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_worlds_by_world ON story_worlds (world_id);

CREATE TABLE story_entries (
  story_id TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  entry_id TEXT NOT NULL REFERENCES world_entries (id) ON DELETE CASCADE,
  how TEXT NOT NULL CHECK (how IN ('taken', 'pinned', 'persona')),
  PRIMARY KEY (story_id, how, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_entries_by_entry ON story_entries (entry_id);

CREATE TABLE story_differences (
  story_id TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  entry_id TEXT REFERENCES world_entries (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  value TEXT NOT NULL,
  base TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX story_differences_once ON story_differences (story_id, coalesce(entry_id, ''), path);
CREATE INDEX story_differences_by_entry ON story_differences (entry_id);

CREATE TABLE woken_lore (
  message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  entry_id TEXT NOT NULL,
  PRIMARY KEY (message_id, entry_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE bin_of_all_kinds (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  rows TEXT NOT NULL,
  deleted_at TEXT NOT NULL
) STRICT;
INSERT INTO bin_of_all_kinds SELECT id, kind, name, rows, deleted_at FROM bin;
DROP TABLE bin;
ALTER TABLE bin_of_all_kinds RENAME TO bin;
CREATE INDEX bin_by_time ON bin (deleted_at);
`
