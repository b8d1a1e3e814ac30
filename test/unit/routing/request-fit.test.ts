import { describe, expect, it } from 'vitest'
import type { ChatMessage } from '@main/providers/spec/chat'
import { throwIfUnfit } from '@main/routing/request-fit'

type Asked = Parameters<typeof throwIfUnfit>[0]
type Facts = NonNullable<Asked['facts']>

const png = 'data:image/png;base64,iVBORw0KGgo='
const address = 'https://example.org/a.png'

const asked = (facts: Partial<Facts> | null = null, imageAddresses = true): Asked => ({
  provider: { name: 'Lighthouse', definition: { imageAddresses } },
  model: 'm',
  facts: facts && { name: 'Keeper', supportedParameters: null, capabilities: ['text'], ...facts },
})
const withImage = (url: string) => ({
  messages: [
    { role: 'user', content: 'Hello.' },
    { role: 'user', content: [{ type: 'image', url }] },
  ] satisfies ChatMessage[],
})
const withTools = { messages: [], tools: [{ name: 'look' }] }
const reads = (...input: string[]) => ({ modalities: { input, output: ['text'] } })

describe('what a model cannot take', () => {
  it.each([
    ['images', asked(reads('text')), withImage(png), 'model_without_images'],
    ['images by address', asked(reads('text', 'image'), false), withImage(address), 'provider_without_image_addresses'],
    ['tools', asked({ ...reads('text'), supportedParameters: ['seed'] }), withTools, 'model_without_tools'],
    ['a file', asked(), withImage('file:///etc/passwd'), 'bad_input'],
    ['an address without encryption', asked(), withImage('http://127.0.0.1/a.png'), 'bad_input'],
    ['what is no base64', asked(), withImage('data:image/png;base64,<svg>'), 'bad_input'],
    ['what is no image', asked(), withImage('data:text/html;base64,aGk='), 'bad_input'],
  ])('is said before the call: %s', (_what, plan, call, code) => {
    expect(() => throwIfUnfit(plan, call)).toThrow(expect.objectContaining({ code }))
  })

  it.each([
    ['a model of which nobody knows', asked(), { ...withImage(png), tools: withTools.tools }],
    ['a model that takes images', asked(reads('text', 'image'), false), withImage(png)],
    ['a provider that reads addresses', asked(reads('text', 'image')), withImage(address)],
    ['a list that says nothing of tools', asked({ supportedParameters: ['seed'] }), withTools],
    ['a model with tools', asked({ ...reads('text'), supportedParameters: [], capabilities: ['tools'] }), withTools],
    ['no tools at all', asked({ ...reads('text'), supportedParameters: [] }), { messages: [], tools: [] }],
  ])('is nothing of %s', (_what, plan, call) => {
    expect(() => throwIfUnfit(plan, call)).not.toThrow()
  })
})
