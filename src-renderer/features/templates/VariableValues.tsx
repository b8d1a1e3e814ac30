import { MultiSelect, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LONGEST_INPUT, type InputVariable } from '@contract/entities/template'
import { SidesField } from '@renderer/components/SidesField'
import { NumberField } from './NumberField'
import { OptionsField } from './OptionsField'
import { withOptions } from './variable-types'
import classes from './Variables.module.css'

interface Props {
  variable: InputVariable
  onChange: (next: InputVariable) => void
}

/** What stands in the form from the start, and what the preview takes in its place. */
export function VariableValues({ variable, onChange }: Props): ReactNode {
  const { t } = useTranslation('templates')
  const standard = { label: t('variables.default') }
  const sample = { label: t('variables.sample'), description: t('variables.sampleHelp') }
  switch (variable.type) {
    case 'text':
    case 'longText': {
      const Control = variable.type === 'text' ? TextInput : LongInput
      return (
        <>
          <Control
            {...standard}
            maxLength={LONGEST_INPUT}
            value={variable.default}
            onChange={(event) => onChange({ ...variable, default: event.currentTarget.value })}
          />
          <Control
            {...sample}
            maxLength={LONGEST_INPUT}
            value={variable.sample ?? ''}
            onChange={(event) => onChange({ ...variable, sample: event.currentTarget.value || null })}
          />
        </>
      )
    }
    case 'number':
      return (
        <div className={classes.pair}>
          <NumberField
            {...standard}
            value={variable.default}
            onChange={(next) => onChange({ ...variable, default: next })}
          />
          <NumberField
            {...sample}
            value={variable.sample}
            onChange={(next) => onChange({ ...variable, sample: next })}
          />
        </div>
      )
    case 'boolean':
      return (
        <div className={classes.pair}>
          <YesOrNo
            {...standard}
            value={variable.default}
            onChange={(next) => onChange({ ...variable, default: next })}
          />
          <YesOrNo
            {...sample}
            value={variable.sample ?? variable.default}
            onChange={(next) => onChange({ ...variable, sample: next === variable.default ? null : next })}
          />
        </div>
      )
    case 'select': {
      const data = [...new Set(variable.options)]
      return (
        <>
          <OptionsField value={variable.options} onChange={(options) => onChange(withOptions(variable, options))} />
          <Select
            {...standard}
            clearable
            data={data}
            value={variable.default}
            onChange={(next) => onChange({ ...variable, default: next })}
          />
          <Select
            {...sample}
            clearable
            data={data}
            value={variable.sample}
            onChange={(next) => onChange({ ...variable, sample: next })}
          />
        </>
      )
    }
    case 'multiSelect': {
      const data = [...new Set(variable.options)]
      return (
        <>
          <OptionsField value={variable.options} onChange={(options) => onChange(withOptions(variable, options))} />
          <MultiSelect
            {...standard}
            clearable
            data={data}
            value={variable.default}
            onChange={(next) => onChange({ ...variable, default: next })}
          />
          <MultiSelect
            {...sample}
            clearable
            data={data}
            value={variable.sample ?? []}
            onChange={(next) => onChange({ ...variable, sample: next.length === 0 ? null : next })}
          />
        </>
      )
    }
    case 'list':
      return (
        <>
          <TagsInput
            {...standard}
            placeholder={variable.default.length === 0 ? t('variables.addItem') : ''}
            maxTags={1000}
            maxLength={2000}
            value={variable.default}
            onChange={(next) => onChange({ ...variable, default: next })}
          />
          <TagsInput
            {...sample}
            placeholder={variable.sample === null ? t('variables.addItem') : ''}
            maxTags={1000}
            maxLength={2000}
            value={variable.sample ?? []}
            onChange={(next) => onChange({ ...variable, sample: next.length === 0 ? null : next })}
          />
        </>
      )
    case 'file':
      return (
        <LongInput
          {...sample}
          maxLength={LONGEST_INPUT}
          value={variable.sample ?? ''}
          onChange={(event) => onChange({ ...variable, sample: event.currentTarget.value || null })}
        />
      )
  }
}

function LongInput(props: Parameters<typeof Textarea>[0]) {
  return <Textarea autosize minRows={2} maxRows={10} {...props} />
}

interface SidesProps {
  label: string
  description?: string
  value: boolean
  onChange: (value: boolean) => void
}

function YesOrNo({ value, onChange, ...words }: SidesProps) {
  const { t } = useTranslation('templates')
  return (
    <SidesField
      {...words}
      size="xs"
      sides={[
        { value: 'no', label: t('variables.no') },
        { value: 'yes', label: t('variables.yes') },
      ]}
      value={value ? 'yes' : 'no'}
      onChange={(next) => onChange(next === 'yes')}
    />
  )
}
