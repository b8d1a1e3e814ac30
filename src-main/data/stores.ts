import type { Db } from './database'
import { createBatchStore, type BatchStore } from './batch-store'
import { createBinStore, type BinStore } from './bin-store'
import { createCallStore, type CallStore } from './call-store'
import { createChapterStore, type ChapterStore } from './chapter-store'
import { createEditStore, type EditStore } from './edit-store'
import { createExtraStore, type ExtraStore } from './extra-store'
import { createFactStore, type FactStore } from './fact-store'
import { createGatewayKeyStore, type GatewayKeyStore } from './gateway-key-store'
import { createGatewayStore, type GatewayStore } from './gateway-store'
import { createGenerationStore, type GenerationStore } from './generation-store'
import { createJobStore, type JobStore } from './job-store'
import { createMediaStore, type MediaStore } from './media-store'
import { createMemoryStore, type MemoryStore } from './memory-store'
import { createMessageStore, type MessageStore } from './message-store'
import { createModelConfigStore, type ModelConfigStore } from './model-config-store'
import { createModelListStore, type ModelListStore } from './model-list-store'
import { createModelStore, type ModelStore } from './model-store'
import { createOverrideStore, type OverrideStore } from './override-store'
import { createPresetStore, type PresetStore } from './preset-store'
import { createProviderStore, type ProviderStore } from './provider-store'
import { rememberReads } from './remembered-reads'
import { createServerStore, type ServerStore } from './server-store'
import { createStageStore, type StageStore } from './stage-store'
import { createStoryStore, type StoryStore } from './story-store'
import { createStoryWorldStore, type StoryWorldStore } from './story-world-store'
import { createSummaryStore, type SummaryStore } from './summary-store'
import { createTemplateStore, type TemplateStore } from './template-store'
import { createTextChangeStore, type TextChangeStore } from './text-change-store'
import { createTokenStore, type TokenStore } from './token-store'
import { createTurnStore, type TurnStore } from './turn-store'
import { createTurnRoom, type TurnRoom } from './turn-room'
import { createVaultRow, type VaultRow } from './vault-row'
import { createVoiceStore, type VoiceStore } from './voice-store'
import { createWorldStore, type WorldStore } from './world-store'

/** All that is kept, one store for each aggregate. */
export interface Stores {
  batches: BatchStore
  bin: BinStore
  calls: CallStore
  chapters: ChapterStore
  edits: EditStore
  extras: ExtraStore
  facts: FactStore
  gateway: GatewayStore
  gatewayKeys: GatewayKeyStore
  generations: GenerationStore
  jobs: JobStore
  media: MediaStore
  voices: VoiceStore
  memory: MemoryStore
  messages: MessageStore
  modelConfigs: ModelConfigStore
  modelLists: ModelListStore
  models: ModelStore
  overrides: OverrideStore
  presets: PresetStore
  providers: ProviderStore
  servers: ServerStore
  stageChoices: StageStore
  stories: StoryStore
  storyWorlds: StoryWorldStore
  summaries: SummaryStore
  templates: TemplateStore
  textChanges: TextChangeStore
  tokens: TokenStore
  turnRoom: TurnRoom
  turns: TurnStore
  vault: VaultRow
  worlds: WorldStore
  /** Runs `work` as one transaction: all of it is kept, or none. */
  transaction<Result>(work: () => Result): Result
  /**
   * The same without waiting until the disk has it. A power cut may take it back, as a whole; a crash of the app does not.
   */
  lightTransaction<Result>(work: () => Result): Result
}

export function createStores(db: Db): Stores {
  const remember = rememberReads(db)
  return {
    batches: createBatchStore(db),
    bin: createBinStore(db),
    calls: createCallStore(db),
    chapters: createChapterStore(db),
    edits: createEditStore(db),
    extras: createExtraStore(db),
    facts: createFactStore(db),
    gateway: createGatewayStore(db),
    gatewayKeys: createGatewayKeyStore(db),
    generations: createGenerationStore(db),
    jobs: createJobStore(db),
    media: createMediaStore(db),
    voices: createVoiceStore(db),
    memory: createMemoryStore(db),
    messages: createMessageStore(db),
    modelConfigs: createModelConfigStore(db),
    modelLists: createModelListStore(db, remember),
    models: createModelStore(db, remember),
    overrides: createOverrideStore(db),
    presets: createPresetStore(db),
    providers: createProviderStore(db, remember),
    servers: createServerStore(db, remember),
    stageChoices: createStageStore(db),
    stories: createStoryStore(db),
    storyWorlds: createStoryWorldStore(db),
    summaries: createSummaryStore(db),
    templates: createTemplateStore(db),
    textChanges: createTextChangeStore(db),
    tokens: createTokenStore(db, remember),
    turnRoom: createTurnRoom(db),
    turns: createTurnStore(db),
    vault: createVaultRow(db),
    worlds: createWorldStore(db),
    transaction: (work) => db.transaction(work).immediate(),
    lightTransaction: (work) => {
      if (db.inTransaction) return work()
      db.pragma('synchronous = NORMAL')
      try {
        return db.transaction(work).immediate()
      } finally {
        db.pragma('synchronous = FULL')
      }
    },
  }
}
