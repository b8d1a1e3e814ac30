import type { TokenCheck } from '@contract/entities/token'
import type { Connection, Protocol } from '@main/providers/spec/protocol'
import { chat } from './chat'
import { complete } from './complete'
import { details } from './details'
import { embed } from './embed'
import { listModels } from './list-models'
import { pull } from './pull'
import { remove } from './remove'
import { running } from './running'
import { version } from './version'

/** A server that tells its version takes the key, or needs none. */
async function checkKey(connection: Connection, signal: AbortSignal): Promise<Omit<TokenCheck, 'latencyMs'>> {
  await version(connection, signal)
  return { models: null, creditLeft: null }
}

/** Ollama's own API. Its OpenAI-compatible one cannot set the context window. */
export const ollamaProtocol: Protocol = {
  id: 'ollama',
  listModels,
  checkKey,
  chat,
  complete,
  embed,
  host: { version, running, details, pull, remove },
}
