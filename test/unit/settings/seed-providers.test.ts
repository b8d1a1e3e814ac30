import { expect, it, onTestFinished } from 'vitest'
import { ProviderId } from '@contract/ids'
import { newId } from '@main/platform/ids'
import { providerDefinitions } from '@main/providers/definitions'
import { seedProviders } from '@main/settings/provider-directory'
import { testStores } from '@test/helpers/test-stores'

const NOW = '2026-01-02T03:04:05.000Z'

const setUp = () => {
  const { db, stores } = testStores()
  onTestFinished(() => void db.close())
  const seed = () => seedProviders(stores.providers, providerDefinitions, NOW)
  const slugs = () => stores.providers.list().map(({ slug }) => slug)
  return { stores, seed, slugs }
}

it('gives every provider that comes with Fabula its row once, and the pattern for others none', () => {
  const { seed, slugs } = setUp()
  seed()
  seed()
  const expected = providerDefinitions.filter(({ template }) => !template).map(({ slug }) => slug)
  expect(slugs().toSorted()).toEqual(expected.toSorted())
})

it('lets a provider that comes later have its short name, also where the user has one like it', () => {
  const { stores, seed, slugs } = setUp()
  seed()
  const known = stores.providers.list()[0]
  if (!known) throw new Error('no provider')
  for (const row of stores.providers.list()) stores.providers.remove(row.id)
  const own = [newId(ProviderId), newId(ProviderId)]
  for (const [index, slug] of ['openai', 'openai-2'].entries())
    stores.providers.insert({ ...known, id: own[index] ?? known.id, slug, builtIn: false, name: slug }, NOW)
  seed()
  expect(slugs()).toContain('openai')
  expect(own.map((id) => stores.providers.get(id)?.slug)).toEqual(['openai-3', 'openai-2'])
})
