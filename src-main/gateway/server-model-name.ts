import type { Model } from '@contract/entities/model'
import type { ServerId } from '@contract/ids'
import { nameKey } from '@contract/names'
import { HttpUrl } from '@contract/values'
import type { Stores } from '@main/data/stores'
import type { KnownProvider } from '@main/settings/provider-directory'

/** Where a model of a server of the user's is: on one that is saved, on the best one that has it, or at an address. */
export type ServerModel = { model: string; known: Model | null; serverId?: ServerId } | { model: string; url: string }

/**
 * Reads what stands after `ollama/`: `<server's name>/<model>`, `<address>/<model>`, or the model alone. Names have slashes
 * and spaces in them too: of several ways to read one, that of a model which is listed is taken. One that is not listed may
 * have come to its server since that was asked.
 */
export function readServerModel(stores: Stores, provider: KnownProvider, text: string): ServerModel {
  const atAddress = readAddress(text)
  if (atAddress) return atAddress
  const servers = stores.servers.list()
  const onServers = splits(text).flatMap(([head, model]) => {
    const server = servers.find(({ id, name }) => id === head || nameKey(name) === nameKey(head))
    return server ? [{ model, serverId: server.id, known: stores.models.find(provider.id, server.id, model) }] : []
  })
  const listed = onServers.find(({ known }) => known !== null)
  if (listed) return listed
  const anywhere = stores.models.named(provider.id, text)
  const best = anywhere.find(({ available, enabled }) => available && enabled) ?? anywhere[0]
  return best ? { model: text, known: best } : (onServers[0] ?? { model: text, known: null })
}

/** `http://host:11434/model`; an address with a path of its own is percent-encoded: `http%3A%2F%2Fhost%2Follama/model`. */
function readAddress(text: string): { model: string; url: string } | null {
  const plain = /^(https?:\/\/[^/]+)\/(.+)$/i.exec(text)
  if (plain) return addressed(plain[1] ?? '', plain[2] ?? '')
  const encoded = /^(https?%3A[^/]+)\/(.+)$/i.exec(text)
  return encoded ? addressed(decoded(encoded[1] ?? ''), encoded[2] ?? '') : null
}

function addressed(address: string, model: string): { model: string; url: string } | null {
  const url = HttpUrl.safeParse(address)
  return url.success ? { model, url: url.data } : null
}

/** With its percent signs read; as it is where they mean nothing. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Every way to part a text at a slash, the longest beginning first. */
function splits(text: string): [head: string, rest: string][] {
  const slashes = [...text.matchAll(/\//g)].map(({ index }) => index).toReversed()
  return slashes
    .map((at): [string, string] => [text.slice(0, at), text.slice(at + 1)])
    .filter(([, rest]) => rest !== '')
}
