import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, it } from 'vitest'
import { apiOperations } from '@main/gateway/api/api-operations'
import { healthOperation } from '@main/gateway/api/health'
import { openAiOperations } from '@main/gateway/api/openai-operations'
import { openApiDocument } from '@main/gateway/api/openapi-document'

const never = () => {
  throw new Error('Nothing is asked to write a document')
}
const operations = [
  ...openAiOperations,
  ...apiOperations({
    ask: never,
    subscribe: never,
    models: { find: never },
    toApiError: never,
    clock: { now: () => 0 },
    version: '1.2.3',
  }),
  healthOperation('1.2.3'),
]
const document = openApiDocument(operations, '1.2.3')

it('is OpenAPI 3.1, by its own schema', async () => {
  const validator = new Validator()
  expect(await validator.validate(structuredClone(document))).toEqual({ valid: true })
  expect(validator.version).toBe('3.1')
})
it('names each operation once, and each has an address of its own', () => {
  const ids = operations.map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)])
  const addresses = operations.map(({ method, path }) => `${method} ${path}`)
  expect(addresses).toEqual([...new Set(addresses)])
})
it('refers to nothing that it does not have', () => {
  const text = JSON.stringify(document)
  const named = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, name = '']) => name)
  const schemas = (document['components'] as { schemas: object }).schemas
  const known = Object.keys(schemas).map((id) => `#/components/schemas/${id}`)
  expect(named.filter((name) => !known.includes(name))).toEqual([])
})
