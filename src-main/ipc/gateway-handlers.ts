import type { Gateway } from '@main/features/gateway/gateway'
import type { GatewayKeys } from '@main/features/gateway/keys'
import type { RequestLog } from '@main/features/gateway/request-log'
import type { HandlersOf } from './router'

export const gatewayHandlers = (ports: {
  gateway: Gateway
  keys: GatewayKeys
  log: RequestLog
  modelNames: () => Promise<string[]>
}): HandlersOf<'gateway'> => {
  const { gateway, keys, log, modelNames } = ports
  return {
    'gateway.get': () => gateway.view(),
    'gateway.switch': ({ on }) => gateway.switch(on),
    'gateway.change': (change) => gateway.change(change),
    'gateway.models': modelNames,
    'gateway.keys': ({ ids }) => keys.list(ids),
    'gateway.createKey': (input) => keys.create(input),
    'gateway.changeKey': ({ id, change }) => keys.change(id, change),
    'gateway.revokeKey': ({ id }) => {
      keys.revoke(id)
      return {}
    },
    'gateway.requests': () => log.list(),
  }
}
