import type { Jobs } from '@main/jobs/job-runner'
import type { HandlersOf } from './router'

export const jobHandlers = (jobs: Jobs): HandlersOf<'jobs'> => ({
  'jobs.list': ({ kind, ids }) => jobs.list(kind, ids),
  'jobs.start': ({ kind, input }) => jobs.start(kind, input),
  'jobs.stop': ({ id }) => jobs.stop(id),
  'jobs.resume': ({ id }) => jobs.resume(id),
  'jobs.remove': ({ id }) => {
    jobs.remove(id)
    return {}
  },
})
