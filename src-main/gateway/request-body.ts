import type { z } from 'zod'
import type { JsonValue } from '@contract/values'
import { readText } from '@main/http/read-text'
import { outgrows } from '@main/platform/nesting'
import { ApiError, badField } from './api-error'
import { wordField } from './field-wording'

/** Bytes: as many images as OpenAI takes with a request. */
const LARGEST_BODY = 50_000_000

/** Levels of lists and objects in one another: JSON Schemas of tools are nested deeper than anything else here. */
const DEEPEST = 100

/**
 * Values in all lists and objects of a body, unless an operation says otherwise: a few thousand messages with large tools
 * have a tenth of it, and whatever walks through it while everything else waits is done in a moment.
 */
const MOST_VALUES = 100_000

/** The body of a request as its schema has it; throws the error of its first wrong field. */
export const readBody = async <Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  mostBytes = LARGEST_BODY,
  mostValues = MOST_VALUES
): Promise<z.output<Schema>> => fitting(await readJson(request, mostBytes), schema, mostValues)

/** The body of a request, whatever it is. */
export async function readJson(request: Request, mostBytes = LARGEST_BODY): Promise<JsonValue> {
  const text = await readText(request, mostBytes)
  if (text === null)
    throw new ApiError(413, 'request_too_large', `The request is larger than ${mostBytes / 1_000_000} MB. Send less.`)
  return parsed(text)
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text)
  } catch (error) {
    // What stands there may be a secret: the place alone is told.
    const [, place] = /\((line \d+ column \d+)\)/.exec(String(error)) ?? []
    throw badField(null, `The body of the request is not JSON${place ? `: look at ${place}` : ''}.`, 'invalid_json')
  }
}

/** What came as its schema has it; throws the error of the first field that does not fit. */
export function fitting<Schema extends z.ZodType>(
  value: unknown,
  schema: Schema,
  mostValues = MOST_VALUES
): z.output<Schema> {
  // Before anything looks into it: whatever does calls itself for each level, and notes each value that is wrong.
  switch (outgrows(value, { levels: DEEPEST, values: mostValues })) {
    case 'levels':
      throw badField(null, `The body of the request is nested more than ${DEEPEST} levels deep.`)
    case 'values':
      throw badField(
        null,
        `The body of the request has more than ${mostValues.toLocaleString('en')} values in its lists and objects. Send less.`
      )
    case null:
  }
  const result = schema.safeParse(value, { error: wordField })
  if (result.success) return result.data
  const { path, message } = deepest(result.error.issues)
  const param = paramOf(path)
  throw badField(param, param === null ? `The body of the request: ${message}.` : `\`${param}\`: ${message}.`)
}

interface Problem {
  path: readonly PropertyKey[]
  message: string
}

/** The first issue; of the variants of a union, what is said of the one that the value came closest to. */
function deepest(issues: readonly z.core.$ZodIssue[]): Problem {
  const [issue] = issues
  if (!issue) return { path: [], message: 'is wrong' }
  if (issue.code === 'unrecognized_keys')
    return { path: [...issue.path, ...issue.keys.slice(0, 1)], message: 'there is no such field' }
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue
  const inner = issue.errors.map((variant) => deepest(variant))
  const closest = inner.toSorted((one, other) => other.path.length - one.path.length)[0]
  return closest && closest.path.length > 0 ? { ...closest, path: [...issue.path, ...closest.path] } : issue
}

/** `messages[0].content`, as OpenAI writes it; null for the body itself. */
function paramOf(path: readonly PropertyKey[]): string | null {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${cut(String(part))}`)).join('')
  return text === '' ? null : text.replace(/^\./, '')
}

const LONGEST_WORD = 200

const cut = (text: string) => text.slice(0, LONGEST_WORD)
