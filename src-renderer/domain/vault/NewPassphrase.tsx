import { PasswordInput, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Characters; main refuses shorter ones. */
export const PASSPHRASE_MIN = 8

export interface NewPassphraseProps {
  minLength: number
  /** The passphrase when it is long enough and was typed the same twice, else null. */
  onChange: (passphrase: string | null) => void
}

/** A new passphrase, typed twice. */
export function NewPassphrase({ minLength, onChange }: NewPassphraseProps) {
  const { t } = useTranslation('vault')
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const tell = (one: string, two: string) => onChange(one.length >= minLength && one === two ? one : null)
  const toggle = { 'aria-label': t('passphrase.show') }
  return (
    <Stack gap="sm">
      <PasswordInput
        label={t('passphrase.label')}
        description={t('passphrase.help', { count: minLength })}
        value={first}
        autoComplete="new-password"
        visibilityToggleButtonProps={toggle}
        onChange={({ currentTarget: { value } }) => {
          setFirst(value)
          tell(value, second)
        }}
      />
      <PasswordInput
        label={t('passphrase.again')}
        value={second}
        autoComplete="new-password"
        visibilityToggleButtonProps={toggle}
        error={second !== '' && !first.startsWith(second) ? t('passphrase.differs') : null}
        onChange={({ currentTarget: { value } }) => {
          setSecond(value)
          tell(first, value)
        }}
      />
    </Stack>
  )
}
