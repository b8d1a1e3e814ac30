import { expect, it } from 'vitest'
import { startTestCore } from '@test/helpers/test-core'
import { providerOf } from '@test/helpers/test-story'

/** Without it, a writer who has no key and no network has no memory at all. */
it('the built-in embedder is in the catalogue from the first start, and compares two sentences', async () => {
  const app = await startTestCore()
  try {
    const builtin = await providerOf(app, 'builtin')
    const models = (await app.ask('models.list', {})).filter(({ providerId }) => providerId === builtin.id)
    expect(models.map(({ id, kind, available }) => [id, kind, available])).toEqual([
      ['builtin/words-2', 'embedding', true],
    ])
    const compare = (first: string, second: string, dimensions: number) =>
      app.ask('embeddings.test', {
        settings: { providerId: builtin.id, model: 'words-2', samplers: { dimensions } },
        texts: [first, second],
      })
    const near = await compare('Волки выли в зимнем лесу.', 'По зимним лесам бродят волки.', 256)
    const far = await compare('Волки выли в зимнем лесу.', 'Учитель раздал тетради.', 256)
    expect(near.dimensions).toBe(256)
    expect(near.similarity).toBeGreaterThan(far.similarity + 0.2)
    const refusal = await app.refusal('embeddings.test', {
      settings: { providerId: builtin.id, model: 'words-2', samplers: { dimensions: 300 } },
      texts: ['a', 'b'],
    })
    expect(refusal).toMatchObject({ code: 'setting_invalid', details: { path: 'settings.samplers.dimensions' } })
  } finally {
    await app.close()
  }
})
