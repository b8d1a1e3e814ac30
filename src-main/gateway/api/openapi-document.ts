import { z } from 'zod'
import { JsonObject, JsonValue } from '@contract/values'
import { answerSchemas, ofAnswer, requestSchemas } from './api-schema'
import type { DescribedOperation } from './operation'

const ApiErrorBody = ofAnswer(
  'Error',
  z.strictObject({
    error: z.strictObject({
      message: z.string().describe('What happened, why, and what to do.'),
      type: z.enum(['invalid_request_error', 'insufficient_quota', 'requests', 'server_error']),
      param: z.string().nullable().describe('The field that is wrong: `content.variables[0].name`.'),
      code: z.string().describe('Machine-readable: `not_found`.'),
    }),
  })
)

export const failureTexts: Readonly<Record<number, string>> = {
  400: 'A field is wrong; `param` names it.',
  401: 'There is no key, or none that Fabula knows.',
  403: 'The key may not do this, or the model is switched off.',
  404: 'There is nothing of this name.',
  409: 'It contradicts what is there: a name is taken, or something still uses it.',
  413: 'The body is too large.',
  415: 'The body is no JSON.',
  429: 'A limit of the key or of the provider is reached. `Retry-After` says when to ask again.',
  500: 'Fabula made a mistake. Its log has details.',
  502: 'The provider or server cannot be reached, breaks off or refuses its key.',
  503: 'Something must be done in Fabula first, such as opening the vault, or the provider is overloaded.',
  504: 'The provider or server does not answer in time.',
  507: 'The disk is full.',
}

/** The statuses of an operation's failures. */
export const failuresOf = ({ method, bodySchema, failures: own = [], isOpen }: DescribedOperation): number[] => {
  if (isOpen) return []
  const withBody = bodySchema ? [413, 415] : []
  const writing = method === 'GET' ? [] : [507]
  return [400, 401, 403, ...own, ...withBody, 429, 500, 503, ...writing].toSorted((one, other) => one - other)
}

const KEY = 'key'
const reference = (id: string) => `#/components/schemas/${id}`

/** OpenAPI 3.1 of operations: their own schemas, which check each request, are written down as they are. */
export function openApiDocument(operations: readonly DescribedOperation[], version: string): JsonObject {
  const paths: Record<string, Record<string, JsonValue>> = {}
  for (const one of operations) (paths[one.path] ??= {})[one.method.toLowerCase()] = written(one)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Fabula',
      version,
      description:
        'The gateway of Fabula: the models that the writer has set up, by OpenAI’s API below `/v1`, and what Fabula keeps of servers, models, templates and usage below `/api`. Every failure has the same shape.',
    },
    // Where it is served is where it is asked.
    servers: [{ url: '/' }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    security: [{ [KEY]: [] }],
    paths,
    components: {
      securitySchemes: {
        [KEY]: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A key of the gateway, made in Fabula under Gateway. What is below `/api` needs one that may manage Fabula.',
        },
      },
      schemas: namedSchemas(),
    },
  }
}

function written(one: DescribedOperation): JsonValue {
  const { id, summary, description, tag, success, otherSuccess, bodySchema, example, isOpen } = one
  const parameters = [...parametersOf(one.pathSchema, 'path'), ...parametersOf(one.querySchema, 'query')]
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(isOpen ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(bodySchema ? { requestBody: { required: true, content: json(requestSchemas, bodySchema, example) } } : {}),
    responses: {
      [success.status]: { description: success.description, ...contentOf(success) },
      ...(otherSuccess
        ? { [otherSuccess.status]: { description: otherSuccess.description, ...contentOf(otherSuccess) } }
        : {}),
      ...Object.fromEntries(
        failuresOf(one).map((status) => [
          status,
          { description: failureTexts[status] ?? '', content: json(answerSchemas, ApiErrorBody) },
        ])
      ),
    },
  }
}

function contentOf({ schema, mediaTypes = [] }: DescribedOperation['success']): JsonObject {
  if (!schema && mediaTypes.length === 0) return {}
  const others = mediaTypes.map((type) => [type, { schema: type === 'application/json' ? {} : { type: 'string' } }])
  return { content: { ...(schema ? json(answerSchemas, schema) : {}), ...Object.fromEntries(others) } }
}

type SchemaNames = z.core.$ZodRegistry<{ id: string }>

function json(names: SchemaNames, schema: z.ZodType, example?: JsonValue): JsonObject {
  const named = names.get(schema)
  if (!named) throw new Error('A schema of the API has no name in its document')
  return {
    'application/json': { schema: { $ref: reference(named.id) }, ...(example === undefined ? {} : { example }) },
  }
}

interface Parameter {
  [field: string]: JsonValue
  name: string
  required: boolean
  /** Empty for none. */
  description: string
  schema: JsonObject
}

export function parametersOf(schema: z.ZodObject | null, place: 'path' | 'query'): Parameter[] {
  if (!schema) return []
  const { properties = {}, required = [] } = plainSchema(z.toJSONSchema(schema, { io: 'input' }))
  return Object.entries(properties).map(([name, one]) => {
    const { description, ...rest } = one
    return {
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      description: typeof description === 'string' ? description : '',
      schema: rest,
    }
  })
}

/** All that have a name. Those of requests are written as they are sent, those of answers as they are answered. */
export function namedSchemas(): Record<string, z.output<typeof PlainSchema>> {
  const written = (names: SchemaNames, io: 'input' | 'output') =>
    z.toJSONSchema(names, { io, uri: reference, unrepresentable: 'throw' }).schemas
  const all = { ...written(requestSchemas, 'input'), ...written(answerSchemas, 'output') }
  return Object.fromEntries(
    Object.entries(all)
      .toSorted(([one], [other]) => one.localeCompare(other, 'en'))
      .map(([id, schema]) => {
        // Where it stands says both.
        const { $id: _id, $schema: _schema, ...rest } = plainSchema(schema)
        return [id, rest]
      })
  )
}

const PlainSchema = z
  .object({ properties: z.record(z.string(), JsonObject).optional(), required: z.array(z.string()).optional() })
  .catchall(JsonValue)

/** A JSON Schema as plain JSON: what zod says of itself beside it goes. */
const plainSchema = (schema: unknown) => PlainSchema.parse(JSON.parse(JSON.stringify(schema)))
