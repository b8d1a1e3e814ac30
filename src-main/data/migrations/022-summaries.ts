/**
 * What runs of passages came to. `first`, `last`: depths of the passages that a summary covers; it holds for every path on
 * which its last one stands. What is done to a passage at one of these depths marks it, on whatever branch: to look whether
 * the passage is really beneath it would cost more than writing a summary once too often.
 */
export const sql = `
CREATE TABLE summaries (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  story_id TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  level INTEGER NOT NULL CHECK (level >= 0),
  first_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  last_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  text TEXT NOT NULL,
  edited INTEGER NOT NULL CHECK (edited IN (0, 1)),
  stale INTEGER NOT NULL CHECK (stale IN (0, 1)),
  made_at TEXT NOT NULL
) STRICT;
CREATE INDEX summaries_by_story ON summaries (story_id, last);
CREATE INDEX summaries_by_first ON summaries (first_id);
CREATE INDEX summaries_by_last ON summaries (last_id);

CREATE TRIGGER summaries_stale AFTER UPDATE OF text, deleted_at ON messages
WHEN new.text IS NOT old.text OR (new.deleted_at IS NULL) <> (old.deleted_at IS NULL) BEGIN
  UPDATE summaries SET stale = 1
  WHERE story_id = new.story_id AND last >= new.depth AND first <= new.depth AND stale = 0;
END;
`
