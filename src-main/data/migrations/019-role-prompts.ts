/** A preset may have a prompt of its own for a role. */
export const sql = `
ALTER TABLE preset_roles ADD COLUMN prompt TEXT;
`
