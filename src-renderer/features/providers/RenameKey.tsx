import { Button, Group, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Token } from '@contract/entities/token'
import { useCommand } from '@renderer/api/queries'
import { useErrorText } from '@renderer/components/error-text'

/** A key's name, edited in its row: Enter saves, Escape leaves. */
export function RenameKey({ token, onDone }: { token: Token; onDone: () => void }) {
  const { t } = useTranslation(['providers', 'common'])
  const text = useErrorText()
  const [name, setName] = useState(token.name)
  const rename = useCommand('tokens.rename', { onSuccess: onDone })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const trimmed = name.trim()
    if (trimmed === token.name) onDone()
    else if (trimmed !== '') rename.mutate({ id: token.id, name: trimmed })
  }
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-start">
        <TextInput
          aria-label={t('keys.newName')}
          size="xs"
          value={name}
          maxLength={120}
          // The user asked to rename: they expect to type.
          ref={(field) => {
            if (field && document.activeElement === document.body) field.focus()
          }}
          error={rename.error && text(rename.error).what}
          onChange={(event) => setName(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          onKeyDown={(event) => event.key === 'Escape' && onDone()}
          data-autofocus
        />
        <Button type="submit" size="xs" loading={rename.isPending} disabled={name.trim() === ''}>
          {t('common:save')}
        </Button>
        <Button variant="default" size="xs" onClick={onDone}>
          {t('common:cancel')}
        </Button>
      </Group>
    </form>
  )
}
