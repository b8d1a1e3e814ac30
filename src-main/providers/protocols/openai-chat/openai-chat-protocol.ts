import { createKeyCheck } from '@main/providers/kit/check-key'
import type { Protocol } from '@main/providers/spec/protocol'
import { chat } from './chat'
import { complete } from './complete'
import { embed } from './embed'
import { listModels } from './list-models'

/** OpenAI's chat completions, which most providers and local servers speak. */
export const openAiChatProtocol: Protocol = {
  id: 'openai-chat',
  listModels,
  checkKey: createKeyCheck(listModels),
  chat,
  complete,
  embed,
}
