import { expect, test } from 'vitest'
import { newVariable } from '@contract/entities/new-variable'
import { InputVariable, inputTypes } from '@contract/entities/template'
import { withOptions, withType } from '@renderer/features/templates/variable-types'

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
test('Options that go take what was chosen of them along', () => {
  const one = { ...newVariable('select', 'mood'), options: ['wry', 'vain'], default: 'wry', sample: 'vain' }
  const many = {
    ...newVariable('multiSelect', 'moods'),
    options: ['wry', 'vain'],
    default: ['wry', 'vain'],
    sample: ['wry'],
  }
  for (const variable of [one, many].map((each) => InputVariable.parse(each)))
    expect(
      variable.type === 'select' || variable.type === 'multiSelect' ? withOptions(variable, ['vain', 'shy']) : null
    ).toMatchObject(variable.type === 'select' ? { default: null, sample: 'vain' } : { default: ['vain'], sample: [] })
})
