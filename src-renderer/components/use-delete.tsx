import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { notifyDone, notifyError } from './notify'
import { useConfirm } from './use-confirm'

export interface Deletion {
  title: string
  /** What goes with it, and whether it can be brought back; asked for first where main must be asked. */
  text: ReactNode | (() => Promise<ReactNode>)
  remove: () => Promise<unknown>
  /** Said when it is gone. */
  done: string
  onDone?: () => void
}

export interface Deleting {
  ask: () => void
  running: boolean
  dialog: ReactNode
}

/** Asks whether to delete a thing, deletes it and says so. Put `dialog` into the page, or all of it into a `MoreMenu`. */
export function useDelete(deletion: Deletion): Deleting {
  const { t } = useTranslation('common')
  const { confirm, dialog } = useConfirm()
  const { mutate, isPending } = useMutation({
    mutationFn: deletion.remove,
    onSuccess: () => {
      notifyDone(deletion.done)
      deletion.onDone?.()
    },
    onError: notifyError,
  })
  const ask = async () => {
    try {
      const text = typeof deletion.text === 'function' ? await deletion.text() : deletion.text
      if (await confirm({ title: deletion.title, text, action: t('delete') })) mutate()
    } catch (error) {
      notifyError(error)
    }
  }
  return { ask: () => void ask(), running: isPending, dialog }
}
