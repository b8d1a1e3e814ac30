import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { checkValue } from '@renderer/domain/settings-form/check-value'
import { readJson } from '@renderer/domain/settings-form/read-json'
import type { ControlProps } from './control'
import classes from './controls.module.css'

/** Any JSON, for what no other control can draw. */
export function JsonControl({ field, value, disabled, label, describedBy, invalid, ...props }: ControlProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const take = (text: string) => {
    if (text.trim() === '') {
      props.onProblem(null)
      props.onChange(undefined)
      return
    }
    const read = readJson(text)
    const problem = read === undefined ? ({ key: 'json' } as const) : checkValue(field, read)
    props.onProblem(problem)
    if (!problem) props.onChange(read)
  }
  return (
    <Textarea
      className={classes.json}
      autosize
      minRows={2}
      maxRows={12}
      spellCheck={false}
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      error={invalid}
      disabled={disabled}
      placeholder="–"
      value={typed ?? (value === undefined ? '' : JSON.stringify(value, null, 2))}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        take(event.currentTarget.value)
      }}
    />
  )
}
