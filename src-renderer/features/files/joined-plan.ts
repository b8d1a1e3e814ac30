import type { ImportPlan } from '@contract/routes/files'
import type { Choices } from './import-choices'
import type { PlannedFile } from './use-import-files'

/** What several files come to together. */
export interface JoinedPlan {
  items: ImportPlan['items']
  missing: ImportPlan['missing']
  changes: ImportPlan['changes']
  /** By file, without those that lose nothing. */
  losses: readonly { fileName: string; losses: ImportPlan['losses'] }[]
  /** By file, without those that hold none. */
  templates: readonly { fileName: string; templates: ImportPlan['templates'] }[]
  /** Whether one of them is a preset of another program, whose settings depend on the model. */
  foreign: boolean
  needsModel: boolean
  /** What the world is called that is made where none is chosen; null where nothing comes into a world. */
  newWorld: string | null
  /** Whether one of them is a text, which has no passages of its own. */
  hasText: boolean
}

/** Whether the settings of a file depend on the model that is chosen for them. */
const isForeignPreset = ({ format }: ImportPlan): boolean => foreignPresets.has(format)

const foreignPresets: ReadonlySet<ImportPlan['format']> = new Set(['sillytavern-chat', 'sillytavern-text', 'novelai'])

/** Whether what a plan says of a file may be otherwise after a choice. The name of a new world changes nothing. */
export function dependsOn(plan: ImportPlan, { model, world, preset, passages }: Partial<Choices>): boolean {
  if (passages) return plan.format === 'text'
  if (model) return isForeignPreset(plan)
  if (preset !== undefined) return plan.format === 'sillytavern-templates'
  return plan.newWorld !== null && (world === null || (world !== undefined && 'id' in world))
}

export function joinPlans(files: readonly PlannedFile[]): JoinedPlan {
  const items = new Map<string, ImportPlan['items'][number]>()
  const missing = new Map<string, ImportPlan['missing'][number]>()
  for (const [place, { plan }] of files.entries()) {
    // Two new things of one name both come in; what differs from the same thing here is asked about once.
    for (const item of plan.items) items.set(item.conflict === 'different' ? item.key : `${place}/${item.key}`, item)
    for (const one of plan.missing) {
      const usedBy = new Set([...(missing.get(one.key)?.usedBy ?? []), ...one.usedBy])
      missing.set(one.key, { ...one, usedBy: [...usedBy] })
    }
  }
  return {
    items: [...items.values()],
    missing: [...missing.values()],
    changes: files.flatMap(({ plan }) => plan.changes),
    losses: files
      .filter(({ plan }) => plan.losses.length > 0)
      .map(({ name, plan }) => ({ fileName: name, losses: plan.losses })),
    templates: files
      .filter(({ plan }) => plan.templates.length > 0)
      .map(({ name, plan }) => ({ fileName: name, templates: plan.templates })),
    foreign: files.some(({ plan }) => isForeignPreset(plan)),
    needsModel: files.some(({ plan }) => plan.needsModel),
    newWorld: files.find(({ plan }) => plan.newWorld !== null)?.plan.newWorld ?? null,
    hasText: files.some(({ plan }) => plan.format === 'text'),
  }
}
