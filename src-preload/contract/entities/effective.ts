import { z } from 'zod'
import { PresetId, RoleId, StoryId } from '../ids'
import { JsonValue } from '../values'
import { unreadable } from './unreadable'

/** The layer that a value comes from, lowest first. */
export const Origin = z.enum(['modelConfig', 'preset', 'story'])
export type Origin = z.infer<typeof Origin>

/**
 * Where a value stands in a role: `enabled`, `modelConfigId`, `prompt`, a single field of the model settings (`model`,
 * `tokenIds`), or a field of one of their groups (`samplers.temperature`: the group ends at the first dot).
 */
export const FieldPath = z
  .string()
  .regex(
    /^(enabled|modelConfigId|prompt|providerId|model|serverId|tokenIds|tokenStrategy|retries|(samplers|custom|settings|timeouts|work)\..{1,200})$/s
  )
export type FieldPath = z.infer<typeof FieldPath>

/** One difference of a story from its preset. */
export const Override = z.strictObject({
  /** Null: not set here, whatever the preset says. */
  value: JsonValue,
  /** What the preset gave when the story began to differ; null for nothing. */
  base: JsonValue,
  /** What the preset gives now; null for nothing. */
  inherited: JsonValue,
  /** The preset has changed under it: `base` and `inherited` differ. */
  outdated: z.boolean(),
})
export type Override = z.infer<typeof Override>

/** One role with every value that is set anywhere, and where each comes from. What no layer sets is absent. */
export const EffectiveRole = z.strictObject({
  role: RoleId,
  fields: z.record(z.string(), z.strictObject({ value: JsonValue, origin: Origin })),
  /** By field path; empty for a preset. */
  overrides: z.record(z.string(), Override),
})
export type EffectiveRole = z.infer<typeof EffectiveRole>

export const StorySettings = z.strictObject({
  presetId: PresetId,
  presetName: z.string(),
  /** In the order of the role registry. */
  roles: z.array(EffectiveRole),
  unreadable,
})
export type StorySettings = z.infer<typeof StorySettings>

/** What a change of a preset would do to one story. */
export const StoryEffect = z.strictObject({
  storyId: StoryId,
  title: z.string(),
  /** Fields whose value in the story would change. */
  reaches: z.array(z.string()),
  /** Fields that change in the preset, and that the story keeps as its own. */
  keeps: z.array(z.string()),
})
export type StoryEffect = z.infer<typeof StoryEffect>

/** One field in which two presets differ; null for not set. */
export const PresetDifference = z.strictObject({
  /** Null for what belongs to the preset and not to a role: `description`, `fallback.allowPaid`. */
  role: RoleId.nullable(),
  path: z.string(),
  a: JsonValue,
  b: JsonValue,
})
export type PresetDifference = z.infer<typeof PresetDifference>
