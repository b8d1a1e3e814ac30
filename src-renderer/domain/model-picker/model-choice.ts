import type { ProviderId, ServerId } from '@contract/ids'

/** A model as a preset names it. Without `serverId`, Ollama's best server that has it is used. */
export interface ModelChoice {
  providerId: ProviderId
  serverId?: ServerId
  /** The id the provider's API takes. */
  model: string
}

/** One place a model can be had from, as text. */
export const choiceKey = ({ providerId, serverId, model }: ModelChoice): string =>
  `${providerId}/${serverId ?? ''}/${model}`
