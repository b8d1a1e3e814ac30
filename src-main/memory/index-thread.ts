import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { z } from 'zod'
import { isDamage, removeIndexFile } from '@main/data/index-file'
import type { IndexCall, ThreadAnswer, ThreadQuestion } from './index-calls'
import { openIndex } from './index-service'

const Files = z.object({ index: z.string(), database: z.string() })

/** Answers the questions of `index-client.ts`, one after the other. */
function serve(port: MessagePort): void {
  const files = Files.parse(workerData)
  let index = openIndex(files)
  // The names and inputs of calls are checked by the compiler where they are asked.
  const answer = (call: IndexCall, input: unknown): unknown => (index[call] as (input: unknown) => unknown)(input)

  port.on('message', (question: ThreadQuestion | 'close') => {
    if (question === 'close') {
      index.close()
      port.close()
      return
    }
    const { id, call, input } = question
    let said: ThreadAnswer
    try {
      said = { id, output: answer(call, input) }
    } catch (error) {
      const damaged = isDamage(error)
      said = { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error), damaged }
      if (damaged) {
        index.close()
        removeIndexFile(files.index)
        index = openIndex(files)
      }
    }
    port.postMessage(said)
  })
}

if (parentPort) serve(parentPort)
