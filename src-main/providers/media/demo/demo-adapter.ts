import { listMediaModels } from '@main/providers/kit/list-media-models'
import type { MediaAdapter } from '@main/providers/spec/media'
import { demoJobs } from './demo-jobs'
import { speak } from './speak'

/** The Demo's voices, songs and clips, made offline. */
export const demoAdapter: MediaAdapter = {
  id: 'demo',
  listModels: listMediaModels,
  jobs: demoJobs,
  speak: (_connection, definition, request) => speak(definition, request),
}
