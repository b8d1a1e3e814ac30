/**
 * Earlier versions kept what servers said about a failure as it came, now and then with the key that was sent. The words
 * go, what failed stays: the code, the host and the status. The next failure brings its own words.
 */
const withoutWords = (table: string, column: string) => `
UPDATE ${table} SET ${column} = json_set(
  json_remove(${column}, '$.value.details.providerMessage', '$.value.details.reason', '$.value.details.redirectedTo'),
  '$.value.message', 'failed with ' || json_extract(${column}, '$.value.code')
) WHERE json_valid(${column}) AND json_extract(${column}, '$.value.code') IS NOT NULL;
`

export const sql = [
  withoutWords('model_lists', 'problem'),
  withoutWords('servers', 'problem'),
  withoutWords('jobs', 'error'),
].join('')
