import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Files.module.css'

interface Props {
  label: string
  items: readonly { id: string; name: string }[]
  checked: readonly string[]
  onChange: (checked: readonly string[]) => void
}

/** From this many on, a list can be searched. */
const LONG = 12

/** Things to choose several of, and all of them at once. */
export function CheckList({ label, items, checked, onChange }: Props) {
  const { t } = useTranslation('files')
  const [words, setWords] = useState('')
  const chosen = new Set(checked)
  const sought = words.trim().toLocaleLowerCase()
  const shown = sought === '' ? items : items.filter(({ name }) => name.toLocaleLowerCase().includes(sought))
  const shownChosen = shown.filter(({ id }) => chosen.has(id)).length
  const setAll = (on: boolean) => {
    const ids = new Set(shown.map(({ id }) => id))
    onChange([...checked.filter((id) => !ids.has(id)), ...(on ? ids : [])])
  }
  return (
    <div className={classes.checkList} role="group" aria-label={label}>
      {items.length >= LONG && (
        <TextInput
          size="sm"
          aria-label={t('export.search')}
          placeholder={t('export.search')}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      {shown.length > 1 && (
        <Checkbox
          size="sm"
          label={t('export.all', { count: shown.length })}
          checked={shownChosen === shown.length}
          indeterminate={shownChosen > 0 && shownChosen < shown.length}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
      )}
      <div className={classes.checks}>
        {shown.map(({ id, name }) => (
          <Checkbox
            key={id}
            size="sm"
            className={classes.check}
            label={name}
            checked={chosen.has(id)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...checked, id] : checked.filter((other) => other !== id))
            }
          />
        ))}
      </div>
    </div>
  )
}
