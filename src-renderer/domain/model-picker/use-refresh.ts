import { useState } from 'react'
import type { Provider } from '@contract/entities/provider'
import { request } from '@renderer/api/bridge'

export interface Refresh {
  running: boolean
  /** Providers that did not answer the last time, with why. */
  failed: { name: string; error: unknown }[]
  run: () => void
}

/** Asks servers and providers for their models again. What one of them fails at does not hold up the others. */
export function useRefresh(providers: readonly Provider[]): Refresh {
  const [running, setRunning] = useState(false)
  const [failed, setFailed] = useState<Refresh['failed']>([])

  const ask = async (): Promise<Refresh['failed']> => {
    const tokens = await request('tokens.list', {})
    const reachable = providers.filter(
      (provider) =>
        provider.baseUrl !== null &&
        (!provider.keyRequired || tokens.some((token) => token.providerId === provider.id && !token.needsKey))
    )
    const withServers = providers.find((provider) => provider.servers)
    const calls = [
      ...(withServers ? [{ name: withServers.name, answer: request('servers.discover', {}) }] : []),
      ...reachable.map(({ id, name }) => ({ name, answer: request('models.refresh', { providerId: id }) })),
    ]
    const answers = await Promise.allSettled(calls.map(({ answer }) => answer))
    return answers.flatMap((answer, at) =>
      answer.status === 'rejected' ? [{ name: calls[at]?.name ?? '', error: answer.reason }] : []
    )
  }
  return {
    running,
    failed,
    run: () => {
      setRunning(true)
      setFailed([])
      void ask()
        .then(setFailed, (error: unknown) => setFailed([{ name: '', error }]))
        .finally(() => setRunning(false))
    },
  }
}
