import { newVariable } from '@contract/entities/new-variable'
import { emptyContent, InputVariable, type TemplateContent } from '@contract/entities/template'
import type { GenerationModel } from '@contract/entities/generation'
import type { ProviderId, TemplateId } from '@contract/ids'
import type { AppProcess } from '@test/helpers/app-process'
import { chatReply } from '@test/helpers/chat-reply'
import type { FakeOpenAi } from '@test/helpers/fake-openai'

const kinds = ['text', 'json', 'table', 'failed'] as const
/** By what came of it. */
export type TemplateUses = Record<(typeof kinds)[number], TemplateId>

const who = InputVariable.parse({
  ...newVariable('text', 'who'),
  label: 'Who',
  help: 'One name, or what they do.',
})
const schema = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    age: { type: 'integer' },
    traits: { type: 'array', items: { type: 'string' } },
  },
  required: ['name', 'age'],
}
const row = { type: 'object', properties: { name: { type: 'string' }, trade: { type: 'string' } } }

const contents: Record<keyof TemplateUses, Partial<TemplateContent>> = {
  text: {},
  json: {
    answer: { format: 'json', schema },
    becomes: { kind: 'character', fields: { name: 'name' } },
    tries: 2,
  },
  table: { answer: { format: 'csv', schema: row } },
  failed: {},
}

/**
 * Templates with something in their history: words, a card that was asked for twice, a table, and a failure; and a batch
 * that was paused before its first row, with a row that cannot be used.
 *
 * @param silent a provider where nothing answers
 */
export async function useTemplates(app: AppProcess, provider: FakeOpenAi, silent: ProviderId): Promise<TemplateUses> {
  const made = async (kind: keyof TemplateUses) => {
    const content = { ...emptyContent, user: 'Tell of {{ who }}.', variables: [who], ...contents[kind] }
    return (await app.rpc('templates.create', { name: `Crew: ${kind}`, content })).id
  }
  const uses = {
    text: await made('text'),
    json: await made('json'),
    table: await made('table'),
    failed: await made('failed'),
  }
  const nobody = { providerId: silent, model: 'none' }
  const use = async (templateId: TemplateId, model: GenerationModel | null, ...answers: readonly string[]) => {
    provider.answerWith(...answers.map((answer) => chatReply.stream([answer])))
    const { id } = await app.rpc('generations.start', { templateId, inputs: { who: 'the keeper' }, model })
    while ((await app.rpc('generations.get', { id })).state === 'running') continue
  }
  const card = (age: string) => `{"name": "Osric", "age": ${age}, "traits": ["lame", "dry"]}`
  await use(uses.text, null, '# The keeper\n\nHe counts the stairs **twice**, and never agrees with himself.')
  await use(uses.json, null, card('"late fifties"'), card('58'))
  await use(uses.table, null, 'name,trade\nOsric,keeper\nIra,surveyor\n')
  await use(uses.failed, nobody)
  const { id } = await app.rpc('batches.start', {
    templateId: uses.json,
    model: nobody,
    source: { kind: 'list', fileName: 'crew.csv', text: 'who\nAnn\nBo,30\nCai\nDan\n', mapping: { who: 'who' } },
    concurrency: 1,
    skipFaulty: true,
  })
  while ((await app.rpc('batches.get', { id })).state === 'running') continue
  return uses
}
