import type { AnyEvent } from '@contract/events'
import type { NewGatewayKey } from '@contract/entities/gateway'
import type { Call } from '@contract/entities/usage'
import { CallId, type GatewayKeyId } from '@contract/ids'
import { createKeyLimits } from '@main/features/gateway/key-limits'
import { createGatewayKeys } from '@main/features/gateway/keys'
import { createSpending } from '@main/features/gateway/spending'
import { createEventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import { silentLogger } from '@main/platform/logger'
import { createRedactor } from '@main/platform/redact'
import { testStores } from './test-stores'

/** A key that may ask every model. */
export const anyKey = (name: string, limits: Partial<NewGatewayKey> = {}): NewGatewayKey => ({
  name,
  manages: false,
  models: null,
  requestsPerMinute: null,
  tokensPerDay: null,
  dollarsPerDay: null,
  expiresAt: null,
  ...limits,
})

/** A call that went through a key of the gateway. */
export const callOfKey = (keyId: GatewayKeyId | null, startedAt: string, facts: Partial<Call> = {}): Call => ({
  id: newId(CallId),
  startedAt,
  purpose: { kind: 'gateway', keyName: 'My editor', keyId },
  storyTitle: null,
  provider: 'Demo',
  model: 'novelist',
  server: null,
  tokenName: null,
  attempt: 1,
  outcome: 'complete',
  errorCode: null,
  simulated: false,
  status: null,
  inputTokens: 100,
  outputTokens: 20,
  cost: 0.25,
  costSource: 'price',
  estimated: false,
  firstTokenMs: 5,
  totalMs: 10,
  ...facts,
})

/** The keys of the gateway and their limits, on a database in memory and a clock that a test sets. */
export function gatewayKeysStage(begin: string) {
  const { db, stores } = testStores()
  let now = Date.parse(begin)
  const clock = { now: () => now }
  const heard: AnyEvent[] = []
  const events = createEventHub()
  events.subscribe((event) => heard.push(event))
  const redactor = createRedactor()
  const revoked: GatewayKeyId[] = []
  /** As after a restart: nothing but the database is kept. */
  const restart = () => {
    const spending = createSpending({ stores, clock })
    const limits = createKeyLimits({ spending, clock })
    const onRevoked = (id: GatewayKeyId) => void revoked.push(id)
    const keys = createGatewayKeys({ stores, spending, redactor, events, clock, logger: silentLogger, onRevoked })
    const note = (call: Call) => {
      spending.note(call)
      stores.calls.insert(call)
    }
    return { spending, limits, keys, note }
  }
  return {
    db,
    stores,
    clock,
    redactor,
    heard,
    revoked,
    restart,
    ...restart(),
    setTime: (at: string) => {
      now = Date.parse(at)
    },
    pass: (ms: number) => {
      now += ms
    },
  }
}
