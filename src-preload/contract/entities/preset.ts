import { z } from 'zod'
import { ModelConfigId, PresetId, RoleId } from '../ids'
import { Language, LocalizedText, Name, Timestamp } from '../values'
import { ModelKind } from './model'
import { ModelSettings, RoleWork } from './model-config'
import { TemplateText } from './template-text'
import { unreadable } from './unreadable'

/** A job that a model does in a story; an entry of `resources/roles.json`. */
export const Role = z.strictObject({
  id: RoleId,
  name: LocalizedText,
  /** One sentence on what it does for the writer. */
  help: LocalizedText,
  kind: ModelKind,
  /** False: always on. */
  switchable: z.boolean(),
  /** Whether turns use it already; one that does not only keeps its settings. */
  takesPart: z.boolean(),
  /** It works when a turn has ended, and has no step of its own in turns. */
  afterTurn: z.boolean().optional(),
  /** It is told what to do by a prompt that can be changed (`resources/prompts/`). */
  prompted: z.boolean().optional(),
  /** What can be said of how it works in a turn, beside its model. */
  work: z.array(RoleWork.keyof()).optional(),
})
export type Role = z.infer<typeof Role>

/** A prompt of the writer's own for a role: a template in the place of the built-in one. */
export const RolePrompt = z.strictObject({
  text: TemplateText,
  /** The built-in one that it was made of, so that a later change of that one can be noticed; null for none. */
  madeOf: z.strictObject({ language: Language, digest: z.string().max(64) }).nullable(),
})
export type RolePrompt = z.infer<typeof RolePrompt>

/** One role's place in a preset. `enabled` is always true for a role that has no switch. */
export const PresetRole = z.strictObject({
  enabled: z.boolean(),
  /** The model config below these settings, if any. */
  modelConfigId: ModelConfigId.nullable(),
  settings: ModelSettings,
  /** Absent: the built-in one, in the language of the story. */
  prompt: RolePrompt.optional(),
})
export type PresetRole = z.infer<typeof PresetRole>

/** A role's place in a preset; undefined where it has none, also for a role that is called like a part of every object. */
export const placedRole = (roles: Record<string, PresetRole>, role: RoleId): PresetRole | undefined =>
  Object.hasOwn(roles, role) ? roles[role] : undefined

/** The roles of a preset, one by one, each with its id as an id. */
export const roleEntries = (roles: Record<string, PresetRole>): { role: RoleId; value: PresetRole }[] =>
  Object.entries(roles).map(([id, value]) => ({ role: RoleId.parse(id), value }))

const Chain = z.array(ModelConfigId).max(20)

/** What happens when a role is off or its model fails. */
export const FallbackPolicy = z.strictObject({
  /** A switched-off role's work is done by main (true), or its step is skipped (false). */
  useMainForUnset: z.boolean(),
  /**
   * Model configs to try next, in order, each for its kind of failure: an error that no key of the model helps against, a
   * prompt longer than the model's context, an answer that the model refuses. Never used for embeddings: vectors of two
   * models do not mix.
   */
  chains: z.strictObject({ errors: Chain, contextOverflow: Chain, refusals: Chain }),
  /** A model on this computer may be followed by one that costs money. */
  allowPaid: z.boolean(),
  /** While the key vault is locked, models of `chains.errors` that run on this computer do the work. */
  localWhenLocked: z.boolean().default(false),
})
export type FallbackPolicy = z.infer<typeof FallbackPolicy>

export type ChainName = keyof FallbackPolicy['chains']

export const defaultFallback: FallbackPolicy = {
  useMainForUnset: true,
  chains: { errors: [], contextOverflow: [], refusals: [] },
  allowPaid: false,
  localWhenLocked: false,
}

export const Preset = z.strictObject({
  id: PresetId,
  name: z.string(),
  description: z.string(),
  isDefault: z.boolean(),
  roles: z.record(RoleId, PresetRole),
  fallback: FallbackPolicy,
  unreadable,
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type Preset = z.infer<typeof Preset>

export const PresetSummary = z.strictObject({
  id: PresetId,
  name: z.string(),
  description: z.string(),
  isDefault: z.boolean(),
  /** How many roles are on, main included. */
  rolesOn: z.number().int().nonnegative(),
  stories: z.number().int().nonnegative(),
  unreadable,
  updatedAt: Timestamp,
})
export type PresetSummary = z.infer<typeof PresetSummary>

export const NewPreset = z.strictObject({
  name: Name,
  description: z.string().max(2000).default(''),
  roles: z.record(RoleId, PresetRole).default({}),
})
export type NewPreset = z.input<typeof NewPreset>

export const PresetPatch = z.strictObject({
  name: Name.optional(),
  description: z.string().max(2000).optional(),
  fallback: FallbackPolicy.optional(),
})
export type PresetPatch = z.infer<typeof PresetPatch>
