import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { World, WorldEntryKind } from '@contract/entities/world'
import type { JsonObject } from '@contract/values'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { startTestCore, type TestCore } from '@test/helpers/test-core'

/** The smallest PNG there is: one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

let app: TestCore
beforeEach(async () => {
  const folder = temporaryFolder()
  app = await startTestCore({ backgroundWork: false, dataDir: folder.path })
  onTestFinished(async () => {
    await app.close()
    folder.remove()
  })
})
/** The next start, with all that it does. */
const restart = async () => {
  await app.close()
  app = await startTestCore({ dataDir: app.dataDir })
}
const ask: TestCore['ask'] = (route, input) => app.ask(route, input)
const makeWorld = (name = 'Северный берег') => ask('worlds.create', { name, language: 'ru' })
const add = (world: World, kind: WorldEntryKind, name: string, fields: JsonObject = {}) =>
  ask('worlds.addEntry', { worldId: world.id, kind, name, language: 'ru', fields })
const names = async (world: World, kind: WorldEntryKind) =>
  (await ask('worlds.entries', { worldId: world.id, kind })).map(({ name }) => name)

describe('a world', () => {
  it('keeps what is said of it and its entries, and a field that is not there is refused by its path', async () => {
    const world = await makeWorld()
    const changed = await ask('worlds.update', {
      worldId: world.id,
      patch: { name: 'Берег', fields: { styleGuide: 'Коротко.', noteDepth: 2 } },
    })
    expect(changed).toMatchObject({ name: 'Берег', styleGuide: 'Коротко.', noteDepth: 2, scanDepth: 4 })
    const anna = await add(world, 'character', 'Анна', { aliases: ['Аня'], description: 'Смотрительница маяка.' })
    expect(anna).toMatchObject({ kind: 'character', fields: { aliases: ['Аня'], greetings: [], picture: null } })
    const { id } = anna
    await ask('worlds.updateEntry', { worldId: world.id, id, patch: { fields: { voice: 'Сухо.' }, enabled: false } })
    expect(await ask('worlds.entry', { worldId: world.id, id })).toMatchObject({
      name: 'Анна',
      enabled: false,
      fields: { aliases: ['Аня'], description: 'Смотрительница маяка.', voice: 'Сухо.' },
    })
    const wrong = { worldId: world.id, id, patch: { fields: { aliases: 'Аня' } } }
    expect(await app.refusal('worlds.updateEntry', wrong)).toMatchObject({
      code: 'bad_input',
      details: { path: 'patch.fields.aliases' },
    })
    const unknown = { worldId: world.id, id, patch: { fields: { keys: ['x'] } } }
    expect(await app.refusal('worlds.updateEntry', unknown)).toMatchObject({ code: 'bad_input' })
    const other = await makeWorld('Другой')
    expect(await app.refusal('worlds.entry', { worldId: other.id, id })).toMatchObject({ code: 'not_found' })
    expect((await ask('worlds.list', {})).find((one) => one.id === world.id)).toMatchObject({
      entries: { character: 1, place: 0, persona: 0, lore: 0 },
      stories: 0,
    })
  })

  it('has a name of its own', async () => {
    await makeWorld('Берег')
    expect(await makeWorld('берег')).toMatchObject({ name: 'берег (2)' })
    const third = await ask('worlds.create', { language: 'en' })
    expect(third.name).toBe('New world')
    expect(await app.refusal('worlds.update', { worldId: third.id, patch: { name: 'БЕРЕГ' } })).toMatchObject({
      code: 'name_taken',
    })
  })

  it('keeps its entries in the order that they are given', async () => {
    const world = await makeWorld()
    const [a, , c] = [await add(world, 'lore', 'A'), await add(world, 'lore', 'B'), await add(world, 'lore', 'C')]
    await ask('worlds.moveEntry', { worldId: world.id, id: c.id, before: a.id })
    expect(await names(world, 'lore')).toEqual(['C', 'A', 'B'])
    await ask('worlds.moveEntry', { worldId: world.id, id: c.id, before: null })
    expect(await names(world, 'lore')).toEqual(['A', 'B', 'C'])
    await ask('worlds.duplicateEntry', { worldId: world.id, id: a.id })
    expect(await names(world, 'lore')).toEqual(['A', 'B', 'C', 'A (2)'])
  })

  it('is copied with all that it holds', async () => {
    const world = await makeWorld()
    await add(world, 'place', 'Маяк', { description: 'Высокий.' })
    const copy = await ask('worlds.duplicate', { worldId: world.id })
    expect(copy.name).toBe('Северный берег (2)')
    expect(await ask('worlds.entries', { worldId: copy.id, kind: 'place' })).toMatchObject([
      { name: 'Маяк', excerpt: 'Высокий.', worldId: copy.id },
    ])
    await ask('worlds.delete', { worldId: world.id })
    expect(await names(copy, 'place')).toEqual(['Маяк'])
  })

  it('comes back from the bin with its entries, and an entry brings its world back', async () => {
    const world = await makeWorld()
    const anna = await add(world, 'character', 'Анна')
    const lore = await add(world, 'lore', 'Прилив', { keys: ['прилив'], constant: true })
    await ask('worlds.deleteEntries', { worldId: world.id, ids: [anna.id] })
    await ask('worlds.delete', { worldId: world.id })
    expect(
      (await ask('bin.list', {}))
        .map(({ kind, name }) => [kind, name])
        .toSorted(([a = ''], [b = '']) => a.localeCompare(b))
    ).toEqual([
      ['world', 'Северный берег'],
      ['worldEntry', 'Анна'],
    ])
    expect(await ask('bin.restore', { kind: 'worldEntry', id: anna.id })).toEqual({
      name: 'Анна',
      also: ['Северный берег'],
    })
    expect(await ask('worlds.entry', { worldId: world.id, id: lore.id })).toEqual(lore)
    expect(await ask('worlds.entry', { worldId: world.id, id: anna.id })).toEqual(anna)
    expect(await ask('bin.list', {})).toEqual([])
  })
})

