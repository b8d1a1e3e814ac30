import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JsonObject } from '@contract/values'
import { numberedName } from './numbered-name'
import { newSchema, propertiesIn, withProperties, type PropertyOf } from './schema-shape'
import { SchemaField } from './SchemaField'
import classes from './Answer.module.css'

interface Props {
  /** Of an object. */
  schema: JsonObject
  /** Its fields hold one value each: neither lists nor objects. */
  isFlat: boolean
  onChange: (schema: JsonObject) => void
}

/** The fields of an object, one under another. */
export function SchemaFields({ schema, isFlat, onChange }: Props) {
  const { t } = useTranslation('templates')
  const properties = propertiesIn(schema)
  const names = properties.map(({ name }) => name)
  // A field keeps its identity while its name changes, so that what is typed in it stays with it.
  const [ids, setIds] = useState(() => names.map((_, index) => index))
  const known = names.map((_, index) => ids[index] ?? index)
  const set = (next: readonly PropertyOf[]) => onChange(withProperties(schema, next))
  const add = () => {
    const name = numberedName(t('answer.fieldName'), (one) => names.includes(one))
    setIds([...known, Math.max(-1, ...known) + 1])
    set([...properties, { name, schema: newSchema('text'), required: true }])
  }
  return (
    <div className={classes.fields}>
      {properties.map((property, index) => (
        <SchemaField
          key={known[index]}
          property={property}
          taken={names.filter((name) => name !== property.name)}
          isFlat={isFlat}
          onChange={(next) => set(properties.with(index, next))}
          onRemove={() => {
            setIds(known.toSpliced(index, 1))
            set(properties.toSpliced(index, 1))
          }}
          renderFields={(inner, setInner) => <SchemaFields schema={inner} isFlat={false} onChange={setInner} />}
        />
      ))}
      <div>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconPlus size={14} stroke={1.6} aria-hidden />}
          onClick={add}
        >
          {t('answer.addField')}
        </Button>
      </div>
    </div>
  )
}
