import { Worker } from 'node:worker_threads'
import type { InputVariable } from '@contract/entities/template'
import { FabulaError } from '@contract/errors'
import thread from './list-thread.ts?modulePath'
import type {
  FromListThread,
  GivenList,
  ListAnswer,
  ListHead,
  ListPart,
  ListPlan,
  ListQuestion,
  MappedList,
  ToListThread,
} from './list-questions'

/**
 * Reads lists of inputs, which may have 20 million characters and 100,000 rows, in a thread that starts with the first one.
 * One list is read at a time. Everything rejects with `list_unreadable`, and once the app closes.
 */
export interface Lists {
  head(variables: readonly InputVariable[], list: GivenList): Promise<ListHead>
  plan(variables: readonly InputVariable[], list: MappedList): Promise<ListPlan>
  /** The rows in parts; the next one is made ready while the one before is taken in. */
  rows(variables: readonly InputVariable[], list: MappedList): AsyncGenerator<ListPart>
  close(): Promise<void>
}

interface Waiting {
  id: number
  answer(answer: ListAnswer): void
  fail(error: unknown): void
}

export function createLists(): Lists {
  let worker: Worker | null = null
  let waiting: Waiting | null = null
  let before = Promise.resolve()
  let last = 0
  let closed = false

  const start = (): Worker => {
    const started = new Worker(thread)
    started.on('message', ({ id, answer }: FromListThread) => {
      if (waiting?.id !== id) return
      started.unref()
      const { answer: tell } = waiting
      waiting = null
      tell(answer)
    })
    started.on('error', (error: unknown) => {
      if (worker === started) worker = null
      waiting?.fail(error)
      waiting = null
    })
    return started
  }
  const ask = async (id: number, message: ToListThread): Promise<ListAnswer> => {
    if (closed) throw new Error('The app closes')
    const asked = (worker ??= start())
    const told = await new Promise<ListAnswer>((answer, fail) => {
      waiting = { id, answer, fail }
      asked.ref()
      asked.postMessage(message)
    })
    if ('error' in told) throw FabulaError.from(told.error)
    if ('fault' in told) throw new Error(told.fault)
    return told
  }

  async function* asked(question: ListQuestion): AsyncGenerator<ListAnswer> {
    const earlier = before
    let end = (): void => {}
    before = new Promise<void>((resolve) => (end = resolve))
    await earlier
    const id = (last += 1)
    try {
      for (let answer = ask(id, { id, question }); ;) {
        const current = await answer
        const isLast = !('part' in current) || current.part.last
        if (!isLast) {
          answer = ask(id, { next: id })
          // What goes wrong while the part is taken in is said when the next one is asked for.
          answer.catch(() => null)
        }
        yield current
        if (isLast) return
      }
    } finally {
      end()
    }
  }

  const one = async (question: ListQuestion): Promise<ListAnswer> => {
    for await (const answer of asked(question)) return answer
    throw new Error('A thread answered nothing')
  }

  return {
    head: async (variables, list) => {
      const answer = await one({ ask: 'head', variables, list })
      if ('head' in answer) return answer.head
      throw new Error('A thread answered something else')
    },
    plan: async (variables, list) => {
      const answer = await one({ ask: 'plan', variables, list })
      if ('plan' in answer) return answer.plan
      throw new Error('A thread answered something else')
    },
    async *rows(variables, list) {
      for await (const answer of asked({ ask: 'rows', variables, list })) if ('part' in answer) yield answer.part
    },
    close: async () => {
      closed = true
      waiting?.fail(new Error('The app closes'))
      await worker?.terminate()
    },
  }
}
