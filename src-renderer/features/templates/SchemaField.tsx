import { ActionIcon, Select, Switch, TextInput, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isObject, stringOf } from '@contract/json'
import type { JsonObject } from '@contract/values'
import { useUnsaved } from '@renderer/components/use-unsaved'
import { hiddenKeywords, kindOf, kinds, withKeyword, withKind, type Kind, type PropertyOf } from './schema-shape'
import { SchemaLimits } from './SchemaLimits'
import classes from './Answer.module.css'

interface Props {
  property: PropertyOf
  /** Names of the fields beside it. */
  taken: readonly string[]
  isFlat: boolean
  onChange: (next: PropertyOf) => void
  onRemove: () => void
  renderFields: RenderFields
}

/** Draws the fields of an object inside of this one. */
export type RenderFields = (schema: JsonObject, onChange: (schema: JsonObject) => void) => ReactNode

/** One field of an object: its name, what it holds, and what people and models are told of it. */
export function SchemaField({ property, taken, isFlat, onChange, onRemove, renderFields }: Props) {
  const { t } = useTranslation('templates')
  const { name, schema, required } = property
  const kind = kindOf(schema)
  const offered = kinds.filter((each) => !isFlat || (each !== 'list' && each !== 'object'))
  const edit = (next: JsonObject) => onChange({ ...property, schema: next })
  return (
    <div role="group" aria-label={name} className={classes.field}>
      <div className={classes.line}>
        <FieldName name={name} taken={taken} onChange={(next) => onChange({ ...property, name: next })} />
        <Select
          aria-label={t('answer.kind')}
          allowDeselect={false}
          placeholder={t('answer.onlyText')}
          value={kind ?? null}
          data={offered.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          onChange={(value) => isKind(value) && edit(withKind(schema, value))}
        />
        <Switch
          size="xs"
          label={t('answer.required')}
          checked={required}
          onChange={(event) => onChange({ ...property, required: event.currentTarget.checked })}
        />
        <Tooltip label={t('answer.removeField', { name })}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('answer.removeField', { name })} onClick={onRemove}>
            <IconX size={16} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      {isObject(schema) && (
        <div className={classes.told}>
          <TextInput
            aria-label={t('answer.title', { name })}
            placeholder={t('answer.titleHint')}
            value={stringOf(schema['title']) ?? ''}
            onChange={(event) => edit(withKeyword(schema, 'title', event.currentTarget.value || undefined))}
          />
          <TextInput
            aria-label={t('answer.about', { name })}
            placeholder={t('answer.aboutHint')}
            value={stringOf(schema['description']) ?? ''}
            onChange={(event) => edit(withKeyword(schema, 'description', event.currentTarget.value || undefined))}
          />
        </div>
      )}
      {isObject(schema) && kind !== undefined && (
        <Inside schema={schema} kind={kind} name={name} onChange={edit} renderFields={renderFields} />
      )}
      <Hidden schema={isObject(schema) ? schema : null} kind={kind} />
    </div>
  )
}

const isKind = (value: string | null): value is Kind => kinds.some((kind) => kind === value)

/** What only the text shows of a field. */
function Hidden({ schema, kind }: { schema: JsonObject | null; kind: Kind | undefined }) {
  const { t } = useTranslation('templates')
  const hidden = schema ? hiddenKeywords(schema) : []
  if (kind === undefined) return <p className={classes.said}>{t('answer.fieldNotInForm')}</p>
  if (hidden.length === 0) return null
  return <p className={classes.said}>{t('answer.hidden', { keywords: hidden.join(', ') })}</p>
}

interface InsideProps {
  schema: JsonObject
  kind: Kind
  name: string
  onChange: (schema: JsonObject) => void
  renderFields: RenderFields
}

/** What a value of a kind is made of, and held to. */
function Inside({ schema, kind, name, onChange, renderFields }: InsideProps) {
  const { t } = useTranslation('templates')
  const items = schema['items']
  if (kind === 'object') return <div className={classes.nested}>{renderFields(schema, onChange)}</div>
  if (kind !== 'list') return <SchemaLimits schema={schema} kind={kind} onChange={onChange} />
  const itemKind = kindOf(items)
  const setItems = (next: JsonObject) => onChange({ ...schema, items: next })
  return (
    <div className={classes.nested}>
      <Select
        className={classes.root}
        label={t('answer.listOf', { name })}
        allowDeselect={false}
        placeholder={t('answer.onlyText')}
        value={itemKind ?? null}
        data={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        onChange={(value) => isKind(value) && setItems(withKind(items, value))}
      />
      <SchemaLimits schema={schema} kind="list" onChange={onChange} />
      {isObject(items) && itemKind !== undefined && (
        <Inside schema={items} kind={itemKind} name={name} onChange={setItems} renderFields={renderFields} />
      )}
    </div>
  )
}

interface NameProps {
  name: string
  taken: readonly string[]
  onChange: (name: string) => void
}

/** A name is taken once it is whole, so that no field beside it is overwritten on the way. */
function FieldName({ name, taken, onChange }: NameProps) {
  const { t } = useTranslation('templates')
  const [typed, setTyped] = useState<string | null>(null)
  const next = (typed ?? name).trim()
  const wrong =
    next === '' ? t('answer.nameNeeded') : taken.includes(next) ? t('answer.nameTaken', { name: next }) : null
  useUnsaved(wrong !== null)
  const take = () => {
    if (wrong !== null) return
    if (next !== name) onChange(next)
    setTyped(null)
  }
  return (
    <TextInput
      aria-label={t('answer.name')}
      classNames={{ input: classes.code }}
      autoComplete="off"
      spellCheck={false}
      error={wrong}
      value={typed ?? name}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take()
        if (event.key === 'Escape') setTyped(null)
      }}
    />
  )
}
