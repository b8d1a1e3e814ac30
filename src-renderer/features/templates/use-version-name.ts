import { useTranslation } from 'react-i18next'

/** How a version is called: by its number, or as what the starter set brought. */
export function useVersionName(): (number: number) => string {
  const { t } = useTranslation('templates')
  return (number) => (number === 0 ? t('version.brought') : t('version.number', { number }))
}
