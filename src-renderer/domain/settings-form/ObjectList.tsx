import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { JsonObject } from '@contract/values'
import classes from './SettingsForm.module.css'

interface Props {
  values: JsonObject[]
  onChange: (values: JsonObject[]) => void
  /** Draws the form of one entry. */
  renderEntry: (value: JsonObject, index: number, onChange: (next: JsonObject) => void) => ReactNode
}

/** Several objects of one schema, each with its own form. */
export function ObjectList({ values, onChange, renderEntry }: Props) {
  const { t } = useTranslation('presets')
  // An entry keeps its identity while others come and go, so that what is typed in it stays with it.
  const [ids, setIds] = useState(() => values.map((_, index) => index))
  const known = values.map((_, index) => ids[index] ?? index)
  return (
    <div className={classes.list}>
      {values.map((value, index) => (
        <div
          key={known[index]}
          role="group"
          aria-label={t('form.entry', { number: index + 1 })}
          className={classes.entry}
        >
          {renderEntry(value, index, (next) => onChange(values.with(index, next)))}
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('form.removeEntry', { number: index + 1 })}
            onClick={() => {
              setIds(known.toSpliced(index, 1))
              onChange(values.toSpliced(index, 1))
            }}
          >
            <IconX size={16} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconPlus size={14} stroke={1.6} />}
        onClick={() => {
          setIds([...known, Math.max(-1, ...known) + 1])
          onChange([...values, {}])
        }}
      >
        {t('form.addEntry')}
      </Button>
    </div>
  )
}
