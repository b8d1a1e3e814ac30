import type { z } from 'zod'

/**
 * What is wrong with a field, for the one who wrote the request, as the end of a sentence that begins with its name. A schema
 * that says it better of a field of its own is heard first.
 */
export function wordField(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined) return 'is missing'
  const expected = [...new Set(expectedOf(issue))]
  // Of several values that an object or a text may have, what it is instead of them says nothing.
  const isOneOf = expected.some((one) => one.startsWith('"'))
  if (isOneOf && (typeof issue.input === 'string' || issue.code === 'invalid_union'))
    return `must be ${oneOf(expected)}`
  if (expected.length > 0) return `must be ${oneOf(expected)}, and is ${kindOf(issue.input)}`
  switch (issue.code) {
    case 'too_big':
      return amount(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)
    case 'too_small':
      return amount(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    case 'invalid_format':
      return `must be of the form ${issue.format === 'regex' ? issue.pattern : issue.format}`
    default:
      return 'is not what belongs here'
  }
}

/** What could stand there, in words; none where it is not its kind that is wrong. */
function expectedOf(issue: z.core.$ZodRawIssue | z.core.$ZodIssue): string[] {
  switch (issue.code) {
    case 'invalid_type':
      return [kinds[issue.expected] ?? issue.expected]
    case 'invalid_value':
      return issue.values.map(inQuotes)
    case 'invalid_union':
      return expectedOfUnion(issue)
    default:
      return []
  }
}

interface UnionIssue {
  options?: readonly unknown[] | undefined
  errors?: readonly (readonly z.core.$ZodIssue[])[] | undefined
}

/** Of a union that one field tells apart, what that may be; else what each of its variants could be as a whole. */
function expectedOfUnion({ options, errors }: UnionIssue): string[] {
  if (options && options.length > 0) return options.map(inQuotes)
  return (errors ?? []).flatMap(([first]) => (first?.path.length === 0 ? expectedOf(first) : []))
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

const inQuotes = (value: unknown) => JSON.stringify(value) ?? String(value)

const oneOf = (words: readonly string[]) =>
  words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

function kindOf(input: unknown): string {
  if (input === null) return 'null'
  if (Array.isArray(input)) return 'a list'
  return kinds[typeof input] ?? typeof input
}

/** Of a number, or of how much there is in a text or a list. */
function amount(origin: string, bound: string, most: number | bigint): string {
  const unit = units[origin]
  return unit ? `must have ${bound} ${most} ${most === 1 ? unit : `${unit}s`}` : `must be ${bound} ${most}`
}

const units: Readonly<Record<string, string>> = { string: 'character', array: 'item', set: 'item', object: 'field' }
