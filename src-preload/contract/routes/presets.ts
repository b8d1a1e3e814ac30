import { z } from 'zod'
import { command, query } from '../route'
import { ModelConfig, NewModelConfig } from '../entities/model-config'
import { NewPreset, Preset, PresetPatch, PresetRole, PresetSummary, Role } from '../entities/preset'
import { ModelConfigId, PresetId, RoleId } from '../ids'
import { Nothing } from '../values'

export const presetRoutes = {
  /** The role registry, in the order of the editor. */
  'roles.list': query(Nothing, z.array(Role), []),

  'presets.list': query(Nothing, z.array(PresetSummary), ['presets', 'stories']),
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

  'presetFiles.export': command(
    z.strictObject({ ids: z.array(PresetId).min(1).max(1000) }),
    z.strictObject({ fileName: z.string(), text: z.string() })
  ),
  /**
   * All or nothing. `notes` says what came in under another name or as new, and names what the file refers to and this
   * computer does not have.
   */
  'presetFiles.import': command(
    z.strictObject({ text: z.string() }),
    z.strictObject({
      presets: z.array(z.strictObject({ id: PresetId, name: z.string() })),
      notes: z.array(
        z.strictObject({
          kind: z.enum([
            'renamed',
            'provider_added',
            'provider_missing',
            'server_missing',
            'token_missing',
            'role_unknown',
          ]),
          preset: z.string(),
          name: z.string(),
        })
      ),
    })
  ),

  'modelConfigs.list': query(Nothing, z.array(ModelConfig), ['modelConfigs']),
  'modelConfigs.create': command(NewModelConfig, ModelConfig),
  'modelConfigs.update': command(z.strictObject({ id: ModelConfigId, value: NewModelConfig }), ModelConfig),
  /** Refused while a preset uses it, naming which. */
  'modelConfigs.delete': command(z.strictObject({ id: ModelConfigId }), Nothing),
}
