import { listMediaModels } from '@main/providers/kit/list-media-models'
import type { MediaAdapter } from '@main/providers/spec/media'
import { jobProtocol } from './job-protocol'

/** Music and films of providers that take their time: asked for, looked after, fetched, all as data. */
export const jobAdapter: MediaAdapter = {
  id: 'job',
  listModels: listMediaModels,
  jobs: jobProtocol,
}
