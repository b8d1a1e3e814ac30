/** Finds the turn that wrote a passage, for when the passage is removed for good. */
export const sql = `
CREATE INDEX turns_by_passage ON turns (message_id);
`
