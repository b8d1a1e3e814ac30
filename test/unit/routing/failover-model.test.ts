import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyOutcome, success, type Outcome } from './outcomes'
import { createWorld, type Sent, type World, type WorldOptions } from './scripted-world'

const LONGEST_PAUSE_MS = 30_020
const SPARE_CONFIGS = 3
const SPARE_TRIES = 2

/** How long a call may take to hear what the provider said: the time that others take meanwhile. */
const LAG_MS = 20_000

/** What is known of a key from the answers it got, without looking at the code. */
interface KeyModel {
  dead: boolean
  restsUntil: number
  /** Failures that it met. */
  failures: number
}
const isHealthy = (key: KeyModel | undefined, now: number) => key !== undefined && !key.dead && key.restsUntil <= now
const newKeys = (count: number): KeyModel[] =>
  Array.from({ length: count }, () => ({ dead: false, restsUntil: 0, failures: 0 }))

function learn(key: KeyModel | undefined, { kind, restMs, takesMs }: Outcome, at: number): void {
  if (key && kind === 'dead') key.dead = true
  if (key && (kind === 'dead' || restMs > 0)) key.failures += 1
  if (key && restMs > 0) key.restsUntil = Math.max(key.restsUntil, at + takesMs + restMs)
}

/** What one call did, request by request. */
interface Trace {
  sent: Sent[]
  outcomes: Outcome[]
  /** Keys that could have been used when it began, each with the failures that it had met. */
  healthyAtStart: ReadonlyMap<number, number>
  /** The same when it left the provider. */
  healthyOnLeaving: ReadonlyMap<number, number> | null
}

const limit = fc.option(fc.integer({ min: 1, max: 2 }), { nil: null })
const anyOptions: fc.Arbitrary<WorldOptions> = fc.record({
  keys: fc.integer({ min: 1, max: 4 }),
  strategy: fc.constantFrom('failover', 'sequential', 'random'),
  retries: fc.integer({ min: 0, max: 2 }),
  limits: fc.record({ total: limit, perToken: limit }),
})
/** Calls that run at the same time, and the time that passes after them. */
const anyRound = fc.record({ calls: fc.integer({ min: 1, max: 3 }), gapMs: fc.constantFrom(0, 100, 6000, 40_000) })

async function play(
  options: WorldOptions,
  script: readonly Outcome[],
  rounds: readonly { calls: number; gapMs: number }[]
) {
  const queue = [...script]
  // What the provider has said; and what the calls have certainly heard of it, because they went on after it.
  const told = newKeys(options.keys)
  const heard = newKeys(options.keys)
  const traces = new Map<number, Trace>()
  const healthy = (now: number) =>
    new Map(
      told.flatMap((key, index): [number, number][] => (isHealthy(key, now - LAG_MS) ? [[index, key.failures]] : []))
    )
  const wrong: string[] = []
  const traceOf = (call: number): Trace => {
    const trace = traces.get(call)
    if (!trace) throw new Error('A request of a call that was not made')
    return trace
  }
  const goesOn = ({ sent, outcomes }: Trace) => {
    const [last, outcome] = [sent.at(-1), outcomes.at(-1)]
    if (last && outcome && last.key !== null) learn(heard[last.key], outcome, last.at)
  }

  const answer = (sent: Sent): Outcome => {
    const outcome = queue.shift() ?? success
    const trace = traceOf(sent.call)
    trace.sent.push(sent)
    trace.outcomes.push(outcome)
    if (sent.key !== null) learn(told[sent.key], outcome, sent.at)
    return outcome
  }
  const onAttempt = (call: number, key: number | null) => {
    const trace = traceOf(call)
    goesOn(trace)
    if (trace.outcomes.some(({ kind }) => kind === 'late' || kind === 'ok')) wrong.push('an attempt after visible text')
    if (key === null) trace.healthyOnLeaving ??= healthy(world.now())
    else if (!isHealthy(heard[key], world.now())) wrong.push(`key ${key} was used while it must not be`)
  }

  const world = await createWorld(options, answer, onAttempt)
  const results = new Map<number, Awaited<ReturnType<World['call']>>>()
  let number = 0
  for (const { calls, gapMs } of rounds) {
    await Promise.all(
      Array.from({ length: calls }, async () => {
        const own = (number += 1)
        const trace: Trace = { sent: [], outcomes: [], healthyAtStart: healthy(world.now()), healthyOnLeaving: null }
        traces.set(own, trace)
        results.set(own, await world.call(own))
        goesOn(trace)
        trace.healthyOnLeaving ??= healthy(world.now())
      })
    )
    world.pass(gapMs)
  }
  return { world, traces, results, keys: told, wrong }
}

