/** Whether the figures of a call are estimated. Those that are in the ledger already are what the providers said. */
export const sql = `
ALTER TABLE calls ADD COLUMN estimated INTEGER NOT NULL DEFAULT 0 CHECK (estimated IN (0, 1));
`
