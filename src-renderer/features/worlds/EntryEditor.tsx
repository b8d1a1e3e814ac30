import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { WorldEntryId, WorldId } from '@contract/ids'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { InlineTitle } from '@renderer/components/InlineTitle'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { UnreadableNote } from '@renderer/components/UnreadableNote'
import { SaveState } from '@renderer/components/SaveState'
import { EntryForm } from '@renderer/domain/world-form/EntryForm'
import { EntryMenu } from './EntryMenu'
import { KeyProblems } from './KeyProblems'
import { PictureField } from './PictureField'
import { useEntryDraft } from './use-entry-draft'
import classes from './Worlds.module.css'

/** One entry of a world. Saves itself. */
export function EntryEditor({ worldId, id }: { worldId: WorldId; id: WorldEntryId }) {
  const { t } = useTranslation('worlds')
  const draft = useEntryDraft(worldId, id)
  const { entry } = draft
  if (draft.loadError) return <ErrorNotice error={draft.loadError} onRetry={draft.reload} />
  if (!entry) return <LoadingRows rows={6} height={52} />
  return (
    <section aria-label={draft.name}>
      <div className={classes.entryHead}>
        <div className={classes.entryName}>
          <InlineTitle
            name={draft.name}
            label={t('entryName')}
            needed={t('entryNameNeeded')}
            error={null}
            onChange={draft.rename}
          />
        </div>
        <div className={classes.entryTools}>
          <SaveState state={draft.state} />
          <Switch
            size="xs"
            label={t('enabled')}
            checked={draft.enabled}
            onChange={(event) => draft.enable(event.currentTarget.checked)}
          />
          <EntryMenu entry={entry} name={draft.name} />
        </div>
      </div>
      {draft.state === 'failed' && draft.saveError !== null && (
        <ErrorNotice error={draft.saveError} onRetry={draft.retry} />
      )}
      <UnreadableNote parts={entry.unreadable} />
      {entry.kind !== 'lore' && <PictureField entry={entry} />}
      <EntryForm kind={entry.kind} values={draft.values} onChange={draft.change} />
      {entry.kind === 'lore' && <KeyProblems values={draft.values} />}
    </section>
  )
}
