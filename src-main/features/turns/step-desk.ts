import { FabulaError } from '@contract/errors'
import type { MessageId } from '@contract/ids'
import type { Clock } from '@main/platform/clock'
import { estimateTokens } from '@main/platform/token-estimate'
import { DRAFT, REJECTED, REMARKS } from '@main/prompts/notes'
import type { Note } from '@main/prompts/section'
import type { CallPlan } from '@main/routing/call-plan'
import type { ChatFailover } from '@main/routing/failover'
import { tokensOf } from '@main/settings/context-window'
import { costOf, type CallResult } from './call-result'
import type { RunningTurn } from './running-turn'
import type { AskModel, BeginWork, StepWork } from './step-call'
import { draftStep } from './steps/draft-step'
import type { StepAnswer, StepDesk, StepPrompt, WindowLook } from './steps/turn-step'
import { requestPrompt, type PromptPorts } from './request-prompt'
import type { RoleCall, StepCall } from './turn-outline'

/** Gives a step that decides itself which requests it makes what it works with. */
export type OpenDesk = (running: RunningTurn, call: StepCall) => StepDesk

const answerOf = (result: CallResult): StepAnswer => {
  const { attempt, answer, usage } = result
  const read = usage?.inputTokens ?? tokensOf(attempt?.sent.messages ?? [])
  return {
    text: answer.trim(),
    provider: attempt?.plan.provider.name ?? '',
    model: attempt?.plan.model ?? '',
    tokens: read + (usage?.outputTokens ?? estimateTokens(answer)),
    cost: costOf(result) ?? 0,
  }
}

const putBack = (notes: RunningTurn['scene']['notes'], name: string, note: Note | undefined) => {
  if (note) notes.set(name, note)
  else notes.delete(name)
}

export function createStepDesks(
  ports: PromptPorts & {
    failover: ChatFailover
    clock: Clock
    calls: { begin: BeginWork; ask: AskModel }
    toUserError: (error: unknown) => FabulaError
  }
): OpenDesk {
  const { failover, clock, calls, toUserError } = ports

  const planOrNull = (call: RoleCall): CallPlan | null => {
    try {
      return failover.plan(call)
    } catch (error) {
      if (error instanceof FabulaError) return null
      throw error
    }
  }

  const lookAt = async ({ scene }: RunningTurn, plan: CallPlan): Promise<WindowLook> => {
    const parts = (await requestPrompt(ports, draftStep.prompt(scene), scene, plan)).parts()
    const part = (id: string) => parts.find(({ section }) => section.id === id)
    const all = scene.history.lengthUpTo(scene.history.last()?.id ?? null)
    // A prompt may have no place for the recent text.
    const count = all - (part('history')?.leftOut ?? all)
    const shown = new Set<MessageId>()
    for (const { id } of scene.history.sizes()) {
      if (shown.size >= count) break
      shown.add(id)
    }
    return { shown, tokensOf: (id) => part(id)?.tokens ?? 0 }
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
      redraft: async (remarks, signal) => {
        const asked = scene.notes.get(REMARKS)
        const turnedDown = scene.notes.get(REJECTED)
        const draft = scene.notes.get(DRAFT)
        const wish = asked && 'text' in asked ? `${asked.text}\n` : ''
        scene.notes.set(REMARKS, { text: `${wish}${remarks}` })
        if (draft) scene.notes.set(REJECTED, draft)
        try {
          const result = await ask(writerCall, draftStep.prompt(scene), { signal })
          running.draft = { call: writerCall, result }
          scene.notes.set(DRAFT, { text: result.answer.trim() })
          return answerOf(result)
        } finally {
          putBack(scene.notes, REMARKS, asked)
          putBack(scene.notes, REJECTED, turnedDown)
        }
      },
      look: async () => {
        const plan = planOrNull(writerCall)
        return plan ? lookAt(running, plan) : { shown: new Set(), tokensOf: () => 0 }
      },
      report: (result) => {
        last ??= calls.begin(running, call)
        last.record.save('complete', last.result, null, { made: result })
      },
      refuse: (error) => last?.record.save('failed', last.result, error),
      say: (note) => void running.notes.push(note),
      fault: (error) =>
        void running.notes.push({ kind: 'failed', role: call.role, error: toUserError(error).toShape() }),
    }
  }
}
