import type { MediaPlan, MediaProgress, MediaRequest, SpokenSentence } from '@contract/entities/media'
import type { Call } from '@contract/entities/usage'
import type { MediaId } from '@contract/ids'
import type { StageKind } from '@contract/entities/stage'
import type { KeptFile } from '@main/data/media-folder'
import type { MediaRow, MediaTicket } from '@main/data/stored-media'
import type { StageConfig } from '@main/settings/stage-config'

/** One thing that is being made. */
export interface Making {
  /** As it was when the work began. */
  item: MediaRow
  /** With the settings of the request over those of the stage. */
  config: StageConfig
  /** Aborted when it is stopped or deleted, or the app closes. */
  signal: AbortSignal
  /** As often as it likes; told at most four times a second. */
  report(progress: MediaProgress): void
  /** Keeps, before it returns, how to ask a provider for its job again; null when there is none any more. */
  keepTicket(ticket: MediaTicket | null): void
}

/** What was made. */
export interface Made extends Pick<Call, 'cost' | 'costSource'> {
  /** In the media folder; null for what is words alone. */
  file: KeptFile | null
  /** A poem; empty for everything else. */
  words: string
  /** Of a voice, in their order. */
  sentences: SpokenSentence[]
  /** What it calls itself; null where it has no name. */
  title: string | null
  /** What came of the same request beside it. */
  further: { file: KeptFile; title: string | null }[]
}

/** What a request would take, beside who is asked. */
export type MakingPlan = Omit<MediaPlan, 'provider' | 'model' | 'tokenName'>

/** Makes what one kind of stage is for. A new kind is a file that makes one, and its line in `core/media.ts`. */
export interface MediaMaker {
  /** Asks nothing of the provider. Throws what is wrong with the request. */
  plan(request: MediaRequest, config: StageConfig): MakingPlan | Promise<MakingPlan>
  /** May run again after it was cut off anywhere, and goes on from there as far as it can. */
  make(making: Making): Promise<Made>
  /** Ends the job at the provider that a making left; returns whether it is over there. Absent where nothing goes on there. */
  cancel?(making: Pick<Making, 'item' | 'config' | 'signal'>): Promise<boolean>
  /** What was made is kept: removes what it was made of. */
  forget?(id: MediaId): Promise<void>
}

/** Makers by what the provider is asked for. */
export type MediaMakers = Readonly<Partial<Record<StageKind, MediaMaker>>>
