import { expect, it } from 'vitest'
import { RoleId } from '@contract/ids'
import { systemClock } from '@main/platform/clock'
import { providerDefinitions } from '@main/providers/definitions'
import { createCallPlanner } from '@main/routing/call-plan'
import { createSlots } from '@main/routing/slots'
import { createProviderDirectory, seedProviders } from '@main/settings/provider-directory'
import { testStores } from '@test/helpers/test-stores'

it('a call to an address that is not saved gets a server of its own, and none is saved', () => {
  const { db, stores } = testStores()
  seedProviders(stores.providers, providerDefinitions, new Date(0).toISOString())
  const directory = createProviderDirectory(stores.providers, providerDefinitions)
  const vault = { status: () => ({ state: 'empty' as const }), vaultId: () => null }
  const plan = createCallPlanner({ stores, directory, vault, clock: systemClock, slots: createSlots() })
  const ollama = directory.list().find(({ row }) => row.slug === 'ollama')
  if (!ollama) throw new Error('Ollama is built in')
  const settings = { providerId: ollama.id, model: 'llama-test:8b' }
  const planned = plan(RoleId.parse('main'), settings, { url: 'http://10.0.0.7:11434/' })
  expect(planned.server).toMatchObject({ url: 'http://10.0.0.7:11434', auth: { type: 'none' }, sealed: null })
  expect(planned.facts).toBeNull()
  expect(stores.servers.list()).toEqual([])
  expect(() => plan(RoleId.parse('main'), settings)).toThrow('No Ollama server is known')
  db.close()
})
