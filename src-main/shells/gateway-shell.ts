import { isLoopback } from '@contract/entities/gateway'
import { inOneLine } from '@contract/error-wording'
import type { ErrorShape } from '@contract/errors'
import { routes, type RouteInput, type RouteName, type RouteOutput } from '@contract/routes'
import type { Core } from '@main/core/core'
import words from '@resources/locales/en/errors.json'

/** Answers under way are waited for so long when it is told to end: containers are killed after ten seconds. Milliseconds. */
export const LAST_ANSWERS_MS = 8000

/**
 * Runs the gateway alone: no window, no page, the same data folder. Whether it is switched on in the app does not matter.
 *
 * @param options.port another than the one of the gateway's settings; 0 for any that is free
 * @param options.newKey the name of a key to make
 * @param options.mayManage whether that key may do more than ask models
 * @returns what to print, once it listens
 * @throws Error with what stands in the way, in words for the user
 */
export async function startGatewayShell(
  core: Core,
  options: { port: number | null; newKey: string | null; mayManage: boolean }
): Promise<string[]> {
  const { storageProblem } = core.status()
  if (storageProblem) throw new Error(told(storageProblem))
  const { url, problem, settings } = await core.runGateway(options.port)
  if (url === null)
    throw new Error(problem ? `${told(problem)} --port=N chooses one for this run.` : 'The gateway does not listen.')
  const lines = [`Fabula's gateway is ready: ${url}`]
  const isOpen = !isLoopback(settings.address)
  if (isOpen) lines.push(`Other computers can reach it: its settings say that it listens at ${settings.address}.`)
  if (options.newKey !== null) {
    const unlimited = {
      models: null,
      requestsPerMinute: null,
      tokensPerDay: null,
      dollarsPerDay: null,
      expiresAt: null,
    }
    const { mayManage: manages } = options
    const { key, row } = await ask(core, 'gateway.createKey', { name: options.newKey, manages, ...unlimited })
    lines.push(`The key "${row.name}", which is shown only now: ${key}`)
    if (manages) lines.push('It may also change servers, models and templates (/api).')
  } else if ((isOpen || settings.keyNeeded) && (await ask(core, 'gateway.keys', {})).length === 0)
    lines.push('It has no key yet, so that no program can use it. To make one, start it with --new-key=NAME.')
  const vault = await ask(core, 'vault.status', {})
  if (vault.state === 'locked')
    lines.push(
      `The keys of your providers cannot be read: ${vault.kind === 'passphrase' ? 'a passphrase opens them, which only the app asks for' : 'the master key is not there'}. Models that need one are refused. FABULA_VAULT_KEY brings a master key to a machine without a desktop.`
    )
  return lines
}

const told = (error: ErrorShape): string => inOneLine(words[error.code], error, 'en')

async function ask<Name extends RouteName>(
  core: Core,
  route: Name,
  input: RouteInput<Name>
): Promise<RouteOutput<Name>> {
  const envelope = await core.request(route, input)
  if (!envelope.ok) throw new Error(told(envelope.error))
  // Parsed by this route's own schema, whose type this is.
  return routes[route].output.parse(envelope.data) as RouteOutput<Name>
}
