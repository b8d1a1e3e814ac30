import { useTranslation } from 'react-i18next'
import type { RouteOutput } from '@contract/routes'
import { EditorFrame } from '@renderer/components/EditorFrame'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { InlineTitle } from '@renderer/components/InlineTitle'
import { EmbeddingTest } from '@renderer/domain/role-form/EmbeddingTest'
import { ModelSettingsRows } from '@renderer/domain/role-form/ModelSettingsRows'
import { UnreadableNote } from '@renderer/components/UnreadableNote'
import { SaveState } from '@renderer/components/SaveState'
import { ConfigMenu } from './ConfigMenu'
import { useConfigDraft } from './use-config-draft'
import { UsedBy } from './UsedBy'
import classes from './ConfigEditor.module.css'

/** One model config: its name, its model with all settings, and who uses it. Saves itself. */
export function ConfigEditor({ config }: { config: RouteOutput<'modelConfigs.list'>[number] }) {
  const { t } = useTranslation('models')
  const draft = useConfigDraft(config)
  const { name, kind, settings } = draft.value
  const failed = draft.state === 'failed' && draft.saveError !== null
  return (
    <EditorFrame
      label={name}
      title={
        <>
          <InlineTitle
            name={name}
            label={t('name')}
            needed={t('nameNeeded')}
            error={draft.saveError}
            onChange={draft.rename}
          />
          <p className={classes.kind}>{t(`new.help.${kind}`)}</p>
        </>
      }
      actions={
        <>
          <SaveState state={draft.state} />
          <ConfigMenu id={config.id} name={name} />
        </>
      }
      notice={
        (failed || config.unreadable) && (
          <>
            {failed && <ErrorNotice error={draft.saveError} onRetry={draft.retry} />}
            <UnreadableNote parts={config.unreadable} />
          </>
        )
      }
    >
      <div className={classes.rows}>
        <ModelSettingsRows
          kind={kind}
          modelLabel={t('modelOf', { name })}
          modelHelp={t('modelHelp')}
          modelRequired
          own={settings}
          base={null}
          here={t('here')}
          onChange={draft.changeSettings}
        />
        {kind === 'embedding' && <EmbeddingTest settings={settings} />}
      </div>
      <UsedBy users={config.users} kind={kind} />
    </EditorFrame>
  )
}
