import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ModelSettings, RoleWork } from '@contract/entities/model-config'
import type { Story } from '@contract/entities/story'
import type { TurnStep } from '@contract/entities/turn'
import type { PassageNote } from '@contract/entities/turn-results'
import type { ServerId } from '@contract/ids'
import { RoleId } from '@contract/ids'
import { temporaryFolder, type TemporaryFolder } from './temporary-folder'
import { newVaultKey, startTestCore, type TestCore } from './test-core'
import { lastPassage, passagesOf, placed, providerOf } from './test-story'

export interface OllamaWithEmbedder {
  url: string
  /** A chat model that is on the server. */
  model: string
  /** An embedding model that is on the server. */
  embedder: string
  stop(): Promise<void>
}

/** How a role works; null for one that is off. */
type Cast = Partial<Record<'director' | 'rag' | 'guard' | 'storyteller', RoleWork | null>>

const everyone: Cast = { director: {}, rag: {}, guard: { rewrites: 1 }, storyteller: {} }
const SMALL = { samplers: { num_ctx: 2048, max_tokens: 120, seed: 1 } }
/** Milliseconds that a model on a slow computer may take to come to a step. */
const PATIENCE = 240_000
const TOLD = 'Old Marta hid the brass astrolabe under the third stair of the lighthouse. '
const LINE = 'Where is the astrolabe that Marta hid?'

/**
 * What holds for a turn of all roles with models of Ollama, whatever they say: what a model of a real server will answer is
 * not known, so that each answer may be one that cannot be used, and then the passage says so.
 * @param missing why it cannot run here, to be read where it is skipped
 */
