/**
 * With which key of the gateway templates are used, and how it is called: null for what the user does in the app. The ledger
 * already has the key's id.
 */
export const sql = `
ALTER TABLE generations ADD COLUMN gateway_key_id TEXT;
ALTER TABLE generations ADD COLUMN gateway_key_name TEXT;
ALTER TABLE batches ADD COLUMN gateway_key_id TEXT;
ALTER TABLE batches ADD COLUMN gateway_key_name TEXT;
ALTER TABLE calls ADD COLUMN gateway_key_name TEXT;
`
