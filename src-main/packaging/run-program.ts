import { spawn, spawnSync } from 'node:child_process'

/** Runs a program to its end. Rejects with what it said when it fails. */
export function runProgram(program: string, args: readonly string[]): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    child.once('error', failed)
    child.once('close', (code) => {
      if (code === 0) done()
      else failed(new Error(`${program} ended with ${code}: ${said.trim()}`))
    })
  })
}

export const hasProgram = (program: string): boolean => spawnSync(program, ['--version']).error === undefined
