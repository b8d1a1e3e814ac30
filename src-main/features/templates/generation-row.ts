import type { TemplateContent } from '@contract/entities/template'
import { GenerationId } from '@contract/ids'
import type { GenerationRow } from '@main/data/stored-generation'
import { newId } from '@main/platform/ids'
import type { CallPlan } from '@main/routing/call-plan'
import { wordsOf } from './generation-words'
import { seedFor } from './seed'

/** What a generation is asked for. */
export type AskedGeneration = Pick<
  GenerationRow,
  | 'templateId'
  | 'templateName'
  | 'version'
  | 'language'
  | 'storyId'
  | 'batch'
  | 'gatewayKey'
  | 'inputs'
  | 'selection'
  | 'asked'
  | 'seed'
>

/** A generation at its beginning. */
export function begunGeneration(
  asked: AskedGeneration,
  content: TemplateContent,
  plan: CallPlan,
  createdAt: string
): GenerationRow {
  const { answer } = content
  const begun: GenerationRow = {
    ...asked,
    id: newId(GenerationId),
    state: 'running',
    format: answer.format,
    provider: plan.provider.name,
    model: plan.model,
    seed: seedFor(plan, asked.seed),
    edited: false,
    favourite: false,
    inputTokens: null,
    outputTokens: null,
    cost: null,
    totalMs: 0,
    createdAt,
    error: null,
    messages: [],
    parameters: {},
    schema: answer.format === 'text' ? null : answer.schema,
    native: false,
    tries: [],
    text: '',
    value: null,
    title: '',
    excerpt: '',
    words: '',
  }
  return { ...begun, ...wordsOf(begun, content) }
}
