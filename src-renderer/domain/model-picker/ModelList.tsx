import { IconCheck } from '@tabler/icons-react'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@renderer/components/format'
import { choiceKey, type ModelChoice } from './model-choice'
import { modelFacts } from './model-facts'
import type { IndexedModel } from './model-index'
import type { PickerRow } from './picker-rows'
import type { ModelGroup } from './search-models'
import classes from './ModelPicker.module.css'

interface Props {
  id: string
  rows: readonly PickerRow[]
  /** The line that Enter takes. */
  active: number
  chosen: ModelChoice | null
  onActive: (row: number) => void
  onChoose: (choice: ModelChoice) => void
}

const HEADER_HEIGHT = 30
const ROW_HEIGHT = 46

/** A listbox of thousands of models, of which only the visible lines exist. */
export function ModelList({ id, rows, active, chosen, onActive, onChoose }: Props) {
  const { t } = useTranslation('models')
  const scroller = useRef<HTMLDivElement>(null)
  const pointer = useRef({ x: -1, y: -1 })
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.type === 'header' ? HEADER_HEIGHT : ROW_HEIGHT),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 6,
    // The active line must exist even when it is scrolled away: aria-activedescendant points to it.
    rangeExtractor: (range) => {
      const visible = defaultRangeExtractor(range)
      return visible.includes(active) || active < 0 ? visible : [...visible, active].toSorted((a, b) => a - b)
    },
  })
  useEffect(() => virtual.measure(), [virtual, rows])
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(rows[active - 1]?.type === 'header' ? active - 1 : active)
  }, [virtual, rows, active])

  const chosenKey = chosen && choiceKey(chosen)
  return (
    <div className={classes.scroller} ref={scroller} tabIndex={-1}>
      <div
        id={id}
        role="listbox"
        aria-label={t('picker.list')}
        className={classes.list}
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ index, start, size }) => {
          const row = rows[index]
          if (!row) return null
          const style = { height: size, transform: `translateY(${start}px)` }
          if (row.type === 'header') {
            return (
              <div key={row.key} role="presentation" className={classes.header} style={style}>
                <GroupName group={row.group} />
              </div>
            )
          }
          return (
            // The focus stays in the search field; a screen reader may still put its own here.
            <div
              key={row.key}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={choiceKey(row.choice) === chosenKey}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              data-active={index === active || undefined}
              data-trouble={(row.type === 'model' && row.entry.trouble !== null) || undefined}
              className={classes.option}
              style={style}
              onPointerMove={(event) => {
                // A list that scrolls under a resting pointer must not move the active line.
                const { clientX: x, clientY: y } = event
                if (pointer.current.x === x && pointer.current.y === y) return
                pointer.current = { x, y }
                if (index !== active) onActive(index)
              }}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(row.choice)}
              onKeyDown={(event) => {
                if (event.key === 'Enter') onChoose(row.choice)
              }}
            >
              {row.type === 'model' ? (
                <ModelLine entry={row.entry} chosen={row.entry.key === chosenKey} />
              ) : (
                <span className={classes.lineName}>
                  {t('picker.useTyped', { model: row.choice.model, provider: row.provider.name })}
                </span>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function GroupName({ group }: { group: ModelGroup | null }) {
  const { t } = useTranslation('models')
  const entry = group?.entries[0]
  if (!group || !entry) return <>{t('picker.typed')}</>
  if (group.id === 'recent') return <>{t('picker.recent')}</>
  if (!entry.server && entry.model.serverId !== null)
    return (
      <>
        {entry.provider.name} · {t('picker.anyServer')}
      </>
    )
  if (!entry.server) return <>{entry.provider.name}</>
  const { available } = entry.server
  return (
    <>
      {entry.provider.name} · {entry.server.name}
      {available !== null && (
        <span className={classes.state} data-available={available}>
          {t(available ? 'picker.serverUp' : 'picker.serverDown')}
        </span>
      )}
    </>
  )
}

function ModelLine({ entry, chosen }: { entry: IndexedModel; chosen: boolean }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const { model, trouble } = entry
  return (
    <>
      <span className={classes.lineText}>
        <span className={classes.lineName}>{model.name}</span>
        {(model.model !== model.name || trouble) && (
          <span className={classes.lineId}>{trouble ? t(`picker.${trouble}`) : model.model}</span>
        )}
      </span>
      <span className={classes.lineFacts}>{modelFacts(model, format, t)}</span>
      {chosen && <IconCheck size={16} stroke={1.6} className={classes.check} aria-hidden />}
    </>
  )
}
