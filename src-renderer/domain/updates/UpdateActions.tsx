import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Update } from '@contract/entities/update'
import { useCommand } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import { NotesDialog } from './NotesDialog'

/** What can be done about a newer version, one thing at a time; nothing happens without a click. */
export function UpdateActions({ update, size }: { update: Update; size: 'sm' | 'compact-sm' }) {
  const { t } = useTranslation('settings')
  const [notesOpen, setNotesOpen] = useState(false)
  const options = { onError: notifyError }
  const download = useCommand('updates.download', options)
  const install = useCommand('updates.install', options)
  const { state, version, notes } = update
  if (version === null) return null
  return (
    <>
      {notes !== '' && (
        <Button variant="subtle" color="gray" size={size} onClick={() => setNotesOpen(true)}>
          {t('updates.new')}
        </Button>
      )}
      {state === 'found' && (
        <Button variant="default" size={size} loading={download.isPending} onClick={() => download.mutate({})}>
          {t('updates.download')}
        </Button>
      )}
      {state === 'ready' && (
        <Button variant="default" size={size} loading={install.isPending} onClick={() => install.mutate({})}>
          {t('updates.install')}
        </Button>
      )}
      <NotesDialog version={version} notes={notes} opened={notesOpen} onClose={() => setNotesOpen(false)} />
    </>
  )
}
