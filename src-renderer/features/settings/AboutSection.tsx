import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoute } from '@renderer/api/queries'
import { CopyText } from '@renderer/components/CopyText'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { Section } from '@renderer/components/Section'
import { LicencesDialog } from './LicencesDialog'
import { SettingRow } from './SettingRow'
import classes from './SettingsScreen.module.css'

/** Where the data lives, which version this is, and what it is made of. */
export function AboutSection() {
  const { t } = useTranslation('settings')
  const status = useRoute('app.status', {})
  const [licencesOpen, setLicencesOpen] = useState(false)
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
          <SettingRow label={t('licences.title')} help={t('licences.help')}>
            <Button variant="default" onClick={() => setLicencesOpen(true)}>
              {t('licences.show')}
            </Button>
          </SettingRow>
          <LicencesDialog opened={licencesOpen} onClose={() => setLicencesOpen(false)} />
        </>
      )}
    </Section>
  )
}
