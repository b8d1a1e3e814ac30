/** Whether a key of the gateway may do more than ask models. Those that there are were made to ask models. */
export const sql = `
ALTER TABLE gateway_keys ADD COLUMN manages INTEGER NOT NULL DEFAULT 0 CHECK (manages IN (0, 1));
`
