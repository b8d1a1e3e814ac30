import { Button, Group, NativeSelect, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { NewProvider, Provider } from '@contract/entities/provider'
import { request } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useVaultGate } from '@renderer/domain/vault/use-vault-gate'
import { useLocal } from '@renderer/components/use-local'
import { AdvancedFields } from './AdvancedFields'
import { LocalField } from './OwnFields'
import { draftOf, hasCredentials, readDraft, withProgram, type DraftField, type ProviderDraft } from './provider-draft'

export interface ProviderFormProps {
  /** The provider to edit; undefined: a new one. */
  provider: Provider | undefined
  onSaved: (provider: Provider) => void
  onCancel: () => void
}

/** Program, name, address and whether a key is needed; the rest for those who know why. */
export function ProviderForm({ provider, onSaved, onCancel }: ProviderFormProps) {
  const { t } = useTranslation(['providers', 'common'])
  const { openVault, dialog } = useVaultGate()
  const flavours = useRoute('providers.flavours', {})
  const local = useLocal()
  const [draft, setDraft] = useState(() => draftOf(provider))
  const [wrong, setWrong] = useState<readonly DraftField[]>([])
  const [error, setError] = useState<unknown>(null)
  const [saving, setSaving] = useState(false)
  const program = flavours.data?.find(({ id }) => id === draft.flavour)
  const change = (part: Partial<ProviderDraft>) => {
    setDraft({ ...draft, ...part })
    setWrong([])
  }

  const save = async (value: NewProvider) => {
    setSaving(true)
    setError(null)
    try {
      // What looks like a key goes to the vault, so there must be one.
      if (hasCredentials(value) && !(await openVault())) return
      onSaved(
        provider
          ? await request('providers.update', { id: provider.id, patch: value })
          : await request('providers.create', value)
      )
    } catch (thrown) {
      setError(thrown)
    } finally {
      setSaving(false)
    }
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const read = readDraft(draft)
    if ('wrong' in read) setWrong(read.wrong)
    else void save(read.provider)
  }

  // The dialog stands beside the form: what is sent in it must not send the form too.
  return (
    <>
      <form onSubmit={submit}>
        <Stack gap="md">
          <NativeSelect
            label={t('form.program')}
            description={program && local(program.description)}
            value={draft.flavour ?? ''}
            data={[
              { value: '', label: t('form.programOther') },
              ...(flavours.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(event) => {
              const id = event.currentTarget.value
              change(withProgram(draft, id === '' ? null : id, flavours.data ?? []))
            }}
          />
          <TextInput
            label={t('common:name')}
            placeholder="LM Studio"
            value={draft.name}
            maxLength={120}
            onChange={(event) => change({ name: event.currentTarget.value })}
            data-autofocus
          />
          <TextInput
            label={t('address.title')}
            description={t('form.addressHelp')}
            placeholder="http://127.0.0.1:1234/v1"
            value={draft.baseUrl}
            spellCheck={false}
            error={wrong.includes('baseUrl') && t('address.wrong')}
            onChange={(event) => change({ baseUrl: event.currentTarget.value })}
          />
          {provider && draft.baseUrl.trim() !== provider.baseUrl && (
            <Text size="sm" c="dimmed">
              {t('address.keysAgain')}
            </Text>
          )}
          <Switch
            label={t('form.keyRequired')}
            checked={draft.keyRequired}
            onChange={(event) => change({ keyRequired: event.currentTarget.checked })}
          />
          <LocalField draft={draft} onChange={change} />
          <AdvancedFields draft={draft} wrong={wrong} onChange={change} />
          {error !== null && <ErrorNotice error={error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onCancel}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={saving} disabled={draft.name.trim() === '' || draft.baseUrl.trim() === ''}>
              {t(provider ? 'common:save' : 'common:add')}
            </Button>
          </Group>
        </Stack>
      </form>
      {dialog}
    </>
  )
}
