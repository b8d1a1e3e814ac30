import { beforeEach, describe, expect, it } from 'vitest'
import type { RoleId } from '@contract/ids'
import { chatReply } from '@test/helpers/chat-reply'
import { createGate } from '@test/helpers/gate'
import { createRoleModels, roleId, storyWithCast, type RoleModels } from '@test/helpers/role-models'
import { lastPassage } from '@test/helpers/test-story'
import { openStage, type TurnStage } from '@test/helpers/turn-stage'

let stage: TurnStage
let models: RoleModels
beforeEach(async () => {
  stage = await openStage()
  models = createRoleModels(stage)
  models.answer('main', 'The passage.')
  models.answer('director', 'Beat: a BELL rings.')
})
const send = (storyId: string, more: { roles?: string[] } = {}) =>
  stage.app.turn({ storyId, kind: 'send', text: 'Go.', ...(more.roles ? { roles: more.roles.map(roleId) } : {}) })

describe('a Director that takes part', () => {
  it('plans before the Writer writes, who reads the plan; the reader does not', async () => {
    const story = await storyWithCast(stage, { director: {} })
    expect(await send(story.id)).toMatchObject({ outcome: 'complete' })
    expect(models.asked()).toEqual(['director', 'main'])
    expect(models.prompts('main')[0]).toContain('Beat: a BELL rings.')
    expect(await stage.texts(story)).toEqual(['Go.', 'The passage.'])
    expect((await lastPassage(stage.app, story)).writtenBy?.notes).toEqual([{ kind: 'planned' }])
    const steps = stage.app.events.filter(({ name }) => name === 'turn.step').map(({ payload }) => payload)
    expect(steps).toMatchObject([
      { role: 'director', roles: ['director', 'rag', 'main'], at: 0 },
      { role: 'main', roles: ['director', 'rag', 'main'], at: 2 },
    ])
  })

  it('leaves room in a dry run for the few lines that it is asked for, not for the longest answer', async () => {
    const story = await storyWithCast(stage, { director: {} })
    const planned = await stage.app.ask('turns.plan', { storyId: story.id, kind: 'send', text: 'Go.' })
    const writer = planned.find(({ role }) => role === 'main')
    expect(writer?.parts.find(({ id }) => id === 'plan')?.tokens).toBeLessThan(500)
  })

  it('who is asked for one turn is in its dry run and in what its window holds', async () => {
    const story = await storyWithCast(stage, { director: null })
    const { app } = stage
    const roles = [roleId('director')]
    const asked = await app.ask('turns.plan', { storyId: story.id, kind: 'send', text: 'Go.', roles })
    expect(asked.map(({ role }) => role)).toEqual(['director', 'main'])
    const sections = async (more: { roles?: RoleId[] }) =>
      (await app.ask('stories.context', { id: story.id, ...more }))?.sections.map(({ id }) => id)
    expect(await sections({})).not.toContain('plan')
    expect(await sections({ roles })).toContain('plan')
  })

  it('that fails leaves the passage to the Writer, and the passage says so', async () => {
    models.answer('director', chatReply.error(400, 'no plan today'))
    const story = await storyWithCast(stage, { director: {} })
    const { turnId, outcome } = await send(story.id)
    expect(outcome).toBe('complete')
    const { writtenBy, state } = await lastPassage(stage.app, story)
    expect(state).toBe('complete')
    expect(writtenBy?.notes).toMatchObject([
      { kind: 'failed', role: 'director', error: { code: 'provider_request_rejected' } },
    ])
    expect(await stage.app.ask('turns.steps', { turnId })).toMatchObject([
      { role: 'director', state: 'failed', error: { code: 'provider_request_rejected' } },
      { role: 'main', state: 'complete' },
    ])
  })

  it('whose model cannot be called at all does not keep the turn from beginning', async () => {
    const story = await storyWithCast(stage, { director: {} })
    const { preset } = story
    await stage.app.ask('presets.update', {
      id: preset.id,
      patch: { fallback: { ...preset.fallback, useMainForUnset: false } },
    })
    const value = { enabled: true, modelConfigId: null, settings: {} }
    await stage.app.ask('presets.setRole', { id: preset.id, role: roleId('director'), value })
    const { turnId, outcome } = await send(story.id)
    expect(outcome).toBe('complete')
    expect((await lastPassage(stage.app, story)).writtenBy?.notes).toMatchObject([
      { kind: 'failed', role: 'director', error: { code: 'role_without_model' } },
    ])
    expect(await stage.app.ask('turns.steps', { turnId })).toMatchObject([
      { role: 'director', state: 'failed', attempts: 0 },
      { role: 'main', state: 'complete' },
    ])
  })

  it('can be stopped: nothing is written, and the line stays', async () => {
    const gate = createGate()
    models.answer('director', chatReply.stream(['Half a plan', gate]))
    const story = await storyWithCast(stage, { director: {} })
    const { turnId } = await stage.app.ask('turns.start', { storyId: story.id, kind: 'send', text: 'Go.' })
    await gate.reached
    await stage.app.ask('turns.stop', { storyId: story.id })
    const ended = await stage.app.event('turn.ended', (payload) => payload.turnId === turnId)
    expect(ended).toMatchObject({ outcome: 'stopped', messageId: null })
    expect(await stage.texts(story)).toEqual(['Go.'])
    expect(models.asked()).toEqual(['director'])
    gate.open()
  })
})

