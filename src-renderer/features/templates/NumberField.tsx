import { NumberInput, type NumberInputProps } from '@mantine/core'
import { useState } from 'react'

interface Props extends Omit<NumberInputProps, 'value' | 'onChange' | 'onBlur'> {
  /** Null: empty. */
  value: number | null
  onChange: (value: number | null) => void
}

/** A number, or nothing. What is on the way to a number, as a minus is, stays in the field and is not yet told. */
export function NumberField({ value, onChange, ...props }: Props) {
  const [typed, setTyped] = useState<string | number | null>(null)
  return (
    <NumberInput
      {...props}
      value={typed ?? value ?? ''}
      onChange={(next) => {
        setTyped(next)
        if (typeof next === 'number') onChange(next)
        else if (next === '') onChange(null)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
