/** Passages with which a chapter ends, each with the chapter's name; it may be empty. */
export const sql = `
CREATE TABLE chapter_ends (
  message_id TEXT NOT NULL PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  story_id TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX chapter_ends_by_story ON chapter_ends (story_id);
`
