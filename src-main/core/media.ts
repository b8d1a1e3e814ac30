import { join } from 'node:path'
import type { FabulaError } from '@contract/errors'
import { createMediaFolder, type MediaFolder } from '@main/data/media-folder'
import { createJobMaker } from '@main/features/media/job-maker'
import { createMakingConfigs } from '@main/features/media/making-config'
import type { createMediaKind } from '@main/features/media/media-kind'
import { createMediaList, type MediaList } from '@main/features/media/media-list'
import type { MediaMakers } from '@main/features/media/maker'
import { mediaHandlers } from '@main/ipc/media-handlers'
import type { Jobs } from '@main/jobs/job-runner'
import { pause } from '@main/platform/pause'
import type { GetStageConfig } from '@main/settings/stage-config'
import type { StageRegistry } from '@main/settings/stage-registry'
import type { Calls } from './calls'
import type { Shared } from './shared'

/** Poems, voices, songs and clips: how they are made, and the library of them. */
export interface MediaPart {
  folder: MediaFolder
  /** For the kind of job that makes them: the runner of jobs must know it before there is a library. */
  kindPorts: Pick<Parameters<typeof createMediaKind>[0], 'configs' | 'makers' | 'folder'>
  begin(jobs: Jobs): { list: MediaList; handlers: ReturnType<typeof mediaHandlers> }
  /** Removes files that nothing has any more. */
  tidy(): Promise<void>
}

export function createMediaPart(
  shared: Shared,
  ports: Pick<Calls, 'planner' | 'connections' | 'media'> & {
    dataDir: string
    stages: StageRegistry
    getStageConfig: GetStageConfig
    toUserError: (error: unknown) => FabulaError
  }
): MediaPart {
  const { stores } = shared
  const { planner, connections, media: call, getStageConfig, stages } = ports
  const folder = createMediaFolder(join(ports.dataDir, 'media'))
  const configs = createMakingConfigs({ ...shared, stages, getStageConfig })
  const jobMaker = createJobMaker({ ...shared, planner, connections, call, folder, pause, random: Math.random })
  const makers: MediaMakers = { music: jobMaker, video: jobMaker }
  return {
    folder,
    kindPorts: { configs, makers, folder },
    begin: (jobs) => {
      const list = createMediaList({ ...shared, configs, makers, jobs })
      return { list, handlers: mediaHandlers(list) }
    },
    tidy: () => folder.tidy(stores.media.hasFile),
  }
}
