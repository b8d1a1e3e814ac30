import { defaultFallback, type FallbackPolicy } from '@contract/entities/preset'
import type { ModelSettings, TokenStrategy } from '@contract/entities/model-config'
import type { Call } from '@contract/entities/usage'
import { ModelConfigId, ProviderId, RoleId, StoryId, TokenId, TurnId } from '@contract/ids'
import { z } from 'zod'
import { createEventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import { silentLogger } from '@main/platform/logger'
import { createRedactor } from '@main/platform/redact'
import { providerDefinitions } from '@main/providers/definitions'
import { createCallPlanner } from '@main/routing/call-plan'
import { createChatCaller, type AttemptEvent } from '@main/routing/chat-call'
import { createCompleteCaller, type CompletionEvent } from '@main/routing/complete-call'
import { createConnections } from '@main/routing/connections'
import { createFailover, type CompletionCall } from '@main/routing/failover'
import { createCallBook } from '@main/routing/call-book'
import { createLedger } from '@main/routing/ledger'
import { createAdmission } from '@main/routing/admission'
import { createModelLessons } from '@main/routing/model-lessons'
import { createSimulations } from '@main/routing/simulations'
import { createSlots, type Slots } from '@main/routing/slots'
import { createTokenRecords } from '@main/routing/token-records'
import { createWithTokens } from '@main/routing/with-tokens'
import { asTheTemplate, createProviderDirectory } from '@main/settings/provider-directory'
import { sealContext } from '@main/settings/token-rows'
import { newVaultKey } from '@test/helpers/test-core'
import { testStores } from '@test/helpers/test-stores'
import { createMachine } from '@test/unit/secrets/vault-ports'
import type { Outcome } from './outcomes'

const MAIN = RoleId.parse('main')
const START = Date.UTC(2026, 0, 2)

export interface WorldOptions {
  keys: number
  strategy: TokenStrategy
  retries: number
  /** Calls at once, at the provider and with one key. */
  limits: { total: number | null; perToken: number | null }
  /** What else is set for the model. */
  settings?: ModelSettings
}

const Body = z.looseObject({
  messages: z.array(z.looseObject({ content: z.string() })).default([]),
  /** Of a text that is gone on with. */
  prompt: z.string().optional(),
})

/** One request that went out. */
export interface Sent {
  call: number
  /** The key it carried: 0, 1 …; null for a fallback, which needs none. */
  key: number | null
  at: number
  body: z.output<typeof Body>
}

/** What came of a call. */
interface Ended {
  text: string
  error: unknown
  began: number
  ended: number
}

export interface World {
  /** Makes a call and gives what came of it. */
  call(number: number): Promise<Ended>
  /** The same of a text that is gone on with. */
  complete(number: number): Promise<Ended>
  ledgerOf(number: number): Call[]
  /** State of each key, as it is stored. */
  states(): string[]
  now(): number
  pass(ms: number): void
  slots: Slots
  /** Everything that calls take places in. */
  slotKeys: string[]
  close(): void
}

type BaseCall = Omit<CompletionCall, 'prompt' | 'suffix'>

const keyOf = (tokenName: string) => Number(tokenName.at(-1))

/**
 * The whole of routing on a real database and a real vault, with a clock that moves only by what the provider takes and
 * by pauses. `answer` is the provider: it is told of each request, and says what comes of it. `onAttempt` hears of each
 * attempt when it is decided.
 */
export async function createWorld(
  options: WorldOptions,
  answer: (sent: Sent) => Outcome,
  onAttempt: (call: number, key: number | null, event: AttemptEvent) => void
): Promise<World> {
  let time = START
  const clock = { now: () => time }
  const { db, stores } = testStores()
  const vault = createMachine().start(newVaultKey())
  await vault.open()
  const aborts = new Map<number, AbortController>()
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    const body = Body.parse(JSON.parse(z.string().parse(init?.body)))
    const call = Number(body.prompt ?? body.messages[0]?.content)
    const secret = new Headers(init?.headers).get('authorization')
    const sent = { call, key: secret === null ? null : Number(secret.at(-1)), at: time, body }
    const outcome = answer(sent)
    // Others go on meanwhile.
    for (let rounds = outcome.takesMs % 4; rounds > 0; rounds -= 1)
      await new Promise((resolve) => setImmediate(resolve))
    time += outcome.takesMs
    // The stop comes from outside, while the request is under way.
    if (outcome.kind === 'stopped') aborts.get(call)?.abort(new Error('stopped'))
    init?.signal?.throwIfAborted()
    return outcome.respond()
  }

  const now = new Date(START).toISOString()
  const addProvider = (name: string, keyRequired: boolean, limits: WorldOptions['limits']) => {
    const id = newId(ProviderId)
    const base = {
      builtIn: false,
      baseUrl: `http://${name}.invalid/v1`,
      headers: {},
      extraBody: { metadata: { app: 'test' } },
      ...asTheTemplate,
    }
    stores.providers.insert({ ...base, id, slug: name, name, keyRequired, limits }, now)
    return id
  }
  const primary = addProvider('primary', true, options.limits)
  const spare = addProvider('spare', false, { total: 1, perToken: null })
  const tokenIds = Array.from({ length: options.keys }, (_, index) => {
    const id = newId(TokenId)
    const place = { id, provider_id: primary, base_url: 'http://primary.invalid/v1' }
    const box = vault.seal(`sk-key-${index}`, sealContext(place))
    const state = { state: 'unknown' as const, cooling_until: null, last_used_at: null }
    const kept = { vault_id: box.vaultId, sealed: box.sealed, fingerprint: String(index), last4: '' }
    stores.tokens.insert({ ...place, ...kept, ...state, name: `Key ${index}`, created_at: now })
    return id
  })
  const spareConfig = (model: string) => {
    const id = newId(ModelConfigId)
    const settings = { providerId: spare, model, retries: 1 }
    stores.modelConfigs.insert({ id, name: model, kind: 'chat', settings, createdAt: now, updatedAt: now })
    return id
  }
  const [a, b, c] = [spareConfig('a'), spareConfig('b'), spareConfig('c')]
  const fallback: FallbackPolicy = {
    ...defaultFallback,
    // A config in two chains: it must not be tried twice.
    chains: { errors: [a, b], contextOverflow: [b, c], refusals: [c] },
  }
  const settings: ModelSettings = {
    providerId: primary,
    model: 'm',
    tokenIds,
    tokenStrategy: options.strategy,
    retries: options.retries,
    ...options.settings,
  }

  const slots = createSlots()
  const events = createEventHub()
  const ports = { stores, vault, clock, events, slots, logger: silentLogger, redactor: createRedactor() }
  const directory = createProviderDirectory(stores.providers, providerDefinitions)
  const planner = createCallPlanner({ ...ports, directory })
  const withTokens = createWithTokens({
    tokens: createTokenRecords(ports),
    admission: createAdmission(ports),
    onServerLost: () => {},
    ledger: createLedger({ ...ports, book: createCallBook(ports), onCall: () => undefined }),
    simulations: createSimulations(),
    lessons: createModelLessons(ports),
    logger: silentLogger,
    random: () => 0.5,
    pause: (ms) => {
      time += ms
      return Promise.resolve()
    },
  })
  const connections = createConnections({ ...ports, fetchWithin: () => fetch })
  const chat = createChatCaller({ connections, withTokens })
  const complete = createCompleteCaller({ connections, withTokens })
  const failover = createFailover({ stores, directory, planner, chat, complete })
  const turns = new Map<number, TurnId>()

  /** Makes a call, which is known by its number, and gives what came of it. */
  const make = async (number: number, ask: (base: BaseCall) => AsyncIterable<CompletionEvent>): Promise<Ended> => {
    const turnId = newId(TurnId)
    const abort = new AbortController()
    turns.set(number, turnId)
    aborts.set(number, abort)
    const began = time
    let text = ''
    const purpose = { kind: 'turn' as const, role: MAIN, turnId, storyId: newId(StoryId) }
    try {
      for await (const event of ask({ role: MAIN, settings, fallback, visible: true, purpose, signal: abort.signal }))
        if (event.type === 'text') text += event.text
      return { text, error: null, began, ended: time }
    } catch (error) {
      return { text, error, began, ended: time }
    }
  }

  return {
    call: (number) =>
      make(number, async function* (base) {
        const messages = () => [{ role: 'user' as const, content: String(number) }]
        for await (const event of failover.chat({ ...base, messages })) {
          if (event.type === 'attempt')
            onAttempt(number, event.tokenName === null ? null : keyOf(event.tokenName), event)
          yield event
        }
      }),
    complete: (number) => make(number, (base) => failover.complete({ ...base, prompt: String(number) })),
    ledgerOf: (number) => {
      const turnId = turns.get(number)
      return turnId ? stores.calls.ofTurn(turnId) : []
    },
    states: () => tokenIds.map((id) => stores.tokens.get(id)?.state ?? 'gone'),
    now: () => time,
    pass: (ms) => void (time += ms),
    slots,
    slotKeys: [`provider:${primary}`, `provider:${spare}`, ...tokenIds.map((id) => `token:${id}`)],
    close: () => db.close(),
  }
}
