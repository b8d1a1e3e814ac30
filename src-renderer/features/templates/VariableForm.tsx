import { Button, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { inputTypes, type InputType, type InputVariable, type TemplateContent } from '@contract/entities/template'
import { notifyUndo } from '@renderer/components/notify'
import type { ChangeContent } from './use-template-draft'
import { VariableLimits } from './VariableLimits'
import { VariableName } from './VariableName'
import { withType } from './variable-types'
import { VariableValues } from './VariableValues'
import classes from './Variables.module.css'

interface Props {
  variable: InputVariable
  /** It was added just now. */
  isNew: boolean
  content: TemplateContent
  onChange: (change: (before: InputVariable) => InputVariable) => void
  /** The variable has another name, and all that uses it, where that was asked for. */
  onRename: (name: string, content: TemplateContent) => void
  onContent: ChangeContent
}

/** All that can be said of one variable. */
export function VariableForm({ variable, isNew, content, onChange, onRename, onContent }: Props) {
  const { t } = useTranslation('templates')
  const { name, type, label, help, required } = variable
  const remove = () => {
    const at = content.variables.findIndex((each) => each.name === name)
    onContent((before) => ({ ...before, variables: before.variables.filter((each) => each.name !== name) }))
    notifyUndo({
      text: t('variables.removed', { name: label || name }),
      undo: () =>
        onContent((before) =>
          before.variables.some((each) => each.name === name)
            ? before
            : { ...before, variables: before.variables.toSpliced(at, 0, variable) }
        ),
    })
  }
  return (
    <section className={classes.form} aria-label={label || name}>
      <VariableName name={name} isNew={isNew} content={content} onRename={onRename} />
      <Select
        label={t('variables.type')}
        allowDeselect={false}
        value={type}
        data={inputTypes.map((value) => ({ value, label: t(`types.${value}`) }))}
        onChange={(value) => onChange((before) => withType(before, isType(value) ? value : before.type))}
      />
      <TextInput
        label={t('variables.label')}
        description={t('variables.labelHelp')}
        placeholder={name}
        maxLength={2000}
        value={label}
        onChange={(event) => {
          const { value } = event.currentTarget
          onChange((before) => ({ ...before, label: value }))
        }}
      />
      <Textarea
        label={t('variables.help')}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={2000}
        value={help}
        onChange={(event) => {
          const { value } = event.currentTarget
          onChange((before) => ({ ...before, help: value }))
        }}
      />
      {type !== 'boolean' && (
        <Switch
          label={t('variables.required')}
          checked={required}
          onChange={(event) => {
            const { checked } = event.currentTarget
            onChange((before) => ({ ...before, required: checked }))
          }}
        />
      )}
      <VariableValues variable={variable} onChange={(next) => onChange(() => next)} />
      <VariableLimits variable={variable} onChange={(next) => onChange(() => next)} />
      <div>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<IconTrash size={15} stroke={1.6} aria-hidden />}
          onClick={remove}
        >
          {t('variables.remove')}
        </Button>
      </div>
    </section>
  )
}

const isType = (value: string | null): value is InputType => inputTypes.some((type) => type === value)
