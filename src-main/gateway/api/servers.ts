import { z } from 'zod'
import { CommonError, FabulaError } from '@contract/errors'
import { ServerId } from '@contract/ids'
import type { ApiPorts } from './api-ports'
import type { KnownProviders } from './known-providers'
import { Models, toApiModel } from './model-shape'
import { operation, type Operation } from './operation'
import { ApiServer, ChangedServer, fromApiServer, NewServer, Servers, toApiServer } from './server-shape'

const ofServer = z.strictObject({ id: ServerId })
const tag = 'Servers'

/** `/api/servers`: the user's Ollama servers. */
export function serverOperations({ ask, providers }: ApiPorts & { providers: KnownProviders }): Operation[] {
  const find = async (id: ServerId) => {
    const [server] = await ask('servers.list', { ids: [id] })
    if (!server) throw new FabulaError(CommonError.NotFound, `There is no server ${id}`, { details: { path: 'id' } })
    return server
  }
  /** Gives it the place that the program says, and tells how it stands then. */
  const placed = async (id: ServerId, at: { is_default?: true | undefined; priority?: number | undefined }) => {
    if (at.is_default) await ask('servers.setDefault', { id })
    if (at.priority !== undefined) {
      const others = (await ask('servers.list', {})).map((one) => one.id).filter((other) => other !== id)
      await ask('servers.reorder', { ids: others.toSpliced(at.priority, 0, id) })
    }
    return toApiServer(await find(id))
  }

  return [
    operation({
      id: 'listServers',
      method: 'GET',
      path: '/api/servers',
      tag,
      summary: 'All servers, by priority',
      success: { status: 200, description: 'The servers.', schema: Servers },
      run: async () => ({ data: (await ask('servers.list', {})).map(toApiServer) }),
    }),
    operation({
      id: 'createServer',
      method: 'POST',
      path: '/api/servers',
      tag,
      summary: 'Add a server',
      description: 'It takes the last place by priority unless another is said. `discover` asks it for its models.',
      bodySchema: NewServer,
      example: {
        name: 'Attic room',
        url: 'http://192.168.1.20:11434',
        auth: { type: 'bearer', secret: 'the-password-of-its-proxy' },
      },
      success: { status: 201, description: 'The server.', schema: ApiServer },
      failures: [409],
      location: ({ id }) => `/api/servers/${id}`,
      run: async ({ body }) => {
        const { id } = await ask('servers.add', fromApiServer(body))
        return placed(id, body)
      },
    }),
    operation({
      id: 'getServer',
      method: 'GET',
      path: '/api/servers/{id}',
      tag,
      summary: 'One server',
      pathSchema: ofServer,
      success: { status: 200, description: 'The server.', schema: ApiServer },
      failures: [404],
      run: async ({ path }) => toApiServer(await find(path.id)),
    }),
    operation({
      id: 'replaceServer',
      method: 'PUT',
      path: '/api/servers/{id}',
      tag,
      summary: 'Change a server',
      description: 'Says anew all that can be said of it, but its secret: that stays where it still fits.',
      pathSchema: ofServer,
      bodySchema: ChangedServer,
      example: {
        name: 'Attic room',
        url: 'http://192.168.1.20:11434',
        auth: { type: 'none' },
        active: true,
        max_concurrent: 2,
      },
      success: { status: 200, description: 'The server as it is now.', schema: ApiServer },
      failures: [404, 409],
      run: async ({ path, body }) => {
        await ask('servers.update', { id: path.id, patch: fromApiServer(body) })
        return placed(path.id, body)
      },
    }),
    operation({
      id: 'deleteServer',
      method: 'DELETE',
      path: '/api/servers/{id}',
      tag,
      summary: 'Forget a server',
      description: 'Refused with 409 while a preset, reusable settings or a story uses it.',
      pathSchema: ofServer,
      success: { status: 204, description: 'It is gone.' },
      failures: [404, 409],
      run: async ({ path }) => {
        await ask('servers.delete', { id: path.id })
        return null
      },
    }),
    operation({
      id: 'discoverServer',
      method: 'POST',
      path: '/api/servers/{id}/discover',
      tag,
      summary: 'Ask a server for its version and its models',
      pathSchema: ofServer,
      success: { status: 200, description: 'The server as it is now.', schema: ApiServer },
      failures: [404, 502, 504],
      run: async ({ path }) => toApiServer(await ask('servers.check', { id: path.id })),
    }),
    operation({
      id: 'listServerModels',
      method: 'GET',
      path: '/api/servers/{id}/models',
      tag,
      summary: 'The models of a server',
      pathSchema: ofServer,
      success: { status: 200, description: 'As it listed them when it was last asked.', schema: Models },
      failures: [404],
      run: async ({ path }) => {
        const { id } = await find(path.id)
        const [models, slugs] = await Promise.all([ask('models.list', { serverId: id }), providers.slugs()])
        return { data: models.map((model) => toApiModel(model, slugs)) }
      },
    }),
  ]
}
