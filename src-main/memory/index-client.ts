import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { FabulaError, StorageError } from '@contract/errors'
import type { IndexCall, IndexInput, IndexOutput, ThreadAnswer, ThreadQuestion } from './index-calls'
import thread from './index-thread.ts?modulePath'

/** Asks the thread of the index, which is started by the first question. */
export interface IndexClient {
  /** Rejects when the thread cannot do it, and when it has ended. */
  ask<Call extends IndexCall>(call: Call, input: IndexInput<Call>): Promise<IndexOutput<Call>>
  /** Whether the thread was ever asked. */
  isRunning(): boolean
  /** Lets go of the files; they may be removed then. A later question starts the thread anew. */
  close(): Promise<void>
}

/** The app's end waits no longer for what the thread does. */
const LONGEST_END_MS = 1000

interface Open {
  resolve: (output: unknown) => void
  reject: (error: Error) => void
}

export function createIndexClient(files: { index: string; database: string }): IndexClient {
  let worker: Worker | null = null
  let next = 1
  const open = new Map<number, Open>()

  /** The file was replaced by an empty one: what was asked may be asked again. */
  const damage = (reason: string) =>
    new FabulaError(StorageError.Failed, 'The index of memory was damaged and is made anew', {
      details: { folder: dirname(files.index), reason },
      retryable: true,
    })
  const fail = (error: Error) => {
    const all = [...open.values()]
    open.clear()
    for (const { reject } of all) reject(error)
  }
  const start = (): Worker => {
    const started = new Worker(thread, { workerData: files })
    started.on('message', (answer: ThreadAnswer) => {
      const one = open.get(answer.id)
      open.delete(answer.id)
      if ('error' in answer) one?.reject(answer.damaged ? damage(answer.error) : new Error(answer.error))
      else one?.resolve(answer.output)
    })
    const ended = (error: Error) => {
      if (worker !== started) return
      worker = null
      fail(error)
    }
    started.on('error', ended)
    started.on('exit', (code) => ended(new Error(`The thread of the index ended with ${code}`)))
    return started
  }

  return {
    ask: (call, input) =>
      new Promise((resolve, reject) => {
        const running = (worker ??= start())
        const id = next
        next += 1
        // What the thread answers to a call is what `IndexCalls` says: `IndexAnswers` holds it to that.
        open.set(id, { resolve: resolve as (output: unknown) => void, reject })
        running.postMessage({ id, call, input } satisfies ThreadQuestion)
      }),
    isRunning: () => worker !== null,
    close: async () => {
      const ending = worker
      if (!ending) return
      const ended = new Promise<void>((resolve) => void ending.once('exit', () => resolve()))
      ending.postMessage('close')
      // It may be reading the vectors of a long story; what it has not kept is made anew.
      const timer = setTimeout(() => void ending.terminate(), LONGEST_END_MS)
      await ended
      clearTimeout(timer)
    },
  }
}
