import type { Preferences } from '@contract/entities/preferences'
import type { FabulaError } from '@contract/errors'
import type { StoryId } from '@contract/ids'
import { castOf } from '@main/features/stories/cast'
import { createChapters } from '@main/features/stories/chapters'
import { createPassages } from '@main/features/stories/passages'
import { createStoryEdits, type StoryEdits } from '@main/features/stories/story-edits'
import { createStoryList, type StoryList } from '@main/features/stories/story-list'
import { createStorySearches, type StorySearches } from '@main/features/stories/story-searches'
import { createStorySettings } from '@main/features/stories/story-settings'
import { createSummaries } from '@main/features/summaries/summaries'
import { createSummaryPrompts } from '@main/features/summaries/summary-prompts'
import { contextUse } from '@main/features/turns/context-use'
import { createSparedDrafts } from '@main/features/turns/draft-passage'
import { createPassageNotes } from '@main/features/turns/passage-notes'
import { dryRun } from '@main/features/turns/planned-steps'
import { createTurnSteps } from '@main/features/turns/steps/step-registry'
import { exportTurn } from '@main/features/turns/turn-export'
import { createTurnKeeping } from '@main/features/turns/turn-keeping'
import { createTurns } from '@main/features/turns/turns'
import { storyHandlers } from '@main/ipc/story-handlers'
import { summaryHandlers } from '@main/ipc/summary-handlers'
import type { Jobs } from '@main/jobs/job-runner'
import type { Memory } from '@main/memory/memory'
import type { PromptWriter } from '@main/prompts/prompt-template'
import type { Failover } from '@main/routing/failover'
import type { Reads } from '@main/workers/reads'
import type { Shared } from './shared'

/** Stories: how they are written, changed, searched and remembered. */
export interface Storytelling {
  stories: StoryList
  edits: StoryEdits
  search: StorySearches
  isWriting(id: StoryId): boolean
  /** Whether any story is being written. */
  isAnyWriting(): boolean
  handlers: ReturnType<typeof storyHandlers> & ReturnType<typeof summaryHandlers>
  /** Keeps what turns sent within the limits that the user sets. */
  followKeeping(): void
  close(): Promise<void>
}

export function createStorytelling(
  shared: Shared,
  ports: {
    failover: Failover
    rolePrompts: PromptWriter
    memory: Memory
    jobs: Jobs
    reads: Reads
    toUserError: (error: unknown) => FabulaError
    createPreset: Parameters<typeof createStorySettings>[0]['createPreset']
    /** Whether what stories are searched by is there. */
    isSearchMade: () => boolean
    canSave: boolean
    limits: () => Preferences
  }
): Storytelling {
  const { stores, events, roles } = shared
  const { failover, rolePrompts, memory, jobs, reads, toUserError, canSave } = ports
  const writing = { ...shared, failover, prompts: rolePrompts, steps: createTurnSteps({ memory }), toUserError }
  const turns = createTurns(writing)
  const keeping = createTurnKeeping({ ...shared, limits: ports.limits })
  const summaries = createSummaries({ ...shared, jobs, isWriting: turns.isWriting })
  const stories = createStoryList({ ...shared, isWriting: turns.isWriting })
  const search = createStorySearches({ ...shared, reads, isMade: ports.isSearchMade, canSave })
  const passages = createPassages({ stores, unsaved: turns.unsaved })
  const edits = createStoryEdits({ ...shared, passages })
  return {
    stories,
    edits,
    search,
    isWriting: turns.isWriting,
    isAnyWriting: turns.isAnyWriting,
    handlers: {
      ...summaryHandlers(summaries, createSummaryPrompts({ stores, failover, rolePrompts })),
      ...storyHandlers({
        stories,
        search,
        settings: createStorySettings({ ...shared, createPreset: ports.createPreset }),
        passages,
        edits,
        chapters: createChapters({ stores, events, passages }),
        turns,
        onOpened: memory.opened,
        notes: createPassageNotes({ stores, events }),
        drafts: createSparedDrafts(shared),
        cast: (id) => castOf({ stores, roles, failover }, id),
        context: (asked) => contextUse(writing, asked),
        keeping,
        exportTurn: (id) => exportTurn(shared, id),
        planTurn: (input) => dryRun(writing, input),
      }),
    },
    followKeeping: keeping.follow,
    close: async () => {
      summaries.close()
      await Promise.all([turns.close(), stories.close(), search.close()])
      await keeping.close()
    },
  }
}
