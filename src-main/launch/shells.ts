import { join } from 'node:path'
import { displayProblem, isRoot, sandboxProblem } from './desktop-problem.ts'
import { findElectron, type ElectronBinary } from './electron-binary.ts'
import type { LaunchOptions } from './options.ts'
import { run } from './run.mjs'
import { openInBrowser } from './system-browser.ts'

/**
 * Opens the desktop app, or the browser shell where no desktop window can be had; or the gateway alone. Ends as the shell
 * ends.
 */
export async function openShell(root: string, options: LaunchOptions, env: NodeJS.ProcessEnv): Promise<number> {
  if (options.shell === 'browser') return openBrowserShell(root, options, env)
  if (options.shell === 'gateway') return runGateway(root, options, env)
  const electron = await findDesktop(root, env)
  if ('path' in electron) return openDesktopShell(root, electron.path, options, env)
  console.log(`The desktop window cannot open: ${electron.problem}; Fabula opens in the browser instead.`)
  return openBrowserShell(root, options, env)
}

async function findDesktop(root: string, env: NodeJS.ProcessEnv): Promise<ElectronBinary> {
  const noDisplay = displayProblem(env)
  if (noDisplay) return { problem: noDisplay }
  const electron = await findElectron(root, env)
  const noSandbox = 'path' in electron ? sandboxProblem(electron.path) : null
  return noSandbox ? { problem: noSandbox } : electron
}

function openDesktopShell(root: string, electron: string, options: LaunchOptions, env: NodeJS.ProcessEnv) {
  const flags: string[] = []
  if (isRoot()) {
    console.log("Fabula runs as root, so Chromium's sandbox is off.")
    flags.push('--no-sandbox')
  }
  return run(electron, [...flags, root], { env: shellEnvironment(options, env) })
}

async function openBrowserShell(root: string, options: LaunchOptions, env: NodeJS.ProcessEnv): Promise<number> {
  let line = ''
  let opened = !options.open
  let closePage = () => undefined as void
  const code = await run(process.execPath, [join(root, 'out/main/serve.js'), `--port=${options.port ?? 0}`], {
    env: shellEnvironment(options, env),
    onOutput: (text) => {
      process.stdout.write(text)
      if (opened) return
      line = (line + text).slice(-4000)
      const url = /Fabula is ready: (\S+)\s/.exec(line)?.[1]
      if (!url) return
      opened = true
      closePage = openInBrowser(url, env)
    },
  })
  closePage()
  return code
}

function runGateway(root: string, options: LaunchOptions, env: NodeJS.ProcessEnv): Promise<number> {
  const { port, newKey, mayManage } = options
  const args = [
    '--shell=gateway',
    ...(port === undefined ? [] : [`--port=${port}`]),
    ...(newKey === undefined ? [] : [`--new-key=${newKey}`]),
    ...(mayManage ? ['--may-manage'] : []),
  ]
  return run(process.execPath, [join(root, 'out/main/serve.js'), ...args], { env: shellEnvironment(options, env) })
}

/** Terminals inside Electron apps set ELECTRON_RUN_AS_NODE, with which no window would open. */
function shellEnvironment(options: LaunchOptions, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { dataDir } = options
  return { ...env, ELECTRON_RUN_AS_NODE: undefined, FABULA_DATA_DIR: dataDir }
}
