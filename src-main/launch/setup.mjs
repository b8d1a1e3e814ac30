// Installs what is missing, then runs the script named by the first argument on the project's own Node, with the rest
// of the arguments. It runs on whatever Node the system has, before anything is installed: plain JavaScript and Node's
// own modules only.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './run.mjs'

const OLDEST_NODE = 20

const root = fileURLToPath(new URL('../..', import.meta.url))
const inModules = (path) => join(root, 'node_modules', path)
const projectNode = inModules(`node/bin/node${process.platform === 'win32' ? '.exe' : ''}`)
const changedAt = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0)

/** npm writes `.package-lock.json` when an installation is complete. */
const packagesAreCurrent = () =>
  changedAt(inModules('.package-lock.json')) >= changedAt(join(root, 'package-lock.json'))
const binariesAreThere = () => existsSync(projectNode) && existsSync(inModules('keytar/build/Release'))

function npm(args) {
  const options = { cwd: root }
  const { npm_execpath: program, npm_node_execpath: node } = process.env
  if (program?.endsWith('npm-cli.js')) return run(node ?? process.execPath, [program, ...args], options)
  return run('npm', args, { ...options, shell: process.platform === 'win32' })
}

/** Install scripts are run by name: npm before 11 would compile better-sqlite3, which brings its binaries along. */
async function install() {
  const quiet = [
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--fetch-retry-mintimeout=1000',
    '--fetch-retry-maxtimeout=5000',
  ]
  if (!packagesAreCurrent()) {
    console.log('Installing what Fabula is made of; this takes a minute, once.')
    const code = await npm(['ci', '--ignore-scripts', '--prefer-offline', ...quiet])
    if (code !== 0) return code
  }
  return npm(['rebuild', 'node', 'keytar', ...quiet])
}

async function main([script, ...args]) {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    console.error(`Fabula needs Node.js ${OLDEST_NODE} or newer to start; this is ${process.versions.node}.`)
    return 1
  }
  if (!packagesAreCurrent() || !binariesAreThere()) {
    const code = await install()
    if (code !== 0 || !binariesAreThere()) {
      console.error(
        'Fabula could not be installed. The first start needs a connection to the npm registry; what npm says is above. Once it is there, run the same command again.'
      )
      return code || 1
    }
  }
  return script ? run(projectNode, [fileURLToPath(new URL(script, import.meta.url)), ...args]) : 0
}

process.exitCode = await main(process.argv.slice(2))
