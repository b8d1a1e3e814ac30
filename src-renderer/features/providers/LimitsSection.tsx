import { Button, Group, NumberInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ProviderLimits, type Provider } from '@contract/entities/provider'
import { useCommand } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { notifyDone } from '@renderer/components/notify'
import { Section } from '@renderer/components/Section'
import classes from './forms.module.css'

/** How many calls run at once. */
export function LimitsSection({ provider }: { provider: Provider }) {
  const { t } = useTranslation('providers')
  const { total, perToken } = provider.limits
  return (
    <Section title={t('limits.title')} text={t('limits.text')}>
      {/* Limits that were saved elsewhere are shown at once. */}
      <LimitsForm key={`${total}/${perToken}`} provider={provider} />
    </Section>
  )
}

const read = (value: string | number): number | null => (typeof value === 'number' ? value : null)

function LimitsForm({ provider: { id, limits, auth } }: { provider: Provider }) {
  const { t } = useTranslation(['providers', 'common'])
  const [total, setTotal] = useState<string | number>(limits.total ?? '')
  const [perToken, setPerToken] = useState<string | number>(limits.perToken ?? '')
  const [wrong, setWrong] = useState(false)
  const update = useCommand('providers.update', { onSuccess: () => notifyDone(t('limits.saved')) })
  const changed = read(total) !== limits.total || read(perToken) !== limits.perToken
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const next = ProviderLimits.safeParse({ total: read(total), perToken: read(perToken) })
    setWrong(!next.success)
    if (next.success) update.mutate({ id, patch: { limits: next.data } })
  }
  const field = (label: string, value: string | number, set: (value: string | number) => void) => (
    <NumberInput
      label={label}
      placeholder={t('limits.none')}
      value={value}
      w={150}
      allowDecimal={false}
      allowNegative={false}
      onChange={(next) => {
        set(next)
        setWrong(false)
      }}
    />
  )
  return (
    <form className={classes.form} onSubmit={submit}>
      <Group gap="md" align="flex-end">
        {field(t('limits.total'), total, setTotal)}
        {auth.type !== 'none' && field(t('limits.perToken'), perToken, setPerToken)}
        {changed && (
          <Button type="submit" size="sm" loading={update.isPending}>
            {t('common:save')}
          </Button>
        )}
      </Group>
      <p role="alert" className={classes.wrong}>
        {wrong && t('limits.wrong')}
      </p>
      {update.error && <ErrorNotice error={update.error} />}
    </form>
  )
}
