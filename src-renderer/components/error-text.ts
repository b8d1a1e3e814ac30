import { useTranslation } from 'react-i18next'
import type { i18n } from 'i18next'
import { answerProblems } from '@contract/entities/answer-problem'
import { listProblems } from '@contract/entities/batch'
import { InputProblem } from '@contract/entities/template'
import { chooseWording, factWords, withFacts, type ErrorWords } from '@contract/error-wording'
import { FabulaError, StoryError, TemplateError, type ErrorCode, type ErrorShape } from '@contract/errors'
import type { JsonValue } from '@contract/values'
import roles from '@resources/roles.json'
import stages from '@resources/stages.json'
import { templateMessage } from './template-message'

export type ErrorText = ErrorWords<string>

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

/** What has a name in each language, by its id. */
const localNames = new Map<string, typeof roles | typeof stages>([
  ['role', roles],
  ['stage', stages],
])

function fact(name: string, value: JsonValue, language: string): string | null {
  const named = localNames.get(name)
  if (named) return named.find(({ id }) => id === value)?.name[language === 'ru' ? 'ru' : 'en'] ?? null
  return factWords(name, value, language)
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
  return typeof text === 'string' ? withFacts(text, facts) : null
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
  const part = (name: keyof ErrorText) => chooseWording(i18n.getResource(language, 'errors', `${code}.${name}`), facts)
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
