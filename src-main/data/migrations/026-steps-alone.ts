/** A turn that took one step of another one alone: it goes with that one, and is not how the story went on. */
export const sql = `
ALTER TABLE turns ADD COLUMN alone_of TEXT REFERENCES turns (id) ON DELETE CASCADE;
CREATE INDEX turns_alone_of ON turns (alone_of);
`
