import { sameJson } from '@contract/json'
import { withoutCredentials } from '@contract/credentials'
import { ExtraHeaders } from '@contract/entities/provider'
import { freeName, freeSlug } from '@contract/names'
import { FabulaError, ProviderError } from '@contract/errors'
import { ProviderId } from '@contract/ids'
import type { ProviderRow } from '@main/data/provider-store'
import { newId } from '@main/platform/ids'
import { flavours } from '@main/providers/definitions'
import { asTheTemplate, unlimited, type KnownProvider } from '@main/settings/provider-directory'
import type { FileProvider } from './configuration-file'
import { conflictOf, type ImportContext, type Write } from './import-context'

export interface ResolvedProviders {
  writes: Write<ProviderRow>[]
  /** Providers that come in under a short name of their own; every other short name means the provider here. */
  added: ReadonlyMap<string, KnownProvider>
}

/** What the providers of a file come to here. A provider comes with its address, and never with keys. */
export function resolveProviders(context: ImportContext, given: readonly FileProvider[]): ResolvedProviders {
  const { computer, decide } = context
  const writes: Write<ProviderRow>[] = []
  const added = new Map<string, KnownProvider>()

  for (const { slug, name, baseUrl: address, keyRequired, flavour, ...said } of given) {
    const baseUrl = address.replace(/\/+$/, '')
    // A program that this version does not know is as good as none.
    const rest = withoutKeys(said)
    const program = flavours().find(({ id }) => id === flavour)
    const more = program ? { ...rest, flavour: program.id } : rest
    const here = computer.providers.bySlug(slug)
    const same =
      here?.baseUrl === baseUrl &&
      (here.row.builtIn || (here.name === name && here.keyRequired === keyRequired && hasAll(here.row, more)))
    const decision = decide({
      kind: 'provider',
      name,
      conflict: conflictOf(here, same),
      replaceable: here !== null && !here.row.builtIn,
      address: baseUrl,
      headers: more.headers ?? {},
      body: more.extraBody ?? {},
    })
    if (decision === 'none' || decision === 'skip') continue
    if (here && decision === 'replace') {
      if (here.row.builtIn)
        throw new FabulaError(ProviderError.BuiltIn, `${here.name} is built in and cannot be replaced`, {
          details: { name: here.name },
        })
      // Keys belong to an address: at a new one, they have to be pasted again.
      writes.push({ row: { ...here.row, name, baseUrl, keyRequired, ...more }, before: here.row })
      continue
    }
    const row: ProviderRow = {
      id: newId(ProviderId),
      slug: freeSlug(slug, computer.providers.hasSlug),
      builtIn: false,
      name: freeName(name, computer.providers.hasName),
      baseUrl,
      keyRequired,
      headers: {},
      extraBody: {},
      limits: unlimited,
      ...asTheTemplate,
      ...more,
    }
    writes.push({ row, before: null })
    added.set(slug, computer.providers.add(row))
  }
  return { writes, added }
}

/** What a file says a provider adds to requests, without what looks like a key: keys do not travel in files. */
const withoutKeys = <Said extends Pick<FileProvider, 'headers' | 'extraBody'>>({
  headers,
  extraBody,
  ...said
}: Said) => ({
  ...said,
  ...(headers === undefined ? {} : { headers: ExtraHeaders.parse(withoutCredentials(headers)) }),
  ...(extraBody === undefined ? {} : { extraBody: withoutCredentials(extraBody) }),
})

/** Whether a row has everything that is said, and as it is said; what is not said is no difference. */
const hasAll = (row: ProviderRow, said: Partial<ProviderRow>): boolean => sameJson(row, { ...row, ...said })
