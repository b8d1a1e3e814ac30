/** Whether a failure was one that the user asked for. Of calls that are in the ledger already nobody knows: they count as real. */
export const sql = `
ALTER TABLE calls ADD COLUMN simulated INTEGER NOT NULL DEFAULT 0 CHECK (simulated IN (0, 1));
`
