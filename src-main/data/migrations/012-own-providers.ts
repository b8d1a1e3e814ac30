/**
 * What the user says of a provider of their own: which program it is, how it takes keys, what it can be asked for, and
 * whether its models run on this computer. Null: as the template has it.
 */
export const sql = `
ALTER TABLE providers ADD COLUMN flavour TEXT;
ALTER TABLE providers ADD COLUMN auth TEXT;
ALTER TABLE providers ADD COLUMN kinds TEXT;
ALTER TABLE providers ADD COLUMN said_local INTEGER CHECK (said_local IN (0, 1));
`
