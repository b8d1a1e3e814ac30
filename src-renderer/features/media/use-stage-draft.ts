import { useState } from 'react'
import type { StageView } from '@contract/entities/stage'
import { Secret, type Token } from '@contract/entities/token'
import type { Provider } from '@contract/entities/provider'
import type { ProviderId } from '@contract/ids'
import type { FabulaError } from '@contract/errors'
import { sameJson } from '@contract/json'
import { useCommand } from '@renderer/api/queries'
import { useVaultGate } from '@renderer/domain/vault/use-vault-gate'
import { useStageDrafts, type StageDraft } from '@renderer/stores/stage-drafts'

/** What the key of a provider can be: none that it could take, one that it may take, or one that it must have. */
export const keyNeed = ({ auth, keyRequired }: Provider): 'none' | 'optional' | 'needed' =>
  auth.type === 'none' ? 'none' : keyRequired ? 'needed' : 'optional'

interface Facts {
  stage: StageView
  providers: readonly Provider[]
  tokens: readonly Token[]
  /** What a new key is called; main numbers it where the name is taken. */
  keyName: string
}

/** What is chosen for one stage, until it is saved; no other stage knows of it. */
export function useStageDraft({ stage, providers, tokens, keyName }: Facts) {
  const { id, choice } = stage
  const stored: StageDraft | null = choice && {
    providerId: choice.providerId,
    key: choice.tokenId,
    model: choice.model,
    settings: choice.settings,
  }
  const keysOf = (providerId: ProviderId) => tokens.filter((token) => token.providerId === providerId)
  const begin = (provider: Provider): StageDraft => ({
    providerId: provider.id,
    key:
      keyNeed(provider) === 'none'
        ? null
        : (keysOf(provider.id)[0]?.id ?? (keyNeed(provider) === 'needed' ? 'new' : null)),
    model: null,
    settings: {},
  })
  const [first] = providers
  const draft = useStageDrafts(({ drafts }) => drafts[id]) ?? stored ?? (first ? begin(first) : null)
  const put = useStageDrafts((state) => state.put)
  const [pasted, setPasted] = useState('')
  const [wrongKey, setWrongKey] = useState(false)
  const { openVault, dialog } = useVaultGate()
  const save = useCommand('stages.save', {
    onSuccess: () => {
      put(id, null)
      setPasted('')
    },
  })
  const set = (change: Partial<StageDraft>) => {
    if (!draft) return
    const next = { ...draft, ...change }
    // What is as it was needs no saving.
    put(id, sameJson(next, stored) ? null : next)
    save.reset()
  }
  const submit = async () => {
    if (!draft) return
    const secret = Secret.safeParse(pasted)
    const isNew = draft.key === 'new'
    setWrongKey(isNew && !secret.success)
    if (isNew && (!secret.success || !(await openVault()))) return
    const key =
      draft.key === null
        ? null
        : draft.key === 'new'
          ? { name: keyName, secret: secret.data ?? '' }
          : { tokenId: draft.key }
    const { providerId, model, settings } = draft
    save.mutate({ id, providerId, key, model, settings })
  }
  const error: FabulaError | null = save.error
  return {
    draft,
    dirty: draft !== null && draft !== stored,
    pasted,
    wrongKey,
    error,
    saving: save.isPending,
    keysOf,
    set,
    chooseProvider: (provider: Provider) => set(provider.id === stored?.providerId ? stored : begin(provider)),
    paste: (secret: string) => {
      setPasted(secret)
      setWrongKey(false)
      save.reset()
    },
    submit,
    discard: () => {
      put(id, null)
      setPasted('')
      save.reset()
    },
    dialog,
  }
}
