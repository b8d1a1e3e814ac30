import { ActionIcon, Chip, NativeSelect, Tooltip } from '@mantine/core'
import { IconFilterOff, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ModelKind } from '@contract/entities/model'
import type { Provider } from '@contract/entities/provider'
import { ProviderId } from '@contract/ids'
import { useErrorText } from '@renderer/components/error-text'
import { useFormat } from '@renderer/components/format'
import { abilities, ceilings, isNarrow, leastContexts, noFilter, type Ability, type ModelFilter } from './model-filter'
import type { Refresh } from './use-refresh'
import classes from './ModelPicker.module.css'

interface Props {
  providers: readonly Provider[]
  /** Embedding models have no abilities to choose by. */
  kind: ModelKind
  filter: ModelFilter
  refresh: Refresh
  onChange: (filter: ModelFilter) => void
}

/** Narrows the list by where a model is, what it costs, what it takes and what it can do; and asks for it anew. */
export function PickerFilters({ providers, kind, filter, refresh, onChange }: Props) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const errorText = useErrorText()
  const change = (part: Partial<ModelFilter>) => onChange({ ...filter, ...part })
  const withAbility = (ability: Ability, wanted: boolean) =>
    change({ abilities: abilities.filter((each) => (each === ability ? wanted : filter.abilities.includes(each))) })
  const number = (text: string) => (text === '' ? null : Number(text))
  return (
    <>
      <div className={classes.filters}>
        <Choice
          label={t('picker.provider')}
          any={t('picker.allProviders')}
          value={filter.providerId}
          options={providers.map(({ id, name }) => [id, name])}
          onChange={(id) => change({ providerId: ProviderId.safeParse(id).data ?? null })}
        />
        <Choice
          label={t('picker.price')}
          any={t('picker.anyPrice')}
          value={filter.ceiling}
          options={ceilings.map((price) => [
            String(price),
            price === 0 ? t('picker.freeOnly') : t('picker.under', { price: format.cost(price) }),
          ])}
          onChange={(price) => change({ ceiling: number(price) })}
        />
        <Choice
          label={t('picker.context')}
          any={t('picker.anyContext')}
          value={filter.leastContext}
          options={leastContexts.map((least) => [String(least), t('picker.from', { tokens: format.tokens(least) })])}
          onChange={(least) => change({ leastContext: number(least) })}
        />
        <span className={classes.spring} />
        {isNarrow(filter) && (
          <Tooltip label={t('picker.noFilter')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('picker.noFilter')}
              onClick={() => onChange(noFilter)}
            >
              <IconFilterOff size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label={t('picker.refresh')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            loading={refresh.running}
            aria-label={t('picker.refresh')}
            onClick={refresh.run}
          >
            <IconRefresh size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.filters} data-last>
        <Chip size="xs" variant="outline" checked={filter.localOnly} onChange={(localOnly) => change({ localOnly })}>
          {t('picker.localOnly')}
        </Chip>
        {kind === 'chat' &&
          abilities.map((ability) => (
            <Chip
              key={ability}
              size="xs"
              variant="outline"
              checked={filter.abilities.includes(ability)}
              onChange={(wanted) => withAbility(ability, wanted)}
            >
              {t(`picker.${ability}`)}
            </Chip>
          ))}
      </div>
      {refresh.failed.length > 0 && (
        <div role="alert" className={classes.failed}>
          {refresh.failed.map(({ name, error }) => (
            <div key={name}>{[name, errorText(error).what].filter(Boolean).join(': ')}</div>
          ))}
        </div>
      )}
    </>
  )
}

interface ChoiceProps {
  label: string
  /** The words for no choice, which is an empty value. */
  any: string
  value: string | number | null
  /** Values with their words. */
  options: readonly (readonly [value: string, label: string])[]
  onChange: (value: string) => void
}

function Choice({ label, any, value, options, onChange }: ChoiceProps) {
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={value ?? ''}
      data={[{ value: '', label: any }, ...options.map(([one, words]) => ({ value: one, label: words }))]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
