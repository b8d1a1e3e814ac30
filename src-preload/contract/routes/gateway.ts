import { z } from 'zod'
import { Gateway, GatewayKey, GatewayRequest, GatewaySettings, NewGatewayKey } from '../entities/gateway'
import { GatewayKeyId } from '../ids'
import { command, query } from '../route'
import { Nothing } from '../values'

const byKey = z.strictObject({ id: GatewayKeyId })

export const gatewayRoutes = {
  'gateway.get': query(Nothing, Gateway, ['gateway']),
  /** Switches it on or off, for the next starts of the app too. What stands in the way of listening is its `problem`. */
  'gateway.switch': command(z.strictObject({ on: z.boolean() }), Gateway),
  /** Where it runs, it stops, letting answers end, and listens anew. Throws `bad_input` for an address that is not one of ours. */
  'gateway.change': command(GatewaySettings.partial(), Gateway),
  /** What programs can name as a model: presets with their roles, reusable settings, then models, and the chosen voice. */
  'gateway.models': query(Nothing, z.array(z.string()), [
    'presets',
    'modelConfigs',
    'models',
    'providers',
    'servers',
    'stages',
    'tokens',
    'vault',
  ]),
  /** The newest first. */
  'gateway.keys': query(
    z.strictObject({ ids: z.array(GatewayKeyId).max(500).optional() }),
    z.array(GatewayKey),
    ['gatewayKeys'],
    { rows: { topics: ['gatewayKeys'], order: { newest: 'createdAt' } } }
  ),
  /** `key` is told this once. Throws `name_taken`. */
  'gateway.createKey': command(NewGatewayKey, z.strictObject({ key: z.string(), row: GatewayKey })),
  /** Throws `name_taken`. */
  'gateway.changeKey': command(byKey.extend({ change: NewGatewayKey.partial() }), GatewayKey),
  /** Programs that use it are refused from now on, and what they are being told ends. */
  'gateway.revokeKey': command(byKey, Nothing),
  /** The last 1,000, the newest first. Later ones, and changes of these, come as `gateway.requests` events. */
  'gateway.requests': query(Nothing, z.array(GatewayRequest), []),
}
