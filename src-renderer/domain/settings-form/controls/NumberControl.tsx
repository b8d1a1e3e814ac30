import { TextInput } from '@mantine/core'
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { checkValue } from '@renderer/domain/settings-form/check-value'
import { decimalsOf, type Shape } from '@renderer/domain/settings-form/fields'
import { numberOf } from '@contract/json'
import { editNumber, parseNumber, showNumber } from '@renderer/domain/settings-form/number-text'
import { useLanguage } from '@renderer/components/use-local'
import type { ControlProps } from './control'
import { RangeSlider } from './RangeSlider'
import classes from './controls.module.css'

interface Props extends ControlProps {
  shape: Extract<Shape, { control: 'number' }>
}

/** A slider for the hand and a field for the exact value; either alone is enough. */
export function NumberControl({ shape, field, value, below, onChange, onProblem, ...rest }: Props) {
  const { t } = useTranslation('presets')
  const language = useLanguage()
  const [typed, setTyped] = useState<string | null>(null)
  const [focused, setFocused] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  // The focused field shows the bare number, and with the text goes what Tab selected: what is typed must replace it.
  useLayoutEffect(() => {
    if (focused) input.current?.select()
  }, [focused])
  const set = numberOf(value)
  const unset = numberOf(below)
  const decimals = decimalsOf(shape.step)
  const show = (number: number) =>
    showNumber(number, shape.integer ? 0 : decimals, language, shape.slider !== undefined)

  /** `settled` is false while more digits may come: a number that is still too small is not yet a mistake. */
  const take = (text: string, settled: boolean) => {
    if (text.trim() === '') {
      onProblem(null)
      onChange(undefined)
      return
    }
    const number = parseNumber(text, language)
    if (number === null) {
      if (settled || !/^[-+]?[.,]?$/.test(text.trim())) onProblem({ key: 'number' })
      return
    }
    const problem = checkValue(field, number)
    if (problem && !settled && shape.minimum !== undefined && number < shape.minimum) return
    onProblem(problem)
    if (!problem) onChange(number)
  }

  const choose = (number: number) => {
    const rounded = Number(number.toFixed(shape.integer ? 0 : decimals))
    const kept = Math.min(shape.maximum ?? Infinity, Math.max(shape.minimum ?? -Infinity, rounded))
    setTyped(null)
    onProblem(null)
    onChange(kept)
  }

  const step = (event: KeyboardEvent, times: number) => {
    event.preventDefault()
    const from = (typed === null ? null : parseNumber(typed, language)) ?? set ?? unset ?? shape.minimum ?? 0
    choose(from + times * shape.step)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp') step(event, 1)
    else if (event.key === 'ArrowDown') step(event, -1)
    else if (event.key === 'PageUp') step(event, 10)
    else if (event.key === 'PageDown') step(event, -10)
    else if (event.key === 'Enter') take(typed ?? '', typed !== null || set === undefined)
    else if (event.key === 'Escape' && typed !== null) {
      event.stopPropagation()
      setTyped(null)
      onProblem(null)
    }
  }

  const onBlur = () => {
    setFocused(false)
    if (typed === null) return
    take(typed, true)
    const number = parseNumber(typed, language)
    const wrong = typed.trim() !== '' && (number === null || checkValue(field, number) !== null)
    if (!wrong) setTyped(null)
  }

  const rested = set === undefined ? '' : focused ? editNumber(set, language) : show(set)
  const belowText = unset === undefined ? t('form.notSet') : t('form.notSetUses', { value: show(unset) })
  return (
    <div className={classes.number}>
      {shape.slider && (
        <RangeSlider
          label={rest.label}
          range={shape.slider}
          step={shape.step}
          value={set}
          below={unset}
          valueText={set === undefined ? belowText : show(set)}
          disabled={rest.disabled}
          onChange={choose}
        />
      )}
      <TextInput
        ref={input}
        className={shape.slider ? classes.exact : classes.exactAlone}
        role="spinbutton"
        inputMode={shape.integer ? 'numeric' : 'decimal'}
        aria-label={shape.slider ? t('form.exact', { name: rest.label }) : rest.label}
        aria-describedby={rest.describedBy}
        aria-invalid={rest.invalid}
        error={rest.invalid}
        aria-valuenow={set}
        aria-valuetext={set === undefined ? belowText : show(set)}
        aria-valuemin={shape.minimum}
        aria-valuemax={shape.maximum}
        disabled={rest.disabled}
        autoComplete="off"
        placeholder={unset === undefined ? '–' : show(unset)}
        value={typed ?? rested}
        onFocus={() => setFocused(true)}
        onBlur={onBlur}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          take(event.currentTarget.value, false)
        }}
      />
    </div>
  )
}
