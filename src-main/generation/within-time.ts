import { createContext, Script } from 'node:vm'

/** Calls what stands in its context: only what is run by a script can be given up in the middle of a step. */
const script = new Script('work()')
/** Made once, when first needed: to make one takes some milliseconds. */
let room: { work: () => void } | null = null

export class TimeIsUp extends Error {}

/**
 * What some work comes to; throws `TimeIsUp` when it takes longer. A regular expression that tries everything, or a list
 * of which all pairs are compared, holds up nobody for long. It is work of ours on what others wrote: this guards the
 * time, and nothing else.
 */
export function withinTime<Result>(work: () => Result, milliseconds: number): Result {
  let done: { result: Result } | undefined
  const context = (room ??= createRoom())
  context.work = () => {
    done = { result: work() }
  }
  try {
    script.runInContext(context, { timeout: milliseconds })
  } catch (error) {
    // It is an error of that context, and so no `Error` of ours.
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new TimeIsUp(`It took more than ${milliseconds} ms`)
    throw error
  } finally {
    context.work = nothing
  }
  if (!done) throw new Error('The work did not end')
  return done.result
}

const nothing = () => {}

function createRoom(): { work: () => void } {
  const made = { work: nothing }
  createContext(made)
  return made
}
