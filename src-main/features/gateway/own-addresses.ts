import { hostname, networkInterfaces } from 'node:os'
import { isLoopback } from '@contract/entities/gateway'

/** All addresses of this computer. */
const ANY = ['0.0.0.0', '::']

/** How often it is looked whether an address is still there: the system tells nobody. Milliseconds. */
const LOOK_EVERY_MS = 2000

const ownAddresses = () => Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])

/** Names besides its addresses by which this computer is called, from others and from within Docker. */
export const knownNames = (): string[] => [hostname(), `${hostname()}.local`, 'host.docker.internal']

/** Loopback, and all addresses together, are there as long as the computer is. */
const isAlwaysThere = (address: string): boolean => isLoopback(address) || ANY.includes(address)

export const isOfThisComputer = (address: string): boolean =>
  isAlwaysThere(address) || ownAddresses().some((one) => one.address === address)

/** The address to give to programs: where all are listened on, the first that other computers reach. */
export const reachedAt = (address: string): string =>
  ANY.includes(address)
    ? (ownAddresses().find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1')
    : address

/** Tells when an address of this computer goes, and when it comes back: as networks do that a computer is carried between. */
export function watchAddress(address: string, changed: (isThere: boolean) => void): { stop(): void } {
  if (isAlwaysThere(address)) return { stop: () => {} }
  let isThere = isOfThisComputer(address)
  const timer = setInterval(() => {
    if (isOfThisComputer(address) === isThere) return
    isThere = !isThere
    changed(isThere)
  }, LOOK_EVERY_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
