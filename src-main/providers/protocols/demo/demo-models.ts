import type { ModelFacts } from '@contract/entities/model'

const DEMO_NOVELIST = 'demo-novelist'
export const DEMO_POET = 'demo-poet'
const DEMO_EMBEDDER = 'demo-embedder'

const chatParameters = ['temperature', 'top_p', 'max_tokens', 'stop', 'seed', 'pace', 'response_format']

const free = { price: { input: 0, output: 0 }, size: null, quantization: null, local: true } as const

/** An image would be passed over without a word. */
const words = { input: ['text'], output: ['text'] }

export const demoModels: readonly ModelFacts[] = [
  {
    ...free,
    model: DEMO_NOVELIST,
    name: 'Demo Novelist',
    kind: 'chat',
    contextLength: 8192,
    maxOutput: 2048,
    supportedParameters: chatParameters,
    capabilities: ['text', 'tools', 'structured'],
    modalities: words,
  },
  {
    ...free,
    model: DEMO_POET,
    name: 'Demo Poet',
    kind: 'chat',
    contextLength: 8192,
    maxOutput: 2048,
    supportedParameters: chatParameters,
    capabilities: ['text', 'tools', 'structured'],
    modalities: words,
  },
  {
    ...free,
    model: DEMO_EMBEDDER,
    name: 'Demo Embedder',
    kind: 'embedding',
    contextLength: 8192,
    maxOutput: null,
    supportedParameters: [],
    capabilities: ['text'],
  },
]
