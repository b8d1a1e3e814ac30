import { html } from 'hono/html'
import { JsonObject, type JsonValue } from '@contract/values'

type Html = ReturnType<typeof html> | string

const objectOf = (value: JsonValue | undefined): JsonObject | null => JsonObject.safeParse(value).data ?? null
const objectsOf = (value: JsonValue | undefined): JsonObject[] =>
  Array.isArray(value) ? value.map(objectOf).filter((one) => one !== null) : []
const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '')

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
        <dd>${textOf(field['description'])} ${defaultText(field)} ${innerText(field)}</dd>`
    })}
  </dl>`
}

/** Fields of an object that stands within another. */
function innerText(field: JsonObject): Html {
  const ways = waysOf(field)
  const inner = [field, ...ways, ...objectsOf([field['items'] ?? null])].filter((one) => one['properties'])
  return html`${inner.map((one) => schemaText(one))}`
}

const defaultText = (field: JsonObject): Html =>
  field['default'] === undefined ? '' : html`Default: <code>${JSON.stringify(field['default'])}</code>.`

const waysOf = (schema: JsonObject): JsonObject[] => [...objectsOf(schema['anyOf']), ...objectsOf(schema['oneOf'])]

/** The type of a value in a few words. */
export function typeText(schema: JsonObject): Html {
  const reference = textOf(schema['$ref'])
  if (reference !== '') return schemaLink(reference.split('/').at(-1) ?? '')
  const ways = waysOf(schema)
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
