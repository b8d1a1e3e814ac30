import type { Call } from '@contract/entities/usage'
import type { FrontDoor } from '@main/features/gateway/front-door'
import { createGateway, type Gateway } from '@main/features/gateway/gateway'
import { createKeyGuard } from '@main/features/gateway/key-guard'
import { createKeyLimits } from '@main/features/gateway/key-limits'
import { createGatewayKeys, type GatewayKeys } from '@main/features/gateway/keys'
import { createRequestLog, type RequestLog } from '@main/features/gateway/request-log'
import { createSpending } from '@main/features/gateway/spending'
import type { GatewayApp } from '@main/gateway/create-gateway-app'
import type { KeyGuard } from '@main/gateway/key-guard'
import type { AppPorts, ProgramApp } from './program-app'

/** What lets other programs ask Fabula's models. */
export interface Programs {
  gateway: Gateway
  keys: GatewayKeys
  guard: KeyGuard
  log: RequestLog
  /** Answers a program whose key was checked. */
  answer: GatewayApp
  /** What programs can name as a model. */
  modelNames(): Promise<string[]>
  /** A call that somebody asked for has come to its end. */
  noteCall(call: Omit<Call, 'storyTitle'>): void
  /** Lets answers end for so many milliseconds. */
  close(withinMs: number): Promise<void>
}

/**
 * Puts the gateway together. What answers over HTTP is only loaded when somebody asks: most starts never need it.
 *
 * @param appPorts asked when the first program does
 */
export function createPrograms(
  ports: Omit<
    Parameters<typeof createGatewayKeys>[0] & Parameters<typeof createGateway>[0],
    'spending' | 'onRevoked' | 'loadDoor'
  >,
  appPorts: () => AppPorts
): Programs {
  const { events, clock, logger } = ports
  const spending = createSpending(ports)
  const limits = createKeyLimits({ spending, clock })
  const log = createRequestLog({ events, clock })
  let door: FrontDoor | null = null
  const keys = createGatewayKeys({
    ...ports,
    spending,
    onRevoked: (id) => {
      limits.forget(id)
      door?.endRequestsOf(id)
      guard.endWorkOf(id)
    },
  })
  const guard = createKeyGuard({ keys, limits, clock })
  let loading: Promise<ProgramApp> | null = null
  const load = () => (loading ??= import('./program-app').then(({ createProgramApp }) => createProgramApp(appPorts())))
  const answer: GatewayApp = async (request, visit) => (await load()).answer(request, visit)

  const gateway = createGateway({
    ...ports,
    loadDoor: async () => {
      const [{ createFrontDoor }, app] = await Promise.all([import('@main/features/gateway/front-door'), load()])
      const { settings, keyNeeded } = gateway
      door ??= createFrontDoor({ keys, limits, log, settings, keyNeeded, ...app })
      return door
    },
  })
  return {
    gateway,
    keys,
    guard,
    log,
    answer,
    modelNames: async () => {
      const { createModelNames } = await import('@main/gateway/model-names')
      return createModelNames(appPorts())
        .list()
        .map(({ id }) => id)
    },
    noteCall: (call) => {
      try {
        spending.note(call)
      } catch (error) {
        // What a key may spend is read from the database; the answer that was just given matters more.
        logger.warn('What a key of the gateway spent could not be read', { cause: String(error) })
      }
      door?.noteCall(call)
      const { purpose } = call
      if (purpose.kind === 'template' && purpose.keyId !== null) keys.noteUse(purpose.keyId)
    },
    close: async (withinMs) => {
      await gateway.close(withinMs)
      keys.close()
      log.close()
    },
  }
}