/** Failures after which the next key is asked; others go to the chain, or to the reader, at once. */
const asksNextKey = (outcome: Outcome | undefined) => ['dead', 'rest', 'passing'].includes(outcome?.kind ?? '')

describe('failing over, whatever the provider does', () => {
  it('uses every healthy key and no other, never starts anew after text, ends in time, and keeps true books', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyOptions,
        fc.array(anyOutcome, { maxLength: 30 }),
        fc.array(anyRound, { minLength: 1, maxLength: 5 }),
        async (options, script, rounds) => {
          const { world, traces, results, keys, wrong } = await play(options, script, rounds)
          expect(wrong).toEqual([])
          const mostAttempts = options.keys * (options.retries + 1) + SPARE_CONFIGS * SPARE_TRIES
          for (const [number, trace] of traces) {
            const result = results.get(number)
            expect(trace.sent.length).toBeLessThanOrEqual(mostAttempts)

            const atProvider = trace.sent.filter(({ key }) => key !== null)
            const tried = new Set(atProvider.map(({ key }) => key))
            const leftBy = trace.outcomes[atProvider.length - 1]
            // A key that rested in between is no key that was passed over.
            const skipped = [...(trace.healthyOnLeaving ?? [])]
              .filter(([key, failures]) => trace.healthyAtStart.get(key) === failures && !tried.has(key))
              .map(([key]) => key)
            expect(asksNextKey(leftBy) ? skipped : []).toEqual([])

            const last = trace.outcomes.at(-1)
            expect(result?.error === null).toBe(last?.kind === 'ok')
            expect(result?.text ?? '').toBe(last?.kind === 'ok' ? '\nHello' : last?.kind === 'late' ? 'Hel' : '')

            const rows = world.ledgerOf(number)
            expect(rows.map(({ attempt }) => attempt)).toEqual(trace.sent.map((_, index) => index + 1))
            expect(rows.map(({ tokenName }) => tokenName)).toEqual(
              trace.sent.map(({ key }) => (key === null ? null : `Key ${key}`))
            )
            expect(rows.map(({ outcome }) => outcome)).toEqual(
              trace.outcomes.map(({ kind }) => (kind === 'ok' ? 'complete' : kind === 'stopped' ? 'stopped' : 'failed'))
            )
            expect(rows.map(({ errorCode }) => errorCode !== null)).toEqual(
              rows.map(({ outcome }) => outcome === 'failed')
            )
            expect(rows.map(({ cost }) => cost)).toEqual(
              rows.map(({ outcome }) => (outcome === 'complete' ? 0.5 : null))
            )
          }
          const longest = [...traces.values()].reduce(
            (sum, { outcomes }) => sum + outcomes.reduce((ms, { takesMs }) => ms + takesMs + LONGEST_PAUSE_MS, 0),
            0
          )
          for (const result of results.values()) expect(result.ended - result.began).toBeLessThanOrEqual(longest)
          expect(world.states().map((state) => state === 'invalid' || state === 'exhausted')).toEqual(
            keys.map(({ dead }) => dead)
          )
          for (const key of world.slotKeys)
            expect({ key, running: world.slots.running(key), waiting: world.slots.waiting(key) }).toEqual({
              key,
              running: 0,
              waiting: 0,
            })
          world.close()
        }
      ),
      { numRuns: 150 }
    )
  }, 120_000)
})