describe('how often the Director works', () => {
  const askedFor = async (turns: number, storyId: string) => {
    for (let turn = 0; turn < turns; turn += 1) await send(storyId)
    return models.asked().join(' ')
  }

  it('is at the first passage and at every so many after it', async () => {
    const story = await storyWithCast(stage, { director: { cadence: 'every', everyTurns: 3 } })
    expect(await askedFor(4, story.id)).toBe('director main main main director main')
  })

  it('counts what stands on the path: another alternative is the same turn', async () => {
    const story = await storyWithCast(stage, { director: { cadence: 'every', everyTurns: 2 } })
    await send(story.id)
    await stage.app.turn({ storyId: story.id, kind: 'retry' })
    expect(models.asked()).toEqual(['director', 'main', 'director', 'main'])
    await send(story.id)
    expect(models.asked().slice(4)).toEqual(['main'])
  })

  it('is only when the writer asks, where it is on demand', async () => {
    const story = await storyWithCast(stage, { director: { cadence: 'demand' } })
    await send(story.id)
    await send(story.id, { roles: ['director'] })
    expect(models.asked()).toEqual(['main', 'director', 'main'])
  })
})

describe('a Director that does not take part', () => {
  it.each([true, false])(
    'does nothing by itself, whatever the policy (the Writer does its work: %s)',
    async (policy) => {
      const story = await storyWithCast(stage, { director: null }, { useMainForUnset: policy })
      await send(story.id)
      expect(models.asked()).toEqual(['main'])
    }
  )

  it('has its work done by the Writer when the writer asks', async () => {
    models.answer('main', 'Beat: FOG comes.', 'The passage.')
    const story = await storyWithCast(stage, { director: null })
    const { turnId } = await send(story.id, { roles: ['director'] })
    expect(models.asked()).toEqual(['main', 'main'])
    expect(models.prompts('main')[1]).toContain('Beat: FOG comes.')
    expect(await stage.app.ask('turns.steps', { turnId })).toMatchObject([
      { role: 'director', model: 'main' },
      { role: 'main', model: 'main' },
    ])
  })

  it('has it done by the Writer as often as its cadence says, and by nobody where such steps are skipped', async () => {
    const settings = (work: object) => ({ enabled: false, modelConfigId: null, settings: { work } })
    const place = async (presetId: string) =>
      stage.app.ask('presets.setRole', {
        id: presetId,
        role: roleId('director'),
        value: settings({ cadence: 'always' }),
      })
    const story = await storyWithCast(stage, {})
    await place(story.presetId)
    await send(story.id)
    expect(models.asked()).toEqual(['main', 'main'])
    const { preset } = story
    await stage.app.ask('presets.update', {
      id: preset.id,
      patch: { fallback: { ...preset.fallback, useMainForUnset: false } },
    })
    await send(story.id)
    expect(models.asked()).toEqual(['main', 'main', 'main'])
  })
})
