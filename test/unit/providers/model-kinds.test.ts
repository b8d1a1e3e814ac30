import { expect, it } from 'vitest'
import { providerDefinitions, providerTemplate } from '@main/providers/definitions'
import { kindOf } from '@main/providers/kit/model-rules'

const definition = (name: string) => {
  const found = providerDefinitions.find(({ slug }) => slug === name)
  if (!found) throw new Error(`There is no definition ${name}`)
  return found
}

it.each([
  ['nomic-embed-text:latest', 'embedding'],
  ['nomic-ai/nomic-bert-2048', 'embedding'],
  ['BAAI/bge-m3', 'embedding'],
  ['intfloat/multilingual-e5-large', 'embedding'],
  ['thenlper/gte-large', 'embedding'],
  ['all-minilm', 'embedding'],
  ['sentence-transformers/all-MiniLM-L6-v2', 'embedding'],
  ['snowflake-arctic-embed2', 'embedding'],
  ['text-embedding-qwen3:0.6b', 'embedding'],
  ['BAAI/bge-reranker-v2-m3', null],
  ['llama-3.3-70b', 'chat'],
  ['gpt-5', 'chat'],
  ['qwen2.5e5tune', 'chat'],
])('a server that lists %s among its chats means: %s', (model, kind) => {
  expect(kindOf(providerTemplate, model, 'chat')).toBe(kind)
})

it('a name says nothing against the definition, against a list of search models, or where the list tells', () => {
  expect(kindOf(definition('openai'), 'nomic-3', 'chat')).toBeNull()
  expect(kindOf(definition('openrouter'), 'baai/bge-reranker', 'embedding')).toBe('embedding')
  expect(kindOf(definition('openrouter'), 'maker/gte-writer', 'chat', true)).toBe('chat')
})