describe('a picture', () => {
  it('is kept once by what is in it, and given back as it was', async () => {
    const world = await makeWorld()
    const [anna, oleg] = [await add(world, 'character', 'Анна'), await add(world, 'persona', 'Олег')]
    const { fields } = await ask('worlds.setPicture', { worldId: world.id, id: anna.id, data: PIXEL })
    await ask('worlds.setPicture', { worldId: world.id, id: oleg.id, data: PIXEL })
    const files = readdirSync(join(app.dataDir, 'pictures'))
    expect(files).toHaveLength(1)
    expect(fields).toMatchObject({ picture: files[0] })
    expect(await ask('worlds.picture', { hash: files[0] ?? '' })).toEqual({ type: 'image/png', data: PIXEL })
    expect(
      await app.refusal('worlds.setPicture', { worldId: world.id, id: anna.id, data: btoa('text') })
    ).toMatchObject({ code: 'not_picture' })
    const lore = await add(world, 'lore', 'Прилив')
    expect(await app.refusal('worlds.setPicture', { worldId: world.id, id: lore.id, data: PIXEL })).toMatchObject({
      code: 'bad_input',
    })
  })

  it('goes at a start after nothing has it any more, the bin included', async () => {
    const world = await makeWorld()
    const anna = await add(world, 'character', 'Анна')
    await ask('worlds.setPicture', { worldId: world.id, id: anna.id, data: PIXEL })
    const folder = join(app.dataDir, 'pictures')
    const [hash = ''] = readdirSync(folder)
    await ask('worlds.deleteEntries', { worldId: world.id, ids: [anna.id] })
    await restart()
    expect(existsSync(join(folder, hash))).toBe(true)
    await ask('bin.delete', { kind: 'worldEntry', id: anna.id })
    await restart()
    expect(existsSync(join(folder, hash))).toBe(false)
  })
})
