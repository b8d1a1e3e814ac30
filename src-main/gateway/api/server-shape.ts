import { z } from 'zod'
import { NewServerAuth, ServerAuth, type NewServer as ContractServer, type Server } from '@contract/entities/server'
import { ServerId } from '@contract/ids'
import { HttpUrl, Name } from '@contract/values'
import { listOf, Moment, ofAnswer, ofRequest, Problem, problemOf } from './api-schema'

const url = HttpUrl.describe('The base address, as `http://127.0.0.1:11434`, without user name, query or fragment.')
const concurrent = z
  .int()
  .min(1)
  .max(1000)
  .nullable()
  .describe('Requests that run there at once, at most; null for as many as come.')

const auth = ofRequest('NewServerAuth', NewServerAuth).describe(
  'How the server is asked. A secret is write-only: no answer has it. Without one, the stored secret stays, as long as the address and the kind of auth do.'
)

const editable = {
  name: Name,
  url,
  auth,
  active: z.boolean().describe('False: it keeps its place and its models, and is neither asked nor used.'),
  max_concurrent: concurrent,
}
const place = {
  is_default: z
    .literal(true)
    .optional()
    .describe('Makes it the one that is taken when nothing else decides, in the place of the one before.'),
  priority: z.int().min(0).max(10_000).optional().describe('Its place among the servers: 0 comes first.'),
}

export const NewServer = ofRequest(
  'NewServer',
  z.strictObject({
    ...editable,
    auth: auth.default({ type: 'none' }),
    active: editable.active.default(true),
    max_concurrent: concurrent.default(null),
    ...place,
  })
)
export const ChangedServer = ofRequest('ChangedServer', z.strictObject({ ...editable, ...place }))

export const ApiServer = ofAnswer(
  'Server',
  z.strictObject({
    id: ServerId,
    name: z.string(),
    url: z.string(),
    auth: ofAnswer('ServerAuth', ServerAuth),
    needs_secret: z.boolean().describe('Its secret must be given again: the address changed, or its vault is gone.'),
    active: z.boolean(),
    is_default: z.boolean(),
    priority: z.int().nonnegative(),
    max_concurrent: z.int().positive().nullable(),
    available: z.boolean().nullable().describe('Null until it was first asked.'),
    problem: Problem.nullable().describe('Why it was not available when it was last asked.'),
    api_version: z.string().nullable().describe('The version that it told; null where it never told one.'),
    last_checked_at: Moment.nullable(),
    model_count: z.int().nonnegative(),
    capabilities: z.array(z.string()).describe('What its models can do, all together.'),
  })
)
export const Servers = listOf('Servers', ApiServer)

export const toApiServer = (server: Server): z.output<typeof ApiServer> => ({
  id: server.id,
  name: server.name,
  url: server.url,
  auth: server.auth,
  needs_secret: server.needsSecret,
  active: server.active,
  is_default: server.isDefault,
  priority: server.priority,
  max_concurrent: server.maxConcurrent,
  available: server.available,
  problem: problemOf(server.problem),
  api_version: server.version,
  last_checked_at: server.lastChecked,
  model_count: server.modelCount,
  capabilities: server.capabilities,
})

export const fromApiServer = ({
  name,
  url: address,
  auth: given,
  active,
  max_concurrent: maxConcurrent,
}: z.output<typeof NewServer> | z.output<typeof ChangedServer>): Required<ContractServer> => ({
  name,
  url: address,
  auth: given,
  active,
  maxConcurrent,
})
