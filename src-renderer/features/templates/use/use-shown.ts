import type { GenerationId, TemplateId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { useTemplateUse, useTemplateUseStore } from '@renderer/stores/template-use'

/** How many of the last generations are looked through for one that is no row of a batch. */
const LAST = 20

/** The generations of a template that are on show: those that were asked for, else the last one there is. */
export function useShown(templateId: TemplateId): {
  shown: readonly GenerationId[]
  /** The one that runs; null for none. */
  running: GenerationId | null
  show: (shown: readonly GenerationId[]) => void
} {
  const asked = useTemplateUse(templateId).shown
  const recent = useRoute('generations.list', { templateId, limit: LAST }).data?.generations ?? []
  const last = recent.find(({ batch }) => batch === null)
  const shown = asked ?? (last ? [last.id] : [])
  const running = recent.find(({ id, state }) => shown.includes(id) && state === 'running')
  return {
    shown,
    running: running?.id ?? null,
    show: (next) => useTemplateUseStore.getState().show(templateId, next),
  }
}
