import type { BatchEstimate } from '@contract/entities/batch'
import type { TemplateContent } from '@contract/entities/template'
import type { StoryId } from '@contract/ids'
import type { Language } from '@contract/values'
import type { NewBatchRow } from '@main/data/batch-store'
import { instructions } from '@main/generation/instructions'
import { estimateTokens } from '@main/platform/token-estimate'
import { callCost } from '@main/routing/call-cost'
import type { CallPlan } from '@main/routing/call-plan'
import { tokensOf, windowOf } from '@main/settings/context-window'
import { checkInputs } from './check-inputs'
import type { TemplatePrompts } from './template-prompts'

/** Rows whose prompts are written for an estimate. */
const SAMPLED = 8
/** Tokens of an answer, where no earlier one tells. */
const USUAL_ANSWER = 400

/** What a batch would take, by some of its rows and by earlier answers. */
export async function estimateOf(
  prompts: Pick<TemplatePrompts, 'write'>,
  asked: { content: TemplateContent; storyId: StoryId | null; language: Language; plan: CallPlan },
  rows: readonly NewBatchRow[],
  /** Tokens of earlier answers, on average; null where there are none. */
  answered: number | null
): Promise<BatchEstimate> {
  const { content, storyId, language, plan } = asked
  const usable = rows.filter(({ faults }) => faults.length === 0)
  const step = Math.max(1, Math.floor(usable.length / SAMPLED))
  const sampled = usable.filter((_, at) => at % step === 0).slice(0, SAMPLED)
  const window = windowOf(plan.settings.samplers, plan.facts)
  let tokens = 0
  for (const { inputs } of sampled) {
    const { values } = await checkInputs(content.variables, inputs ?? {})
    const prompt = await prompts.write({ content, values, storyId, language, selection: '' }, window)
    tokens += tokensOf(prompt.messages()) + estimateTokens(instructions(content.answer))
  }
  const inputTokens = sampled.length === 0 ? 0 : Math.ceil((tokens / sampled.length) * usable.length)
  const outputTokens = Math.ceil((answered ?? Math.min(USUAL_ANSWER, window.answer)) * usable.length)
  return { inputTokens, outputTokens, cost: callCost(plan, { inputTokens, outputTokens, cost: null }).cost }
}
