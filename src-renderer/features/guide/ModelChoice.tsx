import { Button, Group, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Model } from '@contract/entities/model'
import { useFormat } from '@renderer/components/format'

const MOST_SHOWN = 60

export interface ModelChoiceProps {
  /** Chat models to choose from; empty: the name is typed. */
  models: readonly Model[]
  /** The one that is chosen until the user chooses; null: none. */
  suggested?: Model | null
  beginning: boolean
  onBegin: (model: string) => void
}

/** Chooses a model by searching, and begins the story. */
export function ModelChoice({ models, suggested = null, beginning, onBegin }: ModelChoiceProps) {
  const { t } = useTranslation('guide')
  const format = useFormat()
  // One model may be on several servers; it is chosen once.
  const names = [...new Map(models.map((model) => [model.model, model])).values()]
  const [picked, setPicked] = useState<string | null>(null)
  const only = names.length === 1 ? names[0] : null
  const chosen = picked ?? only?.model ?? suggested?.model ?? null
  const facts = ({ size, contextLength, price }: Model) =>
    [
      size !== null && format.bytes(size),
      contextLength !== null && format.tokens(contextLength),
      price !== null && format.price(price),
    ]
      .filter(Boolean)
      .join(' · ')
  const byName = new Map(names.map((model) => [model.model, model]))

  return (
    <>
      {names.length === 0 ? (
        <TextInput
          label={t('model.label')}
          description={t('model.typed')}
          value={chosen ?? ''}
          spellCheck={false}
          onChange={(event) => setPicked(event.currentTarget.value.trim() || null)}
        />
      ) : (
        <Select
          label={t('model.label')}
          placeholder={t('model.search')}
          nothingFoundMessage={t('model.nothing')}
          searchable
          selectFirstOptionOnChange
          allowDeselect={false}
          limit={MOST_SHOWN}
          data={names.map(({ model }) => model)}
          value={chosen}
          onChange={setPicked}
          renderOption={({ option }) => {
            const model = byName.get(option.value)
            return (
              <Group justify="space-between" gap="sm" flex={1} wrap="nowrap">
                <span style={{ overflowWrap: 'anywhere' }}>{option.label}</span>
                <span style={{ color: 'var(--fab-soft)', fontSize: 12, whiteSpace: 'nowrap' }}>
                  {model && facts(model)}
                </span>
              </Group>
            )
          }}
        />
      )}
      <Group>
        <Button disabled={chosen === null} loading={beginning} onClick={() => chosen !== null && onBegin(chosen)}>
          {t('begin')}
        </Button>
      </Group>
    </>
  )
}
