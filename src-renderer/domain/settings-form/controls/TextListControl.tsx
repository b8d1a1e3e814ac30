import { Pill, PillsInput } from '@mantine/core'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { checkValue } from '@renderer/domain/settings-form/check-value'
import { stringsOf } from '@contract/json'
import { readEscapes, showEscapes } from '@renderer/domain/settings-form/escapes'
import type { ControlProps } from './control'
import classes from './controls.module.css'

/** Short texts as tags. A line break is typed and shown as `\n`, so that a stop text can hold one. */
export function TextListControl({ field, value, disabled, label, describedBy, invalid, ...props }: ControlProps) {
  const { t } = useTranslation('presets')
  const [typed, setTyped] = useState('')
  const texts = stringsOf(value)

  const keep = (next: string[]): boolean => {
    const problem = next.length === 0 ? null : checkValue(field, next)
    props.onProblem(problem)
    if (problem) return false
    props.onChange(next.length === 0 ? undefined : next)
    return true
  }
  const add = () => {
    if (typed === '') return
    const text = readEscapes(typed)
    if (texts.includes(text)) {
      props.onProblem({ key: 'twice' })
      return
    }
    if (keep([...texts, text])) setTyped('')
  }
  const remove = (text: string) => keep(texts.filter((other) => other !== text))

  const onKeyDown = (event: KeyboardEvent) => {
    const last = texts.at(-1)
    if (event.key === 'Enter') {
      event.preventDefault()
      add()
    } else if (event.key === 'Backspace' && typed === '' && last !== undefined) {
      event.preventDefault()
      remove(last)
      setTyped(showEscapes(last))
    } else if (event.key === 'Escape' && typed !== '') {
      event.stopPropagation()
      setTyped('')
      props.onProblem(null)
    }
  }
  return (
    <PillsInput className={classes.text} disabled={disabled} error={invalid}>
      <Pill.Group>
        {texts.map((text) => (
          <Pill
            key={text}
            className={classes.code}
            withRemoveButton={!disabled}
            removeButtonProps={{
              'aria-label': t('form.removeText', { text: showEscapes(text) }),
              'aria-hidden': false,
              tabIndex: 0,
            }}
            onRemove={() => remove(text)}
          >
            {showEscapes(text)}
          </Pill>
        ))}
        <PillsInput.Field
          aria-label={label}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          disabled={disabled}
          className={classes.code}
          placeholder={texts.length === 0 ? t('form.addText') : ''}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            props.onProblem(null)
          }}
          onKeyDown={onKeyDown}
          onBlur={add}
        />
      </Pill.Group>
    </PillsInput>
  )
}
