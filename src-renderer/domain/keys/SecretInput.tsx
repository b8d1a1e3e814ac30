import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'

export interface SecretInputProps extends Omit<PasswordInputProps, 'onChange' | 'value'> {
  value: string
  /** Gets the text without white space around it, as it often comes with a pasted key. */
  onChange: (secret: string) => void
}

/** A field for a provider's key: hidden, and kept out of the browser's password store. */
export function SecretInput({ value, onChange, ...rest }: SecretInputProps) {
  const { t } = useTranslation('common')
  return (
    <PasswordInput
      label={t('key')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.trim())}
      autoComplete="off"
      spellCheck={false}
      data-1p-ignore
      visibilityToggleButtonProps={{ 'aria-label': t('showKey') }}
      {...rest}
    />
  )
}
