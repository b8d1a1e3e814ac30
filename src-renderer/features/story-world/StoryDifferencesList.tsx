import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { StoryWorld } from '@contract/entities/story-world'
import { useCommand } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import { Section } from '@renderer/components/Section'
import { ResetButton } from '@renderer/domain/settings-form/ResetButton'
import classes from './StoryWorld.module.css'

/** The entries that a story changes for itself. */
export function StoryDifferencesList({ world }: { world: StoryWorld }) {
  const { t } = useTranslation('worlds')
  const { storyId } = world
  const reset = useCommand('storyWorlds.reset', { onError: notifyError })
  const changed = new Map(
    world.differences.flatMap((one) => (one.entryId === null ? [] : [[one.entryId, one] as const]))
  )
  if (changed.size === 0) return null
  const countOf = (id: string) => world.differences.filter(({ entryId }) => entryId === id).length
  return (
    <Section title={t('story.changed')} text={t('story.changedHelp')}>
      <ul className={classes.taken}>
        {[...changed].map(([entryId, { name, kind }]) => (
          <li key={entryId}>
            <Link href={`/stories/${storyId}/world/${entryId}`}>{name}</Link>
            <span>
              {[kind && t(`kinds.${kind}`), t('story.changedFields', { count: countOf(entryId) })]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <ResetButton name={name} reset={t('story.resetAll')} onClick={() => reset.mutate({ storyId, entryId })} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
