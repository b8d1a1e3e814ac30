import { expect, it } from 'vitest'
import { PLANTED_KEY } from '@test/helpers/connect'
import { startFakeOpenAi } from '@test/helpers/fake-openai'
import { startTestCore } from '@test/helpers/test-core'

/** The first way of docs/adding-a-provider.md. */
it('a provider added in the app lists its models and takes keys like any other, until it is deleted', async () => {
  const fake = await startFakeOpenAi({ keys: [PLANTED_KEY], models: ['local-model'] })
  const app = await startTestCore()
  try {
    const added = await app.ask('providers.create', {
      name: 'My server',
      baseUrl: `${fake.url}/`,
      keyRequired: true,
      headers: { 'X-Mine': 'yes' },
      extraBody: { stream_options: null },
    })
    expect(added).toMatchObject({ name: 'My server', builtIn: false, protocol: 'openai-chat', baseUrl: fake.url })
    const token = await app.ask('tokens.add', { providerId: added.id, name: 'Mine', secret: PLANTED_KEY })
    expect(await app.ask('tokens.check', { id: token.id })).toMatchObject({ models: 1 })
    await app.ask('models.refresh', { providerId: added.id })
    const models = await app.ask('models.list', {})
    expect(models.filter(({ providerId }) => providerId === added.id).map(({ id }) => id)).toEqual([
      'my-server/local-model',
    ])
    for (const { headers } of fake.requests) expect(headers).toMatchObject({ 'x-mine': 'yes' })
    // The check asks once more without the key, to see whether the answer says anything about it.
    const keys = fake.requests.map(({ headers }) => headers['authorization'])
    expect(keys.filter((key) => key === undefined)).toHaveLength(1)
    expect(new Set(keys)).toEqual(new Set([`Bearer ${PLANTED_KEY}`, undefined]))

    await app.ask('providers.update', { id: added.id, patch: { name: 'Our server' } })
    expect((await app.ask('providers.list', {})).map(({ name }) => name)).toContain('Our server')
    await app.ask('providers.delete', { id: added.id })
    expect((await app.ask('providers.list', {})).map(({ name }) => name)).not.toContain('Our server')
    expect((await app.ask('tokens.list', {})).filter(({ providerId }) => providerId === added.id)).toEqual([])
  } finally {
    await app.close()
    await fake.stop()
  }
})
