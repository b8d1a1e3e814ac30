import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { PresetId, RoleId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { useProviders } from '@renderer/domain/use-providers'
import { DescribedTitle } from '@renderer/components/DescribedTitle'
import { EditorFrame } from '@renderer/components/EditorFrame'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { UnreadableNote } from '@renderer/components/UnreadableNote'
import { SaveState } from '@renderer/components/SaveState'
import { EffectsLine } from './EffectsLine'
import { FallbackPanel } from './FallbackPanel'
import { FALLBACK_TAB, lastTab, rememberTab } from './last-tab'
import { PresetMenu } from './PresetMenu'
import { PresetRoles } from './PresetRoles'
import { RolePanel } from './RolePanel'
import { useEffects } from './use-effects'
import { usePresetDraft } from './use-preset-draft'

/** One preset: its name, its roles as a list, and what the open role works with. Saves itself. */
export function PresetEditor({ id, tab: asked }: { id: PresetId; tab: string | undefined }) {
  const { t } = useTranslation('presets')
  const [, go] = useLocation()
  const draft = usePresetDraft(id)
  const changes = useEffects(id, draft)
  const providers = useProviders().data
  const effective = useRoute('presets.effective', { id }).data
  const roles = useRoute('roles.list', {})
  const chosen = asked ?? lastTab()
  const { preset } = draft
  const error = draft.loadError ?? roles.error

  if (error)
    return <ErrorNotice error={error} onRetry={() => (draft.loadError ? draft.reload() : void roles.refetch())} />
  if (!preset || !roles.data) return <LoadingRows rows={6} height={52} />
  const tab = chosen === FALLBACK_TAB || roles.data.some((role) => role.id === chosen) ? chosen : roles.data[0]?.id
  const role = roles.data.find((each) => each.id === tab)
  const place = role && preset.roles[role.id]
  const changed = roles.data.find((each) => each.id === changes.role)
  const providerOf = (roleId: RoleId) => effective?.find((each) => each.role === roleId)?.fields['providerId']?.value
  const mainRole = roles.data.find(({ switchable }) => !switchable)
  const mainPlace = mainRole && preset.roles[mainRole.id]
  const failed = draft.state === 'failed' && draft.saveError !== null
  return (
    <EditorFrame
      label={preset.name}
      title={
        <DescribedTitle
          name={preset.name}
          description={preset.description}
          words={{
            name: t('name'),
            nameNeeded: t('nameNeeded'),
            description: t('description'),
            descriptionHint: t('descriptionHint'),
          }}
          error={draft.state === 'failed' ? draft.saveError : null}
          onChange={draft.patch}
        />
      }
      actions={
        <>
          <SaveState state={draft.state} />
          <PresetMenu id={id} name={preset.name} isDefault={preset.isDefault} />
        </>
      }
      notice={
        (failed || preset.unreadable) && (
          <>
            {failed && <ErrorNotice error={draft.saveError} onRetry={draft.retry} />}
            <UnreadableNote parts={preset.unreadable} />
          </>
        )
      }
      side={
        <PresetRoles
          preset={preset}
          roles={roles.data}
          open={tab ?? FALLBACK_TAB}
          onOpen={(next) => {
            rememberTab(next)
            changes.close()
            go(`/presets/${id}/${next}`, { replace: true })
          }}
          onSwitch={(roleId, enabled) => changes.changeRole(roleId, (before) => ({ ...before, enabled }))}
        />
      }
      foot={
        changed && (
          <EffectsLine
            role={changed}
            provider={providers?.find((provider) => provider.id === providerOf(changed.id))}
            effects={changes.effects}
            onUndo={changes.undo}
          />
        )
      }
    >
      <div role="tabpanel" id="role-panel" aria-labelledby={`role-tab-${tab}`}>
        {role && place && (
          <RolePanel
            key={role.id}
            role={role}
            place={place}
            main={role.switchable && preset.fallback.useMainForUnset ? (mainPlace ?? null) : null}
            useMainForUnset={preset.fallback.useMainForUnset}
            onChange={(change) => changes.changeRole(role.id, change)}
          />
        )}
        {tab === FALLBACK_TAB && <FallbackPanel preset={preset} onChange={(fallback) => draft.patch({ fallback })} />}
      </div>
    </EditorFrame>
  )
}
