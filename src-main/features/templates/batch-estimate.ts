import type { BatchEstimate } from '@contract/entities/batch'
import type { InputValues, TemplateContent } from '@contract/entities/template'
import type { StoryId } from '@contract/ids'
import type { Language } from '@contract/values'
import { instructions } from '@main/generation/instructions'
import { estimateTokens } from '@main/platform/token-estimate'
import { callCost } from '@main/routing/call-cost'
import type { CallPlan } from '@main/routing/call-plan'
import { tokensOf, windowOf } from '@main/settings/context-window'
import { checkInputs } from '@main/generation/check-inputs'
import type { TemplatePrompts } from './template-prompts'

/** Tokens of an answer, where no earlier one tells. */
const USUAL_ANSWER = 400

/** What a batch would take, by some of its rows, whose prompts are written, and by earlier answers. */
export async function estimateOf(
  prompts: Pick<TemplatePrompts, 'write'>,
  asked: { content: TemplateContent; storyId: StoryId | null; language: Language; plan: CallPlan },
  /** How many rows can be used, and the values of some of them. */
  rows: { usable: number; sample: readonly InputValues[] },
  /** Tokens of earlier answers, on average; null where there are none. */
  answered: number | null
): Promise<BatchEstimate> {
  const { content, storyId, language, plan } = asked
  const { usable, sample } = rows
  const window = windowOf(plan.settings.samplers, plan.facts)
  let tokens = 0
  for (const inputs of sample) {
    const { values } = await checkInputs(content.variables, inputs)
    const prompt = await prompts.write({ content, values, storyId, language, selection: '' }, window)
    tokens += tokensOf(prompt.messages()) + estimateTokens(instructions(content.answer))
  }
  const inputTokens = sample.length === 0 ? 0 : Math.ceil((tokens / sample.length) * usable)
  const outputTokens = Math.ceil((answered ?? Math.min(USUAL_ANSWER, window.answer)) * usable)
  return { inputTokens, outputTokens, cost: callCost(plan, { inputTokens, outputTokens, cost: null }).cost }
}
