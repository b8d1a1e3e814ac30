import { getPath } from 'hono/utils/url'
import type { RouteCaller } from '@main/ipc/router'
import { createApiApp, type ApiApp } from '@main/gateway/api/create-api-app'
import type { ApiPorts } from '@main/gateway/api/api-ports'
import { createGatewayApp, type GatewayApp } from '@main/gateway/create-gateway-app'
import { createToApiError } from '@main/gateway/error-answers'
import { createModelNames } from '@main/gateway/model-names'
import type { EventHub } from '@main/platform/event-hub'

/** What this core has that programs may ask for. */
export type AppPorts = Omit<Parameters<typeof createGatewayApp>[0], 'models' | 'toApiError'> &
  Parameters<typeof createModelNames>[0] &
  Pick<ApiPorts, 'version'> & {
    toUserError: Parameters<typeof createToApiError>[0]
    events: Pick<EventHub, 'subscribe'>
    /** Calls a route of the app's own window. */
    call: RouteCaller
  }

/** All that answers programs. */
export interface ProgramApp extends Pick<ApiApp, 'answerAnyone'> {
  /** Answers a program whose key was checked. */
  answer: GatewayApp
}

/** OpenAI's API over the core, and Fabula's own. A file of its own, so that it can be loaded late. */
export function createProgramApp(ports: AppPorts): ProgramApp {
  const { toUserError, events, call } = ports
  const shared = { ...ports, models: createModelNames(ports), toApiError: createToApiError(toUserError) }
  const openAi = createGatewayApp(shared)
  const api = createApiApp({ ...shared, ask: call, subscribe: events.subscribe })
  return {
    answer: (request, visit) => (/^\/api(?:\/|$)/.test(getPath(request)) ? api.answer : openAi)(request, visit),
    answerAnyone: api.answerAnyone,
  }
}
