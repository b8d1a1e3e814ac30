import { html } from 'hono/html'
import { JsonObject, type JsonValue } from '@contract/values'

type Html = ReturnType<typeof html> | string

const objectOf = (value: JsonValue | undefined): JsonObject | null => JsonObject.safeParse(value).data ?? null
const objectsOf = (value: JsonValue | undefined): JsonObject[] =>
  Array.isArray(value) ? value.map(objectOf).filter((one) => one !== null) : []
const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '')

/** A text of the document: what stands between backticks is code. */
export const inCode = (text: string): Html =>
  html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`

/** To the schema of a name. */
export const schemaLink = (id: string): Html => html`<a href="#schema-${id}">${id}</a>`

/** A JSON Schema in words: its fields, or its type. */
export function schemaText(schema: JsonObject): Html {
  const ways = waysOf(schema)
  if (ways.some((way) => way['properties']))
    return html`<p>One of:</p>
      <ul>
        ${ways.map((way) => html`<li>${schemaText(way)}</li>`)}
      </ul>`
  const fields = objectOf(schema['properties'])
  if (!fields) return html`<p>${typeText(schema)}</p>`
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  return html`<dl>
    ${Object.entries(fields).map(([name, value]) => {
      const field = objectOf(value) ?? {}
      return html`<dt>
          <code>${name}</code> ${typeText(field)} ${required.includes(name) ? '' : html`<em>optional</em>`}
        </dt>
        <dd>${inCode(textOf(field['description']))} ${defaultText(field)} ${innerText(field)}</dd>`
    })}
  </dl>`
}

/** Fields of the objects that stand within a value: its own, those of its items, each of several kinds. */
const innerText = (field: JsonObject): Html => html`${objectsWithin(field).map(schemaText)}`

const objectsWithin = (schema: JsonObject): JsonObject[] =>
  schema['properties'] ? [schema] : [...waysOf(schema), ...objectsOf([schema['items'] ?? null])].flatMap(objectsWithin)

const defaultText = (field: JsonObject): Html =>
  field['default'] === undefined ? '' : html`Default: <code>${JSON.stringify(field['default'])}</code>.`

const waysOf = (schema: JsonObject): JsonObject[] => [...objectsOf(schema['anyOf']), ...objectsOf(schema['oneOf'])]

/** The type of a value in a few words. */
export function typeText(schema: JsonObject): Html {
  const reference = textOf(schema['$ref'])
  if (reference !== '') return schemaLink(reference.split('/').at(-1) ?? '')
  const all = waysOf(schema)
  // Objects that differ in their fields are told apart where those stand.
  const ways = all.filter((way, index) => !way['properties'] || all.findIndex((one) => one['properties']) === index)
  if (ways.length > 0) return html`${ways.map((way, index) => html`${index === 0 ? '' : ' or '}${typeText(way)}`)}`
  if (schema['const'] !== undefined) return html`<code>${JSON.stringify(schema['const'])}</code>`
  if (Array.isArray(schema['enum']))
    return html`${schema['enum'].map(
      (one, index) => html`${index === 0 ? '' : ' or '}<code>${JSON.stringify(one)}</code>`
    )}`
  const type = Array.isArray(schema['type']) ? schema['type'].map(textOf).join(' or ') : textOf(schema['type'])
  const items = objectOf(schema['items'])
  if (type === 'array') return items ? html`list of ${typeText(items)}` : 'list'
  const { minimum, maximum } = schema
  const range =
    typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER
      ? ` ${typeof minimum === 'number' ? minimum : ''}…${maximum}`
      : ''
  const format = textOf(schema['format'])
  return `${type === '' ? 'anything' : type}${range}${format === '' ? '' : ` (${format})`}`
}
