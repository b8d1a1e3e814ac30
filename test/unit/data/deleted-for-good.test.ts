import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '@main/data/database'
import { temporaryFolder } from '@test/helpers/temporary-folder'

/** Whoever gets hold of the file, or of a copy of it, must not find in its free pages what the user deleted. */
it('leaves nothing of what was deleted in the database file', () => {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  const file = join(folder.path, 'test.db')
  const db = openDatabase(file)
  db.exec('CREATE TABLE things (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT')
  const insert = db.prepare('INSERT INTO things (text) VALUES (?)')
  // Both in a page among others and in overflow pages of its own.
  for (const text of ['a planted secret', `a planted secret ${'x'.repeat(20_000)}`, 'what stays']) insert.run(text)
  db.prepare("DELETE FROM things WHERE text LIKE 'a planted%'").run()
  db.close()

  const left = readFileSync(file, 'latin1')
  expect(left).toContain('what stays')
  expect(left).not.toContain('planted')
  expect(left).not.toContain('xxxxxxxx')
})
