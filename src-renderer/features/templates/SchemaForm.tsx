import { Button, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isObject } from '@contract/json'
import type { JsonObject } from '@contract/values'
import { hiddenKeywords, kindOf, newSchema } from './schema-shape'
import { SchemaFields } from './SchemaFields'
import classes from './Answer.module.css'

interface Props {
  schema: JsonObject
  /** A row of a table has fields alone, each of one value. */
  isRow: boolean
  onChange: (schema: JsonObject) => void
  onText: () => void
}

/** A schema as questions about fields. What the form cannot show stays as it is, and is told of. */
export function SchemaForm({ schema, isRow, onChange, onText }: Props) {
  const { t } = useTranslation('templates')
  const kind = kindOf(schema)
  const items = schema['items']
  const isList = kind === 'list' && isObject(items) && kindOf(items) === 'object'
  const object = isList ? items : kind === 'object' ? schema : null
  const hidden = [...new Set([...hiddenKeywords(schema), ...(isList ? hiddenKeywords(items) : [])])]
  const toText = (
    <Button variant="subtle" color="gray" size="compact-xs" onClick={onText}>
      {t('answer.openText')}
    </Button>
  )
  if (!object)
    return (
      <p className={classes.said}>
        {t('answer.notInForm')} {toText}
      </p>
    )
  const wrap = (next: JsonObject) => onChange(isList ? { ...schema, items: next } : next)
  return (
    <>
      {!isRow && (
        <Select
          className={classes.root}
          label={t('answer.whole')}
          allowDeselect={false}
          value={isList ? 'list' : 'object'}
          data={[
            { value: 'object', label: t('answer.oneObject') },
            { value: 'list', label: t('answer.listOfObjects') },
          ]}
          onChange={(value) => {
            if (value === 'list' && !isList) onChange({ ...newSchema('list'), items: object })
            if (value === 'object' && isList) onChange(object)
          }}
        />
      )}
      {hidden.length > 0 && (
        <p className={classes.said}>
          {t('answer.hidden', { keywords: hidden.join(', ') })} {toText}
        </p>
      )}
      <SchemaFields schema={object} isFlat={isRow} onChange={wrap} />
    </>
  )
}
