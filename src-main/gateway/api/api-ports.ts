import type { AnyEvent } from '@contract/events'
import type { RouteInput, RouteName, RouteOutput } from '@contract/routes'
import type { ApiError } from '@main/gateway/api-error'
import type { ModelNames } from '@main/gateway/model-names'
import type { Clock } from '@main/platform/clock'

/**
 * What the API works with: what the app's own window asks, it asks by the same routes. Its schemas are its own, so that the
 * contract between window and core can change, and programs need not.
 */
export interface ApiPorts {
  /** Throws what stands in the way. */
  ask<Name extends RouteName>(route: Name, input: RouteInput<Name>): Promise<RouteOutput<Name>>
  subscribe(listener: (event: AnyEvent) => void): () => void
  models: Pick<ModelNames, 'find'>
  /** Whatever was thrown, as a program may hear it. Logs what was not foreseen. */
  toApiError: (error: unknown) => ApiError
  clock: Clock
  /** Of Fabula. */
  version: string
}
