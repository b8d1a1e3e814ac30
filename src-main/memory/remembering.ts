import { join } from 'node:path'
import type { StoryId } from '@contract/ids'
import { databaseIn } from '@main/data/data-folder'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import type { CallPlanner } from '@main/routing/call-plan'
import { createIndexClient } from './index-client'
import { createMemory, type Memory } from './memory'
import type { createRememberKind } from './remember-kind'
import { createStoryEmbedders } from './story-embedder'

type MemoryPorts = Parameters<typeof createMemory>[0]

/** Beside the database. It may be deleted while Fabula is not running: it is made anew. */
const indexIn = (folder: string) => join(folder, 'memory.sqlite')

/**
 * Puts memory together: its job's kind is known to the runner of jobs before there is one, and memory begins once the
 * runner is there.
 */
export function createRemembering(
  ports: Omit<MemoryPorts, 'index' | 'indexFile' | 'embedderOf' | 'jobs'> & {
    directory: ProviderDirectory
    planner: CallPlanner
    dataDir: string
  }
): { kindPorts: Parameters<typeof createRememberKind>[0]; begin(jobs: MemoryPorts['jobs']): Memory } {
  const { stores, embed, dataDir } = ports
  const indexFile = indexIn(dataDir)
  const index = createIndexClient({ index: indexFile, database: databaseIn(dataDir) })
  const { of: embedderOf } = createStoryEmbedders(ports)
  let memory: Memory | null = null
  return {
    kindPorts: {
      stores,
      index,
      embedderOf,
      embed,
      onProgress: (storyId: StoryId) => memory?.jobProgressed(storyId),
      onEnd: (storyId: StoryId, error: unknown) => memory?.jobEnded(storyId, error),
    },
    begin: (jobs) => (memory = createMemory({ ...ports, index, indexFile, embedderOf, jobs })),
  }
}
