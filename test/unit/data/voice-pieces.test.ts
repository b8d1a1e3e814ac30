import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { MediaId } from '@contract/ids'
import { createVoicePieces } from '@main/data/voice-pieces'
import { newId } from '@main/platform/ids'
import { temporaryFolder } from '@test/helpers/temporary-folder'

it('pieces of a voice are kept with what they cost, and are only there when they are whole', async () => {
  const { path, remove } = temporaryFolder()
  onTestFinished(remove)
  const pieces = createVoicePieces(path)
  const [id, other] = [newId(MediaId), newId(MediaId)]
  await pieces.tidy(() => false)
  expect(await pieces.find(id, 'a')).toBeNull()
  const cost = { cost: 0.01, costSource: 'price' } as const
  await pieces.keep(id, 'a', Uint8Array.of(1, 2), cost)
  await pieces.keep(id, 'b', Uint8Array.of(3), { cost: null, costSource: null })
  await pieces.keep(other, 'a', Uint8Array.of(4), cost)
  expect(await pieces.find(id, 'a')).toEqual(cost)
  expect([...(await pieces.read(id, 'a'))]).toEqual([1, 2])

  rmSync(join(path, id, 'a.wav'))
  expect(await pieces.find(id, 'a')).toBeNull()
  writeFileSync(join(path, id, 'b.json'), '{"cost":')
  expect(await pieces.find(id, 'b')).toBeNull()
  expect(await pieces.find(other, 'a')).toEqual(cost)
  await pieces.drop(other, 'a')
  expect(await pieces.find(other, 'a')).toBeNull()

  await pieces.tidy((one) => one === other)
  expect(readdirSync(path)).toEqual([other])
  await pieces.remove(other)
  expect(readdirSync(path)).toEqual([])
})
