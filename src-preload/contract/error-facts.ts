import type { JsonValue } from './values'

/**
 * The facts that each error can tell. A text in `resources/locales/<language>/errors.json` may name these and no others,
 * and the code that makes an error can give these and no others: so no text waits for a fact that nobody supplies.
 * `text`, `number`, or `names`, a list of them; with a `?` what is not always known. `seconds` are a time to wait.
 */
type FactKind = 'text' | 'number' | 'names'
type FactTable = Readonly<Record<string, FactKind | `${FactKind}?`>>

/** What is known of a failure at a provider, beside whose it is. */
const atProvider = {
  provider: 'text',
  host: 'text?',
  model: 'text?',
  /** The key's name. */
  name: 'text?',
  /** A short word for reports: `http_429`, `ECONNREFUSED`, `redirect`. */
  reason: 'text?',
  /** In HTTP. */
  status: 'number?',
  providerMessage: 'text?',
  redirectedTo: 'text?',
  seconds: 'number?',
  /** Tokens that the model takes at once; bytes of an answer. */
  limit: 'number?',
} as const satisfies FactTable

/** Where a template has its mistake, from 1; `role` is the one whose prompt it is. */
const inTemplate = { line: 'number', column: 'number', role: 'text?', part: 'text?' } as const satisfies FactTable

const inUse = { name: 'text', users: 'names' } as const satisfies FactTable
const none = {} as const satisfies FactTable

