import type { Clock } from './clock'

const OLD_MS = 24 * 3_600_000
/** How often the clock is looked at. Not a timer of 24 hours: that one would lose the time a computer sleeps. */
const LOOK_MS = 10 * 60_000
/** What failed is tried again after this long. */
const AGAIN_MS = 3_600_000

/** Keeps something fresh that is asked for elsewhere: what is older than a day is asked for again, in the background. */
export interface Daily<Id> {
  start(): void
  /** Asks for all that is due now, side by side. Never throws. */
  look(): Promise<void>
  /** Asks for one now, whatever its age. */
  soon(id: Id): void
  stop(): void
}

export function createDaily<Id>(ports: {
  /** What can be asked for now, with the time when that last succeeded; null where it never did. */
  all: () => readonly { id: Id; last: string | null }[]
  /** Asks for one. */
  ask: (id: Id) => Promise<unknown>
  onFailure: (id: Id, error: unknown) => void
  clock: Clock
}): Daily<Id> {
  const { all, ask, onFailure, clock } = ports
  const tried = new Map<Id, number>()
  let timer: NodeJS.Timeout | undefined

  /** A time in the future counts as old: the computer's clock was set back. */
  const isOlder = (time: number, age: number) => Math.abs(clock.now() - time) >= age || time > clock.now()

  const isDue = ({ id, last }: { id: Id; last: string | null }): boolean => {
    if (last !== null && !isOlder(Date.parse(last), OLD_MS)) return false
    const before = tried.get(id)
    return before === undefined || isOlder(before, AGAIN_MS)
  }

  const askFor = async (id: Id) => {
    tried.set(id, clock.now())
    try {
      await ask(id)
    } catch (error) {
      onFailure(id, error)
    }
  }

  const look = async () => {
    await Promise.all(
      all()
        .filter(isDue)
        .map(({ id }) => askFor(id))
    )
  }

  return {
    look,
    soon: (id) => void askFor(id),
    start: () => {
      timer ??= setInterval(() => void look(), LOOK_MS).unref()
    },
    stop: () => clearInterval(timer),
  }
}
