import { ActionIcon, Anchor, Button, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { StorySettings } from '@contract/entities/effective'
import type { Story } from '@contract/entities/story'
import type { RoleId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { EditorFrame } from '@renderer/components/EditorFrame'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { differencesOf } from '@renderer/domain/role-form/differences'
import { UnreadableNote } from '@renderer/components/UnreadableNote'
import { SaveState } from '@renderer/components/SaveState'
import { SaveAsPreset } from '@renderer/domain/story-preset/SaveAsPreset'
import { StoryMemory } from './StoryMemory'
import { StoryRolePanel } from './StoryRolePanel'
import { StoryRoles } from './StoryRoles'
import type { StorySettingsDraft } from './use-story-settings'
import classes from './StorySettings.module.css'

/** The roles that memory is made of. */
const remembering = new Set<string>(['rag', 'embedding'])

interface Props {
  story: Story
  settings: StorySettings
  role: RoleId | undefined
  draft: StorySettingsDraft
}

/** The story, its preset, its roles as a list, and what the open role works with in this story. */
export function StorySettingsEditor({ story, settings, role: wanted, draft }: Props) {
  const { t } = useTranslation('story-settings')
  const [, go] = useLocation()
  const roles = useRoute('roles.list', {})
  const preset = useRoute('presets.get', { id: settings.presetId })
  if (roles.error) return <ErrorNotice error={roles.error} onRetry={() => void roles.refetch()} />
  if (!roles.data) return <LoadingRows rows={6} height={52} />

  const differences = settings.roles.flatMap(differencesOf).length
  const role = roles.data.find(({ id }) => id === wanted) ?? roles.data[0]
  const viewOf = (id: RoleId) => settings.roles.find((view) => view.role === id)
  const view = role && viewOf(role.id)
  const mainRole = roles.data.find(({ switchable }) => !switchable)
  const mainView = mainRole && role?.id !== mainRole.id ? viewOf(mainRole.id) : undefined
  const failed = draft.state === 'failed'
  const useMainForUnset = preset.data?.fallback.useMainForUnset ?? true
  return (
    <EditorFrame
      label={story.title}
      title={
        <div className={classes.head}>
          <Tooltip label={t('back')}>
            <ActionIcon
              component={Link}
              href={`/stories/${story.id}`}
              variant="subtle"
              color="gray"
              size={32}
              aria-label={t('back')}
            >
              <IconArrowLeft size={18} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <div className={classes.names}>
            <h1 className={classes.title}>{t('titleOf', { story: story.title })}</h1>
            <p className={classes.summary}>
              {t('basedOn')}{' '}
              <Anchor component={Link} href={`/presets/${settings.presetId}`} underline="always">
                {settings.presetName}
              </Anchor>
              {'. '}
              {t('differences', { count: differences })}
            </p>
          </div>
        </div>
      }
      actions={
        <>
          <SaveState state={draft.state} />
          {differences > 0 && (
            <>
              <Button
                variant="subtle"
                color="gray"
                size="xs"
                leftSection={<IconArrowBackUp size={15} stroke={1.6} />}
                onClick={() => draft.reset()}
              >
                {t('resetStory')}
              </Button>
              <SaveAsPreset story={story} presetName={settings.presetName} />
            </>
          )}
        </>
      }
      notice={
        (failed || settings.unreadable) && (
          <>
            {failed && <ErrorNotice error={draft.saveError} onRetry={draft.retry} />}
            <UnreadableNote parts={settings.unreadable} />
          </>
        )
      }
      side={
        <StoryRoles
          settings={settings}
          roles={roles.data}
          useMainForUnset={useMainForUnset}
          open={role?.id ?? ''}
          onOpen={(id) => go(`/stories/${story.id}/settings/${id}`, { replace: true })}
          onSwitch={(id, enabled) => draft.change(id, { enabled })}
        />
      }
    >
      <div role="tabpanel" id="role-panel" aria-labelledby={`role-tab-${role?.id}`}>
        {role && view && (
          <StoryRolePanel
            key={role.id}
            role={role}
            view={view}
            storyId={story.id}
            language={story.language}
            main={useMainForUnset ? (mainView ?? null) : null}
            useMainForUnset={useMainForUnset}
            onChange={(changes) => draft.change(role.id, changes)}
            onGiveBack={(paths) => draft.giveBack(role.id, paths)}
            onReset={() => draft.reset(role.id)}
          />
        )}
        {role && remembering.has(role.id) && (
          <div className={classes.memory}>
            <StoryMemory storyId={story.id} />
          </div>
        )}
      </div>
    </EditorFrame>
  )
}
