import { Select, type SelectProps } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

type Props = Pick<
  SelectProps,
  'label' | 'aria-label' | 'error' | 'value' | 'onChange' | 'placeholder' | 'clearable' | 'size'
> & {
  data: readonly { value: string; label: string }[]
}

/** One of a list that may be long, found by some letters of it. */
export function SearchSelect({ data, value, ...props }: Props) {
  const { t } = useTranslation('media')
  const { t: common } = useTranslation('common')
  const [search, setSearch] = useState<string | null>(null)
  // What the list no longer has stays visible: it is what was chosen.
  const options = data.some((one) => one.value === value) || !value ? [...data] : [{ value, label: value }, ...data]
  const chosen = options.find((one) => one.value === value)?.label ?? ''
  return (
    <Select
      {...props}
      searchable
      allowDeselect={false}
      clearButtonProps={{ 'aria-label': common('clear') }}
      nothingFoundMessage={t('form.nothing')}
      limit={100}
      data={options}
      value={value ?? null}
      searchValue={search ?? chosen}
      onSearchChange={setSearch}
      // What is chosen must not narrow the list that is opened to choose another.
      onDropdownOpen={() => setSearch('')}
      onDropdownClose={() => setSearch(null)}
    />
  )
}
