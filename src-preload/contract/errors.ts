import { z } from 'zod'
import { knownFacts, type errorFacts, type FactsOf } from './error-facts'
import { JsonValue } from './values'

/**
 * Every way a request can fail, by domain. The renderer turns a code into what happened, why, and what to do next
 * (`resources/locales/<language>/errors.json`), so a new code needs its text there in every language, and the
 * facts that its texts may name in `error-facts.ts`.
 */
export const CommonError = {
  BadInput: 'bad_input',
  NotFound: 'not_found',
  /** A text that must be stored as it is has half of a character in it. */
  TextBroken: 'text_broken',
  /** Lists and objects in one another, deeper than anything Fabula takes. */
  TooDeep: 'input_too_deep',
  /** What was to be saved refers to something that is gone, or something that was to go is referred to. */
  ReferenceBroken: 'reference_broken',
  NameTaken: 'name_taken',
  UnknownRoute: 'unknown_route',
  Forbidden: 'forbidden',
  Disconnected: 'disconnected',
  Internal: 'internal',
} as const

export const StorageError = {
  Full: 'storage_full',
  ReadOnly: 'storage_readonly',
  Failed: 'storage_failed',
  DatabaseNewer: 'database_newer',
  DatabaseDamaged: 'database_damaged',
  /** Stands for an error that was kept and cannot be read. */
  ErrorUnreadable: 'error_unreadable',
  DataFolderInUse: 'data_folder_in_use',
  DatabaseMissing: 'database_missing',
} as const

/** Why there is no backup, or why one cannot be restored. */
export const BackupError = {
  NoRoom: 'backup_no_room',
  Damaged: 'backup_damaged',
  /** A newer Fabula has made it. */
  Newer: 'backup_newer',
} as const

export const VaultError = {
  NotCreated: 'vault_not_created',
  Locked: 'vault_locked',
  KeychainUnavailable: 'vault_keychain_unavailable',
  WrongPassphrase: 'vault_wrong_passphrase',
  WeakPassphrase: 'vault_weak_passphrase',
  WrongKey: 'vault_wrong_key',
  BadEnvironmentKey: 'vault_bad_environment_key',
  AlreadyExists: 'vault_already_exists',
} as const

export const TokenError = {
  Duplicate: 'token_duplicate',
  NoneUsable: 'token_none_usable',
  NeedsKey: 'token_needs_key',
  /** The keys that were chosen are gone: others are not taken in their place. */
  ChooseKey: 'token_choose_key',
} as const

export const ModelError = {
  Disabled: 'model_disabled',
  NotFound: 'model_not_found',
  /** The request has images, and the model's list says that it takes none. */
  NoImages: 'model_without_images',
  NoTools: 'model_without_tools',
} as const

export const ProviderError = {
  Unreachable: 'provider_unreachable',
  /** The connection broke, or the server ended the answer, while it was coming. */
  BrokeOff: 'provider_broke_off',
  TimedOut: 'provider_timed_out',
  Unauthorized: 'provider_unauthorized',
  PaymentRequired: 'provider_payment_required',
  RateLimited: 'provider_rate_limited',
  Overloaded: 'provider_overloaded',
  ContextExceeded: 'provider_context_exceeded',
  Refused: 'provider_refused',
  ModelNotFound: ModelError.NotFound,
  RequestRejected: 'provider_request_rejected',
  ServerFailed: 'provider_server_failed',
  BadAnswer: 'provider_bad_answer',
  EmptyAnswer: 'provider_empty_answer',
  /** A line, an answer or a list that is longer than Fabula takes. */
  TooLarge: 'provider_answer_too_large',
  /** Something refused the request for another reason than its key: a region, a firewall, a page to sign in to a network. */
  Blocked: 'provider_blocked',
  Cancelled: 'provider_cancelled',
  BuiltIn: 'provider_built_in',
  NotOllama: 'server_not_ollama',
  /** It takes images only as a part of the request, and not by their address. */
  NoImageAddresses: 'provider_without_image_addresses',
  NoCompletions: 'provider_without_completions',
  NoEmbeddings: 'provider_without_embeddings',
} as const

export const ServerError = {
  NeedsSecret: 'server_needs_secret',
  Inactive: 'server_inactive',
  /** The library that a model was to be downloaded from has none of this name. */
  NotInLibrary: 'model_not_in_library',
} as const

