import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isObject, textOf } from '@contract/json'
import type { JsonValue } from '@contract/values'
import { useFormat } from '@renderer/components/format'
import { fieldsOf, itemShape, nameIn, type Shape } from './value-shape'
import classes from './ValueView.module.css'

interface Props {
  value: JsonValue
  shape: Shape | null
  /** Its name stands over it already. */
  named?: boolean
}

/** Items that are shown at once, and with each press more. */
const PAGE = 50
/** Characters of an item of a list that stands with others on one line. */
const SHORT = 40
/** All in quotes, or begun with a dash as speech is. A quoted word in a note is not speech. */
const SPOKEN = /^\s*(?:[—–]|["“«„][^"“”«»„]*["”»“][.!?…]*\s*$)/

/** What a model answered, as something to be read: names and values, lists, and what stands within them. */
export function ValueView({ value, shape, named = false }: Props): ReactNode {
  const { t } = useTranslation('generations')
  const format = useFormat()
  if (typeof value === 'string') return <Words text={value} />
  if (typeof value === 'number') return format.number(value)
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no')
  if (value === null) return <span className={classes.none}>{t('value.none')}</span>
  if (Array.isArray(value)) return <Items items={value} shape={shape} />
  return (
    <dl className={classes.fields}>
      {fieldsOf(shape, value, named).map((field) => (
        <div key={field.key} className={classes.field} data-wide={isWide(value[field.key]) || undefined}>
          <dt>{field.label}</dt>
          <dd>
            <ValueView value={value[field.key] ?? null} shape={field.shape} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** What has parts of its own stands under its name, not beside it. */
const isWide = (value: JsonValue | undefined) => isObject(value) || (Array.isArray(value) && value.some(isObject))

/** What is said or told is set as prose; what is noted is not. */
function Words({ text }: { text: string }) {
  const { t } = useTranslation('generations')
  if (text.trim() === '') return <span className={classes.none}>{t('value.none')}</span>
  const isProse = text.length > 160 || SPOKEN.test(text) || text.includes('\n')
  return <span className={isProse ? classes.prose : classes.words}>{text}</span>
}

function Items({ items, shape }: { items: readonly JsonValue[]; shape: Shape | null }) {
  const { t } = useTranslation('generations')
  const format = useFormat()
  const [shown, setShown] = useState(PAGE)
  if (items.length === 0) return <span className={classes.none}>{t('value.none')}</span>
  const isShort = items.every((item) => typeof item !== 'object' && textOf(item).length <= SHORT)
  if (isShort && items.length <= 12) return items.map(textOf).join(', ')
  const left = items.length - shown
  return (
    <>
      <ul className={classes.items} data-parts={items.some(isObject) || undefined}>
        {items.slice(0, shown).map((item, index) => (
          // Items have no names that are sure: their place is what they are known by.
          <li key={index}>
            {nameIn(item) !== null && <span className={classes.itemName}>{nameIn(item)}</span>}
            <ValueView value={item} shape={itemShape(shape)} named />
          </li>
        ))}
      </ul>
      {left > 0 && (
        <Button variant="default" size="compact-sm" mt={8} onClick={() => setShown(shown + PAGE * 4)}>
          {t('value.more', { count: left, number: format.number(left) })}
        </Button>
      )}
    </>
  )
}
