import { ActionIcon, Chip, NativeSelect, Tooltip } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Provider } from '@contract/entities/provider'
import { ProviderId } from '@contract/ids'
import { useErrorText } from '@renderer/components/error-text'
import type { Refresh } from './use-refresh'
import classes from './ModelPicker.module.css'

interface Props {
  providers: readonly Provider[]
  providerId: ProviderId | null
  localOnly: boolean
  refresh: Refresh
  onProvider: (id: ProviderId | null) => void
  onLocalOnly: (localOnly: boolean) => void
}

/** Narrows the list to a provider or to local models, and asks for it anew. */
export function PickerFilters({ providers, providerId, localOnly, refresh, onProvider, onLocalOnly }: Props) {
  const { t } = useTranslation('models')
  const errorText = useErrorText()
  return (
    <>
      <div className={classes.filters}>
        <NativeSelect
          size="xs"
          aria-label={t('picker.provider')}
          value={providerId ?? ''}
          data={[
            { value: '', label: t('picker.allProviders') },
            ...providers.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(event) => {
            const parsed = ProviderId.safeParse(event.currentTarget.value)
            onProvider(parsed.success ? parsed.data : null)
          }}
        />
        <Chip size="xs" variant="outline" checked={localOnly} onChange={onLocalOnly}>
          {t('picker.localOnly')}
        </Chip>
        <Tooltip label={t('picker.refresh')}>
          <ActionIcon
            className={classes.refresh}
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
