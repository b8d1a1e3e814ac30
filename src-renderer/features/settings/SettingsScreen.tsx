import { useTranslation } from 'react-i18next'
import { PageHeader } from '@renderer/components/PageHeader'
import { AboutSection } from './AboutSection'
import { BackupsSection } from './BackupsSection'
import { LookSection } from './LookSection'
import { TurnsSection } from './TurnsSection'
import { UpdatesSection } from './UpdatesSection'
import { VaultSection } from './VaultSection'
import classes from './SettingsScreen.module.css'

/** How Fabula looks and speaks, where keys are kept, what is kept of turns, backups, newer versions, and where the data lives. */
export function SettingsScreen() {
  const { t } = useTranslation('settings')
  return (
    <>
      <PageHeader title={t('title')} />
      <div className={classes.scroll}>
        <div className={classes.page}>
          <LookSection />
          <VaultSection />
          <TurnsSection />
          <BackupsSection />
          <UpdatesSection />
          <AboutSection />
        </div>
      </div>
    </>
  )
}
