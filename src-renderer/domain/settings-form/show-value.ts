import type { TFunction } from 'i18next'
import type { Language, JsonValue, LocalizedText } from '@contract/values'
import { decimalsOf, optionFor, type Field } from './fields'
import { textOf } from '@contract/json'
import { showNumber } from './number-text'

/** A setting's value in words, as it stands in "Provider default 1.00". Its unit stands beside its name. */
export function showValue(field: Field, value: JsonValue, language: Language, t: TFunction<'presets'>): string {
  const local = (text: LocalizedText) => text[language]
  const { shape } = field
  if (shape.control === 'choice') {
    const option = optionFor(shape.options, value)
    if (option && local(option.label) !== textOf(option.value)) return local(option.label)
  }
  if (typeof value === 'boolean') return value ? t('form.on') : t('form.off')
  if (typeof value === 'number') {
    const decimals = shape.control === 'number' && !shape.integer ? decimalsOf(shape.step) : 0
    return showNumber(value, decimals, language)
  }
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(textOf).join(', ')
  return value === null ? '–' : JSON.stringify(value)
}
