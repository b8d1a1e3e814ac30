import { NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Server } from '@contract/entities/server'
import { NewServerAuth } from '@contract/entities/server'
import { SecretInput } from '@renderer/domain/keys/SecretInput'
import { wantsSecret, type DraftField, type ServerDraft } from './server-draft'

interface Props {
  draft: ServerDraft
  server: Server | undefined
  wrong: readonly DraftField[]
  onChange: (part: Partial<ServerDraft>) => void
}

const types = NewServerAuth.options.map(({ shape }) => shape.type.value)

/** How the server wants to be asked. A stored secret is never shown, only that there is one. */
export function AuthFields({ draft, server, wrong, onChange }: Props) {
  const { t } = useTranslation('servers')
  const { authType } = draft
  const stored = !wantsSecret(draft, server)
  const moved = server !== undefined && !server.needsSecret && server.auth.type === authType && !stored
  const secret = {
    value: draft.secret,
    description: moved ? t('form.secretAgain') : undefined,
    placeholder: stored ? t('form.stored') : undefined,
  }
  return (
    <>
      <NativeSelect
        label={t('form.auth')}
        value={authType}
        data={types.map((value) => ({ value, label: t(`auth.${value}`) }))}
        onChange={(event) => {
          const chosen = types.find((type) => type === event.currentTarget.value)
          if (chosen) onChange({ authType: chosen, secret: '' })
        }}
      />
      {authType === 'basic' && (
        <TextInput
          label={t('form.username')}
          value={draft.username}
          autoComplete="off"
          spellCheck={false}
          error={wrong.includes('username') && t('form.usernameWrong')}
          onChange={(event) => onChange({ username: event.currentTarget.value })}
        />
      )}
      {authType === 'header' && (
        <TextInput
          label={t('form.header')}
          value={draft.header}
          spellCheck={false}
          error={wrong.includes('header') && t('form.headerWrong')}
          onChange={(event) => onChange({ header: event.currentTarget.value })}
        />
      )}
      {authType === 'basic' && (
        // A password may have a space at its end, which the field for keys would drop.
        <PasswordInput
          {...secret}
          label={t('form.password')}
          error={wrong.includes('secret') && t('form.passwordWrong')}
          autoComplete="off"
          spellCheck={false}
          data-1p-ignore
          visibilityToggleButtonProps={{ 'aria-label': t('form.showPassword') }}
          onChange={(event) => onChange({ secret: event.currentTarget.value })}
        />
      )}
      {(authType === 'bearer' || authType === 'header') && (
        <SecretInput
          {...secret}
          label={t('form.key')}
          error={wrong.includes('secret') && t('form.keyWrong')}
          onChange={(typed) => onChange({ secret: typed })}
        />
      )}
    </>
  )
}
