import { describe, expect, it } from 'vitest'
import type { ServerRow } from '@main/data/server-store'
import { chooseServers, temporaryServer, type KnownServer, type ServerTarget } from '@main/routing/server-choice'

type Part = Partial<Pick<ServerRow, 'available' | 'active' | 'is_default' | 'priority' | 'max_concurrent'>> & {
  has?: boolean
  load?: number
}

/** Servers called a, b, c … at http://a:11434 and so on, in this order of priority unless they say otherwise. */
const servers = (...parts: Part[]): KnownServer[] =>
  parts.map(({ has = false, load = 0, ...part }, index) => {
    const name = 'abcdef'.charAt(index)
    const row = { ...temporaryServer(`http://${name}:11434`), name, priority: index, available: true, ...part }
    return { row, hasModel: has, load }
  })

const outcome = (target: ServerTarget, known: KnownServer[]): string => {
  const choice = chooseServers(target, known)
  switch (choice.kind) {
    case 'saved':
      return choice.servers.map(({ name }) => name).join(' ')
    case 'temporary':
      return `temporary ${choice.url}`
    case 'inactive':
      return `inactive ${choice.server.name}`
    case 'none':
      return 'none'
  }
}

const model = { model: 'm' }
const table: [what: string, target: ServerTarget, known: KnownServer[], expected: string][] = [
  // an address
  ['a known address is its server', { url: 'http://b:11434', ...model }, servers({ has: true }, {}), 'b'],
  ['a slash at its end makes no difference', { url: 'http://b:11434/ ' }, servers({}, {}), 'b'],
  [
    'an unknown address is used and not saved',
    { url: 'http://x:1/', ...model },
    servers({ has: true }),
    'temporary http://x:1',
  ],
  ['an address without any server too', { url: 'http://x:1' }, [], 'temporary http://x:1'],
  ['an address that is switched off is not used', { url: 'http://a:11434' }, servers({ active: false }), 'inactive a'],
  // a model
  ['only those that have the model', model, servers({}, { has: true }), 'b'],
  ['availability before priority', model, servers({ has: true, available: false }, { has: true }), 'b a'],
  [
    'never asked is better than dead',
    model,
    servers({ has: true, available: false }, { has: true, available: null }),
    'b a',
  ],
  ['priority before load', model, servers({ has: true, load: 9 }, { has: true }), 'a b'],
  ['load among equals', model, servers({ has: true, priority: 1, load: 2 }, { has: true, priority: 1 }), 'b a'],
  [
    'load is relative to what a server can take',
    model,
    servers(
      { has: true, priority: 1, load: 1, max_concurrent: 1 },
      { has: true, priority: 1, load: 2, max_concurrent: 8 }
    ),
    'b a',
  ],
  [
    'the default does not count when a model is named',
    model,
    servers({ has: true }, { has: true, is_default: true }),
    'a b',
  ],
  ['one that is switched off is left out', model, servers({ has: true, active: false }, { has: true }), 'b'],
  // nothing, or a model that nobody has
  ['the default', {}, servers({}, { is_default: true }), 'b'],
  ['without a default the first active one', {}, servers({ active: false }, {}, {}), 'b'],
  ['a default that is switched off is none', {}, servers({}, { is_default: true, active: false }), 'a'],
  ['a model that nobody has goes to the default, which says so', model, servers({}, { is_default: true }), 'b'],
  ['no server at all', model, [], 'none'],
  ['all switched off', {}, servers({ active: false }), 'none'],
]

describe('where a call goes', () => {
  it.each(table)('%s', (_what, target, known, expected) => {
    expect(outcome(target, known)).toBe(expected)
  })

  it('to the server that is named, whatever else there is', () => {
    const known = servers({ has: true }, { available: false })
    const [, named] = known
    expect(outcome({ serverId: named?.row.id, ...model }, known)).toBe('b')
  })

  it('on to the best server when the one that was named is gone', () => {
    const gone = temporaryServer('http://gone:1').id
    expect(outcome({ serverId: gone, ...model }, servers({}, { has: true }))).toBe('b')
  })
})
