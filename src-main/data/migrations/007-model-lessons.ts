/** What calls taught about a model that its provider does not list: which settings it refuses, how much it can read. */
export const sql = `
ALTER TABLE models ADD COLUMN lessons TEXT NOT NULL DEFAULT '{"version":1,"value":{}}';
`
