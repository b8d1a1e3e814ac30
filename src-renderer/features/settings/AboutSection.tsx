import { Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRoute } from '@renderer/api/queries'
import { CopyText } from '@renderer/components/CopyText'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { Section } from '@renderer/components/Section'
import { SettingRow } from './SettingRow'
import classes from './SettingsScreen.module.css'

/** Where the data lives and which version this is. */
export function AboutSection() {
  const { t } = useTranslation('settings')
  const status = useRoute('app.status', {})
  return (
    <Section title={t('about.title')}>
      {status.error && <ErrorNotice error={status.error} onRetry={() => void status.refetch()} />}
      {status.data && (
        <>
          <SettingRow label={t('about.data')} help={t('about.dataHelp')}>
            <Group gap="xs" wrap="nowrap" align="flex-start">
              <span className={classes.path}>{status.data.dataDir}</span>
              <CopyText text={status.data.dataDir} />
            </Group>
          </SettingRow>
          <SettingRow label={t('about.version')}>
            {status.data.version} · {t(`about.${status.data.shell}`)}
          </SettingRow>
        </>
      )}
    </Section>
  )
}