export const PresetError = {
  InUse: 'preset_in_use',
  ModelConfigInUse: 'model_config_in_use',
  RoleUnknown: 'role_unknown',
  RoleWithoutModel: 'role_without_model',
  InvalidSetting: 'setting_invalid',
  /** What looks like a key stands among settings, which are not encrypted. */
  SettingIsKey: 'setting_is_key',
} as const

export const FileError = {
  NotJson: 'file_not_json',
  NotFabula: 'file_not_fabula',
  Newer: 'file_newer',
  Invalid: 'file_invalid',
  TooLarge: 'file_too_large',
  /** A picture or an archive in which there is no character. */
  NoCard: 'file_no_card',
  /** A picture or an archive that ends too early or cannot be unpacked. */
  Damaged: 'file_damaged',
  /** An archive that is made to do harm. */
  Unsafe: 'archive_unsafe',
  /** It was opened from outside, and is gone, or not Fabula's to read. */
  Unreadable: 'file_unreadable',
  ImportStopped: 'import_stopped',
  /** What came in is used by now. */
  UndoInUse: 'undo_in_use',
  /** What came in was changed since, it was undone, or another import came after it. */
  UndoGone: 'undo_gone',
} as const

export const StoryError = {
  TurnRunning: 'turn_running',
  NothingToRetry: 'nothing_to_retry',
  Interrupted: 'turn_interrupted',
  /** Not in the form that a role's step can use. */
  UnusableAnswer: 'answer_unusable',
} as const

export const TemplateError = {
  Syntax: 'template_syntax',
  Undefined: 'template_undefined',
  /** It takes more time, memory or depth than any template needs. */
  TooCostly: 'template_too_costly',
  Faulty: 'template_faulty',
  /** The reusable settings that it is used with are gone. */
  NoModel: 'template_no_model',
  /** It takes its model from the default preset, and there is no preset yet. */
  NoPreset: 'template_no_preset',
  /** It was never saved, so it says nothing yet. */
  NoVersion: 'template_no_version',
  /** A value that it is filled in with is missing, or is none that its variable takes. */
  InputInvalid: 'input_invalid',
  /** Nothing for a world can be made of an answer. */
  MakesNothing: 'answer_makes_nothing',
  /** No list of inputs. */
  ListUnreadable: 'list_unreadable',
  /** None of the first answers of a batch has the form that is asked for. */
  NoneFits: 'batch_none_fits',
} as const

export const BinError = {
  /** What it refers to was deleted for good. */
  NeedsGone: 'bin_needs_gone',
} as const

/** Nothing that can be shown as a picture. */
export const WorldError = {
  NotPicture: 'not_picture',
} as const

/** Why a stage cannot make anything as it is set. */
export const StageError = {
  /** Nothing was chosen for it. */
  NotSet: 'stage_not_set',
  ProviderNotAllowed: 'stage_provider_not_allowed',
  /** The chosen provider was deleted. */
  ProviderGone: 'stage_provider_gone',
  /** The provider offers nothing that the stage can use. */
  NoModels: 'stage_no_models',
  /** The chosen model is not among those that the key can use. */
  ModelGone: 'stage_model_gone',
} as const

/** Why a newer version of Fabula did not come. */
export const UpdateError = {
  /** The place where it is cannot be reached, or has nothing for this computer. */
  Unreachable: 'update_unreachable',
  /** What came is not what was announced, or not signed by whom it should be. */
  Damaged: 'update_damaged',
  Failed: 'update_failed',
} as const

/** Why a poem, a voice, a song or a clip was not made. */
export const MediaError = {
  /** The provider no longer has what it made. */
  Expired: 'media_expired',
  /** The provider knows no more of the job. */
  JobLost: 'media_job_lost',
  /** What came is no sound, and no film. */
  WrongType: 'media_wrong_type',
  TooLarge: 'media_too_large',
  /** The text is longer than the model takes at once, and cannot be divided. */
  TextTooLong: 'media_text_too_long',
  /** The app ended while the provider was asked: nobody knows whether it has begun. */
  Unsure: 'media_unsure',
  /** The provider says that it could not make it. */
  NotMade: 'media_not_made',
  /** The provider's job came to no end in the time that any job takes. */
  TookTooLong: 'media_took_too_long',
} as const

