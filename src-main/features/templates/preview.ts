import { FabulaError, TemplateError, type ErrorCode } from '@contract/errors'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import type { Language } from '@contract/values'
import type { CallPlan } from '@main/routing/call-plan'
import type { Failover } from '@main/routing/failover'
import { tokensOf, windowOf, type Window } from '@main/settings/context-window'
import { checkInputs } from '@main/generation/check-inputs'
import { templateCall, type ModelSources } from './template-call'
import type { TemplatePrompts } from './template-prompts'

/** A window in which every prompt fits, for a template whose model cannot be called yet. */
const WIDE: Window = { total: 1_000_000, answer: 0 }

const templateErrors = new Set<ErrorCode>(Object.values(TemplateError))

/** What a model would be sent. Nothing is called. */
export async function previewTemplate(
  ports: ModelSources & { failover: Pick<Failover, 'plan'>; prompts: TemplatePrompts; language: () => Language },
  { content, inputs, samples, storyId, selection }: ParsedInput<'templates.preview'>
): Promise<RouteOutput<'templates.preview'>> {
  const { failover, prompts, language } = ports
  const plan = planOrNull(() => failover.plan(templateCall(ports, content, storyId)))
  const window = plan && windowOf(plan.settings.samplers, plan.facts)
  const [checked, problems] = await Promise.all([
    checkInputs(content.variables, inputs, samples),
    prompts.check(content),
  ])
  const asked = { content, values: checked.values, storyId, language: language(), selection }
  const messages = problems.some(({ fatal }) => fatal) ? null : await messagesOrNull(prompts, asked, window ?? WIDE)
  return {
    messages,
    tokens: messages ? tokensOf(messages) : 0,
    window: window?.total ?? null,
    provider: plan?.provider.name ?? '',
    model: plan?.model ?? '',
    inputs: checked.problems,
    problems,
  }
}

function planOrNull(plan: () => CallPlan): CallPlan | null {
  try {
    return plan()
  } catch (error) {
    if (error instanceof FabulaError) return null
    throw error
  }
}

/** A mistake that only shows when the template runs is shown by the generation itself. */
async function messagesOrNull(
  prompts: TemplatePrompts,
  asked: Parameters<TemplatePrompts['write']>[0],
  window: Window
) {
  try {
    return (await prompts.write(asked, window)).messages()
  } catch (error) {
    if (error instanceof FabulaError && templateErrors.has(error.code)) return null
    throw error
  }
}
