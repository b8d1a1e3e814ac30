import { createGatewayApp, type GatewayApp } from '@main/gateway/create-gateway-app'
import { createToApiError } from '@main/gateway/error-answers'
import { createModelNames } from '@main/gateway/model-names'

/** What this core has that programs may ask for. */
export type AppPorts = Omit<Parameters<typeof createGatewayApp>[0], 'models' | 'toApiError'> &
  Parameters<typeof createModelNames>[0] & { toUserError: Parameters<typeof createToApiError>[0] }

/** OpenAI's API over it. A file of its own, so that it can be loaded late. */
export const createProgramApp = (ports: AppPorts): GatewayApp =>
  createGatewayApp({ ...ports, models: createModelNames(ports), toApiError: createToApiError(ports.toUserError) })
