import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { Preset } from '@contract/entities/preset'
import type { Token } from '@contract/entities/token'
import { keyTrouble } from '@renderer/domain/role-form/key-trouble'
import { rememberTab } from '@renderer/features/presets/last-tab'
import { PresetsScreen } from '@renderer/features/presets/PresetsScreen'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { renderWith } from '@test/component/render'
import { config, configId, mild, onSonnet, place, placed, preset, presetHandlers, presetId } from './fixtures'
import { router, token, tokenId } from './fixtures'

afterEach(() => rememberTab('main'))

async function show(part: Partial<Preset>, more: Handlers = {}) {
  const { handlers } = presetHandlers([preset(1, part)])
  const bridge = createInMemoryBridge({ ...handlers, ...more })
  const view = renderWith(bridge, <PresetsScreen presetId={presetId(1)} />)
  await screen.findByRole('group', { name: 'Temperature' })
  return { ...view, bridge }
}
/** What stands under a role's name. */
const said = (name: string) => {
  const tab = screen.getByRole('tab', { name })
  return document.getElementById(tab.getAttribute('aria-describedby') ?? '')?.textContent
}

describe('the list of roles', () => {
  it('says what each works with, who does the work of one that is off, and that one uses the Writer’s model', async () => {
    await show({
      roles: placed({ main: place(onSonnet), storyteller: place({}), guard: place({}, false) }),
    })
    await waitFor(() => expect(said('Main')).toBe('sonnet · OpenRouter'))
    expect(said('Storyteller')).toBe('the Writer’s model')
    expect(said('Guard')).toBe('the Writer does its work')
  })

  it('says where the step of a role that is off is skipped, and where a role has no model', async () => {
    const fallback = { ...preset(1).fallback, useMainForUnset: false }
    await show({
      fallback,
      roles: placed({ main: place(onSonnet), storyteller: place({}), guard: place({}, false) }),
    })
    expect(said('Storyteller')).toBe('no model yet')
    expect(said('Guard')).toBe('its step is skipped')
  })

  it('names the key that keeps a role from working', async () => {
    const invalid: Token = { ...token(1, 'home'), state: 'invalid' }
    await show({}, { 'tokens.list': () => [invalid] })
    await waitFor(() => expect(said('Main')).toBe('key “home” was refused'))
  })

  it('counts the backup models, and opens them', async () => {
    const chains = { errors: [configId(1)], contextOverflow: [], refusals: [configId(1)] }
    const { user } = await show(
      { fallback: { ...preset(1).fallback, chains } },
      { 'modelConfigs.list': () => [config(1, 'House style')] }
    )
    expect(said('Backup models')).toBe('errors 1 · refusals 1')
    await user.click(screen.getByRole('tab', { name: 'Backup models' }))
    expect(await screen.findByRole('heading', { name: 'After an error' })).toBeTruthy()
  })

  it('shows the keys that reusable settings name', async () => {
    await show(
      { roles: placed({ main: { ...place({}), modelConfigId: configId(1) } }) },
      { 'modelConfigs.list': () => [config(1, 'House style', { ...onSonnet, tokenIds: [tokenId(2)] })] }
    )
    const keys = within(await screen.findByRole('group', { name: 'Keys' }))
    expect((await keys.findByRole('list', { name: 'Keys from the layer below' })).textContent).toContain('spare')
  })
})

describe('whether a key can be used', () => {
  const now = Date.parse('2026-01-01T12:00:00.000Z')
  const resting: Token = { ...token(1, 'home'), state: 'cooling', coolingUntil: '2026-01-01T12:05:00.000Z' }

  it('is said of the keys that were chosen, or of any', () => {
    expect(keyTrouble(router, undefined, [resting, token(2, 'spare')], now)).toBeNull()
    expect(keyTrouble(router, [tokenId(1)], [resting, token(2, 'spare')], now)?.problem).toBe('keyRests')
    expect(keyTrouble(router, [tokenId(1)], [resting], now + 600_000)).toBeNull()
    expect(keyTrouble(router, [], [token(2, 'spare')], now)?.problem).toBe('chooseKey')
  })

  it('is no question where none is needed', () => {
    expect(keyTrouble(router, undefined, [], now)?.problem).toBe('noKey')
    expect(keyTrouble(mild, undefined, [], now)).toBeNull()
  })
})
