import { Chip } from '@mantine/core'
import { useLocal } from '@renderer/components/use-local'
import { checkValue } from '@renderer/domain/settings-form/check-value'
import type { Option } from '@renderer/domain/settings-form/fields'
import { listOf, sameJson } from '@contract/json'
import type { ControlProps } from './control'
import classes from './controls.module.css'

interface Props extends ControlProps {
  options: Option[]
}

/** Any of a list; none chosen is "not set". */
export function ChoicesControl({ field, options, value, disabled, onChange, onProblem }: Props) {
  const local = useLocal()
  const chosen = listOf(value)
  const toggle = (option: Option, on: boolean) => {
    const next = on ? [...chosen, option.value] : chosen.filter((item) => !sameJson(item, option.value))
    const problem = next.length === 0 ? null : checkValue(field, next)
    onProblem(problem)
    if (!problem) onChange(next.length === 0 ? undefined : next)
  }
  return (
    <div className={classes.chips}>
      {options.map((option) => (
        <Chip
          key={JSON.stringify(option.value)}
          size="xs"
          variant="outline"
          disabled={disabled}
          checked={chosen.some((item) => sameJson(item, option.value))}
          onChange={(on) => toggle(option, on)}
        >
          {local(option.label)}
        </Chip>
      ))}
    </div>
  )
}