export const errorFacts = {
  bad_input: { path: 'text', reason: 'text?' },
  not_found: { path: 'text', name: 'text?' },
  input_too_deep: { limit: 'number' },
  reference_broken: none,
  text_broken: { path: 'text?' },
  name_taken: { name: 'text', path: 'text' },
  unknown_route: { name: 'text' },
  forbidden: none,
  disconnected: none,
  internal: { provider: 'text?', host: 'text?', reason: 'text?', model: 'text?' },

  storage_full: { folder: 'text?' },
  storage_readonly: { folder: 'text?' },
  storage_failed: { folder: 'text?', reason: 'text' },
  database_newer: { version: 'text' },
  error_unreadable: none,
  database_damaged: { path: 'text?', folder: 'text?', reason: 'text?' },
  data_folder_in_use: { folder: 'text' },
  database_missing: { folder: 'text', path: 'text' },

  backup_no_room: { megabytes: 'number', folder: 'text' },
  backup_damaged: { name: 'text', reason: 'text' },
  backup_newer: { version: 'text' },

  vault_not_created: none,
  vault_locked: { reason: 'text?' },
  vault_keychain_unavailable: none,
  vault_wrong_passphrase: none,
  vault_weak_passphrase: { shortest: 'number' },
  vault_wrong_key: none,
  vault_bad_environment_key: none,
  vault_already_exists: none,

  token_duplicate: { name: 'text', provider: 'text', path: 'text' },
  /** `names` of the keys, and the `seconds` until the first of them has rested. */
  token_none_usable: { provider: 'text', role: 'text?', names: 'names', reason: 'text', seconds: 'number?' },
  token_needs_key: { name: 'text', provider: 'text', role: 'text?' },
  token_choose_key: { provider: 'text', role: 'text?' },

  provider_unreachable: atProvider,
  provider_broke_off: atProvider,
  provider_timed_out: atProvider,
  provider_unauthorized: atProvider,
  provider_payment_required: atProvider,
  provider_rate_limited: atProvider,
  provider_overloaded: atProvider,
  provider_context_exceeded: atProvider,
  provider_refused: atProvider,
  model_not_found: { ...atProvider, provider: 'text?', path: 'text?' },
  provider_request_rejected: atProvider,
  provider_server_failed: atProvider,
  provider_bad_answer: atProvider,
  provider_empty_answer: atProvider,
  provider_answer_too_large: atProvider,
  provider_blocked: atProvider,
  provider_cancelled: atProvider,
  provider_built_in: { name: 'text', path: 'text?', reason: 'text?' },
  server_not_ollama: atProvider,
  provider_without_image_addresses: { provider: 'text' },
  provider_without_completions: { provider: 'text' },
  provider_without_embeddings: { provider: 'text' },
  server_needs_secret: { name: 'text' },
  server_inactive: { name: 'text', role: 'text?' },
  model_not_in_library: atProvider,

  preset_in_use: inUse,
  model_config_in_use: inUse,
  role_unknown: { role: 'text' },
  role_without_model: { role: 'text?', provider: 'text?', reason: 'text?' },
  setting_invalid: { ...atProvider, provider: 'text?', path: 'text', reason: 'text', message: 'text?' },
  setting_is_key: { field: 'text', path: 'text' },

  /** The place counts from 1; `near` is what stands there. Not known of what is no text, or is nested too deep. */
  file_not_json: { line: 'number?', column: 'number?', near: 'text?' },
  file_not_fabula: none,
  file_newer: { version: 'text' },
  file_invalid: { path: 'text', reason: 'text' },
  file_too_large: { limit: 'number?' },
  file_no_card: none,
  file_damaged: { reason: 'text' },
  archive_unsafe: { reason: 'text' },
  file_unreadable: none,
  import_stopped: none,
  undo_in_use: inUse,
  undo_gone: { name: 'text?' },

  turn_running: { name: 'text' },
  nothing_to_retry: none,
  turn_interrupted: none,
  /** `reason` is for models and reports; `problem` is an `AnswerProblem`, which `field` of the answer has. */
  answer_unusable: { provider: 'text', model: 'text', reason: 'text?', problem: 'text?', field: 'text?' },

  template_syntax: { ...inTemplate, reason: 'text' },
  template_undefined: { ...inTemplate, name: 'text?' },
  template_too_costly: { role: 'text?' },
  template_faulty: { ...inTemplate, reason: 'text' },
  template_no_model: { path: 'text?' },
  template_no_preset: none,
  template_no_version: { name: 'text' },
  /** `name` as the form calls it; `problem` is the kind of an `InputProblem`; `line` of a list. */
  input_invalid: { path: 'text', name: 'text', problem: 'text', limit: 'number?', line: 'number?' },
  answer_makes_nothing: { name: 'text' },
  /** `problem` is a `ListProblem`; the place counts from 1. */
  list_unreadable: { problem: 'text', name: 'text?', line: 'number?', column: 'number?', limit: 'number?' },
  /** `path` of the field in which all of them are wrong. */
  batch_none_fits: { count: 'number', path: 'text?' },

  bin_needs_gone: { name: 'text' },

  not_picture: { path: 'text?' },

  model_disabled: { model: 'text', provider: 'text', role: 'text?' },
  model_without_images: { model: 'text', provider: 'text' },
  model_without_tools: { model: 'text', provider: 'text' },

  sign_in_timed_out: { provider: 'text', seconds: 'number' },
  sign_in_refused: { provider: 'text', reason: 'text?', status: 'number?' },

  /** `stage` is its id, for which texts have its name. */
  stage_not_set: { stage: 'text' },
  stage_provider_not_allowed: { stage: 'text', provider: 'text', path: 'text?' },
  stage_provider_gone: { stage: 'text', provider: 'text?' },
  stage_no_models: { stage: 'text', provider: 'text' },
  stage_model_gone: { model: 'text', provider: 'text', path: 'text?' },

  update_unreachable: none,
  update_damaged: none,
  update_failed: none,

  media_expired: { provider: 'text' },
  media_job_lost: { provider: 'text' },
  /** `reason` is what came, as `application/json`. */
  media_wrong_type: atProvider,
  /** `limit` in bytes. */
  media_too_large: { provider: 'text', limit: 'number' },
  /** In characters. */
  media_text_too_long: { path: 'text', provider: 'text', model: 'text', length: 'number', limit: 'number' },
  media_unsure: { provider: 'text' },
  media_not_made: { provider: 'text', reason: 'text?', providerMessage: 'text?' },
  media_took_too_long: { provider: 'text', hours: 'number' },

  /** `free` is a port near it on which nothing listens. As text: they are names, and no amounts. */
  gateway_port_taken: { port: 'text', free: 'text?' },
  gateway_address_gone: { address: 'text' },
  gateway_cannot_listen: { address: 'text', port: 'text', reason: 'text' },
  gateway_key_gone: { name: 'text?' },
  gateway_key_may_not: { name: 'text', model: 'text' },
  /** Which of its limits: tokens or US dollars a day. `seconds` until the next day. */
  gateway_key_spent: { name: 'text', tokens: 'number?', dollars: 'number?', seconds: 'number?' },
} as const satisfies Readonly<Record<string, FactTable>>

interface FactTypes {
  text: string
  number: number
  names: readonly string[]
}
type KindOf<Fact> = Fact extends `${infer Kind extends FactKind}?` ? Kind : Fact extends FactKind ? Fact : never
type Sometimes<Table> = { [Name in keyof Table]: Table[Name] extends `${string}?` ? Name : never }[keyof Table]

/** The facts by a table: those that are always known must be given. */
export type FactsOf<Table> = {
  [Name in Exclude<keyof Table, Sometimes<Table>>]: FactTypes[KindOf<Table[Name]>]
} & {
  [Name in Sometimes<Table>]?: FactTypes[KindOf<Table[Name]>] | null | undefined
}

/** What is known of a provider's failure, whichever it is; `path` and `message` of a setting that the call needs. */
export type ProviderFacts = FactsOf<typeof atProvider> & { path?: string; message?: string }

type Facts = Readonly<Record<string, JsonValue | readonly string[] | undefined>>

/** Facts as they cross the bridge: those that are not known are left out. */
export function knownFacts(facts: Facts): Record<string, JsonValue> {
  const known: Record<string, JsonValue> = {}
  for (const [name, value] of Object.entries(facts))
    if (value !== undefined && value !== null) known[name] = isNames(value) ? [...value] : value
  return known
}

const isNames = (value: JsonValue | readonly string[]): value is readonly string[] => Array.isArray(value)
