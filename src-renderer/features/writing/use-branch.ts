import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { notifyError, notifyUndo } from '@renderer/components/notify'

/** Lets a story end with an earlier passage; what followed can be brought back at once. */
export function useBranch(onDone: () => void): (id: MessageId) => void {
  const { t } = useTranslation('writing')
  return useCallback(
    (id) => {
      const branch = async () => {
        const { left } = await request('messages.branch', { id })
        if (left === null) return
        onDone()
        notifyUndo({ text: t('branch.begun'), undo: () => request('messages.choose', { id: left }) })
      }
      branch().catch(notifyError)
    },
    [onDone, t]
  )
}
