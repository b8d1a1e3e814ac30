import { z } from 'zod'
import { command, query } from '../route'
import { EffectiveRole, PresetDifference, StoryEffect } from '../entities/effective'
import { ModelConfig, ModelConfigPatch, ModelConfigUser, ModelSettings, NewModelConfig } from '../entities/model-config'
import { NewPreset, Preset, PresetPatch, PresetRole, PresetSummary, Role } from '../entities/preset'
import { ModelConfigId, PresetId, RoleId } from '../ids'
import { Nothing } from '../values'

const TestText = z.string().trim().min(1).max(2000)

export const presetRoutes = {
  /** The role registry, in the order of the editor. */
  'roles.list': query(Nothing, z.array(Role), []),

  /** By name, the default before all. With `ids`: those alone, and none for what is not there. */
  'presets.list': query(
    z.strictObject({ ids: z.array(PresetId).max(500).optional() }),
    z.array(PresetSummary),
    ['presets'],
    { rows: { topics: ['presets'], order: { by: ['name', 'isDefault'] } } }
  ),
  'presets.get': query(z.strictObject({ id: PresetId }), Preset, ['presets'], { about: { presets: 'id' } }),
  /** The first preset becomes the default. */
  'presets.create': command(NewPreset, Preset),
  'presets.update': command(z.strictObject({ id: PresetId, patch: PresetPatch }), Preset),
  /** Replaces one role's place in the preset; values are checked against the provider's schemas. */
  'presets.setRole': command(z.strictObject({ id: PresetId, role: RoleId, value: PresetRole }), Preset),
  'presets.setDefault': command(z.strictObject({ id: PresetId }), Nothing),
  'presets.duplicate': command(z.strictObject({ id: PresetId }), Preset),
  /** Refused while a story uses it. When the default goes, the most recently changed one becomes the default. */
  'presets.delete': command(z.strictObject({ id: PresetId }), Nothing),

  /** Every value of a preset with the layer it comes from. */
  'presets.effective': query(z.strictObject({ id: PresetId }), z.array(EffectiveRole), ['presets', 'modelConfigs'], {
    about: { presets: 'id' },
  }),
  /** What giving a role this place would do to the stories that are based on the preset; those it does not touch are left out. */
  'presets.effects': query(
    z.strictObject({ id: PresetId, role: RoleId, value: PresetRole }),
    z.array(StoryEffect),
    ['presets', 'modelConfigs', 'stories'],
    { about: { presets: 'id' } }
  ),
  'presets.compare': query(z.strictObject({ a: PresetId, b: PresetId }), z.array(PresetDifference), ['presets'], {
    about: { presets: ['a', 'b'] },
  }),

  /**
   * By name, each with who uses it: presets, in a role or in a fallback chain, then stories and templates. With
   * `ids`: those alone, and none for what is not there.
   */
  'modelConfigs.list': query(
    z.strictObject({ ids: z.array(ModelConfigId).max(500).optional() }),
    z.array(ModelConfig.extend({ users: z.array(ModelConfigUser) })),
    ['modelConfigs'],
    { rows: { topics: ['modelConfigs'], order: { by: ['name'] } } }
  ),
  'modelConfigs.create': command(NewModelConfig, ModelConfig),
  'modelConfigs.update': command(z.strictObject({ id: ModelConfigId, patch: ModelConfigPatch }), ModelConfig),
  'modelConfigs.duplicate': command(z.strictObject({ id: ModelConfigId }), ModelConfig),
  /** Refused while a preset, a story or a template uses it, naming which. */
  'modelConfigs.delete': command(z.strictObject({ id: ModelConfigId }), Nothing),

  /** Embeds two texts and says how alike they are: cosine similarity, -1 to 1. */
  'embeddings.test': command(
    z.strictObject({ settings: ModelSettings, texts: z.tuple([TestText, TestText]) }),
    z.strictObject({ dimensions: z.number().int(), similarity: z.number(), latencyMs: z.number() })
  ),
}
