import { Textarea, TextInput } from '@mantine/core'
import { useState, type ChangeEvent, type KeyboardEvent } from 'react'
import type { JsonValue } from '@contract/values'
import { checkValue } from '@renderer/domain/settings-form/check-value'
import type { Shape } from '@renderer/domain/settings-form/fields'
import { textOf } from '@contract/json'
import type { ControlProps } from './control'
import classes from './controls.module.css'

interface Props extends ControlProps {
  shape: Extract<Shape, { control: 'text' }>
}

/** A line or a block of text; empty is "not set". */
export function TextControl({ shape, field, value, below, disabled, label, describedBy, invalid, ...props }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const read = (text: string): JsonValue =>
    shape.orNumber && /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text.trim()) : text

  const take = (text: string) => {
    if (text === '') {
      props.onProblem(null)
      props.onChange(undefined)
      return
    }
    const problem = checkValue(field, read(text))
    props.onProblem(problem)
    if (!problem) props.onChange(read(text))
  }
  const common = {
    className: classes.text,
    'aria-label': label,
    'aria-describedby': describedBy,
    'aria-invalid': invalid,
    error: invalid,
    disabled,
    autoComplete: 'off',
    placeholder: below === undefined ? '–' : textOf(below),
    value: typed ?? (value === undefined ? '' : textOf(value)),
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      setTyped(event.currentTarget.value)
      take(event.currentTarget.value)
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || typed === null) return
      event.stopPropagation()
      setTyped(null)
      props.onProblem(null)
    },
    onBlur: () => {
      if (typed === '' || (typed !== null && checkValue(field, read(typed)) === null)) setTyped(null)
    },
  }
  return shape.multiline ? <Textarea autosize minRows={2} maxRows={8} {...common} /> : <TextInput {...common} />
}
