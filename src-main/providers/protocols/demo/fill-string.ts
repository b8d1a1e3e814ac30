import type { JsonObject } from '@contract/values'
import type { Material } from './material'
import { numberOf } from './schema-keywords'
import type { Random } from './seeded-random'
import { render } from './template'

const digits = (count: number, radix: number, random: Random): string =>
  Array.from({ length: count }, () => Math.floor(random() * radix).toString(radix)).join('')

const twoDigits = (low: number, high: number, random: Random): string =>
  String(low + Math.floor(random() * (high - low + 1))).padStart(2, '0')

const date = (random: Random) =>
  `19${twoDigits(10, 38, random)}-${twoDigits(1, 12, random)}-${twoDigits(1, 28, random)}`
const time = (random: Random) => `${twoDigits(0, 23, random)}:${twoDigits(0, 59, random)}:00Z`

const formats: Readonly<Record<string, (random: Random) => string>> = {
  date,
  time,
  'date-time': (random) => `${date(random)}T${time(random)}`,
  email: (random) => `keeper${digits(3, 10, random)}@example.org`,
  hostname: (random) => `lamp${digits(3, 10, random)}.example.org`,
  uri: (random) => `https://example.org/${digits(6, 16, random)}`,
  ipv4: (random) => `192.0.2.${Math.floor(random() * 256)}`,
  uuid: (random) =>
    [
      digits(8, 16, random),
      digits(4, 16, random),
      `4${digits(3, 16, random)}`,
      `8${digits(3, 16, random)}`,
      digits(12, 16, random),
    ].join('-'),
}

const one = <T>(items: readonly T[], random: Random): T | undefined => items[Math.floor(random() * items.length)]

const sentence = ({ settings, anywhere }: Material, random: Random): string => {
  const senses = [...settings.flatMap((setting) => setting.senses), ...anywhere.senses]
  return render(one(senses, random) ?? '', {}, (options) => one(options, random) ?? '')
}

const wordsFor = (key: string, material: Material, random: Random): string => {
  if (/\bage\b|возраст/i.test(key)) return twoDigits(16, 78, random)
  if (/name|author|character|имя/i.test(key)) return one(material.people, random) ?? ''
  if (/title|item|object|tag|keyword|word|назван/i.test(key)) return one(material.nouns, random)?.forms['nom'] ?? ''
  return sentence(material, random)
}

/** Longer texts are not written, whatever a schema asks for. */
const LONGEST = 20_000

/** Text of at least `low` and at most `high` characters (none of the material's needs two units) that begins with `text`. */
const fitted = (text: string, low: number, high: number, more: () => string): string => {
  let long = text
  while (long.length < Math.min(low, LONGEST)) long = `${long} ${more()}`
  if (long.length <= high) return long
  const cut = long.slice(0, high)
  const atWord = cut.replace(/[\s,;:—–-]+[^\s]*$/, '')
  return atWord !== '' && atWord.length >= low ? atWord : cut
}

/** Text for a schema of type `string`; `key` is the name of the field that it stands in. */
export const fillString = (schema: JsonObject, key: string, material: Material, random: Random): string => {
  const format = schema['format']
  const formatted = typeof format === 'string' && Object.hasOwn(formats, format) ? formats[format] : undefined
  if (formatted) return formatted(random)
  const low = numberOf(schema['minLength']) ?? 0
  const high = numberOf(schema['maxLength']) ?? Number.POSITIVE_INFINITY
  return fitted(wordsFor(key, material, random), low, high, () => sentence(material, random))
}
