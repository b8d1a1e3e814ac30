import { act, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FabulaError } from '@contract/errors'
import { RoleId } from '@contract/ids'
import { expectNoAxeViolations } from '@test/component/render'
import { createStoryBridge, presetId, roles, storyId, views, type StoryBridge } from './story-bridge'
import { freshScreen, opening, open, field } from './open-screen'

beforeEach(freshScreen)

describe('the composer', () => {
  it('sends on Enter, breaks the line on Shift+Enter, and empties once the turn runs', async () => {
    const bridge = createStoryBridge([opening])
    const { user } = await open(bridge)
    await user.type(field(), 'I listen.{Shift>}{Enter}{/Shift}And wait.{Enter}')
    await waitFor(() => expect(field().value).toBe(''))
    expect(bridge.inputsOf('turns.start')).toEqual([{ storyId, kind: 'send', text: 'I listen.\nAnd wait.' }])
    await waitFor(() => expect(bridge.inputsOf('stories.saveDraft').at(-1)).toEqual({ id: storyId, draft: '' }))
  })

  it('keeps the words when the turn cannot start', async () => {
    const bridge = createStoryBridge([opening])
    bridge.answer({
      'turns.start': () => {
        throw new FabulaError('role_without_model', 'no model', { details: { role: 'main' } })
      },
    })
    const { user } = await open(bridge)
    await user.type(field(), 'I listen.{Enter}')
    await screen.findByRole('alert')
    expect(field().value).toBe('I listen.')
    expect(screen.getByRole('link', { name: 'Edit preset' }).getAttribute('href')).toBe(`#/presets/${presetId}`)
  })

  it('sends nothing but the wish to go on when it is empty', async () => {
    const bridge = createStoryBridge([opening])
    const { user } = await open(bridge)
    await user.click(screen.getByRole('button', { name: 'Send' }))
    expect(bridge.inputsOf('turns.start')).toEqual([{ storyId, kind: 'send', text: '' }])
  })

  it('saves what is typed, and brings it back when the story is opened again', async () => {
    const bridge = createStoryBridge([opening])
    const { user, unmount } = await open(bridge)
    await user.type(field(), 'Half a th')
    await waitFor(() =>
      expect(bridge.inputsOf('stories.saveDraft').at(-1)).toEqual({ id: storyId, draft: 'Half a th' })
    )
    await screen.findByText('Saved')
    await user.type(field(), 'ought')
    unmount()
    // Leaving saves at once: nobody waits for the pause between keys.
    await waitFor(() =>
      expect(bridge.inputsOf('stories.saveDraft').at(-1)).toEqual({ id: storyId, draft: 'Half a thought' })
    )
    await open(bridge)
    expect(field().value).toBe('Half a thought')
  })

  it('shows the draft the database kept', async () => {
    await open(createStoryBridge([opening], { draft: 'From yesterday' }))
    expect(field().value).toBe('From yesterday')
  })

  it('says that a draft is not saved and why, and keeps the words', async () => {
    const bridge = createStoryBridge([opening])
    bridge.answer({
      'stories.saveDraft': () => {
        throw new FabulaError('storage_full', 'ENOSPC')
      },
    })
    const { user } = await open(bridge)
    await user.type(field(), 'Precious')
    await screen.findByText('Not saved')
    await screen.findByText(/Your words are still here/)
    expect(field().value).toBe('Precious')
    bridge.answer({ 'stories.saveDraft': () => ({}) })
    await user.type(field(), '!')
    await screen.findByText('Saved')
  })

  it('never lets a late answer write over newer words', async () => {
    const bridge = createStoryBridge([opening])
    const late: (() => void)[] = []
    bridge.answer({
      'stories.saveDraft': () =>
        new Promise((resolve) => {
          late.push(() => resolve({}))
        }),
    })
    const { user } = await open(bridge)
    await user.type(field(), 'one')
    await waitFor(() => expect(late).toHaveLength(1))
    await user.type(field(), ' two')
    await act(async () => late[0]?.())
    expect(field().value).toBe('one two')
    await waitFor(() => expect(bridge.inputsOf('stories.saveDraft').at(-1)?.draft).toBe('one two'))
    expect(screen.getByText('Saving…')).toBeDefined()
    await act(async () => late.at(-1)?.())
    await screen.findByText('Saved')
  })
})

