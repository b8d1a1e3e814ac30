import { onTestFinished } from 'vitest'
import type { MediaProgress } from '@contract/entities/media'
import { MediaId, StageId } from '@contract/ids'
import type { JsonObject } from '@contract/values'
import type { Stores } from '@main/data/stores'
import { createMediaFolder } from '@main/data/media-folder'
import type { MediaRow, MediaTicket } from '@main/data/stored-media'
import { createJobMaker } from '@main/features/media/job-maker'
import type { Made, MediaMaker } from '@main/features/media/maker'
import { createEventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import { providerDefinitions } from '@main/providers/definitions'
import type { MediaCaller } from '@main/routing/media-call'
import { CallId } from '@contract/ids'
import { createProviderDirectory, seedProviders } from '@main/settings/provider-directory'
import type { StageConfig } from '@main/settings/stage-config'
import { createStageRegistry } from '@main/settings/stage-registry'
import { connectTo } from './connect'
import { temporaryFolder, type TemporaryFolder } from './temporary-folder'
import { testStores } from './test-stores'

const NOW = '2026-01-02T03:04:05.000Z'

export interface MakerStage {
  maker: MediaMaker
  folder: TemporaryFolder
  /** Milliseconds of every wait, and what was told and kept, in their order. */
  waits: number[]
  progress: MediaProgress[]
  tickets: (MediaTicket | null)[]
  make(ticket?: MediaTicket | null): Promise<Made>
  cancel(ticket: MediaTicket): Promise<boolean>
}

let kept: Stores | null = null

/** The same for all: no test looks into them. */
function knownStores(): Stores {
  if (kept) return kept
  const { stores } = testStores()
  seedProviders(stores.providers, providerDefinitions, NOW)
  return (kept = stores)
}

/** The maker of songs and films on real stores, a real folder and a real way to a server; its clock goes as fast as it waits. */
export function makerStage(
  slug: string,
  stage: 'song' | 'clip',
  baseUrl: string,
  options: { settings?: JsonObject; model?: string; longestText?: number; largest?: number; signal?: AbortSignal } = {}
): MakerStage {
  const stores = knownStores()
  const provider = createProviderDirectory(stores.providers, providerDefinitions).called(slug)
  if (!provider) throw new Error(`There is no provider ${slug}`)
  const entry = createStageRegistry().get(StageId.parse(stage))
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  const media = provider.definition.media[entry.kind === 'chat' ? 'music' : entry.kind] ?? null
  const model = options.model ?? media?.models[0]?.model ?? 'a-model'
  const config: StageConfig = {
    stage: entry,
    provider,
    token: null,
    model,
    listed:
      options.longestText === undefined
        ? null
        : { model, name: model, voices: null, price: null, longestText: options.longestText },
    media,
    settings: { own: options.settings ?? {}, samplers: {}, provider: {} },
  }
  const item: MediaRow = {
    id: newId(MediaId),
    stage: entry.id,
    title: 'Home',
    state: 'running',
    error: null,
    storyId: null,
    messageId: null,
    sourceId: null,
    provider: provider.name,
    model,
    tokenName: null,
    file: null,
    cost: null,
    costSource: null,
    createdAt: NOW,
    text: 'The river sleeps.',
    words: '',
    settings: {},
    parts: [],
    sentences: [],
    peaks: [],
    excerpt: '',
    found: '',
    asked: null,
    ticket: null,
  }
  let now = Date.parse(NOW)
  const waits: number[] = []
  const progress: MediaProgress[] = []
  const tickets: (MediaTicket | null)[] = []
  const connection = connectTo(slug, baseUrl)
  const signal = options.signal ?? new AbortController().signal
  const call: MediaCaller = async ({ ask, price, signal: until }) => {
    const { answer, cost } = await ask(connection, { signal: until, onActivity: () => {} })
    return { answer, callId: newId(CallId), cost: cost ?? price, costSource: cost === null ? null : 'provider' }
  }
  const maker = createJobMaker({
    stores,
    planner: () => ({ provider, model, facts: null, servers: [], server: null, tokens: [], settings: {} }),
    connections: { forPlan: () => connection },
    call,
    folder: createMediaFolder(folder.path, options.largest),
    events: createEventHub(),
    clock: { now: () => now },
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    pause: async (ms, until) => {
      until.throwIfAborted()
      waits.push(ms)
      now += ms
    },
    random: () => 0.5,
  })
  return {
    maker,
    folder,
    waits,
    progress,
    tickets,
    make: async (ticket = null) =>
      maker.make({
        item: { ...item, ticket },
        config,
        signal,
        report: (one) => progress.push(one),
        keepTicket: (one) => tickets.push(one),
      }),
    cancel: async (ticket) => (await maker.cancel?.({ item: { ...item, ticket }, config, signal })) ?? false,
  }
}
