import { expect, it } from 'vitest'
import { nearNames } from '@main/gateway/near-names'

const names = [
  'preset/Gothic nights/main',
  'preset/Ёлка/main',
  'demo/demo-novelist',
  'openrouter/anthropic/claude-sonnet-4.5',
  'openai/gpt-4o',
  'openai/gpt-4o-mini',
  'builtin/🎭',
]

it.each([
  ['Demo/Demo-Novelist', ['demo/demo-novelist']],
  ['demo/demo-novelits', ['demo/demo-novelist']],
  ['preset/gothic-nights/MAIN', ['preset/Gothic nights/main']],
  ['preset/ёлки/main', ['preset/Ёлка/main']],
  ['anthropic/claude-sonnet-4-5', ['openrouter/anthropic/claude-sonnet-4.5']],
  ['azure/gpt-4o', ['openai/gpt-4o']],
  ['gpt-4o-mimi', ['openai/gpt-4o-mini']],
])('%s may have been meant for %j', (written, near) => {
  expect(nearNames(written, names).slice(0, 1)).toEqual(near)
})

it.each([['llama3'], [''], ['demo/'], ['/'], ['x'.repeat(1000)]])('%j was meant for none of them', (written) => {
  expect(nearNames(written, names)).toEqual([])
})