export function describeOllamaRoles(
  name: string,
  start: () => Promise<OllamaWithEmbedder>,
  missing: string | null = null
): void {
  const because = missing === null ? '' : ` (skipped: ${missing})`
  describe.skipIf(missing !== null)(`all roles with ${name}${because}`, () => {
    const vaultKey = newVaultKey()
    let under: OllamaWithEmbedder
    let folder: TemporaryFolder
    let core: TestCore
    let serverId: ServerId
    let presets = 0

    beforeAll(async () => {
      under = await start()
      folder = temporaryFolder()
      core = await startTestCore({ dataDir: folder.path, vaultKey })
      serverId = (await core.ask('servers.add', { name: 'Under test', url: under.url })).id
      await core.ask('servers.check', { id: serverId })
    })
    afterAll(async () => {
      await core.close()
      await under.stop()
      folder.remove()
    })

    const storyWith = async (cast: Cast, more: Record<string, ModelSettings> = {}): Promise<Story> => {
      const { id: providerId } = await providerOf(core, 'ollama')
      const chat = { providerId, serverId, model: under.model, ...SMALL }
      const roles = Object.entries(cast).map(([role, work]) => [
        role,
        placed({ ...chat, ...(work ? { work } : {}), ...more[role] }, work !== null),
      ])
      const preset = await core.ask('presets.create', {
        name: `Live ${(presets += 1)}`,
        roles: {
          main: placed(chat),
          embedding: placed({ providerId, serverId, model: under.embedder, ...more['embedding'] }),
          ...Object.fromEntries(roles),
        },
      })
      return core.ask('stories.create', { language: 'en', presetId: preset.id })
    }

    /** Lays a beginning that the window does not hold: one passage of the model's, which is then written over. */
    const tell = async (story: Story): Promise<void> => {
      await core.turn({ storyId: story.id, kind: 'send', text: 'A keeper lights the lamp.' })
      for (let told = 0; told < 3; told += 1) {
        const { id } = await lastPassage(core, story)
        await core.ask('messages.edit', { id, text: `${TOLD}${'The wind blew from the sea all night. '.repeat(120)}` })
        await core.turn({ storyId: story.id, kind: 'continue' })
      }
      const { state } = await core.ask('memory.state', { storyId: story.id })
      if (state !== 'ready') await expect.poll(() => memoryState(story), { timeout: PATIENCE }).toBe('ready')
    }
    const memoryState = async (story: Story) => (await core.ask('memory.state', { storyId: story.id })).state
    const send = (story: Story, roles: string[] = []) =>
      core.turn({
        storyId: story.id,
        kind: 'send',
        text: LINE,
        ...(roles.length > 0 ? { roles: roles.map((role) => RoleId.parse(role)) } : {}),
      })
    const notesOf = async (story: Story): Promise<PassageNote[]> =>
      (await lastPassage(core, story)).writtenBy?.notes ?? []
    /** A step came to its end, or the passage says that it did not. */
    const isAccountedFor = (role: string, steps: readonly TurnStep[], notes: readonly PassageNote[]): boolean =>
      steps.some((step) => step.role === role && step.state === 'complete') ||
      notes.some((note) => note.kind === 'failed' && note.role === role)

    it('a passage is planned, recalled for, drafted, checked and told, or says what was not', async () => {
      const story = await storyWith({ director: null, rag: null, guard: null, storyteller: null })
      await tell(story)
      const settings = { enabled: true }
      for (const role of ['director', 'rag', 'guard', 'storyteller'])
        await core.ask('stories.override', { id: story.id, role: RoleId.parse(role), changes: settings })
      const { outcome, error, turnId } = await send(story)
      expect([outcome, error]).toEqual(['complete', null])
      expect((await lastPassage(core, story)).text.trim()).not.toBe('')
      const steps = await core.ask('turns.steps', { turnId })
      const notes = await notesOf(story)
      for (const role of ['director', 'rag', 'main', 'guard', 'storyteller'])
        expect({ role, isAccountedFor: isAccountedFor(role, steps, notes) }).toEqual({ role, isAccountedFor: true })
      // Found by meaning too: the embedding model did its part.
      expect(notes.find(({ kind }) => kind === 'recalled')).toMatchObject({ wordsAlone: false })
    })

    it('with every role off the Writer alone is asked, and those that are asked for work through its model', async () => {
      const story = await storyWith({})
      const alone = await send(story)
      expect((await core.ask('turns.steps', { turnId: alone.turnId })).map(({ role }) => role)).toEqual(['main'])
      const helped = await send(story, ['director', 'guard'])
      expect(helped.outcome).toBe('complete')
      const asked = (await core.ask('turns.steps', { turnId: helped.turnId })).map(({ role, model }) => [role, model])
      expect(asked.slice(0, 3)).toEqual([
        ['director', under.model],
        ['main', under.model],
        ['guard', under.model],
      ])
    })

    it('a Storyteller whose model is not there leaves the draft, with a note', async () => {
      const story = await storyWith({ storyteller: {} }, { storyteller: { model: 'no-such-model:0b' } })
      expect((await send(story)).outcome).toBe('complete')
      expect((await lastPassage(core, story)).text.trim()).not.toBe('')
      expect(await notesOf(story)).toContainEqual(expect.objectContaining({ kind: 'draft', role: 'storyteller' }))
    })

    it('an embedding model that is not there keeps no turn from its end', async () => {
      const story = await storyWith({}, { embedding: { model: 'no-such-embedder:0b' } })
      await core.turn({ storyId: story.id, kind: 'send', text: 'A keeper lights the lamp.' })
      const { id } = await lastPassage(core, story)
      await core.ask('messages.edit', { id, text: `${TOLD}${'The wind blew from the sea all night. '.repeat(240)}` })
      await core.turn({ storyId: story.id, kind: 'continue' })
      expect((await send(story)).outcome).toBe('complete')
    })

    it('is stopped in each of its steps, and nothing runs on', async () => {
      const story = await storyWith({ ...everyone, rag: null })
      for (const role of ['director', 'main', 'guard', 'storyteller']) {
        const { turnId } = await core.ask('turns.start', { storyId: story.id, kind: 'send', text: LINE })
        const come = core.event('turn.step', (step) => step.turnId === turnId && step.role === role)
        const ended = core.event('turn.ended', (end) => end.turnId === turnId)
        // A model may be done before it is stopped, or give what the Guard cannot use.
        await Promise.race([come, ended])
        await core.ask('turns.stop', { storyId: story.id })
        expect(['stopped', 'complete']).toContain((await ended).outcome)
        expect(await core.ask('turns.active', { storyId: story.id })).toBeNull()
      }
    })

    it('is closed in the middle, and goes on after the next start', async () => {
      const story = await storyWith({ storyteller: {} })
      const { turnId } = await core.ask('turns.start', { storyId: story.id, kind: 'send', text: LINE })
      await core.event('turn.step', (step) => step.turnId === turnId)
      await core.close()
      core = await startTestCore({ dataDir: folder.path, vaultKey })
      expect((await core.ask('turns.last', { storyId: story.id }))?.state).not.toBe('running')
      expect((await passagesOf(core, story))[0]?.text).toBe(LINE)
      expect((await core.turn({ storyId: story.id, kind: 'retry' })).outcome).toBe('complete')
      expect((await lastPassage(core, story)).text.trim()).not.toBe('')
    })
  })
}
