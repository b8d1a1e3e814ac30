import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Envelope } from '@contract/bridge'
import { defaultPreferences, type Preferences } from '@contract/entities/preferences'
import type { ErrorShape } from '@contract/errors'
import type { AnyEvent, EventName, EventPayload } from '@contract/events'
import { isRouteName, routes, type RouteInput, type RouteName, type RouteOutput } from '@contract/routes'
import type { Core } from '@main/core/core'
import { openCore } from '@main/core/open-core'
import type { PreferenceStore } from '@main/platform/preferences'
import { temporaryFolder } from './temporary-folder'

export interface TestCoreOptions {
  /** A folder that outlives the core; without it the core has one of its own, which goes with it. */
  dataDir?: string
  /** Over the usual ones, which know no Ollama and keep keys by `vaultKey`. */
  environment?: NodeJS.ProcessEnv
  /** Base64 of 32 bytes; the same one opens the same vault again. */
  vaultKey?: string
  /** Whether to do what the shells do once the window is there: by default, and waited for. */
  backgroundWork?: boolean
  /** Another core than that of these sources. */
  openCore?: typeof openCore
}

/** An answer that was an error. */
export class Refused extends Error {
  readonly shape: ErrorShape

  constructor(route: string, shape: ErrorShape) {
    super(`${route} was refused: ${shape.code}: ${shape.message} ${JSON.stringify(shape.details)}`)
    this.shape = shape
  }
}

export interface TestCore {
  core: Core
  dataDir: string
  vaultKey: string
  /** Everything main has said so far. */
  events: AnyEvent[]
  /** The answer, which is held against the contract; throws `Refused` for an error. */
  ask<Name extends RouteName>(route: Name, input: RouteInput<Name>): Promise<RouteOutput<Name>>
  /** The error of an answer; throws when it was none. Takes any input, as a hostile caller would give it. */
  refusal(route: string, input: unknown): Promise<ErrorShape>
  /** The first event, past or future, that fits. */
  event<Name extends EventName>(
    name: Name,
    fits?: (payload: EventPayload<Name>) => boolean
  ): Promise<EventPayload<Name>>
  /** Starts a turn and waits for its end. */
  turn(input: RouteInput<'turns.start'>): Promise<EventPayload<'turn.ended'>>
  close: () => Promise<void>
}

export const newVaultKey = (): string => randomBytes(32).toString('base64')

/** The port is one that nothing can listen on. */
const NO_OLLAMA = 'http://127.0.0.1:1'

/** Starts the whole of Fabula but its window, on a folder and an environment of its own. */
export async function startTestCore(options: TestCoreOptions = {}): Promise<TestCore> {
  const folder = options.dataDir === undefined ? temporaryFolder() : null
  const dataDir = options.dataDir ?? folder?.path ?? ''
  const vaultKey = options.vaultKey ?? newVaultKey()
  const core = (options.openCore ?? openCore)({
    dataDir,
    shell: 'browser',
    version: '0.0.0-test',
    systemLanguage: 'en',
    preferences: preferencesInMemory(),
    environment: {
      FABULA_VAULT_KEY: vaultKey,
      FABULA_KEYCHAIN_SERVICE: 'Fabula tests',
      FABULA_LOCAL_OLLAMA: NO_OLLAMA,
      ...options.environment,
    },
  })
  const events: AnyEvent[] = []
  const waiting = new Set<() => void>()
  core.subscribe((event) => {
    events.push(event)
    for (const look of waiting) look()
  })
  if (options.backgroundWork !== false) await core.startBackgroundWork()

  const ask: TestCore['ask'] = async (route, input) => {
    const envelope = await core.request(route, input)
    if (!envelope.ok) throw new Refused(route, envelope.error)
    return fitting(route, envelope)
  }
  const event = <Name extends EventName>(name: Name, fits: (payload: EventPayload<Name>) => boolean = () => true) =>
    new Promise<EventPayload<Name>>((resolve) => {
      const look = () => {
        // A payload belongs to the name it came with: the compiler cannot follow that through a generic name.
        const payloads = events.filter((one) => one.name === name).map(({ payload }) => payload as EventPayload<Name>)
        const found = payloads.find(fits)
        if (!found) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
    })

  return {
    core,
    dataDir,
    vaultKey,
    events,
    ask,
    refusal: async (route, input) => {
      const envelope = await core.request(route, input)
      if (envelope.ok) throw new Error(`${route} was expected to be refused, but answered`)
      return envelope.error
    },
    event,
    turn: async (input) => {
      const { turnId } = await ask('turns.start', input)
      return event('turn.ended', (payload) => payload.turnId === turnId)
    },
    close: async () => {
      await core.close()
      folder?.remove()
    },
  }
}

/** The data of an answer, after a check that the contract's schema takes it and leaves it as it is. */
function fitting<Name extends RouteName>(route: Name, { data }: Extract<Envelope, { ok: true }>): RouteOutput<Name> {
  if (!isRouteName(route)) throw new Error(`There is no route ${String(route)}`)
  const parsed = routes[route].output.parse(data)
  if (!isDeepStrictEqual(parsed, data)) throw new Error(`${route} answers what its contract would change`)
  // Parsed by this route's own schema, whose type this is.
  return parsed as RouteOutput<Name>
}

function preferencesInMemory(): PreferenceStore {
  let current: Preferences = defaultPreferences
  return {
    get: () => current,
    set: (patch) => (current = { ...current, ...patch }),
  }
}
