import { createPullKind } from '@main/features/servers/pull-kind'
import { registered, type RegisteredKind } from '@main/jobs/job-kind'

type Ports = Parameters<typeof createPullKind>[0]

/** Every kind of job. A new one is its file and a line here. */
export const createJobKinds = (ports: Ports): RegisteredKind[] => [registered(createPullKind(ports))]
