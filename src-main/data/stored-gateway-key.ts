import type { GatewayKeyRef } from '@contract/entities/gateway'
import type { GatewayKeyId } from '@contract/ids'

/** With which key of the gateway something was asked for, in the columns of a row. */
export interface GatewayKeyColumns {
  gateway_key_id: GatewayKeyId | null
  gateway_key_name: string | null
}

export const gatewayKeyColumns = (key: GatewayKeyRef | null): GatewayKeyColumns => ({
  gateway_key_id: key?.id ?? null,
  gateway_key_name: key?.name ?? null,
})

export const gatewayKeyOf = ({ gateway_key_id: id, gateway_key_name: name }: GatewayKeyColumns): GatewayKeyRef | null =>
  id === null ? null : { id, name: name ?? '' }
