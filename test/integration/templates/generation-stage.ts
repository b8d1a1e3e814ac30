import { newVariable } from '@contract/entities/new-variable'
import { emptyContent, type TemplateContent } from '@contract/entities/template'
import type { Generation } from '@contract/entities/generation'
import type { TemplateId } from '@contract/ids'
import type { RouteInput } from '@contract/routes'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { fakeProvider, presetWith } from '@test/helpers/test-story'

/** A person, in answers that are held to a form. */
export const schema = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
  required: ['name', 'age'],
  additionalProperties: false,
}
/** The form of an answer that is one. */
export const json: TemplateContent['answer'] = { format: 'json', schema }

export interface GenerationStage {
  app: TestCore
  fake: FakeOpenAi
  /** Of the model that every template uses: one of the fake provider. */
  settings: Awaited<ReturnType<typeof fakeProvider>>
  /** A new template, which asks for a town unless said. */
  template(more?: Partial<TemplateContent>): Promise<TemplateId>
  /** Uses a template and waits for the end. */
  generate(templateId: TemplateId, more?: Partial<RouteInput<'generations.start'>>): Promise<Generation>
  ended(begun: { id: Generation['id'] }): Promise<Generation>
  close(): Promise<void>
}

/** Starts the app with a fake provider whose model every template uses. */
export async function startGenerationStage(): Promise<GenerationStage> {
  const [fake, app] = await Promise.all([startFakeOpenAi(), startTestCore()])
  const settings = await fakeProvider(app, fake.url, { keys: ['sk-one'] })
  await app.ask('presets.setDefault', { id: (await presetWith(app, settings)).id })
  let made = 0
  const ended: GenerationStage['ended'] = async ({ id }) => {
    await app.event('generation.ended', (payload) => payload.id === id)
    return app.ask('generations.get', { id })
  }
  return {
    app,
    fake,
    settings,
    template: async (more = {}) => {
      const variables = [newVariable('text', 'town')]
      const content = { ...emptyContent, user: 'Someone from {{ town }}.', variables, ...more }
      return (await app.ask('templates.create', { name: `Template ${(made += 1)}`, content })).id
    },
    generate: async (templateId, more = {}) =>
      ended(await app.ask('generations.start', { templateId, inputs: { town: 'Ys' }, ...more })),
    ended,
    close: async () => {
      await app.close()
      await fake.stop()
    },
  }
}
