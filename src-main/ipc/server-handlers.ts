import type { HostModels } from '@main/features/servers/host-models'
import type { Servers } from '@main/features/servers/servers'
import type { HandlersOf } from './router'

export const serverHandlers = (ports: { servers: Servers; models: HostModels }): HandlersOf<'servers'> => {
  const { servers, models } = ports
  return {
    'servers.list': ({ ids }) => servers.list(ids),
    'servers.add': (input) => servers.add(input),
    'servers.update': ({ id, patch }) => servers.update(id, patch),
    'servers.setDefault': ({ id }) => servers.setDefault(id),
    'servers.reorder': ({ ids }) => servers.reorder(ids),
    'servers.delete': ({ id }) => {
      servers.remove(id)
      return {}
    },
    'servers.check': ({ id }) => servers.check(id),
    'servers.probe': (input) => servers.probe(input),
    'servers.discover': () => servers.discover(),
    'servers.activity': ({ id }) => models.activity(id),
    'servers.modelDetails': ({ id, model }) => models.details(id, model),
    'servers.deleteModel': async ({ id, model }) => {
      await models.remove(id, model)
      return {}
    },
  }
}
