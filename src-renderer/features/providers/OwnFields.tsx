import { Checkbox, Group, NativeSelect, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ModelKind } from '@contract/entities/model'
import { isHere, looksLocal, type DraftField, type ProviderDraft } from './provider-draft'

export interface OwnFieldsProps {
  draft: ProviderDraft
  wrong: readonly DraftField[]
  onChange: (part: Partial<ProviderDraft>) => void
}

/** Whether the models run on this computer; asked only of an address of this computer. */
export function LocalField({ draft, onChange }: Omit<OwnFieldsProps, 'wrong'>) {
  const { t } = useTranslation('providers')
  if (!isHere(draft.baseUrl)) return null
  return (
    <Switch
      label={t('form.local')}
      description={t('form.localHelp')}
      checked={draft.saidLocal ?? looksLocal(draft)}
      onChange={(event) => onChange({ saidLocal: event.currentTarget.checked })}
    />
  )
}

/** What the models are for. */
export function KindsField({ draft, onChange }: Omit<OwnFieldsProps, 'wrong'>) {
  const { t } = useTranslation('providers')
  return (
    <Checkbox.Group
      label={t('form.kinds')}
      value={draft.kinds}
      onChange={(chosen) => {
        const kinds = ModelKind.options.filter((kind) => chosen.includes(kind))
        // Models that are for nothing are of no use: the last one stays.
        if (kinds.length > 0) onChange({ kinds })
      }}
    >
      <Group gap="md" pt={6}>
        {ModelKind.options.map((kind) => (
          <Checkbox key={kind} value={kind} label={t(`models.${kind}`)} />
        ))}
      </Group>
    </Checkbox.Group>
  )
}

/** How a key is put on a request. */
export function AuthField({ draft, wrong, onChange }: OwnFieldsProps) {
  const { t } = useTranslation('providers')
  return (
    <>
      <NativeSelect
        label={t('form.auth')}
        value={draft.auth}
        data={[
          { value: 'bearer', label: t('form.authBearer') },
          { value: 'header', label: t('form.authHeader') },
        ]}
        onChange={(event) => onChange({ auth: event.currentTarget.value === 'header' ? 'header' : 'bearer' })}
      />
      {draft.auth === 'header' && (
        <Group gap="sm" align="flex-start" grow>
          <TextInput
            label={t('form.authName')}
            placeholder="X-API-Key"
            value={draft.header}
            spellCheck={false}
            error={wrong.includes('auth') && t('form.authWrong')}
            onChange={(event) => onChange({ header: event.currentTarget.value })}
          />
          <TextInput
            label={t('form.authPrefix')}
            placeholder="Key "
            value={draft.prefix}
            spellCheck={false}
            onChange={(event) => onChange({ prefix: event.currentTarget.value })}
          />
        </Group>
      )}
    </>
  )
}
