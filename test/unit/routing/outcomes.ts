import fc from 'fast-check'

/** What a provider makes of one request. */
export interface Outcome {
  kind: 'ok' | 'dead' | 'rest' | 'passing' | 'unreachable' | 'context' | 'refused' | 'rejected' | 'late' | 'stopped'
  /** How long the key must rest from the answer on, for `rest`. */
  restMs: number
  /** How long the provider takes. */
  takesMs: number
  respond: () => Response
}

const stream = (...pieces: unknown[]) =>
  new Response(pieces.map((piece) => `data: ${JSON.stringify(piece)}\n\n`).join('') + 'data: [DONE]\n\n', {
    headers: { 'content-type': 'text/event-stream' },
  })
/** Of a chat, and of a text that is gone on with. */
const text = (content: string) => ({ choices: [{ delta: { content }, text: content }] })
const end = (finish_reason: string) => ({ choices: [{ delta: {}, finish_reason }] })
const status = (code: number, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ error: { message: 'no' } }), { status: code, headers })
const lost = (): never => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
}

const outcome = (kind: Outcome['kind'], respond: () => Response, restMs = 0) => ({ kind, respond, restMs })
const usage = { choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, cost: 0.5 } }

const ok = outcome('ok', () => stream(text('\n'), text('Hello'), end('stop'), usage))

const kinds = [
  ok,
  outcome('dead', () => status(401)),
  outcome('dead', () => status(402)),
  outcome('rest', () => status(429), 30_000),
  ...[0, 1, 20, 29, 31, 600].map((seconds) =>
    outcome('rest', () => status(429, { 'retry-after': String(seconds) }), seconds * 1000)
  ),
  outcome('rest', () => status(503, { 'retry-after': '5' }), 5000),
  outcome('rest', () => stream({ error: { code: 429, message: 'slow down' } }), 30_000),
  outcome('passing', () => status(500)),
  outcome('passing', () => status(503)),
  outcome('passing', () => status(529)),
  outcome('passing', () => stream(end('stop'))),
  outcome('passing', () => stream(text(' \n'), end('stop'))),
  outcome('passing', () => stream({ error: { code: 502, message: 'upstream' } })),
  outcome('unreachable', lost),
  outcome('context', () => status(413)),
  outcome('refused', () => stream({ choices: [{ delta: { refusal: 'No.' } }] }, end('stop'))),
  outcome('rejected', () => status(400)),
  // A region or a firewall: no key is to blame.
  outcome('rejected', () => status(403)),
  outcome('late', () => stream(text('Hel'), { error: { code: 429, message: 'slow down' } }), 30_000),
  outcome('late', () => stream(text('Hel'), end('error'))),
  outcome('stopped', lost),
]

const taking = fc.integer({ min: 0, max: 5000 })

export const anyOutcome: fc.Arbitrary<Outcome> = fc
  .record({ base: fc.constantFrom(...kinds), takesMs: taking })
  .map(({ base, takesMs }) => ({ ...base, takesMs }))

export const success: Outcome = { ...ok, takesMs: 10 }

/** The first of the outcomes of a kind. */
export function failing(kind: Exclude<Outcome['kind'], 'ok'>): Outcome {
  const found = kinds.find((one) => one.kind === kind)
  if (!found) throw new Error(`No outcome is ${kind}`)
  return { ...found, takesMs: 10 }
}
