import { spawn, type ChildProcess } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const LAUNCHER = join(import.meta.dirname, '../../../src-main/launch')
const BUILT = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']

/** Tells what it was started with, as the real browser shell tells where it is. */
const SHELL = `
if (process.env.STAY) {
  setInterval(() => {}, 1000)
  process.on('SIGTERM', () => {
    console.log('shell ended')
    process.exit(9)
  })
}
console.log('shell', JSON.stringify({ args: process.argv.slice(2), dataDir: process.env.FABULA_DATA_DIR }))
console.log('Fabula is ready: http://127.0.0.1:4711/?token=abc')
`

export interface Ended {
  code: number | null
  said: string
}

/** A folder with the real launcher and, in the place of everything it starts, programs that tell how they were started. */
export class LaunchFolder {
  readonly path: string
  readonly #children: ChildProcess[] = []

  constructor(path: string) {
    this.path = path
  }

  static async create(): Promise<LaunchFolder> {
    const folder = new LaunchFolder(await mkdtemp(join(tmpdir(), 'fabula-launch-')))
    await cp(LAUNCHER, join(folder.path, 'src-main/launch'), { recursive: true })
    await folder.write('package.json', '{ "type": "module" }')
    await folder.write('src-main/core/create-core.ts', '')
    await folder.setBuilt()
    return folder
  }

  /** Puts the built app there, newer than its sources. */
  async setBuilt(): Promise<void> {
    for (const path of BUILT) await this.write(path, '')
    await this.write('out/main/serve.js', SHELL)
    const later = new Date(Date.now() + 60_000)
    for (const path of [...BUILT, 'out/main/serve.js']) await utimes(join(this.path, path), later, later)
  }

  async write(path: string, text: string): Promise<string> {
    const file = join(this.path, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
    return file
  }

  /** A program of the given shell commands. */
  async writeProgram(path: string, commands: string): Promise<void> {
    await chmod(await this.write(path, `#!/bin/sh\n${commands}\n`), 0o755)
  }

  read(path: string): Promise<string> {
    return readFile(join(this.path, path), 'utf8')
  }

  /** The project's own Node, as setup would have installed it. */
  async linkNode(): Promise<void> {
    await mkdir(join(this.path, 'node_modules/node/bin'), { recursive: true })
    await symlink(process.execPath, join(this.path, 'node_modules/node/bin/node'))
  }

  start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return this.spawn('start.ts', args, env).ended
  }

  /** `saying` resolves when the launcher has said the words. */
  spawn(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    return this.#run([process.execPath, join(this.path, 'src-main/launch', script), ...args], env)
  }

  /** The same as npm does it: in a shell that waits for it. */
  spawnInShell(script: string, args: string, env: NodeJS.ProcessEnv = {}) {
    const command = `"${process.execPath}" "${join(this.path, 'src-main/launch', script)}" ${args}; exit $?`
    return this.#run(['/bin/sh', '-c', command], env)
  }

  #run([program = '', ...args]: readonly string[], env: NodeJS.ProcessEnv) {
    const child = spawn(program, args, {
      cwd: this.path,
      env: { PATH: process.env.PATH, INIT_CWD: this.path, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#children.push(child)
    let said = ''
    const saying = (words: string) =>
      new Promise<void>((done) => {
        const look = () => {
          if (said.includes(words)) done()
        }
        child.stdout.on('data', look)
        look()
      })
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text
      })
    }
    const ended = new Promise<Ended>((done) => {
      child.once('close', (code) => done({ code, said }))
    })
    return { child, ended, saying }
  }

  async remove(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL')
    await rm(this.path, { recursive: true, force: true })
  }
}
