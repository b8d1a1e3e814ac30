import { Anchor, Button, Group, Loader, Text } from '@mantine/core'
import { IconLogin2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Provider } from '@contract/entities/provider'
import type { Token } from '@contract/entities/token'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { notifyDone } from '@renderer/components/notify'
import { useSignIn } from './use-sign-in'

export interface SignInButtonProps {
  provider: Provider
  /** Smaller, where it stands among other things. */
  size?: 'xs' | 'sm'
  onDone?: (token: Token) => void
}

/** "Sign in with OpenRouter", then what becomes of it. */
export function SignInButton({ provider, size = 'sm', onDone }: SignInButtonProps) {
  const { t } = useTranslation(['providers', 'common'])
  const signIn = useSignIn(provider, t('signIn.keyName'), (token) => {
    notifyDone(t('signIn.done', { name: token.name }))
    onDone?.(token)
  })
  return (
    <>
      {signIn.url === null ? (
        <Group>
          <Button
            variant="default"
            size={size}
            leftSection={<IconLogin2 size={16} stroke={1.6} aria-hidden />}
            loading={signIn.beginning}
            onClick={signIn.begin}
          >
            {t('signIn.action', { name: provider.name })}
          </Button>
        </Group>
      ) : (
        <Group gap="sm" role="status">
          <Loader size={14} color="gray" />
          <Text>{t('signIn.waiting')}</Text>
          <Anchor href={signIn.url} target="_blank" rel="noopener noreferrer" underline="always">
            {t('signIn.again')}
          </Anchor>
          <Button variant="default" size="compact-sm" onClick={signIn.cancel}>
            {t('common:cancel')}
          </Button>
        </Group>
      )}
      {signIn.error !== null && <ErrorNotice error={signIn.error} onRetry={signIn.begin} />}
      {signIn.dialog}
    </>
  )
}
