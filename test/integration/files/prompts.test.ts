import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { placedRole } from '@contract/entities/preset'
import type { PresetId } from '@contract/ids'
import { MAIN } from '@main/settings/role-registry'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { demoSettings, presetWith } from '@test/helpers/test-story'
import { first } from '@test/integration/files/configuration'

let app: TestCore
let preset: { id: PresetId; name: string }
beforeEach(async () => {
  app = await startTestCore()
  preset = await presetWith(app, await demoSettings(app))
})
afterEach(() => app.close())

const file = (fileName: string, content: object) => ({ fileName, text: JSON.stringify(content) })
const roleplay = file('rp.json', {
  name: 'Roleplay',
  content: 'Play {{char}} against {{user}}. {{date}}',
  post_history: '',
})
const context = file('ctx.json', { name: 'Frame', story_string: 'FRAME {{system}} {{persona}}', single_line: true })
const mainOf = async (id: PresetId) => placedRole((await app.ask('presets.get', { id })).roles, MAIN)
const promptOf = async (id: PresetId) => (await mainOf(id))?.prompt?.text

describe('a system prompt of SillyTavern', () => {
  it('makes a preset like the default one with that prompt, and goes away again', async () => {
    const plan = await app.ask('files.preview', roleplay)
    expect(plan).toMatchObject({
      format: 'sillytavern-templates',
      templates: [],
      items: [{ kind: 'prompt', name: 'Roleplay', conflict: null }],
      losses: [{ field: '{{date}}', reason: 'placeholder' }],
    })
    const report = await app.ask('files.import', { files: [roleplay] })
    const made = first(report.presets)
    expect(made.name).toBe('Roleplay')
    const main = await mainOf(made.id)
    expect(main?.settings).toEqual((await mainOf(preset.id))?.settings)
    expect(main?.prompt?.text).toMatch(/^Play \{\{ character_names \}\} against \{\{ persona_name \}\}\./)
    expect(await promptOf(preset.id)).toBeUndefined()
    expect((await app.ask('files.preview', roleplay)).items[0]?.conflict).toBe('same')
    await app.ask('files.undo', { undoId: report.undoId })
    expect(await app.ask('presets.list', {})).toHaveLength(1)
  })

  it('comes into the preset that was chosen, and undoing gives its own back', async () => {
    const choices = { preset: preset.id }
    const report = await app.ask('files.import', { files: [roleplay], choices })
    expect(report).toMatchObject({ presets: [{ id: preset.id }], replaced: 1 })
    expect(await promptOf(preset.id)).toContain('Play ')
    expect((await app.ask('files.preview', { ...roleplay, preset: preset.id })).items[0]?.conflict).toBe('same')
    await app.ask('files.undo', { undoId: report.undoId })
    expect(await promptOf(preset.id)).toBeUndefined()
    const gone = { preset: '0190a000-0000-7000-8000-000000000000' }
    expect(await app.refusal('files.import', { files: [roleplay], choices: gone })).toMatchObject({ code: 'not_found' })
  })

  it('and a context template that come at once are one prompt, in the order of the template', async () => {
    const report = await app.ask('files.import', { files: [context, roleplay] })
    expect(report.presets).toHaveLength(1)
    expect(await promptOf(first(report.presets).id)).toMatch(/^FRAME Play .*\{\{ persona \}\}/)
    expect((await app.ask('files.preview', context)).losses).toMatchObject([{ field: 'single_line' }])
  })

  it('is what models are told in the next turn', async () => {
    await app.ask('files.import', { files: [roleplay], choices: { preset: preset.id } })
    const story = await app.ask('stories.create', { language: 'en', presetId: preset.id })
    const [step] = await app.ask('turns.plan', { storyId: story.id, kind: 'send', text: 'I wait.' })
    expect(step?.messages[0]?.content).toMatch(/^Play the other characters against the main character\./)
  })

  it.each([
    ['content', { name: 'x', content: 'x'.repeat(60_001) }],
    ['story_string', { name: 'x', story_string: 'y'.repeat(200_001) }],
  ])('is refused by the name of the field: %s', async (path, content) => {
    expect(await app.refusal('files.preview', file('x.json', content))).toMatchObject({
      code: 'file_invalid',
      details: { path },
    })
  })

  it('needs a preset that says which model it is for', async () => {
    const empty = await startTestCore()
    expect(await empty.refusal('files.preview', roleplay)).toMatchObject({ code: 'role_without_model' })
    await empty.close()
  })
})

describe('prompts of a chat-completion preset', () => {
  const chat = {
    chat_completion_source: 'openrouter',
    openrouter_model: 'a/b',
    prompts: [
      { identifier: 'main', name: 'Main', content: 'Write {{char}}.' },
      { identifier: 'jailbreak', name: 'After', content: 'Be bold.' },
      { identifier: 'off', name: 'Off', content: 'NEVER' },
      { identifier: 'charDescription', marker: true },
      { identifier: 'worldInfoBefore', marker: true },
      { identifier: 'chatHistory', marker: true },
    ],
    prompt_order: [
      { character_id: 100_000, order: [] },
      {
        character_id: 100_001,
        order: ['main', 'charDescription', 'worldInfoBefore', 'off', 'chatHistory', 'jailbreak'].map((identifier) => ({
          identifier,
          enabled: identifier !== 'off',
        })),
      },
    ],
  }

  it('become the prompt of the Writer in its order, what follows the history behind the line', async () => {
    const given = file('Chat.json', chat)
    expect((await app.ask('files.preview', given)).losses).toEqual([])
    const report = await app.ask('files.import', { files: [given] })
    const text = (await promptOf(first(report.presets).id)) ?? ''
    expect(text).toMatch(/^Write \{\{ character_names \}\}\.\n\n\{\{ characters \}\}\n\n\{\{ lore \}\}/)
    expect(text).toMatch(/\{\{ line \}\}\n\n\[Be bold\.\]/)
    expect(text).not.toContain('NEVER')
    expect(await app.ask('prompts.check', { role: 'main', text })).toEqual([])
  })
})
