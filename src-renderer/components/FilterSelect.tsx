import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** More than these are looked for by typing. */
const MOST_SEEN = 8

interface Props {
  /** Stands in it as long as nothing is chosen. */
  label: string
  data: { value: string; label: string }[]
  value: string | null
  onChange: (value: string | null) => void
  className?: string
}

/** Narrows a list down to one of several, or not at all. */
export function FilterSelect({ label, ...select }: Props) {
  const { t } = useTranslation('common')
  return (
    <Select
      {...select}
      size="xs"
      aria-label={label}
      placeholder={label}
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      searchable={select.data.length > MOST_SEEN}
    />
  )
}
