import { z } from 'zod'

/** Every stored thing is named by a UUIDv7 in text form: unique everywhere, and sorted by the time it was made. */
const id = <Name extends string>(_name: Name) => z.uuidv7().brand<Name>()

export const ProviderId = id('ProviderId')
export type ProviderId = z.infer<typeof ProviderId>

export const TokenId = id('TokenId')
export type TokenId = z.infer<typeof TokenId>

export const ServerId = id('ServerId')
export type ServerId = z.infer<typeof ServerId>

export const ModelConfigId = id('ModelConfigId')
export type ModelConfigId = z.infer<typeof ModelConfigId>

export const PresetId = id('PresetId')
export type PresetId = z.infer<typeof PresetId>

export const StoryId = id('StoryId')
export type StoryId = z.infer<typeof StoryId>

export const MessageId = id('MessageId')
export type MessageId = z.infer<typeof MessageId>

/** A file that was sent to be imported. */
export const UploadId = id('UploadId')
export type UploadId = z.infer<typeof UploadId>

export const WorldId = id('WorldId')
export type WorldId = z.infer<typeof WorldId>

/** A character, a place, a persona or a lore entry of a world. */
export const WorldEntryId = id('WorldEntryId')
export type WorldEntryId = z.infer<typeof WorldEntryId>

export const TurnId = id('TurnId')
export type TurnId = z.infer<typeof TurnId>

export const SummaryId = id('SummaryId')
export type SummaryId = z.infer<typeof SummaryId>

export const JobId = id('JobId')
export type JobId = z.infer<typeof JobId>

export const GatewayKeyId = id('GatewayKeyId')
export type GatewayKeyId = z.infer<typeof GatewayKeyId>

export const CallId = id('CallId')
export type CallId = z.infer<typeof CallId>

/** A role is an entry of `resources/roles.json`, so its id is a word, not a UUID. */
export const RoleId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/)
  .brand<'RoleId'>()
export type RoleId = z.infer<typeof RoleId>

/** A stage of media (poem, voice, song, clip): a word, too, as it is an entry of a registry. */
export const StageId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/)
  .brand<'StageId'>()
export type StageId = z.infer<typeof StageId>

/** A poem, a voice, a song or a clip that a stage made. */
export const MediaId = id('MediaId')
export type MediaId = z.infer<typeof MediaId>

export const TemplateId = id('TemplateId')
export type TemplateId = z.infer<typeof TemplateId>

/** One use of a template: what went in, what was answered, and what came of it. */
export const GenerationId = id('GenerationId')
export type GenerationId = z.infer<typeof GenerationId>

/** One template used for many inputs in the background. */
export const BatchId = id('BatchId')
export type BatchId = z.infer<typeof BatchId>
