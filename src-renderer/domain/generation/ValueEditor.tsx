import { ActionIcon, Button, JsonInput, NumberInput, Select, Switch, TagsInput, Textarea } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isObject, listOf, stringOf, stringsOf } from '@contract/json'
import type { JsonValue } from '@contract/values'
import { useLanguage } from '@renderer/components/use-local'
import { readJson } from '@renderer/domain/settings-form/read-json'
import { blankOf, fieldsOf, itemShape, kindOf, labelOf, lackingFields, optionsOf, type Shape } from './value-shape'
import classes from './ValueEditor.module.css'

interface Props {
  label: string
  value: JsonValue
  shape: Shape | null
  onChange: (value: JsonValue) => void
}

/** Items whose fields are drawn at once. */
const PAGE = 20

/** An answer to be changed by hand, each part by a field of its type. */
export function ValueEditor({ label, value, shape, onChange }: Props): ReactNode {
  const language = useLanguage()
  const kind = kindOf(shape, value)
  switch (kind) {
    case 'text':
      return (
        <Textarea
          label={label}
          autosize
          minRows={1}
          maxRows={16}
          spellCheck
          value={stringOf(value) ?? ''}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'choice':
      return (
        <Select
          label={label}
          allowDeselect={false}
          data={[...new Set([...optionsOf(shape), ...(typeof value === 'string' ? [value] : [])])]}
          value={stringOf(value) ?? null}
          onChange={(chosen) => chosen !== null && onChange(chosen)}
        />
      )
    case 'number':
    case 'integer':
      return (
        <NumberInput
          label={label}
          maw={180}
          allowDecimal={kind === 'number'}
          decimalSeparator={language === 'ru' ? ',' : '.'}
          allowedDecimalSeparators={['.', ',']}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => typeof next === 'number' && onChange(next)}
        />
      )
    case 'boolean':
      return (
        <Switch label={label} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
      )
    case 'texts':
      return <TagsInput label={label} splitChars={[]} allowDuplicates value={stringsOf(value)} onChange={onChange} />
    case 'list':
      return <ListEditor label={label} value={value} shape={shape} onChange={onChange} />
    case 'object':
      return <ObjectEditor label={label} value={value} shape={shape} onChange={onChange} />
    case 'other':
      return <JsonEditor label={label} value={value} onChange={onChange} />
  }
}

function ObjectEditor({ label, value, shape, onChange }: Props) {
  const { t } = useTranslation('generations')
  const object = isObject(value) ? value : {}
  const lacking = lackingFields(shape, object)
  return (
    <div role="group" aria-label={label} className={classes.object}>
      {fieldsOf(shape, object).map((field) => (
        <ValueEditor
          key={field.key}
          label={field.label}
          value={object[field.key] ?? null}
          shape={field.shape}
          onChange={(next) => onChange({ ...object, [field.key]: next })}
        />
      ))}
      {lacking.length > 0 && (
        <div className={classes.lacking}>
          {lacking.map((key) => (
            <Button
              key={key}
              variant="default"
              size="compact-sm"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => {
                const blank = blankOf(shape)
                onChange({ ...object, [key]: isObject(blank) ? (blank[key] ?? '') : '' })
              }}
            >
              {t('edit.addField', { name: labelOf(key, undefined) })}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}

function ListEditor({ label, value, shape, onChange }: Props) {
  const { t } = useTranslation('generations')
  const [shown, setShown] = useState(PAGE)
  const items = listOf(value)
  const item = itemShape(shape)
  return (
    <div role="group" aria-label={label} className={classes.list}>
      <span className={classes.listName}>{label}</span>
      {items.slice(0, shown).map((one, index) => {
        const name = t('edit.item', { label, number: index + 1 })
        return (
          // Items have no names that are sure: their place is what they are known by.
          <div key={index} className={classes.item}>
            <div className={classes.itemFields}>
              <ValueEditor
                label={name}
                value={one}
                shape={item}
                onChange={(next) => onChange(items.with(index, next))}
              />
            </div>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('edit.removeItem', { label, number: index + 1 })}
              onClick={() => onChange(items.toSpliced(index, 1))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </div>
        )
      })}
      <div className={classes.lacking}>
        {items.length > shown && (
          <Button variant="default" size="compact-sm" onClick={() => setShown(shown + PAGE)}>
            {t('value.more', { count: items.length - shown, number: String(items.length - shown) })}
          </Button>
        )}
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => {
            setShown(Math.max(shown, items.length + 1))
            onChange([...items, item ? blankOf(item) : blankLike(items[0])])
          }}
        >
          {t('edit.addItem')}
        </Button>
      </div>
    </div>
  )
}

/** Like its neighbour, without what that says. */
function blankLike(item: JsonValue | undefined): JsonValue {
  if (isObject(item)) return Object.fromEntries(Object.entries(item).map(([key, value]) => [key, blankLike(value)]))
  if (typeof item === 'number') return 0
  if (typeof item === 'boolean') return false
  return Array.isArray(item) ? [] : ''
}

function JsonEditor({ label, value, onChange }: Omit<Props, 'shape'>) {
  const { t } = useTranslation('generations')
  const [text, setText] = useState(() => JSON.stringify(value, null, 2))
  return (
    <JsonInput
      label={label}
      autosize
      minRows={1}
      maxRows={12}
      validationError={t('edit.notJson')}
      value={text}
      onChange={(next) => {
        setText(next)
        const read = readJson(next)
        if (read !== undefined) onChange(read)
      }}
    />
  )
}
