import { createPullKind } from '@main/features/servers/pull-kind'
import { createMediaKind } from '@main/features/media/media-kind'
import { createRememberKind } from '@main/memory/remember-kind'
import { createBatchKind } from '@main/features/templates/batch-kind'
import { createSummarizeKind } from '@main/features/summaries/summarize-kind'
import { registered, type RegisteredKind } from '@main/jobs/job-kind'

type Ports = Parameters<typeof createPullKind>[0] &
  Parameters<typeof createRememberKind>[0] &
  Parameters<typeof createSummarizeKind>[0] &
  Parameters<typeof createBatchKind>[0] &
  Parameters<typeof createMediaKind>[0]

/** Every kind of job. A new one is its file and a line here. */
export const createJobKinds = (ports: Ports): RegisteredKind[] => [
  registered(createPullKind(ports)),
  registered(createRememberKind(ports)),
  registered(createSummarizeKind(ports)),
  registered(createBatchKind(ports)),
  registered(createMediaKind(ports)),
]
