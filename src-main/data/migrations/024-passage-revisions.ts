/**
 * What changed since someone looked is found without comparing texts: each time a passage says something else, is deleted
 * or is restored, its `revision` gets a number that is higher than any before in its story. It is the time in milliseconds,
 * or one more than the last: so a copy of the database that is put back gives no number twice.
 *
 * - `messages_revised` has all that a comparison reads.
 * - `messages_gone`: how many passages a path has is its depth without those that are deleted on it.
 * - `messages_tree` knows authors, so that counting what the story wrote reads no text.
 */
export const sql = `
ALTER TABLE messages ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

DROP INDEX messages_tree;
CREATE INDEX messages_tree ON messages (id, parent_id, depth, jump_id, deleted_at, tokens, author);
CREATE INDEX messages_revised ON messages (story_id, revision, id, deleted_at);
CREATE INDEX messages_gone ON messages (story_id, depth, id) WHERE deleted_at IS NOT NULL;

CREATE TRIGGER messages_revision_insert AFTER INSERT ON messages WHEN new.state <> 'streaming' BEGIN
  UPDATE messages SET revision = max(
    CAST(unixepoch('subsec') * 1000 AS INTEGER),
    (SELECT max(revision) + 1 FROM messages WHERE story_id = new.story_id)
  ) WHERE seq = new.seq;
END;
CREATE TRIGGER messages_revision_update AFTER UPDATE OF text, state, deleted_at ON messages
WHEN new.state <> 'streaming'
  AND (new.text IS NOT old.text OR old.state = 'streaming' OR new.deleted_at IS NOT old.deleted_at) BEGIN
  UPDATE messages SET revision = max(
    CAST(unixepoch('subsec') * 1000 AS INTEGER),
    (SELECT max(revision) + 1 FROM messages WHERE story_id = new.story_id)
  ) WHERE seq = new.seq;
END;
`
