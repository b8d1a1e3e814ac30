import { z } from 'zod'
import { ProviderId, RoleId, TokenId } from '../ids'
import { Name, Timestamp } from '../values'

/**
 * `unknown`: neither checked nor used; `active`: the provider took it; `cooling`: rests until a time; `exhausted`: no credit left;
 * `invalid`: the provider refused it.
 */
export const TokenState = z.enum(['unknown', 'active', 'cooling', 'exhausted', 'invalid'])
export type TokenState = z.infer<typeof TokenState>

/** A provider key as everything outside the vault sees it: never the secret. */
export const Token = z.strictObject({
  id: TokenId,
  providerId: ProviderId,
  name: z.string(),
  last4: z.string(),
  state: TokenState,
  /** When a cooling token may be used again. */
  coolingUntil: Timestamp.nullable(),
  /** The key must be pasted again: the provider's address changed, or the vault that held it is gone. */
  needsKey: z.boolean(),
  createdAt: Timestamp,
  lastUsedAt: Timestamp.nullable(),
})
export type Token = z.infer<typeof Token>

/** Something that works with a key: what a deletion of the key would mean for it. */
export const TokenUser = z.strictObject({
  kind: z.enum(['modelConfig', 'preset', 'story', 'stage']),
  /** The id of a stage. */
  name: z.string(),
  /**
   * - `others`: it goes on with the other keys that it may use;
   * - `without`: no key is left, and none is needed;
   * - `stuck`: no key is left for it, or for some of its roles, and it works again when one is chosen.
   */
  after: z.enum(['others', 'without', 'stuck']),
  /** The roles of which that is true; empty for a model config. */
  roles: z.array(RoleId),
})
export type TokenUser = z.infer<typeof TokenUser>

/** A key as the user pastes it: white space around it is dropped; 1 to 4,000 visible ASCII characters. */
export const Secret = z
  .string()
  .trim()
  .max(4000)
  .regex(/^[\x21-\x7e]+$/, { error: 'a key has only letters, digits and signs, without spaces or line breaks' })

export const NewToken = z.strictObject({
  providerId: ProviderId,
  name: Name,
  secret: Secret,
  /** The provider took it just now: its state is known from the beginning. */
  checked: z.boolean().optional(),
})
export type NewToken = z.infer<typeof NewToken>

/** What a live check of a key found. `models` is how many models the key can use, where the provider lists them. */
export const TokenCheck = z.strictObject({
  models: z.number().int().nonnegative().nullable(),
  /** US dollars left on the key, where the provider tells. */
  creditLeft: z.number().nullable(),
  /** US dollars that the key may spend in all, where the provider tells. */
  creditLimit: z.number().optional(),
  /** The provider answers as well without a key: nobody can say from here whether it takes this one. */
  answersWithoutKey: z.literal(true).optional(),
  latencyMs: z.number(),
})
export type TokenCheck = z.infer<typeof TokenCheck>
