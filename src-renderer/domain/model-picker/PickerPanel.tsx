import { Button, TextInput, VisuallyHidden } from '@mantine/core'
import { IconCpu, IconSearch } from '@tabler/icons-react'
import { useCallback, useDeferredValue, useId, useMemo, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ModelKind } from '@contract/entities/model'
import { EmptyState } from '@renderer/components/EmptyState'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import type { ModelChoice } from './model-choice'
import { isNarrow, noFilter } from './model-filter'
import { ModelList } from './ModelList'
import { nextChoice, pickerRows } from './picker-rows'
import { PickerFilters } from './PickerFilters'
import { recentModels } from './recent-models'
import { searchModels } from './search-models'
import type { Models } from './use-models'
import { useRefresh } from './use-refresh'
import classes from './ModelPicker.module.css'

interface Props {
  models: Models
  kind: ModelKind
  chosen: ModelChoice | null
  onChoose: (choice: ModelChoice) => void
}

const PAGE = 8

/** Search, filters and the list. The focus stays in the search field; the arrows move through the list. */
export function PickerPanel({ models, kind, chosen, onChoose }: Props) {
  const { t } = useTranslation('models')
  const listId = useId()
  const [text, setText] = useState('')
  const [filter, setFilter] = useState(noFilter)
  const [active, setActive] = useState<number | null>(null)
  const [recent] = useState(recentModels)
  const refresh = useRefresh(models.providers)
  // Typing comes first; with a very long list the answer may follow a frame later.
  const searched = useDeferredValue(text)

  const able = useMemo(
    () => models.providers.filter((provider) => provider.kinds.includes(kind)),
    [models.providers, kind]
  )
  const rowsFor = useCallback(
    (words: string) => {
      const groups = searchModels(models.index, { text: words, kind, filter, recent })
      const typable = able.filter(
        (provider) =>
          // Until the catalogue is here nobody knows what it lists, and Enter would take a piece of a name for one.
          !models.loading &&
          !provider.hasOwnModels &&
          (filter.providerId === null || provider.id === filter.providerId) &&
          (!filter.localOnly || provider.local)
      )
      return pickerRows(groups, words, typable, models.index)
    },
    [models.index, models.loading, kind, filter, able, recent]
  )
  const rows = useMemo(() => rowsFor(searched), [rowsFor, searched])

  const first = nextChoice(rows, -1, 1)
  const at = active === null || active >= rows.length || rows[active]?.type === 'header' ? first : active
  const count = rows.filter((row) => row.type === 'model').length

  const move = (by: 1 | -1, times: number) => setActive(nextChoice(rows, at, by, times))
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Partial<Record<string, () => void>> = {
      ArrowDown: () => move(1, 1),
      ArrowUp: () => move(-1, 1),
      PageDown: () => move(1, PAGE),
      PageUp: () => move(-1, PAGE),
      Home: () => setActive(first),
      End: () => setActive(nextChoice(rows, rows.length, -1)),
      Enter: () => {
        // Who types quickly means what is typed, not the list that is still being drawn.
        const typed = searched === text ? rows : rowsFor(text)
        const row = typed[searched === text ? at : nextChoice(typed, -1, 1)]
        if (row && row.type !== 'header') onChoose(row.choice)
      },
    }
    const act = moves[event.key]
    if (!act || event.nativeEvent.isComposing) return
    event.preventDefault()
    act()
  }
  const narrow =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value)
      setActive(null)
    }
  const nothingYet = !models.loading && !models.error && !models.index.some((entry) => entry.model.kind === kind)
  return (
    <div className={classes.panel}>
      <TextInput
        className={classes.search}
        leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
        placeholder={t('picker.search')}
        aria-label={t('picker.search')}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={rows[at] ? `${listId}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        value={text}
        onChange={(event) => narrow(setText)(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <PickerFilters providers={able} kind={kind} filter={filter} refresh={refresh} onChange={narrow(setFilter)} />
      <VisuallyHidden component="output">{t('picker.found', { count })}</VisuallyHidden>
      {models.loading && <LoadingRows rows={5} />}
      {models.error && <ErrorNotice error={models.error} onRetry={models.retry} />}
      {nothingYet && text === '' ? (
        <EmptyState
          icon={<IconCpu size={28} stroke={1.4} />}
          text={t(kind === 'embedding' ? 'picker.emptyEmbedding' : 'picker.empty')}
          action={
            <Button component={Link} href="/providers" variant="default">
              {t('picker.toProviders')}
            </Button>
          }
        />
      ) : (
        <ModelList id={listId} rows={rows} active={at} chosen={chosen} onActive={setActive} onChoose={onChoose} />
      )}
      {!nothingYet && rows.length === 0 && (
        <p className={classes.nothing}>{t(isNarrow(filter) ? 'picker.nothingFits' : 'picker.nothing')}</p>
      )}
    </div>
  )
}
