import { Worker } from 'node:worker_threads'
import thread from './read-thread.ts?modulePath'
import {
  FromThread,
  readQuestions,
  type ReadAnswer,
  type ReadInput,
  type ReadName,
  type ReadPlace,
  type ToThread,
} from './read-questions'

/** Reads of the database that would hold up everything else, in a thread with a connection of its own. */
export interface Reads {
  /** Rejects with the signal's reason, and with what went wrong in the thread; the next question gets a new one if it ended. */
  ask<Name extends ReadName>(name: Name, input: ReadInput<Name>, signal?: AbortSignal): Promise<ReadAnswer<Name>>
  close(): Promise<void>
}

interface Asked {
  answer(value: unknown): void
  fail(error: unknown): void
}

/** The thread starts with the first question. */
export function createReads(place: ReadPlace): Reads {
  const asked = new Map<number, Asked>()
  let worker: Worker | null = null
  let closed = false
  let last = 0

  const failAll = (error: unknown) => {
    for (const one of asked.values()) one.fail(error)
    asked.clear()
  }

  const start = (): Worker => {
    const started = new Worker(thread, { workerData: place })
    // It keeps nothing alive: who waits for an answer does.
    started.unref()
    const end = (error: unknown) => {
      if (worker !== started) return
      worker = null
      failAll(error)
    }
    started.on('message', (sent: unknown) => {
      const message = FromThread.parse(sent)
      const one = asked.get(message.id)
      asked.delete(message.id)
      if ('fault' in message) one?.fail(new Error(message.fault))
      else one?.answer(message.answer)
    })
    started.on('error', end)
    started.on('exit', (code) => end(new Error(`The thread that reads ended with ${code}`)))
    return started
  }

  return {
    ask: async <Name extends ReadName>(name: Name, input: ReadInput<Name>, signal?: AbortSignal) => {
      signal?.throwIfAborted()
      if (closed) throw new Error('The database is closed')
      const id = (last += 1)
      const to = (worker ??= start())
      const post = (message: ToThread) => to.postMessage(message)
      const stop = () => {
        const one = asked.get(id)
        asked.delete(id)
        post({ cancel: id })
        one?.fail(signal?.reason)
      }
      signal?.addEventListener('abort', stop, { once: true })
      try {
        const answer = await new Promise<unknown>((resolve, reject) => {
          asked.set(id, { answer: resolve, fail: reject })
          to.ref()
          post({ id, name, input })
        })
        // Parsed by this question's own schema, whose type this is.
        return readQuestions[name].answer.parse(answer) as ReadAnswer<Name>
      } finally {
        signal?.removeEventListener('abort', stop)
        if (asked.size === 0) to.unref()
      }
    },
    close: async () => {
      closed = true
      const old = worker
      worker = null
      failAll(new Error('The database is closed'))
      await old?.terminate()
    },
  }
}
