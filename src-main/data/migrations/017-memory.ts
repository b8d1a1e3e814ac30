/**
 * What the writer says of a story's memory: passages that are always recalled, and ones that never are; and whether it
 * remembers the other stories of its worlds, too. What memory finds passages by is in a file of its own.
 */
export const sql = `
CREATE TABLE memory_marks (
  story_id TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  mark TEXT NOT NULL CHECK (mark IN ('pin', 'ban')),
  marked_at TEXT NOT NULL,
  PRIMARY KEY (story_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memory_marks_by_message ON memory_marks (message_id);

CREATE TABLE memory_scopes (
  story_id TEXT NOT NULL PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
  scope TEXT NOT NULL CHECK (scope IN ('story', 'world'))
) STRICT, WITHOUT ROWID;
`
