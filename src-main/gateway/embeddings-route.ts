import { z } from 'zod'
import type { JsonObject } from '@contract/values'
import { fieldsOf } from '@contract/schema/setting-fields'
import { estimateTokens } from '@main/platform/token-estimate'
import type { CallPlan } from '@main/routing/call-plan'
import type { CallAccount } from '@main/routing/ledger'
import { allowedModel } from './allowed-model'
import { badField } from './api-error'
import { settingsOver } from './caller-settings'
import { expectedCost } from './expected-use'
import type { GatewayContext, GatewayPorts } from './gateway-ports'
import { readBody } from './request-body'

/** As many as OpenAI takes. */
const MOST_TEXTS = 2048

const Input = z.union([z.string().transform((text) => [text]), z.array(z.string()).min(1).max(MOST_TEXTS)])

/** The body of `POST /v1/embeddings`. */
export const EmbeddingsBody = z.looseObject({
  model: z.string().min(1).max(1000),
  input: z.unknown(),
  encoding_format: z.enum(['float', 'base64']).nullish(),
  dimensions: z.number().int().min(1).max(100_000).nullish(),
})

/** `POST /v1/embeddings` */
export function createEmbeddingsRoute({ models, planner, embed }: GatewayPorts) {
  return async (context: GatewayContext): Promise<Response> => {
    const { visit, call } = context.env
    const body = await readBody(context.req.raw, EmbeddingsBody)
    call.named(body.model)
    const texts = textsOf(body.input)
    const model = allowedModel(models, visit.caller, body.model)
    if (model.kind === 'chat')
      throw badField(
        'model',
        `The model \`${body.model}\` writes text and makes no embeddings. Ask POST /v1/chat/completions, or choose an embedding model.`
      )
    const reads = texts.reduce((sum, text) => sum + estimateTokens(text), 0)
    const dollars = () => expectedCost(planner(model.role, model.settings, model.at), reads, 0)
    const limits = visit.admit({ reads, writes: 0, dollars })
    const { signal } = visit
    const account: CallAccount = { purpose: visit.caller.purpose, attempts: 0 }
    let plan: CallPlan | null = null
    try {
      plan = withDimensions(planner(model.role, model.settings, model.at), body.dimensions ?? null)
      const { vectors, usage } = await embed({ plan, texts, purpose: 'document', account, signal })
      call.attempted(plan, account.attempts)
      call.complete(usage)
      const write = body.encoding_format === 'base64' ? asBase64 : (vector: readonly number[]) => vector
      const tokens = usage.inputTokens ?? 0
      return Response.json(
        {
          object: 'list',
          data: vectors.map((vector, index) => ({ object: 'embedding', index, embedding: write(vector) })),
          model: body.model,
          usage: { prompt_tokens: tokens, total_tokens: tokens },
        },
        { headers: { ...limits, ...call.headers() } }
      )
    } catch (error) {
      if (plan) call.attempted(plan, account.attempts)
      throw signal.aborted ? call.abort(signal.reason) : error
    }
  }
}

function textsOf(input: unknown): string[] {
  const first: unknown = Array.isArray(input) ? input[0] : null
  if (typeof first === 'number' || Array.isArray(first))
    throw badField('input', 'Lists of token numbers cannot be passed on: each model has its own. Send text.')
  const texts = Input.safeParse(input)
  if (!texts.success)
    throw badField('input', `\`input\` must be a text, or a list of 1 to ${MOST_TEXTS.toLocaleString('en')} texts.`)
  return texts.data
}

/** Vectors of another length than the one asked for would be of no use. */
function withDimensions(plan: CallPlan, dimensions: number | null): CallPlan {
  if (dimensions === null) return plan
  const { definition } = plan.provider
  const field =
    definition.embeddingSchema && fieldsOf(definition.embeddingSchema).find(({ key }) => key === 'dimensions')
  const supported = plan.facts?.supportedParameters ?? null
  const refused = plan.facts?.refused.includes('dimensions') === true
  if (!field || refused || supported?.includes(field.parameter ?? field.key) === false)
    throw badField(
      'dimensions',
      `The vectors of \`${plan.model}\` have one length only. Leave \`dimensions\` out.`,
      'unsupported_parameter'
    )
  const parameters: JsonObject = { dimensions }
  return { ...plan, settings: settingsOver(plan, 'embedding', { samplers: parameters, extra: {} }) }
}

/** 32-bit floats in base64, as OpenAI's clients ask for them. */
const asBase64 = (vector: readonly number[]): string => {
  const bytes = Buffer.alloc(vector.length * 4)
  vector.forEach((value, index) => bytes.writeFloatLE(value, index * 4))
  return bytes.toString('base64')
}
