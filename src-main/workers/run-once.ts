import { Worker } from 'node:worker_threads'

/**
 * Runs a thread of this folder for one question: gives it `input` as its `workerData` and waits for the one message that it
 * posts. Rejects with what the thread threw, or with the signal's reason once it has ended.
 *
 * @param path of the built thread: `import path from './thread.ts?modulePath'`
 */
export function runOnce(path: string, input: unknown, signal: AbortSignal): Promise<unknown> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const worker = new Worker(path, { workerData: input })
    const stop = () => {
      const reason = signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason))
      void worker.terminate().finally(() => reject(reason))
    }
    signal.addEventListener('abort', stop, { once: true })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', stop)
      if (!signal.aborted) reject(new Error(`A thread ended with ${code} and without an answer`))
    })
  })
}
