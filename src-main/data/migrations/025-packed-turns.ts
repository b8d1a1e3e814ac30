/**
 * What steps sent and got may be packed: `packed` is brotli, of the text of a message, or of what the columns `sent`,
 * `answer`, `reasoning` and `result` of a step said. `size`: the bytes that a row takes. What is not packed yet is found by
 * the last two indexes.
 */
export const sql = `
ALTER TABLE sent_messages ADD COLUMN packed BLOB;
ALTER TABLE sent_messages ADD COLUMN size INTEGER
  GENERATED ALWAYS AS (octet_length(content) + ifnull(octet_length(packed), 0)) VIRTUAL;
ALTER TABLE turn_steps ADD COLUMN packed BLOB;
ALTER TABLE turn_steps ADD COLUMN size INTEGER
  GENERATED ALWAYS AS (octet_length(sent) + octet_length(answer) + octet_length(reasoning)
    + ifnull(octet_length(result), 0) + ifnull(octet_length(packed), 0)) VIRTUAL;
CREATE INDEX sent_messages_by_size ON sent_messages (size);
CREATE INDEX turn_steps_by_size ON turn_steps (size);
CREATE INDEX sent_messages_not_packed ON sent_messages (seq) WHERE packed IS NULL AND octet_length(content) > 300;
CREATE INDEX turn_steps_not_packed ON turn_steps (turn_id, position) WHERE packed IS NULL;
`
