import type { VaultStatus } from '@contract/entities/vault'
import { createFileLogger } from '@main/platform/file-logger'
import { createRedactor } from '@main/platform/redact'
import { systemClock } from '@main/platform/clock'
import { createOsKeychain } from '@main/secrets/os-keychain'
import { createVault } from '@main/secrets/vault'
import { createVaultRecordStore } from '@main/secrets/vault-record'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * One life of the vault in a process of its own, on the real keychain: `vault-process.ts <folder> <step>…`. Prints the
 * answers of the steps as a JSON list.
 */
const [folder = '', ...steps] = process.argv.slice(2)
const recordFile = join(folder, 'record.json')
const sealedFile = join(folder, 'sealed.json')

const redactor = createRedactor()
const logger = createFileLogger({ folder: join(folder, 'logs'), redactor, clock: systemClock })
const keychain = createOsKeychain({ logger, service: 'Fabula test' })
const vault = createVault({
  records: createVaultRecordStore({
    read: () => (existsSync(recordFile) ? readFileSync(recordFile, 'utf8') : null),
    write: (text) => writeFileSync(recordFile, text),
    clear: () => rmSync(recordFile),
  }),
  keychain,
  environmentKey: undefined,
  logger,
  redactor,
})

const answers: unknown[] = []
for (const step of steps) answers.push(await take(step).catch(codeOf))
process.stdout.write(JSON.stringify(answers))

async function take(step: string): Promise<VaultStatus | string | boolean | null> {
  const [name, value = ''] = step.split(':')
  switch (name) {
    case 'open':
      return vault.open()
    case 'begin':
      void vault.open()
      return null
    case 'status':
      return vault.status()
    case 'waiting':
      // A turn of the event loop, in which the keychain is really asked.
      await readFile(import.meta.filename)
      return keychain.isWaiting()
    case 'stop':
      return process.kill(Number(value), 'SIGSTOP')
    case 'continue':
      return process.kill(Number(value), 'SIGCONT')
    case 'create':
      return vault.create({ kind: 'keychain' })
    case 'unlock':
      return vault.unlock()
    case 'reset':
      return vault.reset()
    case 'id':
      return vault.vaultId()
    case 'seal': {
      const { vaultId, sealed } = vault.seal(value, 'token 1')
      writeFileSync(sealedFile, JSON.stringify({ vaultId, sealed: sealed.toString('base64') }))
      return vaultId
    }
    case 'reveal': {
      const kept: { vaultId: string; sealed: string } = JSON.parse(readFileSync(sealedFile, 'utf8'))
      const secret = vault.reveal({ vaultId: kept.vaultId, sealed: Buffer.from(kept.sealed, 'base64') }, 'token 1')
      logger.info(`A careless line with ${secret} in it`, { secret, list: [secret] })
      return secret
    }
    case 'loaded':
      return readFileSync('/proc/self/maps', 'utf8').includes('keytar.node')
    default:
      throw new Error(`unknown step ${step}`)
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
