import type { ApiPorts } from './api-ports'
import { batchOperations } from './batches'
import { generationOperations } from './generations'
import { createKnownProviders } from './known-providers'
import { modelOperations } from './models'
import type { Operation } from './operation'
import { serverOperations } from './servers'
import { stageOperations } from './stages'
import { templateOperations } from './templates'
import { usageOperations } from './usage'

/** All that programs can do below `/api`. A resource more is a line here. */
export function apiOperations(ports: ApiPorts): Operation[] {
  const providers = createKnownProviders(ports)
  return [
    ...serverOperations({ ...ports, providers }),
    ...modelOperations({ ...ports, providers }),
    ...templateOperations(ports),
    ...generationOperations(ports),
    ...batchOperations(ports),
    ...stageOperations({ ...ports, providers }),
    ...usageOperations(ports),
  ]
}
