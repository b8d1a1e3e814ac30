import { Autocomplete, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Becomes } from '@contract/entities/template'
import { WorldEntryKind } from '@contract/entities/world'
import { isObject } from '@contract/json'
import type { JsonObject } from '@contract/values'
import { entryForms, type FieldName } from '@renderer/domain/world-form/fields'
import { useLabels } from '@renderer/domain/world-form/use-labels'
import { kindOf, propertiesIn } from './schema-shape'
import classes from './Answer.module.css'

interface Props {
  becomes: Becomes | null
  schema: JsonObject | null
  onChange: (becomes: Becomes | null) => void
}

/** What is made of words is filled in by an answer; the rest is set in the world. */
const fieldsOf = (kind: WorldEntryKind) =>
  entryForms[kind].flatMap(({ fields }) =>
    fields.filter(({ control }) => control === 'text' || control === 'words' || control === 'texts')
  )

/** The names of an answer's fields; of a list, those of its items. */
function keysOf(schema: JsonObject | null): string[] {
  if (!schema) return []
  const items = schema['items']
  const object = kindOf(schema) === 'list' && isObject(items) ? items : schema
  return propertiesIn(object).map(({ name }) => name)
}

/** What an answer can become in a world, and which field goes where. */
export function BecomesPart({ becomes, schema, onChange }: Props) {
  const { t } = useTranslation('templates')
  const worlds = useTranslation('worlds').t
  const keys = keysOf(schema)
  const setField = (field: string, key: string) => {
    if (!becomes) return
    const { [field]: _before, ...others } = becomes.fields
    onChange({ ...becomes, fields: key === '' || key === field ? others : { ...others, [field]: key } })
  }
  return (
    <section aria-label={t('becomes.title')} className={classes.becomes}>
      <Select
        className={classes.root}
        label={t('becomes.title')}
        description={t('becomes.help')}
        allowDeselect={false}
        value={becomes?.kind ?? 'nothing'}
        data={[
          { value: 'nothing', label: t('becomes.nothing') },
          ...WorldEntryKind.options.map((value) => ({ value, label: worlds(`kinds.${value}`) })),
        ]}
        onChange={(value) => {
          const kind = WorldEntryKind.safeParse(value).data
          onChange(kind ? { kind, fields: becomes?.fields ?? {} } : null)
        }}
      />
      {becomes && keys.length > 0 && (
        <table className={classes.mapping}>
          <thead>
            <tr>
              <th scope="col">{t('becomes.field')}</th>
              <th scope="col">{t('becomes.key')}</th>
            </tr>
          </thead>
          <tbody>
            <MappingRow
              label={worlds('entryName')}
              field="name"
              keys={keys}
              value={becomes.fields['name']}
              onChange={setField}
            />
            {fieldsOf(becomes.kind).map(({ path }) => (
              <FieldRow key={path} path={path} keys={keys} value={becomes.fields[path]} onChange={setField} />
            ))}
          </tbody>
        </table>
      )}
      {becomes && keys.length === 0 && <p className={classes.said}>{t('becomes.whole')}</p>}
    </section>
  )
}

interface RowProps {
  keys: readonly string[]
  value: string | undefined
  onChange: (field: string, key: string) => void
}

function FieldRow({ path, ...row }: RowProps & { path: FieldName }) {
  const { label } = useLabels(path)
  return <MappingRow {...row} label={label} field={path} />
}

function MappingRow({ label, field, keys, value, onChange }: RowProps & { label: string; field: string }) {
  const { t } = useTranslation('templates')
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        <Autocomplete
          size="xs"
          aria-label={t('becomes.keyOf', { field: label })}
          placeholder={keys.includes(field) ? field : t('becomes.stays')}
          data={[...keys]}
          value={value ?? ''}
          onChange={(key) => onChange(field, key)}
        />
      </td>
    </tr>
  )
}
