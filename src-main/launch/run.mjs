import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const PARENT_CHECK_MS = 300

/**
 * Runs a program in this terminal to its end, passing on the signals that ask this process to end; the program is also
 * told to end when the process that started this one is gone.
 * Plain JavaScript, because setup needs it before a Node that reads TypeScript is installed.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('./run.mjs').RunOptions} [options]
 * @returns {Promise<number>} its exit code; 128 and the signal's number when a signal ended it, as shells have it
 */
export function run(program, args, options = {}) {
  const { onOutput, ...spawnOptions } = options
  return new Promise((done, failed) => {
    const child = spawn(program, args, {
      stdio: ['inherit', onOutput ? 'pipe' : 'inherit', 'inherit'],
      ...spawnOptions,
    })
    // Ctrl+C in a terminal reaches the child without us.
    const passInterrupt = !process.stdin.isTTY
    const passOn = (signal) => {
      if (signal !== 'SIGINT' || passInterrupt) child.kill(signal)
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, passOn)
    // npm, told to end, ends its shell and not what the shell runs.
    const parent = process.ppid
    const watch = setInterval(() => {
      if (process.ppid !== parent) child.kill('SIGTERM')
    }, PARENT_CHECK_MS)
    const settle = () => {
      clearInterval(watch)
      for (const signal of signals) process.off(signal, passOn)
    }
    child.stdout?.setEncoding('utf8').on('data', onOutput)
    child.once('error', (error) => {
      settle()
      failed(error)
    })
    child.once('close', (code, signal) => {
      settle()
      done(code ?? 128 + constants.signals[signal])
    })
  })
}
