import { Button, Group, Text, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Provider } from '@contract/entities/provider'
import { HttpUrl } from '@contract/values'
import { useCommand } from '@renderer/api/queries'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { Section } from '@renderer/components/Section'
import classes from './forms.module.css'

/** Where the provider is called; keys belong to this address. */
export function AddressSection({ provider, baseUrl }: { provider: Provider; baseUrl: string }) {
  const { t } = useTranslation('providers')
  return (
    <Section title={t('address.title')} text={t('address.text')}>
      {/* A new address from elsewhere is shown at once: the field starts anew with it. */}
      <AddressForm key={baseUrl} provider={provider} baseUrl={baseUrl} />
    </Section>
  )
}

function AddressForm({ provider, baseUrl }: { provider: Provider; baseUrl: string }) {
  const { t } = useTranslation(['providers', 'common'])
  const [typed, setTyped] = useState(baseUrl)
  const [wrong, setWrong] = useState(false)
  const told = { onSuccess: () => notifyDone(t('address.saved')), onError: notifyError }
  const update = useCommand('providers.update', told)
  const reset = useCommand('providers.resetBaseUrl', told)
  const changed = typed.trim() !== baseUrl
  const moved = provider.defaultBaseUrl !== null && provider.defaultBaseUrl !== baseUrl

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const url = HttpUrl.safeParse(typed)
    setWrong(!url.success)
    if (url.success && changed) update.mutate({ id: provider.id, patch: { baseUrl: url.data } })
  }

  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        aria-label={t('address.title')}
        value={typed}
        spellCheck={false}
        error={wrong && t('address.wrong')}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setWrong(false)
        }}
      />
      {(changed || moved) && (
        <Group gap="xs">
          {changed && (
            <Button type="submit" size="xs" loading={update.isPending}>
              {t('common:save')}
            </Button>
          )}
          {changed && (
            <Button variant="default" size="xs" onClick={() => setTyped(baseUrl)}>
              {t('common:cancel')}
            </Button>
          )}
          {moved && !changed && (
            <Button
              variant="default"
              size="xs"
              loading={reset.isPending}
              onClick={() => reset.mutate({ id: provider.id })}
            >
              {t('address.reset')}
            </Button>
          )}
          {changed && (
            <Text size="sm" c="dimmed">
              {t('address.keysAgain')}
            </Text>
          )}
        </Group>
      )}
    </form>
  )
}
