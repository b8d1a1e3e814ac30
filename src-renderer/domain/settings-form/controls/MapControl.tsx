import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JsonValue } from '@contract/values'
import { checkValue, type Problem } from '@renderer/domain/settings-form/check-value'
import { isObject, sameJson } from '@contract/json'
import { editNumber, parseNumber } from '@renderer/domain/settings-form/number-text'
import { readJson } from '@renderer/domain/settings-form/read-json'
import { useLanguage } from '@renderer/components/use-local'
import { useUnsaved } from '@renderer/components/use-unsaved'
import type { ControlProps } from './control'
import classes from './controls.module.css'

interface Row {
  id: number
  key: string
  text: string
  /** What is saved of it: that stays while what is typed cannot be. */
  kept: { key: string; item: JsonValue } | null
}

/** What a row comes to: nothing yet, an entry, or why it cannot be one. */
type Reading = { key: string; item: JsonValue } | { problem: Problem } | null

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
      kept: { key, item },
    }))
  )
  const [wrong, setWrong] = useState<ReadonlySet<number>>(new Set())
  useUnsaved(rows.some((row) => isBegun(row) || wrong.has(row.id)))

  const read = (row: Row, taken: (key: string) => boolean): Reading => {
    const key = row.key.trim()
    // A row that is only begun is neither kept nor wrong.
    if (row.text.trim() === '') return null
    if (key === '') return { problem: { key: 'keyEmpty' } }
    if (taken(key)) return { problem: { key: 'keyTwice' } }
    const item = of === 'number' ? (parseNumber(row.text, language) ?? undefined) : readJson(row.text)
    if (item === undefined) return { problem: { key: of === 'number' ? 'number' : 'json' } }
    const problem = checkValue(field, { [key]: item })
    return problem ? { problem } : { key, item }
  }

  /** Keeps every row that can be kept. A row that cannot leaves what is saved of it as it is. */
  const take = (given: Row[]) => {
    const result = new Map<string, JsonValue>()
    const problems = new Map<number, Problem>()
    const next = given.map((row): Row => {
      const reading = read(row, (key) => result.has(key))
      if (reading === null) return row.key.trim() === '' ? { ...row, kept: null } : row
      if ('problem' in reading) {
        problems.set(row.id, reading.problem)
        return row
      }
      result.set(reading.key, reading.item)
      return { ...row, kept: reading }
    })
    for (const { kept } of next) if (kept && !result.has(kept.key)) result.set(kept.key, kept.item)
    const whole = Object.fromEntries(result)
    const problem = [...problems.values()][0] ?? (result.size === 0 ? null : checkValue(field, whole))
    setRows(next)
    setWrong(new Set(problems.keys()))
    onProblem(problem)
    const before = isObject(value) ? value : {}
    if (problems.size === 0 && problem) return
    if (!sameJson(whole, before)) onChange(result.size === 0 ? undefined : whole)
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
            error={invalid && wrong.has(row.id)}
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
            error={invalid && wrong.has(row.id)}
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
        onClick={() =>
          setRows([...rows, { id: Math.max(-1, ...rows.map((row) => row.id)) + 1, key: '', text: '', kept: null }])
        }
      >
        {t('form.addRow')}
      </Button>
    </div>
  )
}

/** Something is typed, but not enough to be kept. */
const isBegun = ({ key, text }: Row): boolean => (key.trim() === '') !== (text.trim() === '')
