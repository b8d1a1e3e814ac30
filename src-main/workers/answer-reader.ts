import { Worker } from 'node:worker_threads'
import type { AnswerForm } from '@contract/entities/template'
import type { ValueProblem } from '@contract/schema/value-problem'
import type { JsonValue } from '@contract/values'
import { TOO_MUCH, type AnswerReading } from '@main/generation/read-answer'
import { formText, type AnswerQuestion, type AnswerToQuestion } from './answer-questions'
import thread from './answer-thread.ts?modulePath'

/**
 * Reads and checks answers in a thread of its own (generation/read-answer.ts): a schema of somebody else's template may take
 * half a second for each, which nothing else waits for.
 */
export interface AnswerReader {
  read(form: AnswerForm, answer: string): Promise<AnswerReading>
  /** What is wrong with a value that has the form of an answer already. */
  check(form: AnswerForm, value: JsonValue): Promise<ValueProblem[]>
  /** Starts the thread, so that the first answer does not wait for it. */
  warm(): void
  close(): Promise<void>
}

/** Megabytes of the thread: more than any answer needs that is worth it. */
const MOST_MEMORY = 256

interface Asked {
  question: AnswerQuestion
  answer(answer: AnswerToQuestion): void
  fail(error: unknown): void
}

export function createAnswerReader(mostMemory = MOST_MEMORY): AnswerReader {
  /** The oldest first, which is the one that is worked on. */
  const asked: Asked[] = []
  let worker: Worker | null = null
  let closed = false

  const start = (): Worker => {
    const started = new Worker(thread, { resourceLimits: { maxOldGenerationSizeMb: mostMemory } })
    started.on('message', (answer: AnswerToQuestion) => {
      const one = asked.shift()
      if (asked.length === 0) started.unref()
      one?.answer(answer)
    })
    started.on('error', (error: unknown) => {
      if (worker !== started) return
      worker = null
      const one = asked.shift()
      const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      if (isMemory) one?.answer({ problems: [TOO_MUCH] })
      else one?.fail(error)
      // The others are asked again, of another thread.
      if (asked.length > 0) for (const { question } of asked) running().postMessage(question)
    })
    return started
  }
  const running = (): Worker => {
    worker ??= start()
    if (asked.length > 0) worker.ref()
    else worker.unref()
    return worker
  }
  const ask = (question: AnswerQuestion): Promise<AnswerToQuestion> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(new Error('The app closes'))
      asked.push({ question, answer: resolve, fail: reject })
      running().postMessage(question)
    })

  return {
    read: async (form, answer) => {
      // Words are as they came.
      if (form.format === 'text') return { value: null, problems: [] }
      const told = await ask({ form: formText(form), answer })
      if ('reading' in told) return told.reading
      if ('problems' in told) return { value: null, problems: told.problems }
      throw new Error(told.fault)
    },
    check: async (form, value) => {
      if (form.format === 'text' || form.schema === null) return []
      const told = await ask({ form: formText(form), value })
      if ('problems' in told) return told.problems
      throw new Error('fault' in told ? told.fault : 'The thread answered something else')
    },
    warm: () => void (closed || running()),
    close: async () => {
      closed = true
      const old = worker
      worker = null
      for (const one of asked.splice(0)) one.fail(new Error('The app closes'))
      await old?.terminate()
    },
  }
}
