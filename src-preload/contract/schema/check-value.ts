import type { OutputUnit } from '@cfworker/json-schema'
import { stringsOf } from '../json'
import { cutText } from '../names'
import type { JsonObject, JsonValue } from '../values'
import { meaningsOf, type Meaning } from './expected'
import { partsOf, valueAtPointer } from './pointer'
import { problemMessage } from './problem-message'
import { containers, pointerOf, unitsOf, withSpellableKeys } from './validate-settings'
import type { ValueProblem } from './value-problem'

/** Problems of one value: more help nobody. */
const MOST_PROBLEMS = 200
/** Characters of what is there. */
const LONGEST_GOT = 80

/** Keywords whose error only says that something below is wrong, and what that is comes behind it. */
const passing = new Set([...containers, 'unevaluatedProperties', 'unevaluatedItems'])

/**
 * What is wrong with a value, by its JSON Schema 2020-12, in the order of the schema; empty when nothing is. Where one of
 * several forms is asked for, what is said is what is wrong with the form that the value comes closest to. A schema that
 * cannot be used is a problem of its own (`schema`).
 */
export function checkValue(schema: JsonObject, value: JsonValue): ValueProblem[] {
  const checked = withSpellableKeys(value)
  try {
    const found = meaningsIn(withoutItems(unitsOf(schema, checked)), { root: schema, value: checked })
    const seen = new Set<string>()
    return withoutUnevaluated(found)
      .filter(({ path, keyword, expected }) => {
        const key = JSON.stringify([path, keyword, expected])
        return !seen.has(key) && seen.add(key)
      })
      .slice(0, MOST_PROBLEMS)
      .map((meaning) => valueProblem(meaning, checked))
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)
    return [valueProblem({ path: '', keyword: 'schema', expected: { reason } }, checked)]
  }
}

/** A problem in full, of what stands at its path. */
export function valueProblem({ path, keyword, expected }: Meaning, value: JsonValue): ValueProblem {
  const found = valueAtPointer(value, path)
  return {
    path,
    keyword,
    expected,
    got: found === undefined ? null : cutText(JSON.stringify(found), LONGEST_GOT),
    message: problemMessage(keyword, expected),
  }
}

interface Checked {
  root: JsonObject
  value: JsonValue
}

function meaningsIn(units: readonly OutputUnit[], checked: Checked): Meaning[] {
  const found: Meaning[] = []
  for (let index = 0; index < units.length; index += 1) {
    const unit = units[index]
    if (!unit || passing.has(unit.keyword)) continue
    const below = belowOf(units, index)
    index += below.length
    const say = () => meaningsOf(unit, units[index - 1], checked.root, checked.value)
    switch (unit.keyword) {
      case 'anyOf':
      case 'oneOf':
        found.push(...(closestForm(unit, below, checked) ?? say()))
        break
      case 'propertyNames': {
        const name = partsOf(pointerOf(below[0]?.instanceLocation ?? '')).at(-1) ?? ''
        found.push({ path: pointerOf(unit.instanceLocation), keyword: 'propertyNames', expected: { name } })
        break
      }
      default:
        found.push(...say())
    }
  }
  return found
}

/** The errors behind one that are parts of it: of the forms of `anyOf`, of a name. */
function belowOf(units: readonly OutputUnit[], index: number): OutputUnit[] {
  const place = units[index]?.keywordLocation ?? ''
  const isBelow = (unit: OutputUnit | undefined) =>
    unit !== undefined && (unit.keyword === 'false' || isWithin(unit.keywordLocation, place))
  let end = index + 1
  while (isBelow(units[end])) end += 1
  return units.slice(index + 1, end)
}

const isWithin = (location: string, place: string): boolean => location.startsWith(`${place}/`)

/** The errors without those of single items that `contains` was looked for in: no item must be of that kind. */
function withoutItems(units: readonly OutputUnit[]): OutputUnit[] {
  const places = units
    .filter(({ keyword }) => ['contains', 'minContains', 'maxContains'].includes(keyword))
    .map(({ keywordLocation }) => keywordLocation.replace(/[^/]*$/, 'contains'))
  let isItem = false
  return units.filter(({ keyword, keywordLocation }) => {
    // What stands below `false` says another place.
    if (keyword !== 'false') isItem = places.some((place) => isWithin(keywordLocation, place))
    return !isItem
  })
}

/**
 * The problems without those of fields that count as unknown to the library because something in them is wrong
 * (`unevaluatedProperties`).
 */
const withoutUnevaluated = (found: readonly Meaning[]): Meaning[] => {
  const wrong = new Set<string>()
  for (const one of found) {
    const parts = one.path.split('/')
    // Each place above one that is wrong, and that place itself where the problem is another one.
    for (let length = parts.length - (one.keyword === 'additionalProperties' ? 1 : 0); length > 1; length -= 1)
      wrong.add(parts.slice(0, length).join('/'))
  }
  return found.filter(({ keyword, path }) => keyword !== 'additionalProperties' || !wrong.has(path))
}

/** What is wrong with the one form that a value comes closest to; null where that cannot be told. */
function closestForm(unit: OutputUnit, below: readonly OutputUnit[], checked: Checked): Meaning[] | null {
  const path = pointerOf(unit.instanceLocation)
  const forms = new Map<string, OutputUnit[]>()
  let form = ''
  for (const one of below) {
    if (one.keyword !== 'false')
      form = one.keywordLocation.slice(unit.keywordLocation.length + 1).split('/', 1)[0] ?? ''
    forms.set(form, [...(forms.get(form) ?? []), one])
  }
  const all = Array.from(forms.values(), (units) => meaningsIn(units, checked))
  // It has more than one of the forms: there is nothing wrong with them.
  if (unit.keyword === 'oneOf' && /\(([2-9]|\d\d+) matches\)/.test(unit.error)) return null
  const isOtherType = (meanings: Meaning[]) => meanings.some((one) => one.path === path && one.keyword === 'type')
  if (all.every(isOtherType)) return [sameOfAll(path, all)]
  const sameType = all.filter((meanings) => !isOtherType(meanings))
  const isOtherKind = (meanings: Meaning[]) =>
    meanings.some(({ path: at, keyword }) => keyword === 'const' && partsOf(at).length === partsOf(path).length + 1)
  const close = sameType.length > 1 ? sameType.filter((meanings) => !isOtherKind(meanings)) : sameType
  return close.length === 1 ? (close[0] ?? null) : null
}

/** Values of several types are allowed, and this one has none of them. */
function sameOfAll(path: string, forms: readonly Meaning[][]): Meaning {
  const types = forms.flat().filter((one) => one.path === path && one.keyword === 'type')
  return {
    path,
    keyword: 'type',
    expected: {
      types: [...new Set(types.flatMap(({ expected }) => stringsOf(expected['types'])))],
      got: types[0]?.expected['got'] ?? null,
    },
  }
}
