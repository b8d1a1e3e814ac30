import { useTranslation } from 'react-i18next'
import type { Message } from '@contract/entities/story'
import type { MessageId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { notifyError, notifyUndo } from '@renderer/components/notify'
import { useWriting } from './writing-context'

/** What can be done to one passage; what fails is said, and the page stays as it was. */
export function useMessageCommands(): {
  choose: (id: MessageId) => Promise<void>
  remove: (message: Message) => Promise<void>
} {
  const { t } = useTranslation('writing')
  const { focusComposer } = useWriting()
  return {
    choose: async (id) => {
      await request('messages.choose', { id }).catch(notifyError)
    },
    remove: async ({ id }) => {
      try {
        await request('messages.delete', { id })
      } catch (error) {
        notifyError(error)
        return
      }
      focusComposer()
      notifyUndo({ text: t('passage.deleted'), undo: () => request('messages.restore', { id }) })
    },
  }
}
