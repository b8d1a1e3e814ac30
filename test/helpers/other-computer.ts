import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The address of this computer on the wire to the other one. */
export const HERE = '10.231.7.1'
const THERE = '10.231.7.2'

/** Another computer in the network: a network namespace of Linux, with a wire to this one. */
export interface OtherComputer {
  /** Sends a request as it stands, and resolves with the whole answer, or with the error code that the connection ended with. */
  ask(port: number, request: string): Promise<string>
  /** This computer loses its address on the wire, and gets it back. */
  loseAddress(): Promise<void>
  regainAddress(): Promise<void>
  remove(): Promise<void>
}

const SEND = `
const [host, port, request] = process.argv.slice(1)
const socket = require('node:net').connect({ host, port: Number(port) }, () => socket.end(request))
socket.setTimeout(20000, () => socket.destroy(new Error('silent')))
socket.on('error', ({ code, message }) => process.stdout.write(code ?? message))
socket.pipe(process.stdout)
`

function mayMakeNamespaces(): boolean {
  const name = `fabula-try-${process.pid}`
  try {
    execFileSync('ip', ['netns', 'add', name], { stdio: 'ignore' })
    execFileSync('ip', ['netns', 'exec', name, 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    try {
      execFileSync('ip', ['netns', 'del', name], { stdio: 'ignore' })
    } catch {
      // It was never made.
    }
  }
}

/** Why there can be no other computer; null where there can. */
export const otherComputerMissing: string | null = mayMakeNamespaces() ? null : 'no leave to make network namespaces'

export async function otherComputer(): Promise<OtherComputer> {
  const name = `fabula-${process.pid}`
  const [ours, theirs] = [`fab${process.pid}a`, `fab${process.pid}b`]
  const ip = (...args: string[]) => run('ip', args)
  await ip('netns', 'add', name)
  await ip('link', 'add', ours, 'type', 'veth', 'peer', 'name', theirs, 'netns', name)
  await ip('address', 'add', `${HERE}/30`, 'dev', ours)
  await ip('link', 'set', ours, 'up')
  await ip('-n', name, 'address', 'add', `${THERE}/30`, 'dev', theirs)
  await ip('-n', name, 'link', 'set', theirs, 'up')
  return {
    ask: async (port, request) => {
      const inside = ['netns', 'exec', name, process.execPath, '-e', SEND]
      const { stdout } = await run('ip', [...inside, HERE, String(port), request])
      return stdout
    },
    loseAddress: async () => void (await ip('address', 'del', `${HERE}/30`, 'dev', ours)),
    regainAddress: async () => void (await ip('address', 'add', `${HERE}/30`, 'dev', ours)),
    remove: async () => {
      await ip('link', 'del', ours)
      await ip('netns', 'del', name)
    },
  }
}
