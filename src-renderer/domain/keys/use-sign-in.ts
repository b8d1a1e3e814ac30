import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import type { Provider } from '@contract/entities/provider'
import type { Token } from '@contract/entities/token'
import { request } from '@renderer/api/bridge'
import { useCommand, useRoute } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import { useVaultGate } from '@renderer/domain/vault/use-vault-gate'

/** Main says when it is done; this is for the case that its word was lost. */
const ASK_AGAIN_MS = 3000

export interface SignIn {
  /** Asks where to keep keys if that is open yet, then opens the provider's page in the browser. */
  begin: () => void
  /** The page is being fetched. */
  beginning: boolean
  /** The page that waits for the user, or null. */
  url: string | null
  cancel: () => void
  error: unknown
  /** Dialogs that ask where to keep keys; must stand in the page. */
  dialog: ReactNode
}

/** Signing in at a provider, which ends with a new key of this name. */
export function useSignIn(provider: Provider, name: string, onDone: (token: Token) => void): SignIn {
  const { openVault, dialog } = useVaultGate()
  const [under, setUnder] = useState<{ signInId: string; url: string } | null>(null)
  const start = useCommand('tokens.signIn', {
    onSuccess: (begun) => {
      setUnder(begun)
      window.open(begun.url, '_blank', 'noopener')
    },
  })
  const { data: state, error } = useRoute(
    'tokens.signInState',
    { signInId: under?.signInId ?? '' },
    {
      enabled: under !== null,
      gcTime: 0,
      refetchInterval: ({ state: { data } }) => (!data || data.state === 'waiting' ? ASK_AGAIN_MS : false),
    }
  )
  const token = state?.state === 'done' ? state.token : null
  const tell = useEffectEvent(() => {
    if (token) onDone(token)
  })
  useEffect(() => {
    if (token?.id) tell()
  }, [token?.id])

  const begin = async () => {
    setUnder(null)
    if (await openVault()) start.mutate({ providerId: provider.id, name })
  }
  return {
    begin: () => void begin().catch(notifyError),
    beginning: start.isPending,
    url: error || (state && state.state !== 'waiting') ? null : (under?.url ?? null),
    cancel: () => {
      if (under) void request('tokens.cancelSignIn', { signInId: under.signInId }).catch(notifyError)
      setUnder(null)
    },
    error: start.error ?? error ?? (state?.state === 'failed' ? state.error : null),
    dialog,
  }
}
