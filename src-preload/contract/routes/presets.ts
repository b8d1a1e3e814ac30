import { z } from 'zod'
import { command, query } from '../route'
import { EffectiveRole, PresetDifference, StoryEffect } from '../entities/effective'
import { ModelConfig, ModelConfigPatch, ModelSettings, NewModelConfig } from '../entities/model-config'
import { NewPreset, Preset, PresetPatch, PresetRole, PresetSummary, Role } from '../entities/preset'
import { ModelConfigId, PresetId, RoleId } from '../ids'
import { Nothing } from '../values'

const TestText = z.string().trim().min(1).max(2000)

export const presetRoutes = {
  /** The role registry, in the order of the editor. */
  'roles.list': query(Nothing, z.array(Role), []),

  'presets.list': query(Nothing, z.array(PresetSummary), ['presets']),
  'presets.get': query(z.strictObject({ id: PresetId }), Preset, ['presets']),
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
  'presets.effective': query(z.strictObject({ id: PresetId }), z.array(EffectiveRole), ['presets', 'modelConfigs']),
  /** What giving a role this place would do to the stories that are based on the preset; those it does not touch are left out. */
  'presets.effects': query(z.strictObject({ id: PresetId, role: RoleId, value: PresetRole }), z.array(StoryEffect), [
    'presets',
    'modelConfigs',
    'stories',
  ]),
  'presets.compare': query(z.strictObject({ a: PresetId, b: PresetId }), z.array(PresetDifference), ['presets']),

  /** Each with the names of the presets that use it, in a role or in a fallback chain. */
  'modelConfigs.list': query(Nothing, z.array(ModelConfig.extend({ users: z.array(z.string()) })), [
    'modelConfigs',
    'presets',
  ]),
  'modelConfigs.create': command(NewModelConfig, ModelConfig),
  'modelConfigs.update': command(z.strictObject({ id: ModelConfigId, patch: ModelConfigPatch }), ModelConfig),
  'modelConfigs.duplicate': command(z.strictObject({ id: ModelConfigId }), ModelConfig),
  /** Refused while a preset uses it, naming which. */
  'modelConfigs.delete': command(z.strictObject({ id: ModelConfigId }), Nothing),

  /** Embeds two texts and says how alike they are: cosine similarity, -1 to 1. */
  'embeddings.test': command(
    z.strictObject({ settings: ModelSettings, texts: z.tuple([TestText, TestText]) }),
    z.strictObject({ dimensions: z.number().int(), similarity: z.number(), latencyMs: z.number() })
  ),
}
