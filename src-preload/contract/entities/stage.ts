import { z } from 'zod'
import { ErrorShape } from '../errors'
import { ProviderId, StageId, TokenId } from '../ids'
import { JsonObject, LocalizedText, Timestamp } from '../values'
import { SettingsSchema } from './provider'
import { unreadable } from './unreadable'

/** What a provider is asked for at a stage: words, a voice, music or a film. */
export const StageKind = z.enum(['chat', 'speech', 'music', 'video'])
export type StageKind = z.infer<typeof StageKind>

/** A stage on the way from a passage to a clip; an entry of `resources/stages.json`. */
export const Stage = z.strictObject({
  id: StageId,
  kind: StageKind,
  name: LocalizedText,
  /** One sentence on what it makes for the writer. */
  help: LocalizedText,
})
export type Stage = z.infer<typeof Stage>

export const Voice = z.strictObject({
  /** As the provider's API takes it. */
  id: z.string().min(1).max(300),
  name: z.string(),
  /** Codes as `ru`, of those that it speaks; empty for all, or where nobody knows. */
  languages: z.array(z.string()),
})
export type Voice = z.infer<typeof Voice>

/** What is paid for: a million characters of text, a second of what is made, or each piece. US dollars. */
export const MediaPrice = z.strictObject({
  unit: z.enum(['millionCharacters', 'second', 'piece']),
  dollars: z.number().nonnegative(),
})
export type MediaPrice = z.infer<typeof MediaPrice>

/** A model that a stage can use, as its provider lists it; what the provider does not tell is null. */
export const MediaModel = z.strictObject({
  /** As the provider's API takes it. */
  model: z.string().min(1).max(300),
  name: z.string(),
  /** Null where the model has none, or is one itself. */
  voices: z.array(Voice).nullable(),
  price: MediaPrice.nullable(),
  /** Characters of text that it takes at once. */
  longestText: z.number().int().positive().nullable(),
})
export type MediaModel = z.infer<typeof MediaModel>

/**
 * `active`: the provider took the key, and the list is what the key can use; `invalid`: the provider refused the key, or
 * could not be asked at the daily refresh; `unknown`: nothing was chosen, or it was kept without being checked.
 */
export const StageStatus = z.enum(['active', 'invalid', 'unknown'])
export type StageStatus = z.infer<typeof StageStatus>

/** What the user has chosen for a stage. */
export const StageChoice = z.strictObject({
  providerId: ProviderId,
  /** Null where the provider needs no key. */
  tokenId: TokenId.nullable(),
  /** Null as long as no list was ever had. */
  model: z.string().min(1).max(300).nullable(),
  /** By the schema of the provider at this stage. */
  settings: JsonObject,
})
export type StageChoice = z.infer<typeof StageChoice>

/** A provider that may be chosen for a stage, and what can be said of how it makes things there. */
export const StageProvider = z.strictObject({ providerId: ProviderId, settingsSchema: SettingsSchema })
export type StageProvider = z.infer<typeof StageProvider>

/** A stage with what was chosen for it. */
export const StageView = Stage.extend({
  /** In the order in which they are offered. */
  providers: z.array(StageProvider),
  choice: StageChoice.nullable(),
  status: StageStatus,
  /** Why it is not active; null when it is, and when nothing was chosen. */
  problem: ErrorShape.nullable(),
  /** What the key can use, by the last list that was had of this provider; stays when a later one fails. */
  models: z.array(MediaModel),
  /** When that list was had. */
  listedAt: Timestamp.nullable(),
  unreadable,
})
export type StageView = z.infer<typeof StageView>
