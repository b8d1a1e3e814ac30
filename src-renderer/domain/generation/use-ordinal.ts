import { useTranslation } from 'react-i18next'

const known = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** Of a try, from 0, as a word that stands before it: `second`. There are ten at most. */
export function useOrdinal(): (index: number) => string {
  const { t } = useTranslation('generations')
  return (index) => t(`ordinal.${known[index] ?? '9'}`)
}
