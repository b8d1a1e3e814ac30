import { Button, Group, Switch } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Update } from '@contract/entities/update'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { notifyError } from '@renderer/components/notify'
import { Section } from '@renderer/components/Section'
import { usePreferences } from '@renderer/components/use-preferences'
import { UpdateActions } from '@renderer/domain/updates/UpdateActions'
import { SettingRow } from './SettingRow'
import classes from './SettingsScreen.module.css'

/** Whether newer versions are looked for, and what is known of one; or why this Fabula cannot replace itself. */
export function UpdatesSection() {
  const { t } = useTranslation('settings')
  const update = useRoute('updates.get', {})
  return (
    <Section title={t('updates.title')}>
      {update.error && <ErrorNotice error={update.error} onRetry={() => void update.refetch()} />}
      {update.data &&
        (update.data.can === 'yes' ? (
          <Settings update={update.data} />
        ) : (
          <p className={classes.help}>{t(`updates.cannot.${update.data.can}`)}</p>
        ))}
    </Section>
  )
}

function Settings({ update }: { update: Update }) {
  const { t } = useTranslation('settings')
  const id = useId()
  const [{ checkUpdates }, change] = usePreferences()
  const check = useCommand('updates.check', { onError: notifyError })
  const said = useSaid(update, checkUpdates)
  return (
    <>
      <SettingRow label={t('updates.check')} labelId={id} help={t('updates.checkHelp')}>
        <Switch
          aria-labelledby={id}
          checked={checkUpdates}
          onChange={(event) => change({ checkUpdates: event.currentTarget.checked })}
        />
      </SettingRow>
      <SettingRow label={t('updates.status')} help={said}>
        <Group gap="xs">
          {(update.state === 'none' || update.state === 'checking') && (
            <Button
              variant="default"
              disabled={!checkUpdates}
              loading={update.state === 'checking'}
              onClick={() => check.mutate({})}
            >
              {t('updates.now')}
            </Button>
          )}
          <UpdateActions update={update} size="sm" />
        </Group>
      </SettingRow>
      {update.problem && <ErrorNotice error={update.problem} />}
    </>
  )
}

function useSaid({ state, version, progress, checkedAt }: Update, checkUpdates: boolean): string {
  const { t, i18n } = useTranslation('settings')
  const format = useFormat()
  if (state !== 'none') {
    const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(progress)
    return t(`updates.state.${state}`, { version: version ?? '', percent })
  }
  if (!checkUpdates) return t('updates.state.off')
  return checkedAt === null ? t('updates.state.none') : t('updates.state.newest', { when: format.ago(checkedAt) })
}
