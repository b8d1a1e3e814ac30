import { useTranslation } from 'react-i18next'
import type { i18n } from 'i18next'
import { answerProblems } from '@contract/entities/answer-problem'
import { listProblems } from '@contract/entities/batch'
import { InputProblem } from '@contract/entities/template'
import { FabulaError, StoryError, TemplateError, type ErrorCode, type ErrorShape } from '@contract/errors'
import type { JsonValue } from '@contract/values'
import roles from '@resources/roles.json'
import { templateMessage } from './template-message'

export interface ErrorText {
  /** What happened. */
  what: string
  /** Why. */
  why: string
  /** What to do next. */
  next: string
}

/** Any thrown thing or error shape as the one shape that has a text. What Fabula did not make itself is `internal`. */
export function toErrorShape(error: unknown): ErrorShape {
  if (error instanceof FabulaError) return error.toShape()
  if (isErrorShape(error)) return error
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { code: 'internal', message, details: {}, retryable: false }
}

function isErrorShape(value: unknown): value is ErrorShape {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value && 'details' in value
}

/** A time to wait, short, so that it needs no grammatical case: `41 s`, `2 min`. */
function wait(seconds: number, language: string): string {
  const [value, unit] = seconds < 120 ? [Math.ceil(seconds), 'second'] : [Math.round(seconds / 60), 'minute']
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
}

function fact(name: string, value: JsonValue, language: string): string | null {
  if (name === 'seconds' && typeof value === 'number') return wait(value, language)
  if (typeof value === 'number') return new Intl.NumberFormat(language).format(value)
  if (name === 'role') return roles.find(({ id }) => id === value)?.name[language === 'ru' ? 'ru' : 'en'] ?? null
  if (typeof value === 'string') return value === '' ? null : value
  if (Array.isArray(value)) {
    const names = value.filter((item) => typeof item === 'string')
    return names.length === 0 ? null : new Intl.ListFormat(language).format(names)
  }
  return null
}

/** The errors whose `problem` is one of a list that has texts of its own, in `common.json`. */
const problemTexts: Partial<Record<ErrorCode, { key: string; problems: readonly string[] }>> = {
  /** `field` is its place in the JSON. */
  [StoryError.UnusableAnswer]: { key: 'answerProblem', problems: answerProblems },
  [TemplateError.ListUnreadable]: { key: 'listProblem', problems: listProblems },
  [TemplateError.InputInvalid]: { key: 'inputProblem', problems: InputProblem.shape.kind.options },
}

/** `few` and `many` at the end of a key are forms of a plural. */
const camelCase = (code: string) => code.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

/** What is wrong, as a text with the facts that it names. */
function problemText({ code, details }: ErrorShape, facts: ReadonlyMap<string, string>, i18n: i18n): string | null {
  const texts = problemTexts[code]
  const known = texts?.problems.find((one) => one === details['problem'])
  const text: unknown = texts && known && i18n.getResource(i18n.language, 'common', `${texts.key}.${camelCase(known)}`)
  return typeof text === 'string' ? text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => facts.get(name) ?? '') : null
}

const namesIn = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '')

/** Of several wordings, from the most exact to the plainest, the first whose facts are all known. */
function choose(texts: unknown, facts: ReadonlyMap<string, string>): string {
  const wordings = Array.isArray(texts) ? texts : [texts]
  for (const wording of wordings) {
    if (typeof wording !== 'string' || !namesIn(wording).every((name) => facts.has(name))) continue
    return wording.replace(/\{\{(\w+)\}\}/g, (_, name: string) => facts.get(name) ?? '')
  }
  return ''
}

/** Errors whose reason is what the engine of templates says. */
const fromTemplates: ReadonlySet<string> = new Set([TemplateError.Syntax, TemplateError.Faulty])

const asSentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

/** The text of an error in the language that `i18n` speaks now. */
export function errorText(error: unknown, i18n: i18n): ErrorText {
  const shape = toErrorShape(error)
  const { code, details } = shape
  const language = i18n.language
  const facts = new Map<string, string>()
  for (const [name, value] of Object.entries(details)) {
    if (problemTexts[code] && name === 'problem') continue
    const ofEngine = name === 'reason' && typeof value === 'string' && fromTemplates.has(code)
    const text = ofEngine ? asSentence(templateMessage(value, i18n)) : fact(name, value, language)
    if (text !== null) facts.set(name, text)
  }
  const problem = problemText(shape, facts, i18n)
  if (problem !== null) facts.set('problem', problem)
  const part = (name: keyof ErrorText) => choose(i18n.getResource(language, 'errors', `${code}.${name}`), facts)
  return { what: part('what'), why: part('why'), next: part('next') }
}

/** Gives the text of any error in the app's language. */
export function useErrorText(): (error: unknown) => ErrorText {
  const { i18n } = useTranslation('errors')
  return (error) => errorText(error, i18n)
}

/** What a user copies into a report: code, message and details, which never hold a secret. */
export function errorDetails(error: unknown): string {
  const { code, message, details } = toErrorShape(error)
  const facts = Object.keys(details).length === 0 ? '' : `\n${JSON.stringify(details, null, 2)}`
  return `${code}: ${message}${facts}`
}
