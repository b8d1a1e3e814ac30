import { placeOf, type JsonPlace } from '@main/formats/json-fault'
import { JsonValue } from '@contract/values'
import { fencedIn } from './fences'
import { scanValue, type JsonFlaw, type Scan } from './json-value'

/**
 * Why no value could be read from an answer, and where:
 *
 * - `nothing`: there is no JSON in it;
 * - `cut_off`: a value begins and does not end;
 * - `broken`: what stands there is no JSON; `flaw` says what is wrong;
 * - `too_deep`: there are more objects and lists in one another than any answer has.
 */
export type AnswerFault =
  | { kind: 'nothing' }
  | ({ kind: 'cut_off' | 'too_deep' } & JsonPlace)
  | ({ kind: 'broken'; flaw: JsonFlaw } & JsonPlace)

/** The value of an answer and where it stands there, or why there is none. */
export type JsonReading = { value: JsonValue; from: number; to: number } | { fault: AnswerFault }

/** Brackets in the words around that open and do not close. More of them, and the answer is no JSON. */
const MOST_STARTS = 16

interface Found {
  from: number
  to: number
  scan: Exclude<Scan, { state: 'cut_off' }>
}

/**
 * The JSON value of a model's answer. Skipped is only what is no part of a value: fences, words around, comments,
 * trailing commas, a byte order mark. What is cut off, or is no JSON, is a fault: nothing is closed, quoted or unwrapped.
 *
 * @param fits which one is wanted, when there are several: the first that fits, else the longest
 */
export function readJson(answer: string, fits: (value: JsonValue) => boolean = () => false): JsonReading {
  const from = answer.search(/[^\s\u200b\ufeff]/)
  if (from < 0) return { fault: { kind: 'nothing' } }
  const whole = scanValue(answer, from)
  if (whole.state === 'whole' && isBlank(answer.slice(whole.end))) return valueOf(from, whole)

  const { found, cutOff } = valuesIn(answer)
  if (cutOff?.begun) return { fault: { kind: 'cut_off', ...placeOf(answer, cutOff.from) } }
  if (found.length === 0) {
    const single = singleValueIn(answer)
    if (single) return single
    // A text alone, whose end is missing.
    if (whole.state === 'cut_off') return { fault: { kind: 'cut_off', ...placeOf(answer, from) } }
    if (cutOff) return { fault: { kind: 'cut_off', ...placeOf(answer, cutOff.from) } }
    return { fault: { kind: 'nothing' } }
  }

  for (const { from: at, scan } of found) {
    if (scan.state !== 'whole') continue
    const reading = valueOf(at, scan)
    if (fits(reading.value)) return reading
  }
  const [longest] = found.toSorted((a, b) => b.to - b.from - (a.to - a.from))
  if (!longest) return { fault: { kind: 'nothing' } }
  const { scan } = longest
  if (scan.state === 'whole') return valueOf(longest.from, scan)
  return { fault: faultOf(answer, scan) }
}

const isBlank = (text: string): boolean => /^[\s\u200b\ufeff]*$/.test(text)

const valueOf = (from: number, { end, json }: Extract<Scan, { state: 'whole' }>) => ({
  value: JsonValue.parse(JSON.parse(json)),
  from,
  to: end,
})

function faultOf(answer: string, scan: Extract<Scan, { state: 'broken' | 'too_deep' }>): AnswerFault {
  const place = placeOf(answer, scan.at)
  return scan.state === 'broken' ? { kind: 'broken', flaw: scan.flaw, ...place } : { kind: 'too_deep', ...place }
}

/**
 * The objects and lists of an answer that are in no other, in their order, and what is cut off at its end. Brackets with
 * words in them are none.
 */
function valuesIn(answer: string): { found: Found[]; cutOff: { from: number; begun: boolean } | null } {
  const found: Found[] = []
  let cutOff: { from: number; begun: boolean } | null = null
  const opening = /[[{]/g
  for (let starts = 0; starts < MOST_STARTS;) {
    const from = opening.exec(answer)?.index
    if (from === undefined) break
    const scan = scanValue(answer, from)
    if (scan.state === 'whole') {
      found.push({ from, to: scan.end, scan })
      opening.lastIndex = scan.end
    } else if (scan.state === 'cut_off') {
      cutOff ??= { from, begun: scan.begun }
      if (scan.begun) return { found, cutOff: { from, begun: true } }
      starts += 1
    } else {
      // What is inside of something broken is a part of it, and no answer of its own.
      const isValue = scan.state === 'too_deep' || scan.begun
      const end = endOfBrackets(answer, from) ?? (isValue ? answer.length : null)
      if (isValue) found.push({ from, to: end ?? answer.length, scan })
      opening.lastIndex = end ?? from + 1
      if (end === null) starts += 1
    }
  }
  return { found, cutOff }
}

/** Behind the bracket that closes the one at a place; null where none does. A text in quotes ends with its line. */
function endOfBrackets(text: string, from: number): number | null {
  let depth = 0
  const sign = /"(?:\\.|[^"\\\n])*"?|[[{]|[\]}]/g
  sign.lastIndex = from
  for (let found = sign.exec(text); found; found = sign.exec(text)) {
    if (found[0] === '[' || found[0] === '{') depth += 1
    else if (found[0] === ']' || found[0] === '}') depth -= 1
    if (depth === 0) return sign.lastIndex
  }
  return null
}

/** A number, a text or the like that stands alone in a block of code. */
function singleValueIn(answer: string): JsonReading | null {
  for (const { body, from: start } of fencedIn(answer)) {
    const inBody = body.search(/\S/)
    if (inBody < 0) continue
    const from = start + inBody
    const scan = scanValue(answer, from)
    if (scan.state === 'whole' && isBlank(body.slice(scan.end - from + inBody))) return valueOf(from, scan)
  }
  return null
}
