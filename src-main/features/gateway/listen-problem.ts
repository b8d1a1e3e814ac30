import { createServer } from 'node:net'
import { FabulaError, GatewayError } from '@contract/errors'

/** Ports after the one that is taken among which a free one is looked for. */
const NEAR = 20
const HIGHEST = 65_535

/** Why the gateway cannot listen, with what to do. */
export async function listenProblem(error: unknown, address: string, port: number): Promise<FabulaError> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  switch (code) {
    case 'EADDRINUSE': {
      const free = await freePortAfter(address, port)
      return new FabulaError(GatewayError.PortTaken, `Another program listens on port ${port}`, {
        details: { port: String(port), free: free === null ? null : String(free) },
        retryable: true,
        cause: error,
      })
    }
    case 'EADDRNOTAVAIL':
      return addressGone(address, error)
    default:
      return new FabulaError(GatewayError.CannotListen, `The gateway cannot listen at ${address}:${port}: ${code}`, {
        details: { address, port: String(port), reason: code },
        cause: error,
      })
  }
}

/** The address that was chosen is none of this computer any more. */
export const addressGone = (address: string, cause?: unknown): FabulaError =>
  new FabulaError(GatewayError.AddressGone, `This computer has no address ${address}`, { details: { address }, cause })

async function freePortAfter(address: string, port: number): Promise<number | null> {
  for (let next = port + 1; next <= Math.min(port + NEAR, HIGHEST); next += 1)
    if (await isFree(address, next)) return next
  return null
}

const isFree = (address: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, address, () => probe.close(() => resolve(true)))
  })
