import { useTranslation } from 'react-i18next'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { PageHeader } from '@renderer/components/PageHeader'
import { ScrollPage } from '@renderer/components/ScrollPage'
import { Library } from './Library'
import { StageSection } from './StageSection'
import { TryDemo } from './TryDemo'
import classes from './MediaScreen.module.css'

/** How poems, voices, songs and clips are made, and all that was made. */
export function MediaScreen() {
  const { t } = useTranslation('media')
  const stages = useRoute('stages.list', {})
  const unset = stages.data?.filter(({ choice }) => choice === null) ?? []
  return (
    <>
      <PageHeader title={t('title')} />
      <ScrollPage centred>
        <p className={classes.intro}>{t('intro')}</p>
        {stages.isPending && <LoadingRows rows={4} height={64} />}
        {stages.error && <ErrorNotice error={stages.error} onRetry={() => void stages.refetch()} />}
        {stages.data && unset.length === stages.data.length && <TryDemo stages={unset} />}
        {stages.data?.map((stage) => (
          <StageSection key={stage.id} stage={stage} />
        ))}
        <Library />
      </ScrollPage>
    </>
  )
}
