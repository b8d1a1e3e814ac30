import { createHash } from 'node:crypto'
import type { MediaId, StageId, StoryId } from '@contract/ids'
import type { JsonObject } from '@contract/values'
import { defaultFallback } from '@contract/entities/preset'
import type { Usage } from '@main/providers/spec/chat'
import { callCost } from '@main/routing/call-cost'
import type { CallPlan } from '@main/routing/call-plan'
import type { ChatFailover, PlannedCall } from '@main/routing/failover'
import type { StageConfig } from '@main/settings/stage-config'
import type { MediaMaker } from './maker'
import { poetOf, type PoemPrompts } from './poem-prompt'
import { readPoem } from './read-poem'

/** Tokens that a poem is taken to have, for what it would cost. */
const USUAL_TOKENS = 400

/** Makes poems: by the chat model of the stage with its one key, and by no other. */
export function createPoemMaker(ports: { failover: ChatFailover; prompts: PoemPrompts }): MediaMaker {
  const { failover, prompts } = ports
  return {
    plan: async (request, config) => {
      const plan = failover.plan(callOf(config, null))
      const prompt = await prompts(request, config.settings.own, poetOf(plan))
      const usage = { inputTokens: prompt.tokens, outputTokens: USUAL_TOKENS, cost: null }
      const { cost } = callCost(plan, usage)
      return { characters: request.text.length, requests: 1, cost, durationMs: null, parts: [] }
    },

    make: async ({ item, config, signal, report }) => {
      const { stage, storyId, id } = item
      let words = ''
      let plan: CallPlan | null = null
      let usage: Usage | null = null
      report({ phase: 'asking', done: null, words })
      for await (const event of failover.chat({
        ...callOf(config, id),
        messages: async (asked) => (await prompts(item, config.settings.own, poetOf(asked), signal)).messages(),
        visible: false,
        purpose: purposeOf(stage, storyId),
        signal,
      })) {
        if (event.type === 'attempt') {
          words = ''
          ;({ plan } = event)
          usage = null
        } else if (event.type === 'text') {
          words += event.text
          report({ phase: 'making', done: null, words })
        } else if (event.type === 'end') ({ usage } = event)
      }
      const { cost, costSource } = callCost(plan, usage)
      return { file: null, sentences: [], further: [], ...readPoem(words), cost, costSource }
    },
  }
}

const purposeOf = (stage: StageId, storyId: StoryId | null) => ({ kind: 'media' as const, stage, storyId })

/** A model that says the same each time is given another number for each poem. */
function callOf({ provider, token, model, settings }: StageConfig, id: MediaId | null): PlannedCall {
  const seed: JsonObject = id !== null && provider.definition.deterministic ? { seed: seedOf(id) } : {}
  return {
    role: null,
    settings: {
      providerId: provider.id,
      model,
      ...(token ? { tokenIds: [token.id] } : {}),
      samplers: { ...seed, ...settings.samplers },
      settings: settings.provider,
    },
    fallback: defaultFallback,
  }
}

const seedOf = (id: MediaId): number => createHash('sha256').update(id).digest().readUIntBE(0, 4)
