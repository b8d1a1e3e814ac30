import { z } from 'zod'
import { AuthScheme, ProviderKind, ProviderLimits } from '@contract/entities/provider'
import { unreadable } from '@contract/entities/unreadable'
import { ProviderId } from '@contract/ids'
import { JsonObject } from '@contract/values'
import type { Db } from './database'
import { jsonColumn, rowReader } from './json-column'
import { knownRows } from './known-rows'
import { readAnew, type Remember } from './remembered-reads'

/**
 * What the user decides about a provider. For a built-in one, null means "as it came"; what it is stands in
 * `resources/providers/`.
 */
const Headers = z.record(z.string(), z.string())

const Secrets = z.record(
  z.string(),
  z.strictObject({
    /** What stands in its place. */
    cover: z.string(),
    vaultId: z.string(),
    /** Base64. */
    sealed: z.string(),
    /** The address that it was given for. */
    baseUrl: z.string(),
  })
)

export const ProviderRow = z.strictObject({
  id: ProviderId,
  slug: z.string(),
  builtIn: z.boolean(),
  name: z.string().nullable(),
  baseUrl: z.string().nullable(),
  keyRequired: z.boolean().nullable(),
  /** As they were typed once; whether HTTP can carry them is checked where they come in and go out. */
  headers: Headers,
  extraBody: JsonObject,
  limits: ProviderLimits,
  /** The three of a provider that the user added; null as long as nobody said anything else than the template. */
  flavour: z.string().nullable().default(null),
  auth: AuthScheme.nullable().default(null),
  kinds: z.array(ProviderKind).nullable().default(null),
  /** Whether its models run on this computer, where the user said so. */
  saidLocal: z.boolean().nullable().default(null),
  /** The credentials under covers among headers and body fields, by their place. */
  secrets: Secrets.default({}),
  unreadable,
})
export type ProviderRow = z.infer<typeof ProviderRow>

export interface ProviderStore {
  list(): ProviderRow[]
  get(id: ProviderId): ProviderRow | null
  /** The provider of that short name. */
  called(slug: string): ProviderRow | null
  /** Whether a provider has that short name. */
  hasSlug(slug: string): boolean
  insert(row: ProviderRow, now: string): void
  update(row: ProviderRow, now: string): void
  remove(id: ProviderId): void
}

interface Stored {
  id: ProviderId
  slug: string
  built_in: 0 | 1
  name: string | null
  base_url: string | null
  key_required: 0 | 1 | null
  headers: string
  extra_body: string
  limits: string
  flavour: string | null
  auth: string | null
  kinds: string | null
  said_local: 0 | 1 | null
  secrets: string
}

const headersColumn = jsonColumn(Headers, { otherwise: {} })
const bodyColumn = jsonColumn(JsonObject, { otherwise: {} })
const limitsColumn = jsonColumn(ProviderLimits, { otherwise: { total: null, perToken: null } })
const authColumn = jsonColumn(AuthScheme, { otherwise: null })
const secretsColumn = jsonColumn(Secrets, { otherwise: {} })
const kindsColumn = jsonColumn(z.array(ProviderKind), { otherwise: null })

function fromStored(row: Stored): ProviderRow {
  const reader = rowReader()
  return {
    id: row.id,
    slug: row.slug,
    builtIn: row.built_in === 1,
    name: row.name,
    baseUrl: row.base_url,
    keyRequired: row.key_required === null ? null : row.key_required === 1,
    headers: reader.read('headers', headersColumn, row.headers),
    extraBody: reader.read('body', bodyColumn, row.extra_body),
    limits: reader.read('limits', limitsColumn, row.limits),
    flavour: row.flavour,
    auth: row.auth === null ? null : reader.read('auth', authColumn, row.auth),
    kinds: row.kinds === null ? null : reader.read('kinds', kindsColumn, row.kinds),
    saidLocal: row.said_local === null ? null : row.said_local === 1,
    secrets: reader.read('secrets', secretsColumn, row.secrets),
    ...reader.note(),
  }
}

const toStored = (row: ProviderRow, before?: Stored): Stored => ({
  id: row.id,
  slug: row.slug,
  built_in: row.builtIn ? 1 : 0,
  name: row.name,
  base_url: row.baseUrl,
  key_required: row.keyRequired === null ? null : row.keyRequired ? 1 : 0,
  headers: headersColumn.encodeOver(row.headers, before?.headers),
  extra_body: bodyColumn.encodeOver(row.extraBody, before?.extra_body),
  limits: limitsColumn.encodeOver(row.limits, before?.limits),
  flavour: row.flavour,
  auth: authColumn.encodeOver(row.auth, before?.auth),
  kinds: kindsColumn.encodeOver(row.kinds, before?.kinds),
  said_local: row.saidLocal === null ? null : row.saidLocal ? 1 : 0,
  secrets: secretsColumn.encodeOver(row.secrets, before?.secrets),
})

/** More providers than anybody adds. Each request, key and model asks for one. */
const MOST_KNOWN = 1000

export function createProviderStore(db: Db, remember: Remember = readAnew): ProviderStore {
  const read = knownRows(fromStored, MOST_KNOWN)
  const list = db.prepare<[], Stored>('SELECT * FROM providers ORDER BY built_in DESC, name COLLATE NOCASE, id')
  const get = db.prepare<[ProviderId], Stored>('SELECT * FROM providers WHERE id = ?')
  const called = db.prepare<[string], Stored>('SELECT * FROM providers WHERE slug = ?')
  const hasSlug = db.prepare<[string], { found: 1 }>('SELECT 1 AS found FROM providers WHERE slug = ?')
  const insert = db.prepare<[Stored & { now: string }]>(
    `INSERT INTO providers (id, slug, built_in, name, base_url, key_required, headers, extra_body, created_at, updated_at,
       limits, flavour, auth, kinds, said_local, secrets)
     VALUES (@id, @slug, @built_in, @name, @base_url, @key_required, @headers, @extra_body, @now, @now,
       @limits, @flavour, @auth, @kinds, @said_local, @secrets)`
  )
  const update = db.prepare<[Stored & { now: string }]>(
    `UPDATE providers SET slug = @slug, name = @name, base_url = @base_url, key_required = @key_required,
       headers = @headers, extra_body = @extra_body, limits = @limits, flavour = @flavour,
       auth = @auth, kinds = @kinds, said_local = @said_local,
       secrets = @secrets, updated_at = @now WHERE id = @id`
  )
  const remove = db.prepare<[ProviderId]>('DELETE FROM providers WHERE id = ?')
  return {
    list: () => list.all().map(read),
    get: remember('providers', (id: ProviderId) => {
      const row = get.get(id)
      return row ? read(row) : null
    }),
    called: remember('providers', (slug: string) => {
      const row = called.get(slug)
      return row ? read(row) : null
    }),
    hasSlug: (slug) => hasSlug.get(slug) !== undefined,
    insert: (row, now) => void insert.run({ ...toStored(row), now }),
    update: (row, now) => void update.run({ ...toStored(row, get.get(row.id)), now }),
    remove: (id) => void remove.run(id),
  }
}
