import { inOneLine } from '@contract/error-wording'
import {
  BackupError,
  BinError,
  CommonError,
  FileError,
  GatewayError,
  MediaError,
  ModelError,
  PresetError,
  ProviderError,
  ServerError,
  SignInError,
  StageError,
  StorageError,
  StoryError,
  TemplateError,
  UpdateError,
  TokenError,
  VaultError,
  WorldError,
  type ErrorCode,
  type FabulaError,
} from '@contract/errors'
import { numberOf, stringOf } from '@contract/json'
import words from '@resources/locales/en/errors.json'
import { ApiError, type ApiErrorType } from './api-error'

interface Answer {
  status: number
  /** As OpenAI says it, where it has a word for it; else Fabula's own code. */
  code?: string
  /** Where it is another than that of its status. */
  type?: ApiErrorType
  /** The field of a request that it is about, by its name there. */
  param?: string
  /** Said better to a program than by the text that the writer reads in the app. */
  message?: (details: FabulaError['details']) => string
}

/** The same answer for several errors. */
const all = <Code extends ErrorCode>(codes: Record<string, Code>, answer: Answer): Record<Code, Answer> =>
  // The keys are the values of the record, and no others.
  Object.fromEntries(Object.values(codes).map((code) => [code, answer])) as Record<Code, Answer>

const wrong: Answer = { status: 400 }
const gone: Answer = { status: 404 }
const conflict: Answer = { status: 409 }
const tooLarge: Answer = { status: 413 }
/** The writer must do something in Fabula first; asking again does not help. */
const unready: Answer = { status: 503 }
const badGateway: Answer = { status: 502 }
const rateLimit: Answer = { status: 429, code: 'rate_limit_exceeded' }
const quota: Answer = { status: 429, code: 'insufficient_quota', type: 'insufficient_quota' }

const noModel = (details: FabulaError['details']) =>
  `The model \`${stringOf(details['model']) ?? ''}\` does not exist${stringOf(details['provider']) ? ` at ${stringOf(details['provider'])}` : ''}, or its key may not use it. GET /v1/models lists those that there are.`

