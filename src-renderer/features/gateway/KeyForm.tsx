import { Button, Group, NumberInput, Switch, TagsInput, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { GatewayKey } from '@contract/entities/gateway'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { keyDraftOf, readKeyDraft, type KeyDraft, type WrongField } from './key-draft'
import classes from './Gateway.module.css'

export interface KeyFormProps {
  gatewayKey: GatewayKey | undefined
  onCancel: () => void
  /** With the key itself where it is new. */
  onSaved: (key: string | null) => void
}

/** What a key is called and may do. */
export function KeyForm({ gatewayKey, onCancel, onSaved }: KeyFormProps) {
  const { t } = useTranslation(['gateway', 'common'])
  const format = useFormat()
  const [draft, setDraft] = useState<KeyDraft>(() => keyDraftOf(gatewayKey))
  const [wrong, setWrong] = useState<WrongField | null>(null)
  const create = useCommand('gateway.createKey', { onSuccess: ({ key }) => onSaved(key) })
  const change = useCommand('gateway.changeKey', { onSuccess: () => onSaved(null) })
  const names = useRoute('gateway.models', {})
  const set = (part: Partial<KeyDraft>) => {
    setDraft({ ...draft, ...part })
    setWrong(null)
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const read = readKeyDraft(draft)
    if ('wrong' in read) setWrong(read.wrong)
    else if (gatewayKey) change.mutate({ id: gatewayKey.id, change: read.key })
    else create.mutate(read.key)
  }
  const limit = (field: 'requestsPerMinute' | 'tokensPerDay' | 'dollarsPerDay') => (
    <NumberInput
      label={t(`form.${field}`)}
      placeholder={t('form.noLimit')}
      value={draft[field]}
      error={wrong === field && t(`form.wrong.${field}`)}
      allowNegative={false}
      {...(field === 'dollarsPerDay'
        ? { decimalSeparator: format.decimal, allowedDecimalSeparators: ['.', ','] }
        : { allowDecimal: false, thousandSeparator: format.thousands })}
      onChange={(value) => set({ [field]: value })}
    />
  )
  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      <TextInput
        label={t('form.name')}
        description={t('form.nameHelp')}
        value={draft.name}
        maxLength={120}
        error={wrong === 'name' && t('form.wrong.name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
        data-autofocus
      />
      <TagsInput
        label={t('form.models')}
        description={t('form.modelsHelp')}
        placeholder={draft.models.length === 0 ? t('form.anyModel') : ''}
        value={draft.models}
        data={[...new Set(['preset/*', 'config/*', ...(names.data ?? [])])]}
        limit={20}
        error={wrong === 'models' && t('form.wrong.models')}
        onChange={(models) => set({ models })}
      />
      <div className={classes.pair}>
        {limit('requestsPerMinute')}
        {limit('tokensPerDay')}
      </div>
      <div className={classes.pair}>
        {limit('dollarsPerDay')}
        <TextInput
          type="date"
          label={t('form.lastDay')}
          value={draft.lastDay}
          error={wrong === 'lastDay' && t('form.wrong.lastDay')}
          onChange={(event) => set({ lastDay: event.currentTarget.value })}
        />
      </div>
      <Switch
        label={t('form.manages')}
        description={t('form.managesHelp')}
        checked={draft.manages}
        onChange={(event) => set({ manages: event.currentTarget.checked })}
      />
      {(create.error ?? change.error) && <ErrorNotice error={create.error ?? change.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={create.isPending || change.isPending}>
          {t(gatewayKey ? 'common:save' : 'form.make')}
        </Button>
      </Group>
    </form>
  )
}
