import { Button, Menu } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newVariable } from '@contract/entities/new-variable'
import { inputTypes, type InputType, type InputVariable, type TemplateContent } from '@contract/entities/template'
import { MovableRows } from '@renderer/components/MovableRows'
import { numberedName } from './numbered-name'
import type { ChangeContent } from './use-template-draft'
import { useTakenNames } from './use-taken-names'
import { VariableForm } from './VariableForm'
import classes from './Variables.module.css'

interface Props {
  content: TemplateContent
  onChange: ChangeContent
}

/** What the user of a template is asked: the questions in their order, and one of them to edit. */
export function VariablesTab({ content, onChange }: Props) {
  const { t } = useTranslation('templates')
  const { variables } = content
  const taken = useTakenNames()
  const [openName, setOpen] = useState<string | null>(null)
  /** Its name is what is written first. */
  const [added, setAdded] = useState<string | null>(null)
  const open = variables.find(({ name }) => name === openName) ?? variables[0]
  const set = (next: (before: readonly InputVariable[]) => InputVariable[]) =>
    onChange((before) => ({ ...before, variables: next(before.variables) }))
  const add = (type: InputType) => {
    const name = numberedName('value', (one) => taken.has(one) || variables.some((each) => each.name === one))
    set((before) => [...before, newVariable(type, name)])
    setOpen(name)
    setAdded(name)
  }
  return (
    <div className={classes.columns}>
      <div className={classes.side}>
        <MovableRows
          label={t('variables.list')}
          items={variables}
          idOf={({ name }) => name}
          nameOf={({ name, label }) => label || name}
          openId={open?.name}
          order={{
            onMove: (names) =>
              set((before) => names.flatMap((name) => before.find((each) => each.name === name) ?? [])),
            gripLabel: (name, place, of) => t('variables.grip', { name, place, of }),
            say: (name, place, of) => t('variables.moved', { name, place, of }),
          }}
        >
          {({ name, label, type, required }) => (
            <button
              type="button"
              className={classes.open}
              aria-current={name === open?.name || undefined}
              onClick={() => {
                setOpen(name)
                setAdded(null)
              }}
            >
              <span className={classes.label}>{label || name}</span>
              <span className={classes.facts}>
                {t(`types.${type}`)}
                {!required && type !== 'boolean' && ` · ${t('variables.optional')}`}
              </span>
            </button>
          )}
        </MovableRows>
        <Menu position="bottom-start" returnFocus={false}>
          <Menu.Target>
            <Button variant="default" size="xs" leftSection={<IconPlus size={15} stroke={1.6} aria-hidden />}>
              {t('variables.add')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {inputTypes.map((type) => (
              <Menu.Item key={type} onClick={() => add(type)}>
                {t(`types.${type}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      {open ? (
        <VariableForm
          key={open.name}
          isNew={open.name === added}
          variable={open}
          content={content}
          onChange={(change) => set((before) => before.map((each) => (each.name === open.name ? change(each) : each)))}
          onRename={(name, content) => {
            onChange(() => content)
            setOpen(name)
          }}
          onContent={onChange}
        />
      ) : (
        <p className={classes.none}>{t('variables.none', { example: '{{ name }}' })}</p>
      )}
    </div>
  )
}
