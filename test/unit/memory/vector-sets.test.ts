import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { openIndexFile } from '@main/data/index-file'
import { INDEX_SCHEMA, INDEX_VERSION } from '@main/memory/index-schema'
import { pack } from '@main/memory/vector-set'
import { createVectorSets } from '@main/memory/vector-sets'
import { temporaryFolder } from '@test/helpers/temporary-folder'

const COUNT = 600

it('reads vectors in slices, and knows what came and went meanwhile', async () => {
  const folder = temporaryFolder()
  const db = openIndexFile(join(folder.path, 'memory.sqlite'), INDEX_VERSION, INDEX_SCHEMA)
  const sets = createVectorSets(db, 0)
  onTestFinished(() => {
    sets.close()
    db.close()
    folder.remove()
  })
  db.exec(`
    INSERT INTO stories (seq, id) VALUES (1, 's');
    INSERT INTO passages VALUES (1, 'p', 1, 0, 0, x'00');
    INSERT INTO embedders VALUES (1, 'own', 2);
  `)
  const add = (id: number) => {
    const packed = pack([1, id])
    if (!packed) throw new Error('no direction')
    db.prepare("INSERT INTO chunks VALUES (?, 1, 1, 0, 1, x'00', 1)").run(id)
    db.prepare('INSERT INTO vectors VALUES (?, ?, ?)').run(id, packed.scale, new Uint8Array(packed.body.buffer))
    sets.put(1, 1, { chunk: id, passage: 1, packed })
  }
  db.transaction(() => {
    for (let id = 1; id <= COUNT; id += 1) add(id)
  })()

  expect(sets.get(1, 1)).toBeNull()
  // One that is read already goes, one that is not goes, and one comes.
  for (const id of [1, COUNT]) {
    db.prepare('DELETE FROM chunks WHERE id = ?').run(id)
    sets.remove(id)
  }
  add(COUNT + 1)
  let turns = 0
  while (sets.get(1, 1) === null) {
    turns += 1
    await setImmediate()
  }
  expect(turns).toBeGreaterThan(0)
  const set = sets.get(1, 1)
  expect(set?.size).toBe(COUNT - 1)
  const keys = set?.nearest([1, COUNT], () => true, COUNT).map(({ key }) => key)
  expect(new Set(keys).size).toBe(COUNT - 1)
  expect(keys).toContain(COUNT + 1)
  expect(keys).not.toContain(1)
})
