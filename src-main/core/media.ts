import { join } from 'node:path'
import type { FabulaError } from '@contract/errors'
import { createMediaFolder, type MediaFolder } from '@main/data/media-folder'
import { createVoicePieces } from '@main/data/voice-pieces'
import { createCharacterVoices } from '@main/features/media/character-voices'
import { createJobMaker } from '@main/features/media/job-maker'
import { createJobWays } from '@main/features/media/job-ways'
import { createMakingConfigs } from '@main/features/media/making-config'
import type { createMediaKind } from '@main/features/media/media-kind'
import { createMediaList, type MediaList } from '@main/features/media/media-list'
import type { MediaMakers } from '@main/features/media/maker'
import { createPoemMaker } from '@main/features/media/poem-maker'
import { createPoemPrompts } from '@main/features/media/poem-prompt'
import { createToldParts } from '@main/features/media/told-parts'
import { createVoiceMaker } from '@main/features/media/voice-maker'
import { mediaHandlers } from '@main/ipc/media-handlers'
import type { Jobs } from '@main/jobs/job-runner'
import { pause } from '@main/platform/pause'
import type { TemplateEngine } from '@main/prompts/templates/template-engine'
import type { GetStageConfig } from '@main/settings/stage-config'
import type { StageRegistry } from '@main/settings/stage-registry'
import type { Calls } from './calls'
import type { Shared } from './shared'

/** Where a shell finds the files that it plays. */
export interface MediaFiles {
  find: MediaList['file']
  /** The bytes from `first` to `last`, both included. */
  read: MediaFolder['read']
}

/** Poems, voices, songs and clips: how they are made, and the library of them. */
export interface MediaPart {
  folder: MediaFolder
  /** For the kind of job that makes them: the runner of jobs must know it before there is a library. */
  kindPorts: Pick<Parameters<typeof createMediaKind>[0], 'configs' | 'makers' | 'folder'>
  begin(jobs: Jobs): { list: MediaList; handlers: ReturnType<typeof mediaHandlers> }
  /** Removes files that nothing has any more, and no backup (`isBackedUp`). */
  tidy(isBackedUp: (hash: string) => boolean): Promise<void>
}

export function createMediaPart(
  shared: Shared,
  ports: Pick<Calls, 'planner' | 'connections' | 'media' | 'failover'> & {
    dataDir: string
    engine: TemplateEngine
    stages: StageRegistry
    getStageConfig: GetStageConfig
    toUserError: (error: unknown) => FabulaError
  }
): MediaPart {
  const { stores } = shared
  const { planner, connections, media: call, failover, engine, getStageConfig, stages } = ports
  const folder = createMediaFolder(join(ports.dataDir, 'media'))
  const configs = createMakingConfigs({ ...shared, stages, getStageConfig })
  const jobMaker = createJobMaker({ ...shared, planner, connections, call, folder, pause, random: Math.random })
  const pieces = createVoicePieces(join(ports.dataDir, 'voice-pieces'))
  const ways = createJobWays({ planner, connections })
  const toldParts = createToldParts({ stores })
  const makers: MediaMakers = {
    chat: createPoemMaker({ failover, prompts: createPoemPrompts({ stores, engine }) }),
    speech: createVoiceMaker({ ways, call, pieces, pause, folder, toldParts }),
    music: jobMaker,
    video: jobMaker,
  }
  return {
    folder,
    kindPorts: { configs, makers, folder },
    begin: (jobs) => {
      const list = createMediaList({ ...shared, configs, makers, folder, jobs })
      return { list, handlers: mediaHandlers(list, createCharacterVoices(shared)) }
    },
    tidy: async (isBackedUp) => {
      await folder.tidy((hash) => stores.media.hasFile(hash) || isBackedUp(hash))
      await pieces.tidy(stores.media.isUnfinished)
    },
  }
}
