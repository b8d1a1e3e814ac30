/**
 * The search of stories has a file of its own, which a thread keeps (search-index.ts): the index by trigrams goes, and with
 * it the work that each new passage made. `text_changes` names the passages whose words changed, the newest last, until the
 * file has taken them in.
 */
export const sql = `
DROP TRIGGER messages_text_insert;
DROP TRIGGER messages_text_delete;
DROP TRIGGER messages_text_update;
DROP TABLE messages_text;
DROP VIEW written_messages;
DROP TRIGGER stories_text_insert;
DROP TRIGGER stories_text_delete;
DROP TRIGGER stories_text_update;
DROP TABLE stories_text;

CREATE TABLE text_changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  message_seq INTEGER NOT NULL
) STRICT;
CREATE TRIGGER text_changes_insert AFTER INSERT ON messages WHEN new.state <> 'streaming' BEGIN
  INSERT INTO text_changes (message_seq) VALUES (new.seq);
END;
CREATE TRIGGER text_changes_delete AFTER DELETE ON messages WHEN old.state <> 'streaming' BEGIN
  INSERT INTO text_changes (message_seq) VALUES (old.seq);
END;
CREATE TRIGGER text_changes_update AFTER UPDATE OF text, state ON messages
WHEN new.state <> 'streaming' AND (new.text IS NOT old.text OR old.state = 'streaming') BEGIN
  INSERT INTO text_changes (message_seq) VALUES (new.seq);
END;
`