/** How each of Fabula's errors is answered over HTTP. One that is new is missing here until somebody decides. */
const answers: Readonly<Record<ErrorCode, Answer>> = {
  [CommonError.BadInput]: wrong,
  [CommonError.NotFound]: gone,
  [CommonError.TextBroken]: wrong,
  [CommonError.TooDeep]: wrong,
  [CommonError.ReferenceBroken]: conflict,
  [CommonError.NameTaken]: conflict,
  [CommonError.UnknownRoute]: gone,
  [CommonError.Forbidden]: { status: 403 },
  [CommonError.Disconnected]: unready,
  [CommonError.Internal]: { status: 500 },

  ...all(StorageError, unready),
  ...all(BackupError, unready),
  [StorageError.Full]: { status: 507 },
  ...all(VaultError, unready),
  [TokenError.Duplicate]: conflict,
  [TokenError.NoneUsable]: unready,
  [TokenError.NeedsKey]: unready,
  [TokenError.ChooseKey]: unready,

  [ModelError.Disabled]: {
    status: 403,
    param: 'model',
    message: ({ model, provider }) =>
      `The model \`${stringOf(model) ?? ''}\` of ${stringOf(provider) ?? ''} is switched off in Fabula. Switch it on there, or choose another model.`,
  },
  [ModelError.NoImages]: { status: 400, param: 'messages' },
  [ModelError.NoTools]: { status: 400, param: 'tools' },
  [ModelError.NotFound]: { status: 404, param: 'model', message: noModel },

  [ProviderError.Unreachable]: badGateway,
  [ProviderError.BrokeOff]: badGateway,
  [ProviderError.TimedOut]: { status: 504 },
  [ProviderError.Unauthorized]: badGateway,
  [ProviderError.PaymentRequired]: quota,
  [ProviderError.RateLimited]: rateLimit,
  [ProviderError.Overloaded]: unready,
  [ProviderError.ContextExceeded]: {
    status: 400,
    code: 'context_length_exceeded',
    param: 'messages',
    message: ({ model, limit }) =>
      `The messages and the answer do not fit into the context of ${stringOf(model) ?? 'this model'}${numberOf(limit) === undefined ? '' : `, which takes ${numberOf(limit)} tokens at once`}. Shorten the messages or choose a model with a longer context.`,
  },
  [ProviderError.Refused]: { status: 400, code: 'content_filter' },
  [ProviderError.RequestRejected]: {
    status: 400,
    message: ({ provider, providerMessage }) =>
      `${stringOf(provider) ?? 'The provider'} did not take the request${stringOf(providerMessage) ? `: ${stringOf(providerMessage)}` : '. A parameter is out of its range, or the model does not take it.'}`,
  },
  [ProviderError.ServerFailed]: badGateway,
  [ProviderError.BadAnswer]: badGateway,
  [ProviderError.EmptyAnswer]: badGateway,
  [ProviderError.TooLarge]: badGateway,
  [ProviderError.Blocked]: badGateway,
  [ProviderError.Cancelled]: unready,
  [ProviderError.BuiltIn]: conflict,
  [ProviderError.NotOllama]: badGateway,
  [ProviderError.NoImageAddresses]: { status: 400, param: 'messages' },
  [ProviderError.NoCompletions]: { status: 404, param: 'model' },
  // The model may well be there: it is the wrong one for this route.
  [ProviderError.NoEmbeddings]: { status: 400, param: 'model' },

  [ServerError.NeedsSecret]: unready,
  [ServerError.Inactive]: { status: 403, param: 'model' },
  [ServerError.NotInLibrary]: gone,

  [PresetError.InUse]: conflict,
  [PresetError.ModelConfigInUse]: conflict,
  [PresetError.RoleUnknown]: gone,
  [PresetError.RoleWithoutModel]: {
    status: 404,
    code: ModelError.NotFound,
    param: 'model',
    message: () =>
      'There is no model behind this name: none is chosen in Fabula, or it is to run on an Ollama server and none is known. Choose one there.',
  },
  [PresetError.InvalidSetting]: wrong,
  [PresetError.SettingIsKey]: wrong,

  ...all(FileError, wrong),
  [FileError.TooLarge]: tooLarge,
  [FileError.UndoInUse]: conflict,
  [FileError.UndoGone]: gone,
  ...all(StoryError, conflict),
  ...all(TemplateError, wrong),
  [BinError.NeedsGone]: gone,
  [WorldError.NotPicture]: wrong,
  ...all(StageError, unready),
  [StageError.ProviderNotAllowed]: { status: 400, param: 'provider' },
  [StageError.ModelGone]: { status: 404, param: 'model' },
  ...all(MediaError, badGateway),
  ...all(UpdateError, badGateway),
  ...all(SignInError, badGateway),
  // They stand in the way of the gateway itself: no program that it answers meets them.
  ...all(GatewayError, unready),
  [GatewayError.KeyGone]: { status: 401, code: 'invalid_api_key' },
  [GatewayError.KeyMayNot]: { status: 403, code: ModelError.NotFound, param: 'model' },
  [GatewayError.KeySpent]: rateLimit,
}

/** Why no key of a provider can be used: asking again helps after a rest, and money does where the credit is spent. */
function withoutKey({ details, retryable }: FabulaError): Answer {
  if (retryable) return rateLimit
  return details['reason'] === 'exhausted' ? quota : unready
}

/** Of tokens or of dollars. */
const keySpent = ({ details }: FabulaError): Answer =>
  numberOf(details['dollars']) === undefined ? { ...rateLimit, type: 'tokens' } : quota

/** Makes of whatever was thrown what a program may hear of it. `toUserError` logs what was not foreseen. */
export const createToApiError =
  (toUserError: (error: unknown) => FabulaError) =>
  (error: unknown): ApiError =>
    toApiError(toUserError(error))

const answerTo = (error: FabulaError): Answer => {
  switch (error.code) {
    case TokenError.NoneUsable:
      return withoutKey(error)
    case GatewayError.KeySpent:
      return keySpent(error)
    default:
      return answers[error.code]
  }
}

/** One of Fabula's errors as a program hears it. */
export function toApiError(error: FabulaError): ApiError {
  const { code, details, retryable } = error
  const answer = answerTo(error)
  const outOfQuota = answer === quota
  return new ApiError(
    answer.status,
    answer.code ?? code,
    answer.message?.(details) ?? inOneLine(words[code], error, 'en'),
    {
      ...(answer.type === undefined ? {} : { type: answer.type }),
      param: answer.param ?? null,
      retryable: retryable && !outOfQuota,
      retryAfter: outOfQuota ? null : (numberOf(details['seconds']) ?? null),
      origin: code,
      cause: error,
    }
  )
}
