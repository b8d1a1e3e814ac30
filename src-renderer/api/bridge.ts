import type { FabulaBridge } from '@contract/bridge'
import { FabulaError } from '@contract/errors'
import type { RouteInput, RouteName, RouteOutput } from '@contract/routes'

let current: FabulaBridge | undefined

/** Set once, before the first render: by the shell's bridge in the app, by an in-memory one in component tests. */
export function setBridge(bridge: FabulaBridge): void {
  current = bridge
}

export function bridge(): FabulaBridge {
  if (!current) throw new Error('The bridge is not set')
  return current
}

/** Asks main; a refusal is thrown as the FabulaError it was in main. */
export async function request<Name extends RouteName>(
  route: Name,
  input: RouteInput<Name>
): Promise<RouteOutput<Name>> {
  const answer = await bridge().request(route, input)
  // Main checked its answer's type when it was compiled; checking each again here would slow every screen.
  if (answer.ok) return answer.data as RouteOutput<Name>
  throw FabulaError.from(answer.error)
}
