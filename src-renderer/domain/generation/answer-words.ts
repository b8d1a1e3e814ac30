import { useTranslation } from 'react-i18next'
import type { ValueProblem } from '@contract/schema/value-problem'
import { listOf, numberOf, stringsOf, textOf } from '@contract/json'
import { partsOf } from '@contract/schema/pointer'
import { useFormat } from '@renderer/components/format'
import { useLanguage } from '@renderer/components/use-local'

const types = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'] as const
type JsonType = (typeof types)[number]

/** What is wrong with an answer, as a clause: `age was “late fifties”, not a whole number`. */
export function useAnswerProblem(): (problem: ValueProblem) => string {
  const { t } = useTranslation('generations')
  const format = useFormat()
  const language = useLanguage()

  const quoted = (text: string) => (language === 'ru' ? `«${text}»` : `“${text}”`)
  /** As it is said of what is there, which comes as JSON that may be cut. */
  const gotOf = (got: string | null) => {
    if (got === null) return t('answer.nothingThere')
    return got.startsWith('"') ? quoted(got.replace(/^"|"$/g, '').replaceAll('\\"', '"')) : got
  }
  const or = (words: readonly string[]) =>
    new Intl.ListFormat(language, { type: 'disjunction' }).format(words.slice(0, 12))
  const typeWord = (type: string) => {
    const known = types.find((one): one is JsonType => one === type)
    return known ? t(`answer.types.${known}`) : type
  }
  const fieldOf = (path: string) => {
    const parts = partsOf(path).map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : part))
    return parts.length === 0 ? t('answer.whole') : parts.join(' › ')
  }

  return ({ path, keyword, expected, got, message }) => {
    const field = fieldOf(path)
    const limit = format.number(numberOf(expected['limit']) ?? 0)
    const count = numberOf(expected['limit']) ?? 0
    const there = { field, got: gotOf(got), limit }
    switch (keyword) {
      case 'nothing':
      case 'cut_off':
      case 'broken':
      case 'too_deep':
      case 'same_column':
        return t(`answer.${keyword}`)
      case 'type':
        return t('answer.type', { ...there, expected: or(stringsOf(expected['types']).map(typeWord)) })
      case 'required':
      case 'dependentRequired':
        return t('answer.required', { field })
      case 'additionalProperties':
      case 'uniqueItems':
        return t(`answer.${keyword}`, { field })
      case 'enum':
        return t('answer.enum', {
          ...there,
          expected: or(listOf(expected['values']).map((value) => quoted(textOf(value)))),
        })
      case 'const':
        return t('answer.const', { ...there, expected: quoted(textOf(expected['value'] ?? null)) })
      case 'minimum':
      case 'maximum':
      case 'exclusiveMinimum':
      case 'exclusiveMaximum':
      case 'multipleOf':
        return t(`answer.${keyword}`, there)
      case 'minLength':
      case 'maxLength':
      case 'minItems':
      case 'maxItems':
        return t(`answer.${keyword}`, { field, limit, count })
      case 'pattern':
      case 'format':
        return t(`answer.${keyword}`, { ...there, expected: textOf(expected[keyword] ?? '') })
      case 'cells':
        return t('answer.cells', {
          field,
          cells: textOf(expected['cells'] ?? 0),
          columns: textOf(expected['columns'] ?? 0),
        })
      case 'schema':
        return t('answer.schema', { reason: textOf(expected['reason'] ?? '') })
      case 'anyOf':
      case 'oneOf':
      case 'not':
      case 'contains':
      case 'items':
      case 'propertyNames':
      case 'minProperties':
      case 'maxProperties':
        return t('answer.shape', { field })
      default:
        return `${field}: ${message}`
    }
  }
}
