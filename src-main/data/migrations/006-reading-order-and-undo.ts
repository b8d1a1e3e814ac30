/** Deeper than any story: 2^24 passages in a row. */
const LEVELS = 24

/** The passage that is reached from a passage's parent by so many jumps. */
const jumped = (times: number): string =>
  times === 0
    ? 'messages.parent_id'
    : `(SELECT jump_id FROM messages AS below${times} WHERE below${times}.id = ${jumped(times - 1)})`

/**
 * Gives the passages that are here already their jumps. A passage whose depth ends in `level` zero bits jumps to where
 * its parent comes by `level` jumps, and those have fewer zero bits each: so the levels are done in turn.
 */
const jumps = Array.from(
  { length: LEVELS },
  (_, level) => `UPDATE messages SET jump_id = ${jumped(level)} WHERE depth > 0 AND (depth & -depth) = ${2 ** level};`
).join('\n')

/**
 * Where each passage stands in its story, so that any place is found in a few steps (see passages-as-a-tree.md); earlier
 * versions of passages and what was done to a story, for undo and redo; the number of a story's passages; and the bin.
 *
 * - `depth`: how many passages stand before it, deleted ones too. `jump_id`: the one before it at the depth that is left
 *   when the lowest set bit of `depth` is cleared.
 * - `resume_id`: where the branch of this passage ended when another alternative was chosen.
 * - `messages_tree` has all that walks through the tree need, so that they never read a text.
 * - `bin.rows`: the deleted rows of all tables, as `[table, columns]`. It holds what has names that others may take
 *   meanwhile; stories and passages are marked where they stand (`deleted_at`).
 */
export const sql = `
ALTER TABLE messages ADD COLUMN depth INTEGER NOT NULL DEFAULT 0 CHECK (depth >= 0);
ALTER TABLE messages ADD COLUMN jump_id TEXT;
ALTER TABLE messages ADD COLUMN resume_id TEXT;
ALTER TABLE messages ADD COLUMN edited_at TEXT;

CREATE TEMP TABLE depths (id TEXT PRIMARY KEY, depth INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO depths
  WITH RECURSIVE tree (id, depth) AS (
    SELECT id, 0 FROM messages WHERE parent_id IS NULL
    UNION ALL
    SELECT m.id, tree.depth + 1 FROM tree CROSS JOIN messages m ON m.parent_id = tree.id
  ) SELECT id, depth FROM tree;
UPDATE messages SET depth = depths.depth FROM depths WHERE depths.id = messages.id;
DROP TABLE depths;
${jumps}

CREATE INDEX messages_tree ON messages (id, parent_id, depth, jump_id, deleted_at);
DROP INDEX messages_by_place;
CREATE INDEX messages_by_place ON messages (story_id, parent_id, author, deleted_at, id);
CREATE INDEX messages_deleted ON messages (deleted_at, story_id) WHERE deleted_at IS NOT NULL;
CREATE INDEX stories_deleted ON stories (deleted_at) WHERE deleted_at IS NOT NULL;

-- How many places of a story have a passage that a model wrote.
ALTER TABLE stories ADD COLUMN passages INTEGER NOT NULL DEFAULT 0;
UPDATE stories SET passages = (
  SELECT count(DISTINCT ifnull(parent_id, '')) FROM messages
  WHERE story_id = stories.id AND author = 'story' AND deleted_at IS NULL
);
CREATE TRIGGER passages_insert AFTER INSERT ON messages
WHEN new.author = 'story' AND new.deleted_at IS NULL AND NOT EXISTS (
  SELECT 1 FROM messages WHERE story_id = new.story_id AND parent_id IS new.parent_id AND author = 'story'
    AND deleted_at IS NULL AND id <> new.id
) BEGIN
  UPDATE stories SET passages = passages + 1 WHERE id = new.story_id;
END;
CREATE TRIGGER passages_update AFTER UPDATE OF deleted_at ON messages
WHEN new.author = 'story' AND (new.deleted_at IS NULL) <> (old.deleted_at IS NULL) AND NOT EXISTS (
  SELECT 1 FROM messages WHERE story_id = new.story_id AND parent_id IS new.parent_id AND author = 'story'
    AND deleted_at IS NULL AND id <> new.id
) BEGIN
  UPDATE stories SET passages = passages + iif(new.deleted_at IS NULL, 1, -1) WHERE id = new.story_id;
END;
CREATE TRIGGER passages_delete AFTER DELETE ON messages
WHEN old.author = 'story' AND old.deleted_at IS NULL AND NOT EXISTS (
  SELECT 1 FROM messages WHERE story_id = old.story_id AND parent_id IS old.parent_id AND author = 'story'
    AND deleted_at IS NULL
) BEGIN
  UPDATE stories SET passages = passages - 1 WHERE id = old.story_id;
END;

-- What a passage said before: \`edited\` tells a model's own words (0) from the writer's (1).
CREATE TABLE message_versions (
  seq INTEGER PRIMARY KEY,
  message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  edited INTEGER NOT NULL CHECK (edited IN (0, 1)),
  written_at TEXT NOT NULL
) STRICT;
CREATE INDEX message_versions_by_message ON message_versions (message_id);

-- What was done to a story by hand, oldest first. \`session\`: one visit to the editor of a passage is one step.
-- \`other_id\`: the passage shown before (choose), or shown instead (delete).
CREATE TABLE story_edits (
  seq INTEGER PRIMARY KEY,
  story_id TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('text', 'delete', 'choose')),
  session TEXT,
  before_version INTEGER REFERENCES message_versions (seq) ON DELETE CASCADE,
  after_version INTEGER REFERENCES message_versions (seq) ON DELETE CASCADE,
  other_id TEXT,
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
  done_at TEXT NOT NULL
) STRICT;
CREATE INDEX story_edits_by_story ON story_edits (story_id, undone, seq);
CREATE INDEX story_edits_by_message ON story_edits (message_id);
CREATE INDEX story_edits_by_before ON story_edits (before_version);
CREATE INDEX story_edits_by_after ON story_edits (after_version);

CREATE TABLE bin (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('preset', 'modelConfig', 'provider')),
  name TEXT NOT NULL,
  rows TEXT NOT NULL,
  deleted_at TEXT NOT NULL
) STRICT;
CREATE INDEX bin_by_time ON bin (deleted_at);
`
