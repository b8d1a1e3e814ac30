import { z } from 'zod'
import { command, query } from '../route'
import {
  NewServer,
  NewServerAuth,
  Server,
  ServerActivity,
  ServerModelDetails,
  ServerPatch,
  ServerVerdict,
} from '../entities/server'
import { ServerId } from '../ids'
import { HttpUrl, Nothing } from '../values'

const byServer = z.strictObject({ id: ServerId })
const ofServer = z.strictObject({ id: ServerId, model: z.string().min(1).max(300) })

export const serverRoutes = {
  /** By priority. With `ids`: those alone, and none for what is not there. */
  'servers.list': query(
    z.strictObject({ ids: z.array(ServerId).max(500).optional() }),
    z.array(Server),
    ['servers', 'vault'],
    { rows: { topics: ['servers'], order: { by: ['priority'] } } }
  ),
  /** Takes the last place by priority. */
  'servers.add': command(NewServer, Server),
  /** A new address needs the secret again; a new kind of auth too. */
  'servers.update': command(z.strictObject({ id: ServerId, patch: ServerPatch }), Server),
  'servers.setDefault': command(byServer, Server),
  /** Gives the servers their priorities, the first one first. Those not named follow in the order they had. */
  'servers.reorder': command(z.strictObject({ ids: z.array(ServerId).min(1).max(10_000) }), z.array(Server)),
  /** Refused while a model config, a preset or a story uses it, naming which. */
  'servers.delete': command(byServer, Nothing),
  /** Asks one server for its version and models, and keeps the answer. */
  'servers.check': command(byServer, Server),
  /**
   * Asks a server as it would be saved, and keeps nothing. With `id` and without a secret, the stored one is used:
   * only at the address and with the kind of auth it was given for.
   */
  'servers.probe': command(
    z.strictObject({ url: HttpUrl, auth: NewServerAuth, id: ServerId.optional() }),
    ServerVerdict
  ),
  /** Looks for a local Ollama again and checks every server; answers when all have answered or timed out. */
  'servers.discover': command(Nothing, z.array(Server)),
  /** Asks a server what it has in memory now. */
  'servers.activity': query(byServer, ServerActivity, ['servers'], { about: { servers: 'id' } }),
  'servers.modelDetails': query(ofServer, ServerModelDetails, ['models']),
  /** Deletes the model's files on the server. */
  'servers.deleteModel': command(ofServer, Nothing),
}
