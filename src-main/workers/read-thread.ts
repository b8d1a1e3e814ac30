import { parentPort, workerData } from 'node:worker_threads'
import { openDatabaseForReading } from '@main/data/database'
import { openSearchIndex } from '@main/data/search-index'
import { createReadHandlers } from './read-handlers'
import { ReadPlace, readQuestions, ToThread, type FromThread, type ReadName } from './read-questions'

const place = ReadPlace.parse(workerData)
const db = openDatabaseForReading(place.database)
const answer = createReadHandlers(db, openSearchIndex(place.searchIndex, db))

const running = new Map<number, AbortController>()
const tell = (message: FromThread) => parentPort?.postMessage(message)
const isQuestion = (name: string): name is ReadName => Object.hasOwn(readQuestions, name)

parentPort?.on('message', (sent: unknown) => {
  const message = ToThread.parse(sent)
  if ('cancel' in message) return running.get(message.cancel)?.abort(new Error('Nobody waits for this'))
  const { id, name, input } = message
  if (!isQuestion(name)) return tell({ id, fault: `There is no question ${name}` })
  const controller = new AbortController()
  running.set(id, controller)
  answer(name, input, controller.signal)
    .then(
      (found) => tell({ id, answer: found }),
      (error: unknown) => tell({ id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    )
    .finally(() => running.delete(id))
})
