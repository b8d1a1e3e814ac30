import { createHash } from 'node:crypto'
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, it } from 'vitest'
import { apiOperations } from '@main/gateway/api/api-operations'
import { docsHeaders, docsPage } from '@main/gateway/api/docs-page'
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
it('has an example of each body, which its own schema takes', () => {
  const withBody = operations.filter(({ bodySchema }) => bodySchema !== null)
  expect(withBody.filter(({ example }) => example === undefined)).toEqual([])
  expect(withBody.filter(({ bodySchema, example }) => bodySchema?.safeParse(example).success === false)).toEqual([])
})

it('is a page to read, too, with all operations and schemas, and no script', async () => {
  const page = await docsPage(operations, '1.2.3')
  const anchors = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  expect(anchors).toEqual(expect.arrayContaining(operations.map(({ id }) => id)))
  expect(anchors).toEqual([...new Set(anchors)])
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
  expect(links.filter((id) => !anchors.includes(id))).toEqual([])
  expect(page).not.toMatch(/<script|\son\w+=|style="|undefined|\[object/)
  const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(page) ?? []
  const hash = createHash('sha256').update(style).digest('base64')
  expect(docsHeaders['content-security-policy']).toContain(`default-src 'none'; style-src 'sha256-${hash}'`)
})