describe('roles that are asked for a turn', () => {
  const director = RoleId.parse('director')
  const guard = RoleId.parse('guard')
  const help = { en: '', ru: '' }
  const work = ['cadence' as const]

  /** A Director that works on demand, and a Guard that works at every turn. */
  function bridgeWithRoles(): StoryBridge {
    const bridge = createStoryBridge([opening])
    const role = { help, kind: 'chat', switchable: true, takesPart: true, work } as const
    bridge.answer({
      'roles.list': () => [
        ...roles,
        { ...role, id: guard, name: { en: 'Guard', ru: 'Страж' } },
        { ...role, id: director, name: { en: 'Director', ru: 'Режиссёр' } },
      ],
      'stories.settings': () => ({
        presetId,
        presetName: 'Gothic, slow',
        roles: [
          ...views,
          { role: guard, fields: { enabled: { value: true, origin: 'preset' } }, overrides: {} },
          {
            role: director,
            fields: {
              enabled: { value: true, origin: 'preset' },
              'work.cadence': { value: 'demand', origin: 'preset' },
            },
            overrides: {},
          },
        ],
      }),
    })
    return bridge
  }

  it('work in the next turn and not in the one after it', async () => {
    const bridge = bridgeWithRoles()
    const { user } = await open(bridge)
    const opener = await screen.findByRole('button', { name: 'For this turn' })
    // By keys alone: the first item is the one that can be ticked.
    opener.focus()
    await user.keyboard('{Enter}')
    const plan = await screen.findByRole('menuitemcheckbox', { name: 'Plan the next passage' })
    await waitFor(() => expect(document.activeElement).toBe(plan))
    await user.keyboard('{Enter}')
    expect(plan.getAttribute('aria-checked')).toBe('true')
    await expectNoAxeViolations()
    await user.keyboard('{Escape}')
    expect(await screen.findByRole('button', { name: 'For this turn: 1' })).toBe(document.activeElement)
    await user.type(field(), 'I listen.{Enter}')
    await waitFor(() => expect(field().value).toBe(''))
    await user.type(field(), 'I wait.{Enter}')
    await waitFor(() => expect(bridge.inputsOf('turns.start')).toHaveLength(2))
    expect(bridge.inputsOf('turns.start').map((sent) => sent.roles)).toEqual([['director'], undefined])
  })

  it('are in the dry run and in the context meter as soon as they are ticked', async () => {
    const bridge = bridgeWithRoles()
    bridge.answer({ 'turns.plan': () => [] })
    const { user } = await open(bridge)
    await user.click(await screen.findByRole('button', { name: 'For this turn' }))
    await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Plan the next passage' }))
    await user.keyboard('{Escape}')
    await waitFor(() =>
      expect(bridge.inputsOf('stories.context')).toEqual([{ id: storyId }, { id: storyId, roles: ['director'] }])
    )
    await user.click(screen.getByRole('button', { name: 'Dry run of the next turn' }))
    await waitFor(() =>
      expect(bridge.inputsOf('turns.plan')).toEqual([{ storyId, kind: 'send', text: '', roles: ['director'] }])
    )
  })

  it('are ticked already where they work at every turn', async () => {
    const { user } = await open(bridgeWithRoles())
    await user.click(await screen.findByRole('button', { name: 'For this turn' }))
    const check = await screen.findByRole('menuitemcheckbox', { name: /^Check the passage with the Guard/ })
    await waitFor(() => expect(check.getAttribute('aria-checked')).toBe('true'))
    expect(check).toHaveProperty('disabled', true)
  })

  it('stay asked for when the turn cannot begin', async () => {
    const bridge = bridgeWithRoles()
    const { user } = await open(bridge)
    await user.click(await screen.findByRole('button', { name: 'For this turn' }))
    await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Plan the next passage' }))
    await user.keyboard('{Escape}')
    bridge.answer({
      'turns.start': () => {
        throw new FabulaError('role_without_model', 'no model', { details: { role: 'main' } })
      },
    })
    await user.type(field(), 'I listen.{Enter}')
    await screen.findByRole('alert')
    expect(screen.getByRole('button', { name: 'For this turn: 1' })).toBeTruthy()
  })
})