/** Why the gateway does not listen; and why what a program has begun with its key does not go on. */
export const GatewayError = {
  /** Another program listens there. */
  PortTaken: 'gateway_port_taken',
  /** The address is none of this computer, or none any more. */
  AddressGone: 'gateway_address_gone',
  CannotListen: 'gateway_cannot_listen',
  /** The key was revoked, or its time is over. */
  KeyGone: 'gateway_key_gone',
  /** It may not use this model. */
  KeyMayNot: 'gateway_key_may_not',
  /** What is left of its day does not suffice. */
  KeySpent: 'gateway_key_spent',
} as const

export const SignInError = {
  TimedOut: 'sign_in_timed_out',
  Refused: 'sign_in_refused',
} as const

export const errorCodes = [
  ...Object.values(CommonError),
  ...Object.values(StorageError),
  ...Object.values(BackupError),
  ...Object.values(VaultError),
  ...Object.values(TokenError),
  ...Object.values(ProviderError),
  ...Object.values(ServerError),
  ...Object.values(PresetError),
  ...Object.values(FileError),
  ...Object.values(StoryError),
  ...Object.values(TemplateError),
  ...Object.values(BinError),
  ...Object.values(WorldError),
  ModelError.Disabled,
  ModelError.NoImages,
  ModelError.NoTools,
  ...Object.values(SignInError),
  ...Object.values(GatewayError),
  ...Object.values(StageError),
  ...Object.values(MediaError),
  ...Object.values(UpdateError),
] as const

export const ErrorCode = z.enum(errorCodes)
export type ErrorCode = z.infer<typeof ErrorCode>

/**
 * An error as it crosses the bridge.
 * - `message`: one English sentence for logs and copied details; the user reads the text that belongs to `code`.
 * - `details`: the facts that the text names (a field's path, a provider's name, seconds to wait). Never a secret.
 * - `retryable`: the same request may succeed later without a change by the user.
 */
export const ErrorShape = z.strictObject({
  code: ErrorCode,
  message: z.string(),
  details: z.record(z.string(), JsonValue),
  retryable: z.boolean(),
})
export type ErrorShape = z.infer<typeof ErrorShape>

/** What an error of a code can tell, see `error-facts.ts`. */
export type ErrorFacts<Code extends ErrorCode> = Code extends ErrorCode ? FactsOf<(typeof errorFacts)[Code]> : never

interface Circumstances {
  retryable?: boolean
  cause?: unknown
}

/** What is said of an error beside its code and message. Facts that are always known must not be left out. */
export type ErrorOptions<Code extends ErrorCode> = Code extends ErrorCode
  ? object extends ErrorFacts<Code>
    ? [options?: Circumstances & { details?: ErrorFacts<Code> }]
    : [options: Circumstances & { details: ErrorFacts<Code> }]
  : never

/** The one error class of Fabula: made where the cause is known, shown by its code. */
export interface FabulaError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorShape['details']
  readonly retryable: boolean
  toShape(): ErrorShape
}

/** A constructor whose facts depend on the code is beyond what a class can say of itself. */
interface FabulaErrorClass {
  new <Code extends ErrorCode = ErrorCode>(code: Code, message: string, ...options: ErrorOptions<Code>): FabulaError
  readonly prototype: FabulaError
  /** An error that came as its shape. */
  from(shape: ErrorShape, cause?: unknown): FabulaError
}

class ShapedError extends Error implements FabulaError {
  readonly code: ErrorCode
  readonly details: ErrorShape['details']
  readonly retryable: boolean

  constructor(
    code: ErrorCode,
    message: string,
    options: Circumstances & { details?: Parameters<typeof knownFacts>[0] } = {}
  ) {
    super(message, { cause: options.cause })
    this.name = 'FabulaError'
    this.code = code
    this.details = knownFacts(options.details ?? {})
    this.retryable = options.retryable ?? false
  }

  static from({ code, message, details, retryable }: ErrorShape, cause?: unknown): FabulaError {
    return new ShapedError(code, message, { details, retryable, cause })
  }

  toShape(): ErrorShape {
    return { code: this.code, message: this.message, details: this.details, retryable: this.retryable }
  }
}

export const FabulaError: FabulaErrorClass = ShapedError
