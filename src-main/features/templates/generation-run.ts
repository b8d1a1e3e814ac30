import type { GenerationState, Try } from '@contract/entities/generation'
import type { InputValues, TemplateContent } from '@contract/entities/template'
import type { FabulaError } from '@contract/errors'
import type { GenerationRow } from '@main/data/generation-store'
import type { Clock } from '@main/platform/clock'
import { estimateTokens } from '@main/platform/token-estimate'
import type { ChatMessage } from '@main/providers/spec/chat'
import type { CallPlan } from '@main/routing/call-plan'
import type { Failover } from '@main/routing/failover'
import { tokensOf, windowOf } from '@main/settings/context-window'
import { askAgain, formInstructions, readAnswer } from './answer-form'
import { wordsOf } from './generation-words'
import type { LiveText } from './live-text'
import type { TemplateCall } from './template-call'
import type { TemplatePrompts } from './template-prompts'
import { startTry, type TryRecord } from './try-record'

/** What is generated. */
export interface GenerationTask {
  /** As it begins; one that ran before keeps its tries. */
  row: GenerationRow
  content: TemplateContent
  call: TemplateCall
  /** As they were checked. */
  values: InputValues
  live: LiveText
  signal: AbortSignal
  /** Is told of the row whenever something of it is worth keeping, and of its end. */
  keep(row: GenerationRow): void
}

/** A generation while it runs. */
export interface GenerationRun {
  /** With what came of the answer so far. */
  now(): GenerationRow
  /** Never rejects: why it failed stands in the row. */
  ended: Promise<GenerationRow>
}

export type StartRun = (task: GenerationTask) => GenerationRun

/**
 * Asks a model with a template, and again with what is wrong with its answer, as often as the template says.
 */
export function createGenerationRuns(ports: {
  failover: Pick<Failover, 'chat'>
  prompts: Pick<TemplatePrompts, 'write'>
  clock: Clock
  toUserError: (error: unknown) => FabulaError
}): StartRun {
  const { failover, prompts, clock, toUserError } = ports

  return (task) => {
    const { content, call, values, live, signal, keep } = task
    const { answer: form } = content
    let row = task.row
    let current: TryRecord | null = null

    const promptFor = async (plan: CallPlan, again: readonly ChatMessage[]): Promise<ChatMessage[]> => {
      const instructions = formInstructions(form)
      const window = windowOf(plan.settings.samplers, plan.facts)
      const taken = tokensOf(again) + (instructions === null ? 0 : estimateTokens(instructions))
      const asked = { content, values, storyId: row.storyId, language: row.language, selection: row.selection }
      const prompt = await prompts.write(asked, { ...window, total: Math.max(1, window.total - taken) }, signal)
      const messages = prompt.messages()
      return [...(instructions === null ? messages : withLast(messages, instructions)), ...again]
    }

    const ask = async (record: TryRecord, index: number, again: readonly ChatMessage[]): Promise<void> => {
      for await (const event of failover.chat({
        ...call,
        messages: (plan) => promptFor(plan, again),
        visible: false,
        purpose: { kind: 'template', name: row.templateName, generationId: row.id },
        signal,
      })) {
        record.hear(event)
        if (event.type === 'attempt') {
          live.begin(index)
          const { messages, parameters, responseSchema } = event.sent
          // What was sent at first says all: what follows is the answer and what is wrong with it.
          if (again.length === 0) row = { ...row, messages: [...messages], parameters, native: responseSchema !== null }
        } else if (event.type !== 'end') live.add(event.type, event.text)
      }
    }

    /** The next try: nothing of it is lost, whatever its end. */
    const oneTry = async (again: readonly ChatMessage[]): Promise<{ made: Try; failure: unknown }> => {
      const record = startTry(clock)
      current = record
      let failure: unknown = null
      try {
        await ask(record, row.tries.length, again)
      } catch (error) {
        failure = error
      }
      const made = record.made()
      if (failure !== null && !signal.aborted) made.error = toUserError(failure).toShape()
      const read = failure === null ? readAnswer(form, made.answer) : null
      made.problems = read?.problems ?? []
      current = null
      row = withTry(row, made, read?.value ?? null, content)
      return { made, failure }
    }

    const work = async (): Promise<GenerationState> => {
      let again: ChatMessage[] = []
      for (let count = 0; count < content.tries; count += 1) {
        const { made, failure } = await oneTry(again)
        if (failure !== null) return signal.aborted ? 'stopped' : 'failed'
        if (made.problems.length === 0) return 'complete'
        keep(row)
        again = [
          { role: 'assistant', content: made.answer },
          { role: 'user', content: askAgain(made.problems) },
        ]
      }
      return 'invalid'
    }

    const run = async (): Promise<GenerationRow> => {
      const state = await work()
      live.end()
      row = { ...row, state, error: state === 'failed' ? (row.tries.at(-1)?.error ?? null) : null }
      keep(row)
      return row
    }

    return {
      now: () => (current ? withTry(row, current.made(), null, content) : row),
      ended: run(),
    }
  }
}

/** Words after the last message. */
const withLast = (messages: readonly ChatMessage[], words: string): ChatMessage[] =>
  messages.map((message, at) =>
    at === messages.length - 1 ? { ...message, content: `${message.content}\n\n${words}` } : message
  )

/** A row with one more try. One without a word leaves the answer before it. */
function withTry(
  row: GenerationRow,
  made: Try,
  value: GenerationRow['value'],
  content: Pick<TemplateContent, 'becomes'>
): GenerationRow {
  const tries = [...row.tries, made]
  const next: GenerationRow = {
    ...row,
    tries,
    provider: made.provider || row.provider,
    model: made.model || row.model,
    inputTokens: sumOf(tries.map(({ inputTokens }) => inputTokens)),
    outputTokens: sumOf(tries.map(({ outputTokens }) => outputTokens)),
    cost: costOf(tries),
    totalMs: tries.reduce((sum, { totalMs }) => sum + totalMs, 0),
    ...(made.answer.trim() === '' ? {} : { text: made.answer.trim(), value, edited: false }),
  }
  return { ...next, ...wordsOf(next, content) }
}

const sumOf = (counts: readonly (number | null)[]): number | null => {
  const known = counts.filter((count) => count !== null)
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0)
}

/** A try that failed before it answered cost nothing that anybody knows of. */
const costOf = (tries: readonly Try[]): number | null => {
  const costs = tries.flatMap(({ cost, error, answer }) => (error !== null && answer === '' ? [] : [cost]))
  return costs.includes(null) ? null : sumOf(costs)
}
