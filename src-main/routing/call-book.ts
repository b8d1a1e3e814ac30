import type { Call } from '@contract/entities/usage'
import type { Stores } from '@main/data/stores'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'

type EndedCall = Omit<Call, 'storyTitle'>

/**
 * Enters calls in the database. What cannot be written is logged: the answer matters more than its record.
 *
 * A call of a turn is there when the turn has ended. Calls of programs are entered together, a moment later, and nobody
 * waits until the disk has them: programs ask many at once, and every other answer would stand still meanwhile.
 */
export interface CallBook {
  enter(call: EndedCall): void
  /** Enters what still waits. */
  enterWaiting(): void
  /** Enters what still waits; from now on everything is entered at once. */
  close(): void
}

/** Milliseconds that calls of programs wait for each other. */
const TOGETHER_MS = 50

export function createCallBook(ports: { stores: Stores; events: EventHub; logger: Logger }): CallBook {
  const { stores, events, logger } = ports
  let waiting: EndedCall[] = []
  let timer: NodeJS.Timeout | null = null
  let closed = false

  const write = (calls: readonly EndedCall[]) => {
    const insert = () => calls.forEach((call) => stores.calls.insert(call))
    try {
      if (calls.every(isOfProgram)) stores.lightTransaction(insert)
      else insert()
      events.changed({ topic: 'usage', ids: calls.map(idOf) })
    } catch (error) {
      logger.warn('Calls could not be entered in the ledger', { count: calls.length, cause: String(error) })
    }
  }
  const enterWaiting = () => {
    if (timer) clearTimeout(timer)
    timer = null
    const calls = waiting
    waiting = []
    if (calls.length > 0) write(calls)
  }
  return {
    enter: (call) => {
      if (closed || !isOfProgram(call)) return write([call])
      waiting.push(call)
      timer ??= setTimeout(enterWaiting, TOGETHER_MS)
    },
    enterWaiting,
    close: () => {
      closed = true
      enterWaiting()
    },
  }
}

const isOfProgram = ({ purpose }: EndedCall): boolean => purpose.kind === 'gateway'

/** What a call is known by: the turn or the generation that it was for, else itself. */
const idOf = ({ purpose, id }: EndedCall): string => {
  if ('turnId' in purpose && purpose.turnId !== null) return purpose.turnId
  return (purpose.kind === 'template' ? purpose.generationId : null) ?? id
}
