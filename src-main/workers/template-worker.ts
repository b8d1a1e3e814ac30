import { Worker } from 'node:worker_threads'
import type { JsonObject } from '@contract/values'
import thread from './template-thread.ts?modulePath'

/** A template to be rendered; without variables it is only read. */
export interface TemplateQuestion {
  source: string
  variables: JsonObject | null
  /** What is not there stands for nothing. */
  lenient: boolean
}

/** Why a template was given up: it took more memory, depth or time than any template needs. */
export type TemplateLimit = 'too_large' | 'too_deep' | 'too_slow'

/** The text; or what the engine says of a mistake; or the limit that was met, after which the thread is not used again. */
export type TemplateAnswer = { text: string } | { message: string } | { fault: TemplateLimit }

export interface TemplateWorker {
  /** Questions are answered one by one. Rejects with the signal's reason, and where the thread cannot run at all. */
  ask(question: TemplateQuestion, signal?: AbortSignal): Promise<TemplateAnswer>
  /** Starts the thread, so that the first question does not wait for it. */
  warm(): void
  close(): Promise<void>
}

/** Milliseconds of one template. Fuel and memory end nearly all that go wrong long before. */
const LONGEST_MS = 900

interface Waiting {
  question: TemplateQuestion
  answer: (answer: TemplateAnswer) => void
  fail: (error: unknown) => void
}

/** Runs templates in a thread of their own, which is ended and replaced when one of them goes too far. */
export function createTemplateWorker(): TemplateWorker {
  const waiting: Waiting[] = []
  let worker: Worker | null = null
  let asked: Waiting | null = null
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const next = () => {
    if (asked || closed) return
    asked = waiting.shift() ?? null
    if (!asked) return worker?.unref()
    const running = (worker ??= start())
    running.ref()
    running.postMessage(asked.question)
  }

  const finish = (end: (one: Waiting) => void) => {
    clearTimeout(timer)
    const one = asked
    asked = null
    if (one) end(one)
    next()
  }

  const drop = () => {
    const old = worker
    worker = null
    return old?.terminate()
  }

  const start = (): Worker => {
    const started = new Worker(thread, { resourceLimits: { maxOldGenerationSizeMb: 256 } })
    const isCurrent = () => worker === started
    started.on('message', (answer: TemplateAnswer | 'begun') => {
      if (!isCurrent()) return
      if (answer === 'begun') return limitTime(isCurrent)
      if ('fault' in answer) void drop()
      finish((one) => one.answer(answer))
    })
    started.on('error', (error: unknown) => {
      if (!isCurrent()) return
      void drop()
      const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      finish((one) => (isMemory ? one.answer({ fault: 'too_large' }) : one.fail(error)))
    })
    return started
  }

  const limitTime = (isCurrent: () => boolean) => {
    clearTimeout(timer)
    const one = asked
    const isStill = () => isCurrent() && asked === one
    timer = setTimeout(() => {
      // The answer may be here already, behind what has kept this thread busy.
      setImmediate(() => {
        if (!isStill()) return
        void drop()
        finish((late) => late.answer({ fault: 'too_slow' }))
      })
    }, LONGEST_MS)
  }

  return {
    ask: (question, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted()
        const stop = () => {
          const index = waiting.indexOf(one)
          if (index >= 0) waiting.splice(index, 1)
          one.fail(signal?.reason)
          // One that runs ends within its limits, and nobody waits for it.
        }
        const settle =
          <Value>(end: (value: Value) => void) =>
          (value: Value) => {
            signal?.removeEventListener('abort', stop)
            end(value)
          }
        const one: Waiting = { question, answer: settle(resolve), fail: settle(reject) }
        signal?.addEventListener('abort', stop, { once: true })
        waiting.push(one)
        next()
      }),
    warm: () => {
      if (worker || closed) return
      worker = start()
      worker.unref()
    },
    close: async () => {
      closed = true
      clearTimeout(timer)
      const left = [...(asked ? [asked] : []), ...waiting.splice(0)]
      asked = null
      for (const one of left) one.fail(new Error('The app closes'))
      await drop()
    },
  }
}
