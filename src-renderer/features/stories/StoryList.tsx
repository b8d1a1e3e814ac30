import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { StorySummary } from '@contract/entities/story'
import { useCommand } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import { TextPrompt } from '@renderer/components/TextPrompt'
import { StoryRow } from './StoryRow'
import { stepThroughLinks } from './step-through-links'
import classes from './StoriesScreen.module.css'

/** Stories as rows; arrow keys walk through them. */
export function StoryList({ stories }: { stories: readonly StorySummary[] }) {
  const { t } = useTranslation('stories')
  const [renaming, setRenaming] = useState<StorySummary | null>(null)
  const rename = useCommand('stories.rename', { onError: notifyError, onSuccess: () => setRenaming(null) })
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => stepThroughLinks(event)
  if (stories.length === 0) return null
  return (
    <>
      <ul className={classes.list} aria-label={t('list')}>
        {stories.map((story) => (
          <StoryRow key={story.id} story={story} onRename={() => setRenaming(story)} onKeyDown={onKeyDown} />
        ))}
      </ul>
      <TextPrompt
        key={renaming?.id}
        opened={renaming !== null}
        title={t('rename.title')}
        label={t('rename.label')}
        value={renaming?.title ?? ''}
        onSubmit={(title) => renaming && rename.mutate({ id: renaming.id, title })}
        onCancel={() => setRenaming(null)}
      />
    </>
  )
}
