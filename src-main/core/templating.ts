import type { FabulaError } from '@contract/errors'
import type { Language } from '@contract/values'
import { createKnownCounts } from '@main/features/templates/batch-counts'
import type { createBatchKind } from '@main/features/templates/batch-kind'
import { createBatches } from '@main/features/templates/batches'
import { createGenerationRuns } from '@main/features/templates/generation-run'
import { createGenerationUses } from '@main/features/templates/generation-uses'
import { createGenerations } from '@main/features/templates/generations'
import { previewTemplate } from '@main/features/templates/preview'
import { starters } from '@main/features/templates/starters'
import { modelOfTemplate } from '@main/features/templates/template-call'
import { createTemplateList, type TemplateList } from '@main/features/templates/template-list'
import { createTemplatePrompts } from '@main/features/templates/template-prompts'
import type { KeyGuard } from '@main/gateway/key-guard'
import { batchHandlers } from '@main/ipc/batch-handlers'
import { generationHandlers } from '@main/ipc/generation-handlers'
import { templateHandlers } from '@main/ipc/template-handlers'
import type { Jobs } from '@main/jobs/job-runner'
import { createTemplateEngine, type TemplateEngine } from '@main/prompts/templates/template-engine'
import type { Failover } from '@main/routing/failover'
import { createAnswerReader } from '@main/workers/answer-reader'
import { createLists } from '@main/workers/lists'
import type { Reads } from '@main/workers/reads'
import { createTemplateWorker } from '@main/workers/template-worker'
import type { Shared } from './shared'

type Handlers = ReturnType<typeof templateHandlers> &
  ReturnType<typeof generationHandlers> &
  ReturnType<typeof batchHandlers>

/** What generations are made through and go into, which is there later than the template engine. */
type LatePorts = Pick<Parameters<typeof createGenerationUses>[0], 'worlds' | 'takeWorld' | 'isWriting'> & {
  jobs: Jobs
  reads: Reads
}

/** Templates and what they make. Roles' prompts are written by the same engine. */
export interface Templating {
  engine: TemplateEngine
  list: TemplateList
  /** For the kind of job that a batch is: the runner of jobs must know it before there are batches. */
  kindPorts: Parameters<typeof createBatchKind>[0]
  begin(late: LatePorts): { handlers: Handlers; close: () => Promise<void> }
  /** Starts the thread of the engine: the first turn need not wait for it. */
  warm(): void
  /** Ends the threads, once nothing uses them. */
  close(): Promise<void>
}

export function createTemplating(
  shared: Shared,
  ports: {
    failover: Failover
    toUserError: (error: unknown) => FabulaError
    language: () => Language
    guard: KeyGuard
  }
): Templating {
  const { stores, roles, clock } = shared
  const { failover, toUserError, language, guard } = ports
  const worker = createTemplateWorker()
  const engine = createTemplateEngine(worker)
  const list = createTemplateList({ ...shared, starters, language })
  const prompts = createTemplatePrompts({ stores, templates: engine })
  const answers = createAnswerReader()
  const lists = createLists()
  const generating = {
    ...shared,
    templates: list,
    prompts,
    failover,
    guard,
    startRun: createGenerationRuns({ failover, prompts, answers, clock, toUserError }),
    answers,
    counts: createKnownCounts(stores),
    language,
  }
  return {
    engine,
    list,
    kindPorts: generating,
    begin: ({ jobs, reads, ...uses }) => {
      const generations = createGenerations(generating)
      return {
        handlers: {
          ...templateHandlers({
            list,
            prompts,
            engine,
            model: (model) => modelOfTemplate({ stores, roles, failover }, model),
            preview: (asked) => previewTemplate({ stores, roles, failover, prompts, language }, asked),
          }),
          ...generationHandlers({
            generations,
            uses: createGenerationUses({ ...shared, ...uses, generations, templates: list }),
          }),
          ...batchHandlers(createBatches({ ...generating, jobs, lists, reads })),
        },
        close: generations.close,
      }
    },
    warm: worker.warm,
    close: async () => {
      await Promise.all([worker.close(), answers.close(), lists.close()])
    },
  }
}
