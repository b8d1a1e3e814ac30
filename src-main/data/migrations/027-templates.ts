/**
 * Templates with every version of what they say. `starter`: one of the starter set, which says for itself what the columns
 * leave open, in the language of the app. `template_starters`: those that were given to the user once, so that one that
 * was deleted does not come back.
 */
export const sql = `
CREATE TABLE templates (
  id TEXT PRIMARY KEY,
  starter TEXT,
  name TEXT,
  description TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('world', 'page', 'other')),
  version INTEGER NOT NULL CHECK (version >= 0),
  draft TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE template_versions (
  template_id TEXT NOT NULL REFERENCES templates (id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number > 0),
  name TEXT NOT NULL,
  note TEXT NOT NULL,
  content TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (template_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE template_starters (key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`
