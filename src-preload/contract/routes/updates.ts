import { Update } from '../entities/update'
import { command, query } from '../route'
import { Nothing } from '../values'

export const updateRoutes = {
  'updates.get': query(Nothing, Update, ['updates']),
  /** Asks for newer versions at once; asks nobody while that is switched off (`checkUpdates` of the preferences). */
  'updates.check': command(Nothing, Update),
  /** Begins to download the version that was found; its end is told by `updates`. */
  'updates.download': command(Nothing, Update),
  /** Puts the version that was downloaded in this one's place and starts it, once no turn is being written. */
  'updates.install': command(Nothing, Update),
  /** Not now. */
  'updates.later': command(Nothing, Update),
}
