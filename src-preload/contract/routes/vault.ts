import { z } from 'zod'
import { command, query } from '../route'
import { Passphrase, VaultStatus } from '../entities/vault'
import { Nothing } from '../values'

export const vaultRoutes = {
  'vault.status': query(Nothing, VaultStatus, ['vault']),
  /** Makes the vault where there is none yet. */
  'vault.create': command(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('keychain') }),
      z.strictObject({ kind: z.literal('passphrase'), passphrase: Passphrase }),
      z.strictObject({ kind: z.literal('session') }),
    ]),
    VaultStatus
  ),
  /** Opens a locked vault: with the passphrase, or by asking the keychain again. */
  'vault.unlock': command(z.strictObject({ passphrase: Passphrase.optional() }), VaultStatus),
  /** Gives up a vault that cannot be opened any more: keys must be pasted again; their names stay. */
  'vault.reset': command(z.strictObject({ confirm: z.literal(true) }), VaultStatus),
}
