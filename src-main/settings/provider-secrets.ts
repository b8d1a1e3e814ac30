import { covered, isCovered, isHeaderName, isHeaderValue, looksLikeCredential } from '@contract/headers'
import { FabulaError, TokenError } from '@contract/errors'
import type { JsonObject } from '@contract/values'
import type { ProviderRow } from '@main/data/provider-store'
import type { Vault } from '@main/secrets/vault'
import { credentialsIn, mapTexts, type Path } from '@contract/credentials'

/** What a provider adds to every request. */
export type Additions = Pick<ProviderRow, 'headers' | 'extraBody'>

type Owner = Pick<ProviderRow, 'id' | 'baseUrl'>

/** What the vault binds a credential to: it opens for this place of this provider at this address only. */
const sealContext = ({ id, baseUrl }: Owner, place: string): string => `provider:${id}:${baseUrl ?? ''}:${place}`

const placeOf = (group: 'headers' | 'extraBody', path: Path): string => JSON.stringify([group, ...path])

/** Whether something among the additions should be in the vault and is not. */
export const hasOpenCredentials = ({ headers, extraBody }: Additions): boolean =>
  credentialsIn(headers).length > 0 || credentialsIn(extraBody).length > 0

/**
 * The row with its credentials in the vault, and in their places what covers them. What was covered before stays as it is;
 * a cover without a credential under it is taken out, unless what was kept there cannot be read. Throws the vault's errors only where there is something new to seal.
 */
export function sealAdditions(
  vault: Pick<Vault, 'seal'>,
  row: ProviderRow,
  before: ProviderRow['secrets']
): ProviderRow {
  const secrets: ProviderRow['secrets'] = {}
  const seal = (group: 'headers' | 'extraBody') => (path: Path, text: string) => {
    const place = placeOf(group, path)
    const known = Object.hasOwn(before, place) ? before[place] : undefined
    if (isCovered(text)) {
      if (!known && row.unreadable?.includes('secrets')) return text
      if (!known || known.cover !== text) return undefined
      secrets[place] = known
      return text
    }
    if (!looksLikeCredential(path.at(-1) ?? '', text)) return text
    const { vaultId, sealed } = vault.seal(text, sealContext(row, place))
    const cover = covered(text)
    secrets[place] = { cover, vaultId, sealed: Buffer.from(sealed).toString('base64'), baseUrl: row.baseUrl ?? '' }
    return cover
  }
  const headers = textsOf(mapTexts(row.headers, seal('headers')))
  const extraBody = mapTexts(row.extraBody, seal('extraBody'))
  return { ...row, headers, extraBody, secrets }
}

/**
 * The additions as they are sent. A header that HTTP cannot carry, from a time when that was not checked, is left out.
 * Throws `token_needs_key` for a credential that is lost: its vault is gone, what was kept of it cannot be read, or the
 * provider has another address now; and the vault's errors.
 */
export function openAdditions(vault: Vault, row: ProviderRow, provider: string): Additions {
  const open = (group: 'headers' | 'extraBody') => (path: Path, text: string) => {
    const place = placeOf(group, path)
    const secret = Object.hasOwn(row.secrets, place) ? row.secrets[place] : undefined
    const needsKey = () =>
      new FabulaError(TokenError.NeedsKey, `The field ${path.join('.')} of ${provider} must be given again`, {
        details: { name: path.join('.'), provider },
      })
    if (!secret && isCovered(text)) throw needsKey()
    if (!secret || secret.cover !== text) return text
    const lost = secret.baseUrl !== (row.baseUrl ?? '') || secret.vaultId !== vault.vaultId()
    if (lost && vault.status().state !== 'opening') throw needsKey()
    return vault.reveal(
      { vaultId: secret.vaultId, sealed: Buffer.from(secret.sealed, 'base64') },
      sealContext(row, place)
    )
  }
  const headers = textsOf(mapTexts(row.headers, open('headers')))
  return {
    headers: Object.fromEntries(
      Object.entries(headers).filter(([name, value]) => isHeaderName(name) && isHeaderValue(value))
    ),
    extraBody: mapTexts(row.extraBody, open('extraBody')),
  }
}

const textsOf = (headers: JsonObject): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
  )
