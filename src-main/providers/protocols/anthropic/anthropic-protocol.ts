import { createKeyCheck } from '@main/providers/kit/check-key'
import type { Protocol } from '@main/providers/spec/protocol'
import { chat } from './chat'
import { listModels } from './list-models'

/** Anthropic's Messages API, version 2023-06-01. It has no embeddings. */
export const anthropicProtocol: Protocol = { id: 'anthropic', listModels, checkKey: createKeyCheck(listModels), chat }
