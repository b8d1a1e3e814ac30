import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { StorySettings } from '@contract/entities/effective'
import type { Story } from '@contract/entities/story'
import type { RoleId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { differencesOf } from '@renderer/components/role-form/differences'
import { RoleTabs } from '@renderer/components/role-form/RoleTabs'
import { StoryRolePanel } from './StoryRolePanel'
import type { StorySettingsDraft } from './use-story-settings'
import classes from './StorySettings.module.css'

interface Props {
  story: Story
  settings: StorySettings
  /** In how many settings the story differs from its preset. */
  differences: number
  role: RoleId | undefined
  draft: StorySettingsDraft
}

/** The story, its preset, and its roles as tabs. */
export function StorySettingsEditor({ story, settings, differences, role: wanted, draft }: Props) {
  const { t } = useTranslation('story-settings')
  const [, go] = useLocation()
  const roles = useRoute('roles.list', {})
  const preset = useRoute('presets.get', { id: settings.presetId })
  if (roles.error) return <ErrorNotice error={roles.error} onRetry={() => void roles.refetch()} />
  if (!roles.data) return <LoadingRows rows={6} height={52} />

  const role = roles.data.find(({ id }) => id === wanted) ?? roles.data[0]
  const viewOf = (id: RoleId) => settings.roles.find((view) => view.role === id)
  const view = role && viewOf(role.id)
  const mainRole = roles.data.find(({ switchable }) => !switchable)
  const mainView = mainRole && role?.id !== mainRole.id ? viewOf(mainRole.id) : undefined
  const useMainForUnset = preset.data?.fallback.useMainForUnset ?? true
  return (
    <article className={classes.editor} aria-label={story.title}>
      <header className={classes.head}>
        <h2 className={classes.title}>{story.title}</h2>
        <p className={classes.summary}>
          {t('basedOn')}{' '}
          <Anchor component={Link} href={`/presets/${settings.presetId}`} underline="always">
            {settings.presetName}
          </Anchor>
          {'. '}
          {t('differences', { count: differences })}
        </p>
      </header>
      {draft.state === 'failed' && (
        <div className={classes.failed}>
          <ErrorNotice error={draft.saveError} onRetry={draft.retry} />
        </div>
      )}
      <RoleTabs
        roles={roles.data}
        tab={role?.id ?? ''}
        isOn={(id) => viewOf(id)?.fields['enabled']?.value === true}
        markOf={(id, name) => {
          const one = viewOf(id)
          return one && differencesOf(one).length > 0 ? t('tabDiffers', { role: name }) : null
        }}
        onTab={(id) => go(`/stories/${story.id}/settings/${id}`, { replace: true })}
        onSwitch={(id, enabled) => draft.change(id, { enabled })}
      />
      <div role="tabpanel" id="role-panel" aria-labelledby={`role-tab-${role?.id}`}>
        {role && view && (
          <StoryRolePanel
            key={role.id}
            role={role}
            view={view}
            main={useMainForUnset ? (mainView ?? null) : null}
            useMainForUnset={useMainForUnset}
            onChange={(changes) => draft.change(role.id, changes)}
            onGiveBack={(paths) => draft.giveBack(role.id, paths)}
            onReset={() => draft.reset(role.id)}
          />
        )}
      </div>
    </article>
  )
}
