import type { JsonObject } from '@contract/values'
import { demoProtocol } from '@main/providers/protocols/demo/demo-protocol'
import type { ChatEvent, TextMessage, ChatRequest } from '@main/providers/spec/chat'
import type { Connection } from '@main/providers/spec/protocol'
import demo from '@resources/providers/demo.json'
import { ProviderDefinition } from '@main/providers/spec/definition'

/** The Demo must not call anything. */
const refuse: typeof globalThis.fetch = () => Promise.reject(new Error('the Demo called the network'))

export const connection: Connection = {
  definition: ProviderDefinition.parse(demo),
  baseUrl: '',
  fetch: refuse,
  download: () => Promise.reject(new Error('The Demo is not asked over the network')),
  withoutKey: () => connection,
  extraBody: {},
  settings: {},
  redact: (text) => text,
}

export const system = (language: 'en' | 'ru'): TextMessage => ({
  role: 'system',
  content: language === 'en' ? 'You write the story “Salt”.' : 'Ты пишешь историю «Соль».',
})
export const user = (content: string): TextMessage => ({ role: 'user', content })
export const assistant = (content: string): TextMessage => ({ role: 'assistant', content })

export interface Asked {
  text: string
  chunks: string[]
  end: Extract<ChatEvent, { type: 'end' }>
}

/** A whole answer, without waiting between the words. */
export const askDemo = async (
  messages: readonly TextMessage[],
  parameters: JsonObject = {},
  more: Partial<ChatRequest> = {}
): Promise<Asked> => {
  const chunks: string[] = []
  let end: Asked['end'] | undefined
  const request: ChatRequest = {
    model: 'demo-novelist',
    messages,
    parameters: { pace: 0, ...parameters },
    signal: new AbortController().signal,
    ...more,
  }
  for await (const event of demoProtocol.chat(connection, request)) {
    if (event.type === 'text') chunks.push(event.text)
    if (event.type === 'end') end = event
  }
  if (!end) throw new Error('the stream had no end event')
  return { text: chunks.join(''), chunks, end }
}

/** Sentences, with their punctuation, of text in paragraphs. */
export const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?…]["”»]?)\s+/)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '')
