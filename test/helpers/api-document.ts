import { Validator } from '@cfworker/json-schema'
import { z } from 'zod'
import type { Shape } from './any-input'

const Content = z.record(z.string(), z.looseObject({ schema: z.record(z.string(), z.unknown()) }))

const Parameter = z.looseObject({
  name: z.string(),
  in: z.enum(['path', 'query']),
  required: z.boolean(),
  schema: z.record(z.string(), z.unknown()),
})

const Operation = z.looseObject({
  operationId: z.string(),
  parameters: z.array(Parameter).default([]),
  requestBody: z
    .looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.unknown(), example: z.unknown() })) })
    .optional(),
  responses: z.record(z.string(), z.looseObject({ description: z.string(), content: Content.optional() })),
})

const Document = z.looseObject({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
})

/** An operation as the document that is served tells it. */
export interface ToldOperation {
  id: string
  method: string
  path: string
  parameters: readonly z.output<typeof Parameter>[]
  /** Of its body, with all that it refers to in `$defs`; null for none. */
  body: Shape | null
  example: unknown
  isOpen: boolean
  /** What is wrong with an answer by the document; null for nothing. */
  wrongWith(status: number, contentType: string | null, text: string): string | null
}

/** The operations of an OpenAPI document. */
export function toldOperations(json: unknown): ToldOperation[] {
  const document = Document.parse(json)
  const { components } = document
  const validators = new Map<string, Validator>()
  const validatorFor = (schema: Record<string, unknown>): Validator => {
    const key = JSON.stringify(schema)
    const known = validators.get(key) ?? new Validator({ ...schema, components }, '2020-12', false)
    validators.set(key, known)
    return known
  }
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, parameters, requestBody, responses, ...more }]) => {
      const body = requestBody?.content['application/json']
      return {
        id: operationId,
        method: method.toUpperCase(),
        path,
        parameters,
        body: body ? { ...(body.schema as Shape), $defs: components.schemas } : null,
        example: body?.example,
        isOpen: Array.isArray(more['security']) && more['security'].length === 0,
        wrongWith: (status, contentType, text) => {
          const told = responses[status]
          if (!told) return `the status ${status} is not told of: ${text.slice(0, 500)}`
          if (!told.content) return text === '' ? null : 'there is a body where none is told of'
          const type = (contentType ?? '').replace(/;.*$/, '')
          const content = told.content[type]
          if (!content) return `${status} is ${type}, which is not told of`
          if (!type.endsWith('/json')) return null
          const { valid, errors } = validatorFor(content.schema).validate(JSON.parse(text))
          return valid ? null : `${status} does not fit: ${JSON.stringify(errors.slice(-3))}`
        },
      }
    })
  )
}
