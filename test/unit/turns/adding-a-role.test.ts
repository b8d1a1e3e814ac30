import { afterAll, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { defaultFallback, type RolePrompt } from '@contract/entities/preset'
import { FabulaError } from '@contract/errors'
import { PresetId, ProviderId, RoleId, StoryId } from '@contract/ids'
import { createTurnSteps } from '@main/features/turns/steps/step-registry'
import type { TurnStep } from '@main/features/turns/steps/turn-step'
import { createTurns } from '@main/features/turns/turns'
import { systemClock } from '@main/platform/clock'
import { createEventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import { silentLogger } from '@main/platform/logger'
import { createRedactor } from '@main/platform/redact'
import { createPromptWriter } from '@main/prompts/prompt-template'
import { sections } from '@main/prompts/section-registry'
import { createTemplateEngine } from '@main/prompts/templates/template-engine'
import { providerDefinitions } from '@main/providers/definitions'
import { textOfMessage } from '@main/providers/kit/message-text'
import type { ChatMessage } from '@main/providers/spec/chat'
import type { CallEvent } from '@main/routing/chat-call'
import type { CallPlan } from '@main/routing/call-plan'
import type { ChatFailover, FailoverCall } from '@main/routing/failover'
import { createProviderDirectory, seedProviders } from '@main/settings/provider-directory'
import { createRoleRegistry, MAIN, SUMMARIZER } from '@main/settings/role-registry'
import { createTemplateWorker } from '@main/workers/template-worker'
import { testStores } from '@test/helpers/test-stores'
import builtInRoles from '@resources/roles.json'

const NOW = '2026-01-02T03:04:05.000Z'
const SCOUT = RoleId.parse('scout')

const worker = createTemplateWorker()
afterAll(() => worker.close())

// What a new role is: an entry in the registry of roles …
const scoutRole = {
  id: 'scout',
  kind: 'chat',
  switchable: true,
  name: { en: 'Scout', ru: 'Разведчик' },
  help: { en: 'Looks ahead.', ru: 'Смотрит вперёд.' },
  takesPart: true,
}

// … a step, which answers by a schema and leaves a note …
const Beat = z.strictObject({ beat: z.string() })
const scoutStep: TurnStep = {
  role: SCOUT,
  prompt: () => ({ voice: SCOUT }),
  becomes: 'note',
  note: 'beat',
  answers: {
    schema: { type: 'object', properties: { beat: { type: 'string' } }, required: ['beat'] },
    read: (value) => Beat.parse(value).beat,
  },
}

// … and what it is told.
const scoutPrompt: RolePrompt = { text: 'Say what comes next.{{ recent_text }}{{ line }}', madeOf: null }
/** The Writer's own prompt, which places what the scout left. */
const withBeat: RolePrompt = {
  text: 'Write. {{ recent_text }}{{ line }}{% if beat %}[{{ beat }}]{% endif %}',
  madeOf: null,
}
const turnSteps = createTurnSteps({ memory: { recall: () => Promise.resolve([]) } })

/** A turn with the scout, on a model that answers as it is told. */
async function turnWithScout(answers: readonly string[]) {
  const { db, stores } = testStores()
  onTestFinished(() => void db.close())
  seedProviders(stores.providers, providerDefinitions, NOW)
  const [provider] = createProviderDirectory(stores.providers, providerDefinitions).list()
  if (!provider) throw new Error('There is no provider')
  const settings = { providerId: ProviderId.parse(provider.id), model: 'm' }
  const role = { enabled: true, modelConfigId: null, settings }
  const presetId = newId(PresetId)
  stores.presets.insert({
    id: presetId,
    name: 'Preset',
    description: '',
    isDefault: true,
    roles: { [MAIN]: { ...role, prompt: withBeat }, [SCOUT]: { ...role, prompt: scoutPrompt } },
    fallback: defaultFallback,
    createdAt: NOW,
    updatedAt: NOW,
  })
  const storyId = newId(StoryId)
  const story = { title: 'T', language: 'en', headId: null, draft: '', archived: false, deleted: false } as const
  stores.stories.insert({ ...story, id: storyId, presetId, createdAt: NOW, updatedAt: NOW })

  const plan: CallPlan = { provider, model: 'm', facts: null, servers: [], server: null, tokens: [], settings }
  const asked: { role: RoleId | null; messages: string[]; schema: unknown }[] = []
  const failover: ChatFailover = {
    plan: () => plan,
    chat: answerOf,
  }
  async function* answerOf<Message extends ChatMessage>(
    call: FailoverCall<Message>
  ): AsyncGenerator<CallEvent<Message>> {
    const messages = await call.messages(plan, false)
    const format = call.responseFormat?.(plan) ?? null
    asked.push({
      role: call.role,
      messages: messages.map(textOfMessage),
      schema: format?.type === 'schema' ? format.schema : null,
    })
    const sent = { messages, parameters: {}, responseFormat: format }
    yield { type: 'attempt', plan, tokenName: null, dropped: [], sent }
    yield { type: 'text', text: answers[asked.length - 1] ?? '' }
    const usage = { inputTokens: null, outputTokens: null, cost: null }
    yield { type: 'end', reason: 'stop', usage }
  }

  const events = createEventHub()
  const ended = new Promise<string>((resolve) => {
    events.subscribe(({ name, payload }) => {
      if (name === 'turn.ended') resolve(payload.error?.code ?? payload.outcome)
    })
  })
  const turns = createTurns({
    stores,
    failover,
    prompts: createPromptWriter({ sections, templates: createTemplateEngine(worker) }),
    steps: [scoutStep, ...turnSteps],
    events,
    clock: systemClock,
    logger: silentLogger,
    redactor: createRedactor(),
    toUserError: (error) => {
      if (error instanceof FabulaError) return error
      throw error
    },
  })
  const { turnId } = turns.start({ storyId, kind: 'send', text: 'I wait.' })
  return {
    outcome: await ended,
    asked,
    steps: turns.steps(turnId),
    role: createRoleRegistry([...builtInRoles, scoutRole]).get(SCOUT),
  }
}

it('a role that acts is an entry in each registry: its step is taken, and what it answers reaches the others', async () => {
  const { outcome, asked, steps, role } = await turnWithScout(['{"beat":"A bell rings."}', 'A bell rang.'])
  expect(role.name.en).toBe('Scout')
  expect(outcome).toBe('complete')
  expect(asked.map((one) => one.role)).toEqual([SCOUT, MAIN])
  expect(asked[0]?.messages[0]).toBe('Say what comes next.')
  expect(asked[0]?.schema).toMatchObject({ required: ['beat'] })
  expect(asked[1]?.messages.at(-1)).toContain('[A bell rings.]')
  expect(steps).toMatchObject([
    { role: 'scout', state: 'complete', answer: '{"beat":"A bell rings."}' },
    { role: 'main', state: 'complete', answer: 'A bell rang.' },
  ])
})

it('an answer that does not fit the schema of the step fails the turn for what it is', async () => {
  const { outcome, steps } = await turnWithScout(['{"chapter":1}'])
  expect(outcome).toBe('answer_unusable')
  expect(steps).toMatchObject([{ role: 'scout', state: 'failed', error: { code: 'answer_unusable' } }])
})

it('a role that writes or checks takes part in stories when there is a step for it, or work after the turn, and only then', () => {
  const acting = new Set<string>([...turnSteps.map((step) => step.role), SUMMARIZER])
  const takesPart = createRoleRegistry()
    .list()
    .filter((role) => role.kind === 'chat' && role.takesPart)
  expect(takesPart.map(({ id }) => id).toSorted()).toEqual([...acting].toSorted())
})
