/**
 * What stories and passages that came from files of other programs had there and have no place for here, as JSON; it goes
 * back into the file when they are exported.
 */
export const sql = `
CREATE TABLE story_extras (
  story_id TEXT NOT NULL PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
  extra TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE message_extras (
  message_id TEXT NOT NULL PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  extra TEXT NOT NULL
) STRICT;
`
