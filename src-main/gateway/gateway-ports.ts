import type { Context } from 'hono'
import type { Clock } from '@main/platform/clock'
import type { EmbedCaller } from '@main/routing/embed-call'
import type { Failover } from '@main/routing/failover'
import type { ApiError } from './api-error'
import type { ModelCall } from './model-call'
import type { ModelNames } from './model-names'
import type { SpeechPorts } from './speech/speech-route'
import type { Patience } from './text-answer'
import type { Visit } from './visit'

/** What the routes of the gateway work with. */
export interface GatewayPorts extends SpeechPorts {
  models: ModelNames
  failover: Pick<Failover, 'chat' | 'complete'>
  embed: EmbedCaller
  /** Whatever was thrown, as a program may hear it. Logs what was not foreseen. */
  toApiError: (error: unknown) => ApiError
  clock: Clock
  /** Another than the usual. */
  patience?: Patience
}

/** What a route is given with a request. */
export type GatewayContext = Context<{ Bindings: { visit: Visit; call: ModelCall } }>
