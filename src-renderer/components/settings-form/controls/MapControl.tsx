import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JsonObject } from '@contract/values'
import { checkValue, type Problem } from '@renderer/components/settings-form/check-value'
import { isObject } from '@renderer/components/settings-form/json'
import { editNumber, parseNumber } from '@renderer/components/settings-form/number-text'
import { readJson } from '@renderer/components/settings-form/read-json'
import { useLanguage } from '@renderer/components/use-local'
import type { ControlProps } from './control'
import classes from './controls.module.css'

interface Row {
  id: number
  key: string
  text: string
}

interface Props extends ControlProps {
  of: 'number' | 'json'
}

/** Names and values that no schema knows beforehand: rows of a name and a number or any JSON. */
export function MapControl({ of, field, value, disabled, invalid, onChange, onProblem }: Props) {
  const { t } = useTranslation('presets')
  const language = useLanguage()
  const [rows, setRows] = useState<Row[]>(() =>
    Object.entries(isObject(value) ? value : {}).map(([key, item], index) => ({
      id: index,
      key,
      text: typeof item === 'number' && of === 'number' ? editNumber(item, language) : JSON.stringify(item),
    }))
  )
  const [wrong, setWrong] = useState<number | null>(null)

  const read = (row: Row) => (of === 'number' ? (parseNumber(row.text, language) ?? undefined) : readJson(row.text))

  const take = (next: Row[]) => {
    setRows(next)
    const filled = next.filter((row) => row.key.trim() !== '' || row.text.trim() !== '')
    const result: JsonObject = {}
    const refuse = (row: Row | undefined, problem: Problem) => {
      setWrong(row?.id ?? null)
      onProblem(problem)
    }
    for (const row of filled) {
      const key = row.key.trim()
      // A row that is only begun is neither kept nor wrong.
      if (row.text.trim() === '') continue
      if (key === '') return refuse(row, { key: 'keyEmpty' })
      if (Object.hasOwn(result, key)) return refuse(row, { key: 'keyTwice' })
      const item = read(row)
      if (item === undefined) return refuse(row, { key: of === 'number' ? 'number' : 'json' })
      result[key] = item
    }
    const empty = Object.keys(result).length === 0
    const problem = empty ? null : checkValue(field, result)
    if (problem) return refuse(undefined, problem)
    setWrong(null)
    onProblem(null)
    onChange(empty ? undefined : result)
  }
  const change = (row: Row, part: Partial<Row>) =>
    take(rows.map((each) => (each.id === row.id ? { ...each, ...part } : each)))

  return (
    <div className={classes.map}>
      {rows.map((row) => (
        <div key={row.id} className={classes.mapRow}>
          <TextInput
            className={classes.code}
            aria-label={t('form.mapKey')}
            placeholder={t('form.mapKey')}
            spellCheck={false}
            autoComplete="off"
            disabled={disabled}
            value={row.key}
            error={invalid && wrong === row.id}
            onChange={(event) => change(row, { key: event.currentTarget.value })}
          />
          <TextInput
            className={classes.code}
            aria-label={t('form.mapValueOf', { key: row.key })}
            placeholder={of === 'number' ? '0' : t('form.jsonExample')}
            spellCheck={false}
            autoComplete="off"
            disabled={disabled}
            value={row.text}
            error={invalid && wrong === row.id}
            onChange={(event) => change(row, { text: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('form.removeRow', { key: row.key })}
            disabled={disabled}
            onClick={() => take(rows.filter((each) => each.id !== row.id))}
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
        disabled={disabled}
        onClick={() => setRows([...rows, { id: Math.max(-1, ...rows.map((row) => row.id)) + 1, key: '', text: '' }])}
      >
        {t('form.addRow')}
      </Button>
    </div>
  )
}
