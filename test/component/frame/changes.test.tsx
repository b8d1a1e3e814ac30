import { waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { defaultPreferences, type Preferences } from '@contract/entities/preferences'
import { request, setBridge } from '@renderer/api/bridge'
import { createQueryClient, followChanges } from '@renderer/api/queries'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'

test('a change that comes while the first answer is on its way is not lost', async () => {
  const answers: ((preferences: Preferences) => void)[] = []
  const bridge = createInMemoryBridge({
    'preferences.get': () => new Promise<Preferences>((resolve) => answers.push(resolve)),
  })
  setBridge(bridge)
  const client = createQueryClient()
  followChanges(client)
  const key = ['preferences.get', {}]
  const first = client.fetchQuery({ queryKey: key, queryFn: () => request('preferences.get', {}) })
  await waitFor(() => expect(answers).toHaveLength(1))
  bridge.changed('preferences')
  answers[0]?.(defaultPreferences)
  await first
  await waitFor(() => expect(client.getQueryState(key)?.isInvalidated).toBe(true))
})
