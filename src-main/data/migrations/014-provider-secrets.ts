/** Credentials among a provider's extra headers and body fields, sealed by the vault. */
export const sql = `
ALTER TABLE providers ADD COLUMN secrets TEXT NOT NULL DEFAULT '{"version":1,"value":{}}';
`
