import type { StepResult } from '@contract/entities/turn-results'
import { FabulaError } from '@contract/errors'
import type { MessageId } from '@contract/ids'
import type { Clock } from '@main/platform/clock'
import { estimateTokens } from '@main/platform/token-estimate'
import { DRAFT } from '@main/prompts/sections/draft'
import type { SectionRegistry } from '@main/prompts/section-registry'
import type { CallPlan } from '@main/routing/call-plan'
import type { Failover } from '@main/routing/failover'
import { tokensOf, windowOf } from '@main/settings/context-window'
import { costOf, type CallResult } from './call-result'
import type { RunningTurn } from './running-turn'
import type { AskModel, BeginWork, StepWork } from './step-call'
import { draftStep } from './steps/draft-step'
import type { StepAnswer, StepDesk, StepPrompt } from './steps/turn-step'
import { requestPrompt, type RoleCall, type StepCall } from './turn-outline'

/** What a step of its own mind works with. */
export type OpenDesk = (running: RunningTurn, call: StepCall) => StepDesk

const answerOf = (result: CallResult): StepAnswer => {
  const { attempt, answer, usage } = result
  const read = usage?.inputTokens ?? tokensOf(attempt?.sent.messages ?? [])
  return {
    text: answer.trim(),
    tokens: read + (usage?.outputTokens ?? estimateTokens(answer)),
    cost: costOf(result) ?? 0,
  }
}

export function createStepDesks(ports: {
  failover: Failover
  sections: SectionRegistry
  clock: Clock
  calls: { begin: BeginWork; ask: AskModel }
}): OpenDesk {
  const { failover, sections, clock, calls } = ports

  const planOrNull = (call: RoleCall): CallPlan | null => {
    try {
      return failover.plan(call)
    } catch (error) {
      if (error instanceof FabulaError) return null
      throw error
    }
  }

  /** The passages that a model's window shows when the Writer is asked now. */
  const shownBy = ({ scene }: RunningTurn, plan: CallPlan): ReadonlySet<MessageId> => {
    const parts = requestPrompt(sections, draftStep.prompt(scene), scene, plan).parts()
    const leftOut = parts.find(({ section }) => section.id === 'history')?.leftOut ?? 0
    const all = scene.history.lengthUpTo(scene.history.last()?.id ?? null)
    const shown = new Set<MessageId>()
    for (const { id } of scene.history.sizes()) {
      if (shown.size >= all - leftOut) break
      shown.add(id)
    }
    return shown
  }

  return (running, call) => {
    const { scene, controller, writerCall } = running
    let last: StepWork | null = null

    const ask = async (by: RoleCall, prompt: StepPrompt, more: Pick<Parameters<AskModel>[2], 'schema' | 'signal'>) => {
      const work = calls.begin(running, by)
      last = work
      await calls.ask(running, work, { prompt, ...more })
      work.record.save('complete', work.result, null)
      return work.result
    }

    return {
      scene,
      work: call.work,
      hasModel: call.hasModel,
      signal: controller.signal,
      now: clock.now,
      ask: async ({ prompt, schema, signal }) =>
        answerOf(await ask(call, prompt, { ...(schema ? { schema } : {}), ...(signal ? { signal } : {}) })),
      redraft: async (signal) => {
        const result = await ask(writerCall, draftStep.prompt(scene), { signal })
        running.draft = { call: writerCall, result }
        scene.notes.set(DRAFT, { text: result.answer.trim() })
        return answerOf(result)
      },
      shown: () => {
        const plan = planOrNull(writerCall)
        return plan ? shownBy(running, plan) : new Set()
      },
      window: () => {
        const plan = planOrNull(call)
        if (!plan) return 0
        const { total, answer } = windowOf(plan.settings.samplers, plan.facts)
        return total - answer
      },
      report: (result: StepResult) => {
        last ??= calls.begin(running, call)
        last.record.save('complete', last.result, null, { made: result })
      },
      say: (note) => void running.notes.push(note),
    }
  }
}
