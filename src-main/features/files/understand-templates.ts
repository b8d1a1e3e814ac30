import { sameJson } from '@contract/json'
import type { Preset, PresetRole, RolePrompt } from '@contract/entities/preset'
import { CommonError, FabulaError, PresetError } from '@contract/errors'
import { PresetId } from '@contract/ids'
import { freeName, nameKey } from '@contract/names'
import type { ImportPlan } from '@contract/routes/files'
import type { Stores } from '@main/data/stores'
import { shownName } from '@main/formats/shown-name'
import { newId } from '@main/platform/ids'
import type { Redactor } from '@main/platform/redact'
import { MAIN } from '@main/settings/role-registry'
import { nameFromFile } from './file-names'
import type { ParsedChoices } from './import-settings'
import { lossShown } from './mask'
import { promptOfTemplates } from './prompt-of-templates'
import type { ForeignTemplates } from './recognise-foreign'
import type { Resolution } from './resolve-import'
import { rolePromptFrom } from './role-prompt-from'
import type { UnderstoodSettings } from './understand-settings'

/** Templates of SillyTavern: those that make a prompt become the Writer's in a preset. Throws `file_invalid`. */
export function understandTemplates(
  { stores, redactor }: { stores: Stores; redactor: Redactor },
  read: ForeignTemplates,
  fileName: string,
  choices: ParsedChoices
): UnderstoodSettings {
  const { format, templates } = read
  const foreign = promptOfTemplates(read)
  if (!foreign) return { format, templates, losses: [], needsModel: false, resolve: () => nothing }
  const { prompt, lost } = rolePromptFrom(foreign, choices.language ?? 'en')
  const losses: ImportPlan['losses'] = [
    ...foreign.losses.map(({ field, value }) => ({
      field,
      value: lossShown(redactor, field, value),
      reason: 'unsupported' as const,
    })),
    ...lost.map((macro) => ({ field: macro, value: '', reason: 'placeholder' as const })),
  ]
  const name = shownName([foreign.name], nameFromFile(fileName, 'SillyTavern'))
  return { format, templates, losses, needsModel: false, resolve: () => resolvePrompt(stores, name, prompt, choices) }
}

const nothing: Resolution = {
  items: [],
  missing: [],
  dropped: [],
  changes: [],
  skipped: 0,
  providers: [],
  modelConfigs: [],
  presets: [],
  templates: [],
}

/**
 * Finds the preset whose Writer is to have the prompt: the one that was chosen, or a copy of the default one under the
 * prompt's name. Throws `not_found`, and `role_without_model` where there is no preset at all.
 */
function resolvePrompt(
  stores: Stores,
  name: string,
  prompt: RolePrompt,
  { preset: chosen }: ParsedChoices
): Resolution {
  const target = chosen ? stores.presets.get(chosen) : defaultPreset(stores)
  if (!target)
    throw new FabulaError(CommonError.NotFound, `There is no preset ${chosen}`, { details: { path: 'choices.preset' } })
  const here = chosen ? target : presetNamed(stores, name)
  const isSame = here !== null && sameJson(here.roles[MAIN]?.prompt, prompt)
  const item: Resolution['items'][number] = {
    key: `prompt:${name}`,
    kind: 'prompt',
    name,
    conflict: isSame ? 'same' : null,
    replaceable: false,
    address: null,
    headers: {},
    body: {},
    models: [],
  }
  const write = () => {
    const main: PresetRole = target.roles[MAIN] ?? { enabled: true, modelConfigId: null, settings: {} }
    const roles = { ...target.roles, [MAIN]: { ...main, prompt } }
    if (chosen) return { row: { ...target, roles }, before: target }
    const free = freeName(name, (one) => stores.presets.hasName(one))
    return {
      row: { ...target, id: newId(PresetId), name: free, description: '', roles, isDefault: false },
      before: null,
    }
  }
  return { ...nothing, items: [item], presets: isSame ? [] : [write()] }
}

function defaultPreset(stores: Stores): Preset {
  const id = stores.presets.defaultId()
  const preset = id && stores.presets.get(id)
  if (preset) return preset
  throw new FabulaError(PresetError.RoleWithoutModel, 'There is no preset yet', {
    details: { role: MAIN, reason: 'no_preset' },
  })
}

function presetNamed(stores: Stores, name: string): Preset | null {
  const found = stores.presets.summaries().find((one) => nameKey(one.name) === nameKey(name))
  return found ? stores.presets.get(found.id) : null
}
