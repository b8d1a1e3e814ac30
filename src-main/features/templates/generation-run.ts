import type { GenerationState, Try } from '@contract/entities/generation'
import type { InputValues, TemplateContent } from '@contract/entities/template'
import type { FabulaError } from '@contract/errors'
import type { GenerationRow } from '@main/data/stored-generation'
import { expectedUse } from '@main/gateway/expected-use'
import type { KeyPass } from '@main/gateway/key-guard'
import { askAgain } from '@main/generation/ask-again'
import { instructions } from '@main/generation/instructions'
import { nativeSchema, type NativeSchema } from '@main/generation/native-schema'
import type { Clock } from '@main/platform/clock'
import { estimateTokens } from '@main/platform/token-estimate'
import type { ResponseFormat, TextMessage } from '@main/providers/spec/chat'
import type { CallPlan } from '@main/routing/call-plan'
import type { Failover } from '@main/routing/failover'
import { tokensOf, windowOf } from '@main/settings/context-window'
import type { AnswerReader } from '@main/workers/answer-reader'
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
  /** Of the program that asked for it. The run closes it. */
  pass: KeyPass | null
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
  answers: Pick<AnswerReader, 'read' | 'warm'>
  clock: Clock
  toUserError: (error: unknown) => FabulaError
}): StartRun {
  const { failover, prompts, answers, clock, toUserError } = ports

  return (task) => {
    const { content, call, values, live, signal, pass, keep } = task
    const { answer: form } = content
    const stop = pass ? AbortSignal.any([signal, pass.signal]) : signal
    let row = task.row
    let current: TryRecord | null = null
    if (form.format !== 'text') answers.warm()

    /** What the provider is to hold the answer to; and whether the model is to be told of the form all the same. */
    const nativeFor = ({ provider, facts }: CallPlan): NativeSchema | null =>
      form.format === 'json' && form.schema ? nativeSchema(provider.definition, facts, form.schema) : null

    const formatFor = (plan: CallPlan): ResponseFormat | null => {
      const native = nativeFor(plan)
      return native && { type: 'schema', schema: native.schema }
    }

    const promptFor = async (plan: CallPlan, held: boolean, again: Again): Promise<TextMessage[]> => {
      const words = held && !nativeFor(plan)?.tell ? '' : instructions(form)
      const window = windowOf(plan.settings.samplers, plan.facts)
      const taken = tokensOf(again([])) + estimateTokens(words)
      const asked = { content, values, storyId: row.storyId, language: row.language, selection: row.selection }
      const prompt = await prompts.write(asked, { ...window, total: Math.max(1, window.total - taken) }, stop)
      const messages = again(withWords(prompt.messages(), words))
      pass?.admit(expectedUse(tokensOf(messages), plan.settings.samplers, () => plan))
      return messages
    }

    const whyNot = (error: unknown) => toUserError(pass?.signal.aborted ? pass.signal.reason : error).toShape()

    const ask = async (record: TryRecord, index: number, again: Again): Promise<void> => {
      for await (const event of failover.chat({
        ...call,
        messages: (plan, held) => promptFor(plan, held, again),
        responseFormat: (plan) => formatFor(plan),
        visible: false,
        purpose: {
          kind: 'template',
          name: row.templateName,
          generationId: row.id,
          keyName: row.gatewayKey?.name ?? null,
          keyId: row.gatewayKey?.id ?? null,
        },
        signal: stop,
      })) {
        record.hear(event)
        if (event.type === 'attempt') {
          live.begin(index)
          const { messages, parameters, responseFormat } = event.sent
          // What was sent at first says all: what follows is the answer and what is wrong with it.
          if (again === asIs) row = { ...row, messages: [...messages], parameters, native: responseFormat !== null }
        } else if (event.type === 'text' || event.type === 'reasoning') live.add(event.type, event.text)
      }
    }

    /** The next try: whatever its end, what came of it is kept. Throws why nothing came. */
    const oneTry = async (again: Again): Promise<Try> => {
      const record = startTry(clock)
      current = record
      const end = (made: Try, value: GenerationRow['value']): Try => {
        current = null
        row = withTry(row, made, value, content)
        return made
      }
      try {
        await ask(record, row.tries.length, again)
      } catch (error) {
        const failure = signal.aborted ? null : whyNot(error)
        // Where nobody was asked, there was no try.
        if (record.attempt()) end({ ...record.made(), error: failure }, null)
        current = null
        throw error
      }
      const made = record.made()
      const { value, problems } = await answers.read(form, made.answer)
      return end({ ...made, problems }, value)
    }

    const work = async (): Promise<GenerationState> => {
      let again: Again = asIs
      for (let count = 0; count < content.tries; count += 1) {
        const { answer, problems } = await oneTry(again)
        if (problems.length === 0) return 'complete'
        keep(row)
        const { format } = form
        if (format !== 'text') again = (messages) => askAgain(messages, answer, problems, format)
      }
      return 'invalid'
    }

    const run = async (): Promise<GenerationRow> => {
      try {
        const state = await work()
        row = { ...row, state, error: null }
      } catch (error) {
        row = signal.aborted
          ? { ...row, state: 'stopped', error: null }
          : { ...row, state: 'failed', error: whyNot(error) }
      }
      pass?.close()
      live.end()
      keep(row)
      return row
    }

    return {
      now: () => (current ? withTry(row, current.made(), null, content) : row),
      ended: run(),
    }
  }
}

/** What is sent in the place of the first messages: those as they are, or with the last answer and what is wrong with it. */
type Again = (messages: readonly TextMessage[]) => TextMessage[]
const asIs: Again = (messages) => [...messages]

/** Words after the last message. */
const withWords = (messages: readonly TextMessage[], words: string): TextMessage[] =>
  messages.map((message, at) =>
    words !== '' && at === messages.length - 1 ? { ...message, content: `${message.content}\n\n${words}` } : message
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
