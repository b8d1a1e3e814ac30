/**
 * The voices that characters have, by provider. No references: a character or a provider that comes back from the bin, or by
 * an undo, has its voice again; what is left of one that never does is in no answer.
 */
export const sql = `
CREATE TABLE character_voices (
  entry_id TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  voice TEXT NOT NULL,
  PRIMARY KEY (provider_id, entry_id)
) STRICT, WITHOUT ROWID;
`
