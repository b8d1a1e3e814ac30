import { ActionIcon, Button } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconListTree, IconUsers, IconX } from '@tabler/icons-react'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Story } from '@contract/entities/story'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ContextMeter } from '@renderer/domain/context-meter/ContextMeter'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { notifyError } from '@renderer/components/notify'
import { differencesOf } from '@renderer/domain/role-form/differences'
import { SaveAsPreset } from '@renderer/domain/story-preset/SaveAsPreset'
import { useInspector } from '@renderer/stores/ui-inspector'
import { CastCard } from './CastCard'
import { PresetMenu } from './PresetMenu'
import { ScenePanel } from './ScenePanel'
import classes from './CastPanel.module.css'

export interface CastPanelProps {
  story: Story
  /** It lies over the page. */
  overlay: boolean
  onClose: () => void
}

/** "Who writes": every role as it will work in the next turn. */
export function CastPanel({ story, overlay, onClose }: CastPanelProps) {
  const { t } = useTranslation('writing')
  // The text of the story is painted first: what stands beside it takes longer to draw than the text itself.
  const drawn = useDeferredValue(true, false)
  return (
    <aside className={classes.panel} data-overlay={overlay || undefined} aria-labelledby="cast-heading">
      <div className={classes.head}>
        <IconUsers size={16} stroke={1.5} aria-hidden />
        <h2 id="cast-heading" className={classes.heading}>
          {t('cast.heading')}
        </h2>
        {drawn && <PresetMenu story={story} />}
        {drawn && overlay && (
          <ActionIcon variant="subtle" color="gray" aria-label={t('header.hideCast')} onClick={onClose}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {drawn && <Cast story={story} />}
    </aside>
  )
}

function Cast({ story }: { story: Story }) {
  const { t } = useTranslation('writing')
  const words = useTranslation('story-settings').t
  const cast = useRoute('stories.cast', { id: story.id })
  const roles = useRoute('roles.list', {})
  const preset = useRoute('presets.get', { id: story.presetId })
  const settings = useRoute('stories.settings', { id: story.id })
  const override = useCommand('stories.override', { onError: notifyError })
  const differs = settings.data?.roles.some((view) => differencesOf(view).length > 0) ?? false
  const failed = [cast, roles].find(({ isError }) => isError)

  return (
    <>
      {failed && <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} />}
      {(cast.isPending || roles.isPending) && <LoadingRows rows={4} height={56} />}
      {cast.data && roles.data && (
        <ul className={classes.list}>
          {cast.data.map((member) => (
            <CastCard
              key={member.role}
              storyId={story.id}
              member={member}
              role={roles.data.find(({ id }) => id === member.role)}
              view={settings.data?.roles.find((view) => view.role === member.role)}
              mainSteps={preset.data?.fallback.useMainForUnset ?? true}
              onSwitch={(enabled) => override.mutate({ id: story.id, role: member.role, changes: { enabled } })}
            />
          ))}
        </ul>
      )}
      <ScenePanel storyId={story.id} />
      <ContextMeter key={story.id} storyId={story.id} />
      <div className={classes.foot}>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<IconListTree size={16} stroke={1.6} aria-hidden />}
          onClick={() => useInspector.getState().show({ kind: 'summaries', storyId: story.id })}
        >
          {t('summaries.title')}
        </Button>
        <Button
          component={Link}
          href={`/stories/${story.id}/settings`}
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.6} aria-hidden />}
        >
          {words('cast.settings')}
        </Button>
        {differs && settings.data && <SaveAsPreset story={story} presetName={settings.data.presetName} quiet />}
      </div>
    </>
  )
}
