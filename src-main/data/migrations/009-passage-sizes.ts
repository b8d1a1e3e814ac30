/**
 * How many tokens each passage is, about: what a prompt has room for is found out without reading a text. A text that is
 * changed without its size loses it, and is measured when it is next needed. `estimate_tokens` is Fabula's own
 * (sql-functions.ts).
 */
export const sql = `
ALTER TABLE messages ADD COLUMN tokens INTEGER;
UPDATE messages SET tokens = estimate_tokens(text) WHERE state <> 'streaming';

CREATE TRIGGER messages_tokens AFTER UPDATE OF text ON messages
WHEN new.tokens IS NOT NULL AND new.tokens IS old.tokens AND new.text IS NOT old.text BEGIN
  UPDATE messages SET tokens = NULL WHERE seq = new.seq;
END;

DROP INDEX messages_tree;
CREATE INDEX messages_tree ON messages (id, parent_id, depth, jump_id, deleted_at, tokens);
`
