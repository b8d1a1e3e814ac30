import { Button, Switch } from '@mantine/core'
import { IconArrowBackUp, IconExternalLink } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { StoryId, WorldEntryId } from '@contract/ids'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { notifyError } from '@renderer/components/notify'
import { SaveState } from '@renderer/components/SaveState'
import { EntryForm } from '@renderer/domain/world-form/EntryForm'
import { useStoryDifferences } from './use-story-world'
import classes from './StoryWorld.module.css'

/** An entry as one story has it: what it changes here stays in the story, and the world keeps its own. */
export function StoryEntryEditor({ storyId, entryId }: { storyId: StoryId; entryId: WorldEntryId }) {
  const { t } = useTranslation('worlds')
  const query = useRoute('storyWorlds.entry', { storyId, entryId })
  const draft = useStoryDifferences(storyId, entryId)
  const reset = useCommand('storyWorlds.reset', { onError: notifyError })
  if (query.error) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <LoadingRows rows={6} height={52} />
  const { entry, differences } = query.data
  const values = draft.over({ ...entry.fields, enabled: entry.enabled })
  return (
    <section aria-label={entry.name}>
      <div className={classes.entryHead}>
        <h2 className={classes.entryName}>{entry.name}</h2>
        <SaveState state={draft.state} />
        <Switch
          size="xs"
          label={t('story.enabled')}
          checked={values['enabled'] === true}
          onChange={(event) => draft.change('enabled', event.currentTarget.checked)}
        />
      </div>
      <p className={classes.facts}>{t('story.entryHelp')}</p>
      <div className={classes.entryActions}>
        <Button
          component={Link}
          href={`/worlds/${entry.worldId}/${entry.kind}/${entry.id}`}
          variant="default"
          size="xs"
          leftSection={<IconExternalLink size={15} stroke={1.6} aria-hidden />}
        >
          {t('story.inWorld')}
        </Button>
        {differences.length > 0 && (
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            leftSection={<IconArrowBackUp size={15} stroke={1.6} aria-hidden />}
            onClick={() => reset.mutate({ storyId, entryId })}
          >
            {t('story.resetAll')}
          </Button>
        )}
      </div>
      {draft.state === 'failed' && draft.error !== null && <ErrorNotice error={draft.error} onRetry={draft.retry} />}
      <EntryForm
        kind={entry.kind}
        values={values}
        onChange={draft.change}
        story={{ differences, onReset: (path) => reset.mutate({ storyId, entryId, paths: [path] }) }}
      />
    </section>
  )
}
