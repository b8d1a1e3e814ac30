import { z } from 'zod'
import type { ModelSettings, RoleWork } from '@contract/entities/model-config'
import type { Preset } from '@contract/entities/preset'
import type { Story } from '@contract/entities/story'
import { RoleId } from '@contract/ids'
import type { Language } from '@contract/values'
import { chatReply } from './chat-reply'
import type { RecordedRequest, Reply } from './fake-server'
import { fakeProvider, placed } from './test-story'
import type { TurnStage } from './turn-stage'

/** A role that is on, and how it works; null for one that is off. */
export type Cast = Partial<Record<'storyteller' | 'guard' | 'rag' | 'director', RoleWork | null>>

const Sent = z.looseObject({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
})

/** Models that are called like the roles that ask them, each with answers of its own. */
export interface RoleModels {
  /** The next answers of a role's model, one each; the last one stays. */
  answer(role: string, ...replies: (string | Reply)[]): void
  /** The models that were asked, in order. */
  asked(): string[]
  /** What the requests of a role said, each as one text. */
  prompts(role: string): string[]
}

/** Lets every role have a model of its own, on the fake of the stage. */
export function createRoleModels({ fake }: TurnStage): RoleModels {
  const scripts = new Map<string, (string | Reply)[]>()
  const sent = () => fake.chats().map((body) => Sent.parse(body))
  fake.alwaysAnswerWith((request: RecordedRequest) => {
    const { model } = Sent.parse(request.body)
    const script = scripts.get(model) ?? []
    const reply = script.length > 1 ? script.shift() : script[0]
    if (reply === undefined) return chatReply.error(500, `Nothing is scripted for ${model}`)
    return typeof reply === 'string' ? chatReply.stream([reply]) : reply
  })
  return {
    answer: (role, ...replies) => void scripts.set(role, replies),
    asked: () => sent().map(({ model }) => model),
    prompts: (role) =>
      sent()
        .filter(({ model }) => model === role)
        .map(({ messages }) => messages.map(({ content }) => content).join('\n\n')),
  }
}

export interface CastOptions {
  useMainForUnset?: boolean
  language?: Language
  main?: ModelSettings
}

/** A story whose roles each ask the model of their name. */
export async function storyWithCast(
  { app, fake }: TurnStage,
  cast: Cast,
  { useMainForUnset = true, language = 'en', main = {} }: CastOptions = {}
): Promise<Story & { preset: Preset }> {
  const settings = await fakeProvider(app, fake.url)
  const roles = Object.entries(cast).map(([role, work]) => [
    role,
    placed({ ...settings, model: role, ...(work ? { work } : {}) }, work !== null),
  ])
  const preset = await app.ask('presets.create', {
    name: `Cast ${fake.url}`,
    roles: { main: placed({ ...settings, model: 'main', ...main }), ...Object.fromEntries(roles) },
  })
  if (!useMainForUnset)
    await app.ask('presets.update', {
      id: preset.id,
      patch: { fallback: { ...preset.fallback, useMainForUnset } },
    })
  const story = await app.ask('stories.create', { language, presetId: preset.id })
  return { ...story, preset }
}

export const roleId = (name: string): RoleId => RoleId.parse(name)
