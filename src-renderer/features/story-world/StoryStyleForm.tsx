import { useTranslation } from 'react-i18next'
import type { StoryWorld } from '@contract/entities/story-world'
import { useCommand } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { notifyError } from '@renderer/components/notify'
import { SaveState } from '@renderer/components/SaveState'
import { Section } from '@renderer/components/Section'
import { FieldRows } from '@renderer/domain/world-form/FieldRows'
import { styleFields } from '@renderer/domain/world-form/fields'
import { useStoryDifferences } from './use-story-world'

/** The style guide and the author's note of a story: its world's, or its own. */
export function StoryStyleForm({ world }: { world: StoryWorld }) {
  const { t } = useTranslation('worlds')
  const { storyId, style } = world
  const draft = useStoryDifferences(storyId, null)
  const reset = useCommand('storyWorlds.reset', { onError: notifyError })
  const { styleGuide, note, noteDepth, noteVoice } = style
  return (
    <Section title={t('tabs.style')} text={t('story.styleHelp')} actions={<SaveState state={draft.state} />}>
      {draft.state === 'failed' && draft.error !== null && <ErrorNotice error={draft.error} onRetry={draft.retry} />}
      <FieldRows
        fields={styleFields}
        values={draft.over({ styleGuide, note, noteDepth, noteVoice })}
        onChange={draft.change}
        story={{
          differences: world.differences.filter(({ entryId }) => entryId === null),
          onReset: (path) => reset.mutate({ storyId, entryId: null, paths: [path] }),
        }}
      />
    </Section>
  )
}
