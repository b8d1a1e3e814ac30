import { expect, it } from 'vitest'
import { sensibleModel } from '@renderer/features/guide/sensible-model'
import { model } from '@test/component/sample-data'

const found = (name: string, gigabytes: number | null, local = true) =>
  model({ id: `ollama/here/${name}`, model: name, size: gigabytes === null ? null : gigabytes * 1e9, local })

it.each([
  ['nothing is there', [], null],
  ['there is only one, whatever it is', [found('big-coder:70b', 40)], 'big-coder:70b'],
  ['the larger one writes better', [found('a:1b', 1), found('b:8b', 5), found('c:14b', 9)], 'c:14b'],
  ['what fits few computers is not the first choice', [found('a:8b', 5), found('b:70b', 40)], 'a:8b'],
  ['where all are too large, the smallest', [found('b:70b', 40), found('a:32b', 20), found('c:120b', 65)], 'a:32b'],
  [
    'models for code and for guarding write no stories',
    [found('llama-guard3:8b', 6), found('codellama:7b', 7), found('t:3b', 2)],
    't:3b',
  ],
  ['what runs elsewhere is not on this computer', [found('glm:cloud', null, false), found('t:3b', 2)], 't:3b'],
  ['one whose size nobody tells is taken where there is no other', [found('t', null)], 't'],
])('%s', (_, models, wanted) => {
  expect(sensibleModel(models)?.model ?? null).toBe(wanted)
})
