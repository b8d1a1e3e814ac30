import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isObject, textOf } from '@contract/json'
import type { JsonValue } from '@contract/values'
import { useFormat } from '@renderer/components/format'
import { columnsOf, type Shape } from './value-shape'
import classes from './ValueView.module.css'

interface Props {
  /** Names it for screen readers. */
  label: string
  rows: readonly JsonValue[]
  /** Of one row. */
  shape: Shape | null
}

const PAGE = 100

/** The rows of a table that a model answered with. */
export function TableView({ label, rows, shape }: Props) {
  const { t } = useTranslation('generations')
  const format = useFormat()
  const [shown, setShown] = useState(PAGE)
  const columns = columnsOf(shape, rows)
  const left = rows.length - shown
  const cell = (value: JsonValue | undefined) => {
    if (value === undefined || value === null) return ''
    return typeof value === 'number' ? format.number(value) : textOf(value)
  }
  return (
    <>
      <div className={classes.tableScroll}>
        <table className={classes.table} aria-label={label}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.key} scope="col">
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row, index) => (
              // Rows have no names: their place is what they are known by.
              <tr key={index}>
                {columns.map(({ key }) => {
                  const value = isObject(row) ? row[key] : undefined
                  return (
                    <td key={key} data-number={typeof value === 'number' || undefined}>
                      {cell(value)}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {left > 0 && (
        <Button variant="default" size="compact-sm" mt={8} onClick={() => setShown(shown + PAGE * 5)}>
          {t('value.moreRows', { count: left, number: format.number(left) })}
        </Button>
      )}
    </>
  )
}
