import { expect, test } from 'vitest'
import { InputVariable, inputTypes } from '@contract/entities/template'
import { renameIn } from '@renderer/features/templates/rename-variable'
import { guessedType, newVariable, withType } from '@renderer/features/templates/variable-types'

test('A new variable of every type can be kept, and so can each one that becomes another type', () => {
  for (const type of inputTypes) {
    const made = newVariable(type, 'who')
    expect(InputVariable.parse(made)).toEqual(made)
    for (const next of inputTypes) expect(InputVariable.parse(withType(made, next)).type).toBe(next)
  }
})

test('A type keeps what both can say', () => {
  const text = { ...newVariable('text', 'who'), label: 'Who?', default: 'Ann', most: 9 }
  expect(withType(InputVariable.parse(text), 'longText')).toMatchObject({ label: 'Who?', default: 'Ann', most: 9 })
  expect(withType(InputVariable.parse(text), 'list')).toMatchObject({ label: 'Who?', default: [], most: null })
  const choice = InputVariable.parse({ ...newVariable('select', 'mood'), options: ['wry', 'vain'] })
  expect(withType(choice, 'multiSelect')).toMatchObject({ options: ['wry', 'vain'], default: [] })
})

test.each([
  ['who', '{{ who }}', 'text'],
  ['avoid', '{% for each in avoid %}{{ each }}{% endfor %}', 'list'],
  ['avoid', '{%- for each in avoid|sort -%}{{ each }}{% endfor %}', 'list'],
  ['names', '{{ names | join(", ") }}', 'list'],
  ['dark', '{% if dark %}Dark.{% endif %}', 'boolean'],
  ['dark', '{% if not dark %}Light.{% endif %}', 'boolean'],
  ['mood', '{% if mood %}In a {{ mood }} mood.{% endif %}', 'text'],
] as const)('The type of %s in “%s” is guessed to be %s', (name, text, type) => {
  expect(guessedType(name, [text])).toBe(type)
})

test.each([
  ['{{ who }} and who', '{{ hero }} and who'],
  ['{% for who in list %}{{ who.who }}{% endfor %}', '{% for hero in list %}{{ hero.who }}{% endfor %}'],
  ['{{ "who" ~ who | who }}', '{{ "who" ~ hero | who }}'],
  ['{{ whom }} {{ a_who }} {{ f(who=who) }}', '{{ whom }} {{ a_who }} {{ f(who=hero) }}'],
  ['{% if who == "x" %}', '{% if hero == "x" %}'],
])('Of “%s” only the variable is renamed', (before, after) => {
  expect(renameIn(before, 'who', 'hero')).toBe(after)
})
