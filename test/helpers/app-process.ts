import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { FabulaError } from '@contract/errors'
import type { Envelope } from '@contract/bridge'
import type { RouteInput, RouteName, RouteOutput } from '@contract/routes'
import { endChild, startChild } from '@test/helpers/child'

export const PROJECT_FOLDER = join(import.meta.dirname, '../..')

/** A master key of no worth: with it, no test touches the keychain of whoever runs it. */
const VAULT_KEY = Buffer.alloc(32, 'fabula').toString('base64')

/** Port 9 answers nothing: nobody's own Ollama is found. */
const NO_OLLAMA = 'http://127.0.0.1:9'

export interface AppOptions {
  dataDir: string
  /** Laid over the environment of the tests; undefined takes a variable away. */
  env?: Record<string, string | undefined>
  /** Where another build of the app is; this one's unless said. */
  project?: string
}

export const appEnvironment = ({ dataDir, env }: AppOptions): Record<string, string> => {
  const all = {
    ...process.env,
    FABULA_VAULT_KEY: VAULT_KEY,
    OLLAMA_HOST: NO_OLLAMA,
    LANG: 'en_US.UTF-8',
    LC_ALL: 'en_US.UTF-8',
    ...env,
    FABULA_DATA_DIR: dataDir,
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  )
}

/** The built browser shell as a process of its own, on a data folder that outlives it. */
export class AppProcess {
  /** Where a browser opens it, with the token. */
  readonly url: string
  readonly origin: string
  readonly token: string
  readonly #child: ChildProcess
  readonly #options: AppOptions
  readonly #output: string[]

  private constructor(child: ChildProcess, url: string, options: AppOptions, output: string[]) {
    this.#child = child
    this.#options = options
    this.#output = output
    this.url = url
    this.origin = new URL(url).origin
    this.token = new URL(url).searchParams.get('token') ?? ''
  }

  /** Rejects with what it said when it ends before it is ready. */
  static start(options: AppOptions): Promise<AppProcess> {
    const child = startChild(
      process.execPath,
      [join(options.project ?? PROJECT_FOLDER, 'out/main/serve.js'), '--port=0'],
      {
        env: appEnvironment(options),
        stdio: ['ignore', 'pipe', 'pipe'],
      }
    )
    const output: string[] = []
    return new Promise((done, failed) => {
      const hear = (text: string) => {
        output.push(text)
        const url = /^Fabula is ready: (\S+)$/m.exec(output.join(''))?.[1]
        if (url) done(new AppProcess(child, url, options, output))
      }
      for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', hear)
      child.once('exit', (code) =>
        failed(new Error(`Fabula ended with ${code} before it was ready:\n${output.join('')}`))
      )
    })
  }

  get dataDir(): string {
    return this.#options.dataDir
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('Fabula was not started')
    return this.#child.pid
  }

  /** All that it printed so far. */
  get output(): string {
    return this.#output.join('')
  }

  /** The bridge, as the renderer uses it; a refusal is thrown as the FabulaError it was. */
  async rpc<Name extends RouteName>(route: Name, input: RouteInput<Name>): Promise<RouteOutput<Name>> {
    const answer = await this.post(route, JSON.stringify(input))
    const envelope = (await answer.json()) as Envelope
    if (envelope.ok) return envelope.data as RouteOutput<Name>
    const { code, message, details, retryable } = envelope.error
    throw new FabulaError(code, message, { details, retryable })
  }

  /** The same, as bare HTTP. */
  post(route: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.origin}/rpc/${route}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', ...headers },
      body,
    })
  }

  /** Asks it to end, as Ctrl+C or a closing session does; returns its exit code. */
  stop(): Promise<number | string | null> {
    return endChild(this.#child, 'SIGTERM')
  }

  /** As a power cut does. */
  async kill(): Promise<void> {
    await endChild(this.#child, 'SIGKILL')
  }

  /** Another process on the same data folder; this one must have ended. */
  restart(env: AppOptions['env'] = {}): Promise<AppProcess> {
    return AppProcess.start({ ...this.#options, env: { ...this.#options.env, ...env } })
  }
}
