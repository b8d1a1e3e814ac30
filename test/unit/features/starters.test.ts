import { expect, it } from 'vitest'
import { emptyContent } from '@contract/entities/template'
import { readStarters, starters } from '@main/features/templates/starters'

const { system: _system, user: _user, ...words } = emptyContent
const file = {
  group: 'world',
  en: { ...words, name: 'Port', description: 'A port.' },
  ru: { ...words, name: 'Порт', description: 'Порт.' },
}
const texts = {
  '/r/port.en.jinja': 'Name a port.\n',
  '/r/port.en.system.jinja': '',
  '/r/port.ru.jinja': 'Назови порт.\n',
  '/r/port.ru.system.jinja': '',
}

it('a template of the starter set is one file and its texts in both languages', () => {
  const [port] = readStarters({ '/r/port.json': file }, texts)
  expect(port).toMatchObject({ key: 'port', group: 'world' })
  expect(port?.words.ru).toMatchObject({ name: 'Порт', content: { user: 'Назови порт.', tries: 3 } })
})

it('one without a text, or with a word that is unknown, is no template', () => {
  const { '/r/port.ru.jinja': _gone, ...others } = texts
  expect(() => readStarters({ '/r/port.json': file }, others)).toThrow('port.ru.jinja')
  expect(() => readStarters({ '/r/port.json': { ...file, nope: 1 } }, texts)).toThrow('nope')
})

it('all that Fabula brings can be read', () => {
  expect(new Set(starters.map(({ key }) => key)).size).toBe(starters.length)
})
