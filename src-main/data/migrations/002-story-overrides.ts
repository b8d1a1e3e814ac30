/** What a story changes of its preset, field by field. `value` and `base` are JSON; null stands for "not set". */
export const sql = `
CREATE TABLE story_overrides (
  story_id TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  path TEXT NOT NULL,
  value TEXT NOT NULL,
  base TEXT NOT NULL,
  PRIMARY KEY (story_id, role, path)
) STRICT, WITHOUT ROWID;
`
