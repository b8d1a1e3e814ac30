import { Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDelayed } from './use-delayed'

export interface LoadingRowsProps {
  rows?: number
  /** Pixels, as the rows that will come. */
  height?: number
}

/** Rows in the place of a list that is on its way; shown only when it takes longer than 300 ms. */
export function LoadingRows({ rows = 4, height = 44 }: LoadingRowsProps) {
  const { t } = useTranslation('common')
  const late = useDelayed()
  if (!late) return null
  return (
    <Stack gap="xs" p="md" aria-busy>
      <VisuallyHidden component="output">{t('loading')}</VisuallyHidden>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={height} />
      ))}
    </Stack>
  )
}
