import { FabulaError, StorageError } from '@contract/errors'
import { z } from 'zod'

/** Bytes as base64url text. */
const Bytes = z.base64url()

const common = {
  version: z.literal(1),
  /** Names the vault; every sealed secret carries it, so that one of another vault is recognised. */
  vaultId: z.uuidv7(),
  /** Made from the master key, to tell the right key from a wrong one; nothing about the key can be read from it. */
  check: Bytes,
}

/** The cost of scrypt. The bounds keep a damaged record from asking for more memory or time than a machine has. */
export const ScryptCost = z.strictObject({
  N: z
    .int()
    .min(2 ** 14)
    .max(2 ** 20)
    .refine((n) => Number.isInteger(Math.log2(n)), { error: 'must be a power of two' }),
  r: z.int().min(1).max(16),
  p: z.int().min(1).max(8),
})
export type ScryptCost = z.infer<typeof ScryptCost>

/** The master key, encrypted with a key made from the passphrase. */
export const WrappedKey = z.strictObject({ scrypt: ScryptCost, salt: Bytes, sealed: Bytes })
export type WrappedKey = z.infer<typeof WrappedKey>

/** What must be remembered of a vault between starts. No secret is in it. */
export const VaultRecord = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('keychain') }),
  z.strictObject({ ...common, kind: z.literal('passphrase'), wrapped: WrappedKey }),
  z.strictObject({ ...common, kind: z.literal('session') }),
  z.strictObject({ ...common, kind: z.literal('environment') }),
])
export type VaultRecord = z.infer<typeof VaultRecord>

export interface VaultRecordStore {
  /** @throws FabulaError of the storage when the record cannot be read or understood. */
  read(): VaultRecord | null
  write(record: VaultRecord): void
  clear(): void
}

/** The record of a vault that can still be opened. The key of a session vault went with its process. */
export function remembered(records: VaultRecordStore): VaultRecord | null {
  const record = records.read()
  return record?.kind === 'session' ? null : record
}

/** A place for one text, which the data layer has. */
export interface TextSlot {
  read(): string | null
  write(text: string): void
  clear(): void
}

/** Keeps the record as JSON text. What is not a vault record is refused and left as it is. */
export function createVaultRecordStore(slot: TextSlot): VaultRecordStore {
  return {
    read() {
      const text = slot.read()
      return text === null ? null : parseRecord(text)
    },
    write: (record) => slot.write(JSON.stringify(record)),
    clear: () => slot.clear(),
  }
}

function parseRecord(text: string): VaultRecord {
  const json = parseJson(text)
  const version = z.object({ version: z.number() }).safeParse(json)
  if (version.success && version.data.version > 1)
    throw new FabulaError(StorageError.DatabaseNewer, 'The vault record was written by a newer Fabula', {
      details: { version: String(version.data.version) },
    })
  const record = VaultRecord.safeParse(json)
  if (!record.success)
    throw new FabulaError(StorageError.DatabaseDamaged, 'The vault record is damaged', { cause: record.error })
  return record.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
