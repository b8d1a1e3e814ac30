import { useTranslation } from 'react-i18next'
import { PageHeader } from '@renderer/components/PageHeader'
import { Batches } from './Batches'
import { History } from './History'
import classes from './History.module.css'

/** Every generation of every template. */
export function HistoryScreen() {
  const { t } = useTranslation('generations')
  return (
    <>
      <PageHeader title={t('history.all')} back={{ href: '/templates', label: t('history.toTemplates') }} />
      <div className={classes.page} data-page-scroll>
        <div className={classes.pageContent}>
          <Batches />
          <History />
        </div>
      </div>
    </>
  )
}
