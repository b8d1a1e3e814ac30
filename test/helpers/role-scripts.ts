import { z } from 'zod'
import { chatReply } from './chat-reply'
import type { FakeOpenAi } from './fake-openai'
import type { RecordedRequest, Reply } from './fake-server'

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
export function createRoleModels({ fake }: { fake: FakeOpenAi }): RoleModels {
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
