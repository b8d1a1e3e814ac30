import { useHotkeys } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { notifyDone, notifyError, notifyUndo } from '@renderer/components/notify'
import type { TemplateDraft } from './use-template-draft'

export interface DraftActions {
  save: (words?: { name: string; note: string }) => void
  saving: boolean
  discard: () => void
}

/** Makes a version of the draft, also with Ctrl+S, or gives it up. */
export function useDraftActions(draft: TemplateDraft): DraftActions {
  const { t } = useTranslation('templates')
  const [saving, setSaving] = useState(false)
  const save = async (words?: { name: string; note: string }) => {
    if (saving || !draft.template) return
    if (draft.template.draft === null) {
      notifyDone(t('draft.nothing'))
      return
    }
    setSaving(true)
    try {
      const saved = await draft.save(words)
      if (saved) notifyDone(t('draft.saved', { number: saved.version }))
    } catch (error) {
      notifyError(error)
    } finally {
      setSaving(false)
    }
  }
  useHotkeys([['mod+S', () => void save()]], [], true)
  return {
    save: (words) => void save(words),
    saving,
    discard: () => notifyUndo({ text: t('draft.discarded'), undo: draft.discard() }),
  }
}
