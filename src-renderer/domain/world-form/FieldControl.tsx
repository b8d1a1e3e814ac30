import { NumberInput, Select, Switch, TagsInput, Textarea } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { listOf, stringOf, stringsOf } from '@contract/json'
import type { JsonValue } from '@contract/values'
import { useLabels } from './use-labels'
import { TextsControl } from './TextsControl'
import type { FieldSpec } from './fields'

interface Props {
  spec: FieldSpec
  value: JsonValue | undefined
  onChange: (value: JsonValue) => void
}

const OWN = { true: true, false: false } as const

/** The control of one field, with its name and what it is for. */
export function FieldControl({ spec, value, onChange }: Props): ReactNode {
  const { t } = useTranslation('worlds')
  const { label, help } = useLabels(spec.path)
  const common = { label, description: help }
  switch (spec.control) {
    case 'text':
      return (
        <Textarea
          {...common}
          autosize
          minRows={spec.rows}
          maxRows={24}
          maxLength={200_000}
          value={stringOf(value) ?? ''}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'words':
      return (
        <TagsInput
          {...common}
          splitChars={spec.path === 'keys' || spec.path === 'secondaryKeys' ? [] : [',']}
          placeholder={stringsOf(value).length === 0 ? t('addWord') : ''}
          maxTags={1000}
          value={stringsOf(value)}
          onChange={onChange}
        />
      )
    case 'texts':
      return (
        <TextsControl {...common} value={listOf(value).flatMap((one) => stringOf(one) ?? [])} onChange={onChange} />
      )
    case 'switch':
      return <Switch {...common} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
    case 'own':
      return (
        <Select
          {...common}
          allowDeselect={false}
          data={[
            { value: 'world', label: t('own.world') },
            { value: 'true', label: t('own.yes') },
            { value: 'false', label: t('own.no') },
          ]}
          value={typeof value === 'boolean' ? String(value) : 'world'}
          onChange={(chosen) => onChange(chosen === 'true' || chosen === 'false' ? OWN[chosen] : null)}
        />
      )
    case 'number':
      return (
        <NumberInput
          {...common}
          min={spec.path === 'order' || spec.path === 'priority' ? -spec.max : 0}
          max={spec.max}
          clampBehavior="strict"
          allowDecimal={false}
          placeholder={spec.nullable ? t(spec.path === 'budget' ? 'unlimited' : 'own.world') : ''}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => {
            if (typeof next === 'number') onChange(next)
            else if (next === '' && spec.nullable) onChange(null)
          }}
        />
      )
    case 'choice':
      return (
        <Select
          {...common}
          allowDeselect={false}
          data={spec.choices.map((choice) => ({ value: choice, label: t(`choices.${choice}`) }))}
          value={stringOf(value) ?? null}
          onChange={(chosen) => chosen !== null && onChange(chosen)}
        />
      )
  }
}
