import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyContent, type TemplateContent } from '@contract/entities/template'
import type { Generation } from '@contract/entities/generation'
import type { TemplateId } from '@contract/ids'
import type { OllamaUnderTest } from './ollama-suite'
import { startTestCore, type TestCore } from './test-core'
import { presetWith, providerOf } from './test-story'

const schema = {
  type: 'object',
  properties: { name: { type: 'string' }, mood: { type: 'string' } },
  required: ['name', 'mood'],
  additionalProperties: false,
}
const SMALL = { samplers: { num_ctx: 2048, max_tokens: 200 } }

/**
 * What holds for generating with a model of Ollama, whatever it says: an answer that does not have the form is `invalid`, and
 * every answer is kept.
 * @param missing why it cannot run here, to be read where it is skipped
 */
export function describeOllamaTemplates(
  name: string,
  start: () => Promise<OllamaUnderTest>,
  missing: string | null = null
): void {
  const because = missing === null ? '' : ` (skipped: ${missing})`
  describe.skipIf(missing !== null)(`templates with ${name}${because}`, () => {
    let under: OllamaUnderTest
    let core: TestCore
    let templateId: TemplateId

    beforeAll(async () => {
      under = await start()
      core = await startTestCore()
      const { id: serverId } = await core.ask('servers.add', { name: 'Under test', url: under.url })
      await core.ask('servers.check', { id: serverId })
      const { id: providerId } = await providerOf(core, 'ollama')
      const preset = await presetWith(core, { providerId, serverId, model: under.model, ...SMALL })
      await core.ask('presets.setDefault', { id: preset.id })
      const content: TemplateContent = {
        ...emptyContent,
        user: 'Make up a keeper of a lighthouse: a name, and a mood in one word.',
        answer: { format: 'json', schema },
        becomes: { kind: 'character', fields: { description: 'mood' } },
        tries: 2,
      }
      templateId = (await core.ask('templates.create', { name: 'Keeper', content })).id
    })
    afterAll(async () => {
      await core.close()
      await under.stop()
    })

    const ended = async ({ id }: Pick<Generation, 'id'>): Promise<Generation> => {
      await core.event('generation.ended', (payload) => payload.id === id)
      return core.ask('generations.get', { id })
    }

    it('a character has the form that was asked for, or the answers say why not; the same seed is asked again', async () => {
      const first = await ended(await core.ask('generations.start', { templateId, inputs: {} }))
      expect(['complete', 'invalid']).toContain(first.state)
      expect(first.tries.length).toBeGreaterThan(0)
      expect(first.tries.every(({ answer }) => answer.trim() !== '')).toBe(true)
      expect(first.native).toBe(true)
      expect(first.seed).not.toBeNull()
      const again = await ended(await core.ask('generations.again', { id: first.id }))
      expect(again).toMatchObject({ seed: first.seed, messages: first.messages })
      if (first.state !== 'complete') return
      const { entries } = await core.ask('generations.becomes', { id: first.id, worldId: null, language: 'en' })
      expect(entries).toMatchObject([{ kind: 'character' }])
    })

    it('some in the background end, each once', async () => {
      const source = { kind: 'repeat', inputs: {}, count: 3 } as const
      const { id } = await core.ask('batches.start', { templateId, source, concurrency: 2 })
      await expect.poll(async () => (await core.ask('batches.get', { id })).state, { timeout: 240_000 }).toBe('done')
      const { progress } = await core.ask('batches.get', { id })
      expect(progress).toMatchObject({ waiting: 0, running: 0, failed: 0 })
      expect((await core.ask('generations.list', { batchId: id })).generations).toHaveLength(3)
    })
  })
}
