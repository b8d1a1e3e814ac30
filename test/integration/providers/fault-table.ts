import type { Fault } from './fault'
import { others, statuses } from './faults-of-answers'
import { broken, connections, floods } from './faults-of-connections'
import { streams, tails, wordings } from './faults-of-streams'

/** Every way in which a provider is known to fail. */
export const faults: readonly Fault[] = [
  ...connections,
  ...broken,
  ...others,
  ...statuses,
  ...wordings,
  ...streams,
  ...tails,
  ...floods,
]
