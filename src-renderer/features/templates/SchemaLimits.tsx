import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { numberOf, stringsOf } from '@contract/json'
import type { JsonObject } from '@contract/values'
import { NumberField } from './NumberField'
import { OptionsField } from './OptionsField'
import { withKeyword, type Kind } from './schema-shape'
import classes from './Answer.module.css'

interface Props {
  schema: JsonObject
  kind: Kind
  onChange: (schema: JsonObject) => void
}

const limits = {
  text: { least: 'minLength', most: 'maxLength', unit: 'characters' },
  number: { least: 'minimum', most: 'maximum', unit: 'value' },
  whole: { least: 'minimum', most: 'maximum', unit: 'value' },
  list: { least: 'minItems', most: 'maxItems', unit: 'items' },
} as const

const boundaries = Object.values(limits).flatMap(({ least, most }) => [least, most])

/** What a value must hold to, by its kind. */
export function SchemaLimits({ schema, kind, onChange }: Props) {
  const { t } = useTranslation('templates')
  // Those that are set are seen at once; what is typed later must not close them.
  const [isOpen] = useState(() => boundaries.some((keyword) => schema[keyword] !== undefined))
  if (kind === 'choice')
    return (
      <OptionsField value={stringsOf(schema['enum'])} onChange={(options) => onChange({ ...schema, enum: options })} />
    )
  if (kind === 'boolean' || kind === 'object') return null
  const { least, most, unit } = limits[kind]
  const [lowest, highest] = [numberOf(schema[least]), numberOf(schema[most])]
  const crossed = lowest !== undefined && highest !== undefined && lowest > highest
  const counts = unit === 'value' ? {} : { min: 0, clampBehavior: 'strict' as const }
  const whole = kind === 'number' ? {} : { allowDecimal: false }
  return (
    <details className={classes.limited} open={isOpen}>
      <summary>{t('answer.limits')}</summary>
      <div className={classes.limits}>
        <NumberField
          {...counts}
          {...whole}
          size="xs"
          label={t(`variables.least.${unit}`)}
          placeholder={t('variables.noLimit')}
          value={lowest ?? null}
          onChange={(next) => onChange(withKeyword(schema, least, next ?? undefined))}
        />
        <NumberField
          {...counts}
          {...whole}
          size="xs"
          label={t(`variables.most.${unit}`)}
          placeholder={t('variables.noLimit')}
          error={crossed && t('variables.limitsCrossed')}
          value={highest ?? null}
          onChange={(next) => onChange(withKeyword(schema, most, next ?? undefined))}
        />
      </div>
    </details>
  )
}
