import { describe, expect, it } from 'vitest'
import { ModelFacts } from '@contract/entities/model'
import { demoProtocol } from '@main/providers/protocols/demo/demo-protocol'
import { askDemo, connection, user } from './ask-demo'

const signal = new AbortController().signal

describe('the Demo’s models', () => {
  it('are facts that the catalogue takes, all of them local and free', async () => {
    const pages: ModelFacts[] = []
    for await (const page of demoProtocol.listModels(connection, signal)) pages.push(...page)
    expect(pages.map((model) => ModelFacts.parse(model).model)).toEqual(['demo-novelist', 'demo-poet', 'demo-embedder'])
    expect(pages.every((model) => model.local && model.price?.output === 0)).toBe(true)
  })

  it('need no key', async () => {
    expect(await demoProtocol.checkKey(connection, signal)).toEqual({ models: 3, creditLeft: null })
  })

  it('are refused by name when there is no such model', async () => {
    const answer = askDemo([user('I look.')], {}, { model: 'demo-embedder' })
    await expect(answer).rejects.toMatchObject({ code: 'model_not_found' })
  })
})
