import { Button, Group, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { freeName, takenAmong } from '@contract/names'
import type { Provider } from '@contract/entities/provider'
import { Secret } from '@contract/entities/token'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { SecretInput } from '@renderer/domain/keys/SecretInput'
import { useAddKey } from '@renderer/domain/keys/use-add-key'
import { notifyDone } from '@renderer/components/notify'
import classes from './forms.module.css'

export interface AddKeyFormProps {
  provider: Provider
  /** Names of the provider's other keys. */
  taken: readonly string[]
  onDone: () => void
  /** Absent: the form cannot be closed. */
  onCancel?: () => void
}

/** A name and a key, checked live on the way in. */
export function AddKeyForm({ provider, taken, onDone, onCancel }: AddKeyFormProps) {
  const { t } = useTranslation(['providers', 'common'])
  const [name, setName] = useState(() => freeName(t('keys.defaultName'), takenAmong(taken)))
  const [secret, setSecret] = useState('')
  const [wrong, setWrong] = useState(false)
  const adding = useAddKey()

  const add = async (anyway: boolean) => {
    const key = Secret.safeParse(secret)
    setWrong(!key.success)
    if (!key.success) return
    const added = await adding.add({ providerId: provider.id, name: name.trim(), secret: key.data }, anyway)
    if (!added) return
    const models = added.check?.models ?? null
    notifyDone(
      added.check?.answersWithoutKey
        ? t('keys.addedUnproven', { name: added.token.name })
        : models === null
          ? t('keys.added', { name: added.token.name })
          : t('keys.addedModels', { name: added.token.name, count: models })
    )
    onDone()
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    void add(false)
  }

  // The dialog stands beside the form: what is sent in it must not send the form too.
  return (
    <>
      <form className={classes.form} onSubmit={submit}>
        <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
          <TextInput
            label={t('common:name')}
            value={name}
            maxLength={120}
            w={170}
            flex="none"
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <SecretInput
            value={secret}
            error={wrong && t('keys.wrong')}
            placeholder={t('keys.paste')}
            onChange={(value) => {
              setSecret(value)
              setWrong(false)
              adding.clear()
            }}
          />
        </Group>
        {adding.error && <ErrorNotice error={adding.error} />}
        <Group gap="xs">
          <Button type="submit" size="xs" loading={adding.pending} disabled={name.trim() === '' || secret === ''}>
            {t('keys.checkAndAdd')}
          </Button>
          {adding.canAddAnyway && (
            <Button variant="default" size="xs" onClick={() => void add(true)}>
              {t('keys.addAnyway')}
            </Button>
          )}
          {onCancel && (
            <Button variant="default" size="xs" onClick={onCancel}>
              {t('common:cancel')}
            </Button>
          )}
        </Group>
      </form>
      {adding.dialog}
    </>
  )
}
