import { Input, SegmentedControl, type SegmentedControlProps } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './SidesField.module.css'

interface Props<Value extends string> extends Pick<SegmentedControlProps, 'size'> {
  label: string
  description?: ReactNode
  sides: readonly { value: Value; label: string }[]
  value: Value
  onChange: (value: Value) => void
}

/** One of a few, side by side, under the name of what is chosen. */
export function SidesField<Value extends string>({ label, description, sides, value, onChange, size }: Props<Value>) {
  return (
    <Input.Wrapper label={label} description={description} labelElement="div">
      <div className={classes.sides}>
        <SegmentedControl
          {...(size ? { size } : {})}
          aria-label={label}
          data={[...sides]}
          value={value}
          onChange={(next) => onChange(next)}
        />
      </div>
    </Input.Wrapper>
  )
}
